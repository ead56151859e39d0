import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { RULES } from '../../language/core/rules/index.ts';
import { type SarifProblem, sarif } from '../../language/interchange/index.ts';
import { p2parch } from '../cli/run.ts';

/** What the tests look at of a log. */
interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly Result[];
      readonly invocations: readonly [{ readonly executionSuccessful: boolean; readonly exitCode: number }];
    },
  ];
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [Located];
  readonly relatedLocations?: readonly Located[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions: readonly {
    readonly kind: string;
    readonly justification?: string;
    readonly location?: Located;
  }[];
  readonly properties?: Readonly<Record<string, string>>;
}
interface Located {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
    readonly region: {
      readonly startLine: number;
      readonly startColumn: number;
      readonly endLine: number;
      readonly endColumn: number;
    };
  };
}

const schema = createRequire(import.meta.url)('schemastore/schemas/json/sarif-2.1.0.json');
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
(addFormats as unknown as (to: Ajv) => void)(ajv);
const validate = ajv.compile(schema);

function checkedLog(log: unknown): Log['runs'][0] {
  expect(validate(log) ? [] : validate.errors).toEqual([]);
  return (log as Log).runs[0];
}

const folder = mkdtempSync(path.join(tmpdir(), 'p2parch-sarif-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const written = (name: string, text: string): string => {
  const full = path.join(folder, name);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
};

async function logOf(args: readonly string[], { input = '', cwd = folder, status = 0 } = {}) {
  const ended = await p2parch(['check', ...args, '--format', 'sarif'], input, cwd);
  expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status, stderr: '' });
  return checkedLog(JSON.parse(ended.stdout));
}

/** What a rule's page says below its title. */
const pageOf = (rule: string): string => {
  const page = path.resolve(import.meta.dirname, `../../extension/documentation/rules/${rule}.md`);
  const [title = '', ...lines] = readFileSync(page, 'utf8').split('\n');
  expect(title).toBe(`# ${rule}`);
  return lines.slice(1).join('\n');
};

const ACCEPTED = `architecture A {
  users Peer
  users Other
  service S needs Peer
  service T needs Peer and Other
  accept single-external-dependency on Peer because "We know." until 2027-06-30
}
`;

describe('check --format sarif', () => {
  it('is SARIF 2.1.0 by its schema, for every example', async () => {
    const examples = path.resolve(import.meta.dirname, '../../extension/examples');
    const { results, invocations } = await logOf(['.', '--runs', '5'], { cwd: examples, status: 1 });
    expect(results.map(({ ruleId }) => ruleId)).toContain('expectation-failed');
    expect(invocations).toEqual([{ executionSuccessful: true, exitCode: 1 }]);
  });

  it('describes every rule of the table and the errors of the language, and points to them', async () => {
    const { results, tool } = await logOf([written('rules.p2parch', ACCEPTED)]);
    const { rules } = tool.driver;
    const ids = rules.map(({ id }) => id);
    expect(ids).toEqual([...Object.keys(RULES), 'syntax-error', 'unknown-name', 'language-error']);
    for (const [id, { says, why, remedy, defaultSeverity }] of Object.entries(RULES)) {
      expect(rules.find((rule) => rule.id === id)).toMatchObject({
        shortDescription: { text: says },
        fullDescription: { text: why },
        help: { text: expect.stringContaining(remedy), markdown: pageOf(id) },
        defaultConfiguration: {
          level: { error: 'error', warning: 'warning', information: 'note', hint: 'note' }[defaultSeverity as string],
        },
      });
    }
    for (const { ruleId, ruleIndex } of results) expect(ids[ruleIndex]).toBe(ruleId);
  });

  it('counts lines and columns from one, in UTF-16 code units, and names files from the working folder', async () => {
    written('a folder/größe #1.p2parch', '/* 😀 */ architecture A { users Peer service S needs Peer }\n');
    const { results } = await logOf(['a folder/größe #1.p2parch']);
    const found = results.find(({ ruleId }) => ruleId === 'single-external-dependency');
    expect(found?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'a%20folder/gr%C3%B6%C3%9Fe%20%231.p2parch', uriBaseId: '%SRCROOT%' },
          region: { startLine: 1, startColumn: 33, endLine: 1, endColumn: 37 },
        },
      },
    ]);
  });

  it('gives the whole address of what stands beyond the working folder, and a name to standard input', async () => {
    const outside = written('outside.p2parch', ACCEPTED);
    const { results } = await logOf([outside], { cwd: tmpdir() === folder ? '/' : path.resolve(import.meta.dirname) });
    expect(results[0]?.locations[0].physicalLocation.artifactLocation).toEqual({ uri: `file://${outside}` });
    const fromInput = await logOf(['-'], { input: ACCEPTED });
    expect(fromInput.results[0]?.locations[0].physicalLocation.artifactLocation.uri).toBe('standard-input.p2parch');
  });

  it('suppresses what is accepted, with the reason and the words that accept it', async () => {
    const { results } = await logOf([written('accepted.p2parch', ACCEPTED), '--today', '2027-06-30']);
    const bySubject = new Map(
      results
        .filter(({ ruleId }) => ruleId === 'single-external-dependency')
        .map((one) => [one.properties?.subject, one]),
    );
    expect(bySubject.get('Other')?.suppressions).toEqual([]);
    expect(bySubject.get('Peer')?.suppressions).toEqual([
      {
        kind: 'inSource',
        status: 'accepted',
        justification: 'We know.',
        location: {
          physicalLocation: {
            artifactLocation: { uri: 'accepted.p2parch', uriBaseId: '%SRCROOT%' },
            region: { startLine: 6, startColumn: 3, endLine: 6, endColumn: 80 },
          },
        },
      },
    ]);
    const later = await logOf(['accepted.p2parch', '--today', '2027-07-01']);
    expect(later.results.filter(({ suppressions }) => suppressions.length > 0)).toEqual([]);
  });

  it('suppresses a missed expectation that is accepted', async () => {
    const text = `architecture A {
  company Server { restarts in 5 h }
  service S needs Server
  accept expectation-failed on S because "A hobby."
  scenario X { at 1 h crash Server run 2 h expect S never below 50% }
}
`;
    const { results } = await logOf(['-', '--runs', '5'], { input: text });
    const missed = results.filter(({ ruleId }) => ruleId === 'expectation-failed');
    expect(missed.map(({ suppressions }) => suppressions.map(({ justification }) => justification))).toEqual([
      ['A hobby.'],
    ]);
  });

  it('tells the errors of the language apart', async () => {
    const unread = written('unread.p2parch', 'architecture A { users P service S needs P for }\n');
    const wrong = written(
      'wrong.p2parch',
      'architecture A { users P { needs Nobody instances 0 } service S needs P }\n',
    );
    const { results } = await logOf([unread, wrong], { status: 1 });
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['syntax-error', 'error'],
      ['unknown-name', 'error'],
      ['language-error', 'error'],
    ]);
  });

  it('keeps its fingerprints while lines move and files are checked from elsewhere in the tree', async () => {
    const examples = path.resolve(import.meta.dirname, '../../extension/examples');
    const name = 'skype-2007.p2parch';
    const text = readFileSync(path.join(examples, name), 'utf8');
    const fingerprints = async (of: string): Promise<string[]> => {
      written(`moving/${name}`, of);
      const { results } = await logOf([`moving/${name}`, '--no-scenarios']);
      return results.map(({ partialFingerprints }) => partialFingerprints['p2parch/v1'] as string).sort();
    };
    const before = await fingerprints(text);
    expect(before.length).toBeGreaterThan(3);
    expect(new Set(before).size).toBe(before.length);
    // Comments and blank lines above, other numbers, other titles: the same findings.
    const moved = `// moved\n\n${text.replaceAll('  service Calling', '\n\n  service Calling').replaceAll('400 Client', '401 Client')}`;
    expect(await fingerprints(moved)).toEqual(before);
    // A finding more leaves the others what they are.
    const more = await fingerprints(
      text.replace('  service Calling', '  users Extra\n  service Chat needs Extra\n  service Calling'),
    );
    expect(more.filter((one) => !before.includes(one)).length).toBeGreaterThan(0);
    expect(before.filter((one) => !more.includes(one))).toEqual([]);
  });

  it('keeps its fingerprints whatever stands first, and however it is spaced', async () => {
    const fingerprints = async (...lines: string[]): Promise<string[]> => {
      written('order.p2parch', `architecture A {\n  vendor X\n  ${lines.join('\n  ')}\n}\n`);
      const { results } = await logOf(['order.p2parch', '--no-scenarios', '--severity', 'requirement-failed=warning']);
      return results.map(({ partialFingerprints }) => partialFingerprints['p2parch/v1'] as string).sort();
    };
    const lines = ['service S1 needs X', 'service S2 needs X', 'require S1 survives any 1 failure'];
    const before = await fingerprints(...lines);
    expect(before).toHaveLength(2);
    expect(await fingerprints(...lines.toReversed())).toEqual(before);
    expect(await fingerprints('service S0 needs X', ...lines)).toEqual(before);
    expect(await fingerprints(...lines.map((line) => line.replaceAll(' ', '   ')))).toEqual(before);
    expect(await fingerprints(...lines, 'require S2 survives any 1 failure')).toHaveLength(3);
    const circle = ['users Q { needs P }', 'users P { needs R }', 'users R { needs Q }', 'service S needs P'];
    const around = await fingerprints(...circle);
    for (const turn of [1, 2, 3]) {
      expect(await fingerprints(...circle.slice(turn), ...circle.slice(0, turn))).toEqual(around);
    }
  });
});

const word = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('', 'A', '[x](http://y)', '{0}', 'é'));
const position = fc.record({ line: fc.nat(5), character: fc.nat(5) });
const place = {
  file: fc.constantFrom('a.p2parch', 'b c/d:e.p2parch', '-', 'file:///x'),
  range: fc.record({ start: position, end: position }),
};
const problem: fc.Arbitrary<SarifProblem> = fc
  .record({
    ...place,
    rule: fc.constantFrom('single-external-dependency', 'unheard-of', 'syntax-error'),
    severity: fc.constantFrom('error', 'warning', 'information', 'hint'),
    message: word,
    related: fc.array(fc.record({ ...place, message: word }), { maxLength: 2 }),
    identity: fc.array(word, { maxLength: 3 }),
    properties: fc.dictionary(fc.constantFrom('architecture', 'subject'), word),
    acceptance: fc.option(fc.record({ because: word, place: fc.record(place) })),
  })
  .map(({ acceptance, ...rest }) => ({ ...rest, ...(acceptance && { acceptance }) }));

describe('a SARIF log', () => {
  it('is valid and has as many fingerprints as results, whatever the problems are', () => {
    fc.assert(
      fc.property(fc.array(problem, { maxLength: 6 }), (problems) => {
        const { results, tool } = checkedLog(JSON.parse(JSON.stringify(sarif({ problems, exitStatus: 0 }))));
        expect(results.length).toBe(problems.length);
        const fingerprints = results.map(({ partialFingerprints }) => partialFingerprints['p2parch/v1']);
        expect(new Set(fingerprints).size).toBe(problems.length);
        for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      }),
    );
  });

  it('has no placeholders or links in its messages, whatever an operator is named', () => {
    const one: SarifProblem = {
      rule: 'syntax-error',
      severity: 'error',
      message: '[a](http://b) runs {0}, [c] and [d] (e)',
      file: '-',
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
      related: [],
      identity: [],
      properties: {},
    };
    const { results } = checkedLog(sarif({ problems: [one], exitStatus: 1 }));
    expect(results[0]?.message.text).toBe('\\[a](http://b) runs {{0}}, [c] and [d] (e)');
  });

  it('gives a problem the same fingerprint whatever else is found, and wherever it stands', () => {
    fc.assert(
      fc.property(problem, fc.array(problem, { maxLength: 4 }), position, (one, others, elsewhere) => {
        const others_ = others.filter(({ identity }) => JSON.stringify(identity) !== JSON.stringify(one.identity));
        const fingerprint = (problems: readonly SarifProblem[]) =>
          (sarif({ problems, exitStatus: 0 }) as Log).runs[0].results[0]?.partialFingerprints;
        const moved = { ...one, range: { start: elsewhere, end: elsewhere }, message: 'Better words.' };
        expect(fingerprint([moved, ...others_])).toEqual(fingerprint([one]));
      }),
    );
  });
});
