import { describe, expect, test } from 'vitest';
import { initializationSchema } from '../../language/protocol/initialization.ts';
import { check, checkFindings } from '../language/check.ts';
import { checkRule, runAll } from '../rules/check.ts';

const told = ({ problems }: Awaited<ReturnType<typeof check>>) =>
  problems.map(({ range, rule, message }) => `${range.start.line + 1} ${rule} ${message}`);

describe('a variant', () => {
  test('is told once at the base what its inherited members do, and names itself where it alone breaks something', () =>
    checkRule(
      'requirement-failed',
      `
architecture Base {
  company Own { instances 2 }
  vendor Cloud
  service S needs Own or Cloud
  service T needs Cloud
  require S survives Own
//^^^^^^^^^^^^^^^^^^^^^^ Variant: S has to survive the loss of Own
  require T survives Cloud
//^^^^^^^^^^^^^^^^^^^^^^^^ T has to survive the loss of Cloud
}
architecture Variant extends Base {
  service S needs Own
}
`,
    ));

  test('stands at the requirement that it breaks, though it lacks the service of another before it', () =>
    checkRule(
      'requirement-failed',
      `
architecture Base {
  company Own { instances 2 }
  vendor Cloud
  service Old needs Own
  service S needs Own or Cloud
  service T needs Own or Cloud
  require Old survives Cloud
  require S survives Own
//^^^^^^^^^^^^^^^^^^^^^^ Variant: S has to survive the loss of Own
  require T survives Own
}
architecture Variant extends Base {
  without Old
//        ^^^ That Old survives Cloud is required of the base and of nothing here: Old is left out.
  service S needs Own
}
`,
    ));

  test('answers for what is worse in it, in the same words', () =>
    checkRule(
      'single-external-dependency',
      `
architecture Base {
  vendor C1 by "Amazon" { control programmatic }
//             ^^^^^^^^ Amazon runs C1 and C4.
//             ^^^^^^^^ Var: Amazon runs C1 and C4.
  vendor C4 by "Amazon" { control full }
  service S needs C1 or C4
}
architecture Var extends Base {
  users C4 by "Amazon"
}
`,
    ));

  test('does not answer for an acceptance that it inherits, neither stale nor expired', () =>
    checkFindings(`
architecture Base {
  users Peer
//      ^^^^ single-external-dependency: S needs Peer;…(accepted)
  service S needs Peer
  accept single-external-dependency on Peer because "Beta."
}
architecture Variant extends Base {
  company Peer { instances 9 }
}
`));

  test('an acceptance is not stale whose finding only a variant has', () =>
    checkRule(
      'stale-acceptance',
      `
architecture Base {
  company Peer { instances 9 }
  company Own { instances 9 }
  service S needs Peer
  accept single-external-dependency on Peer because "In the variant."
  accept single-external-dependency on Own because "Nowhere."
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This acceptance covers nothing
}
architecture Variant extends Base {
  users Peer
}
`,
    ));
});

describe('a scenario in another file', () => {
  const base = `architecture A {
  company Web { restarts after 5 h }
  company Disk
  service S { needs Web needs Disk }
  accept slow-recovery on Web for S because "See the other file."
  accept expectation-failed on S because "See the other file."
}
`;
  const runs = (body: string) =>
    `import "./base.p2parch"\nscenario X on A {\n  at 1 h crash Web\n  run 9 h\n${body}}\n`;

  test('tells at its own words what it finds out, naming the architecture', async () => {
    const expecting = '  expect S back to 95% within 1 h\n';
    const free = base.replace(/ {2}accept.*\n/g, '');
    const checked = await check(runs(expecting), { 'base.p2parch': free });
    expect(told(checked)).toEqual([
      '5 slow-recovery A: X leaves none of 1 Web, and S at 95% needs 1. Having so many again takes at least 5 h (it restarts after 5 h), and 1 h is allowed. Restart Web faster, lose less of it, or allow more time.',
    ]);
    expect(checked.problems[0]?.related.map(({ uri, message }) => [uri, message])).toEqual([
      ['file:///review/base.p2parch', 'It stands here.'],
      ['file:///review/main.p2parch', 'This cannot be kept.'],
    ]);
    const crash = await check(runs('').replace('crash Web', 'crash Disk'), { 'base.p2parch': free });
    expect(told(crash)).toEqual([expect.stringMatching(/^2 no-recovery A: X crashes Disk/)]);
  });

  test('makes no acceptance stale that it may need, in the file of the architecture', async () => {
    const own = `${base}scenario Y on A { at 1 h crash Web run 9 h expect S back to 95% within 8 h }\n`;
    const stale = async (others: Record<string, string>) => {
      const checked = await check(own, others);
      runAll(checked, 5);
      return checked.language.problems.Problems.of(checked.document).filter(({ rule }) => rule === 'stale-acceptance');
    };
    expect(await stale({})).toHaveLength(2);
    const other = runs('  expect S back to 95% within 1 h\n').replace('base', 'main');
    expect(await stale({ 'other.p2parch': other })).toEqual([]);
  });
});

describe('the second wave', () => {
  const text = `architecture A {
  company Web { instances 2 restarts after 5 h }
  service S needs Web
  accept expectation-failed on S because "We know." until 2025-01-01
  scenario X { at 1 h crash Web run 9 h expect S never below 50% }
}
scenario Y on A { at 1 h crash Web run 9 h expect S never below 60% }
`;

  test('is added to the first, and gone with the next check', async () => {
    const checked = await check(text);
    const { Problems } = checked.language.problems;
    expect(Problems.of(checked.document)).toEqual([]);
    runAll(checked, 3);
    expect(Problems.of(checked.document).map(({ rule, range }) => [rule, range.start.line])).toEqual([
      ['expired-acceptance', 3],
      ['expectation-failed', 4],
      ['expectation-failed', 6],
    ]);
    expect(
      Problems.shown(checked.document)
        .map(({ code }) => code)
        .sort(),
    ).toEqual(['expectation-failed', 'expectation-failed', 'expired-acceptance']);
    Problems.diagnose(checked.document, []);
    expect(Problems.of(checked.document)).toEqual([]);
  });

  test('with some of the runs alone, nothing is said of acceptances', async () => {
    const checked = await check(
      text.replace('below 50%', 'below 0%').replace('below 60%', 'below 0%').replace(' until 2025-01-01', ''),
    );
    const { Problems } = checked.language.problems;
    const verdicts = [{ holds: true, share: 1, measured: 1 }];
    const all = Problems.models
      .scenarios(checked.document)
      .map((scenario) => ({ scenario, summary: { runs: 1, verdicts } }));
    expect(Problems.afterRuns(checked.document, all.slice(0, 1))).toEqual([]);
    expect(Problems.afterRuns(checked.document, all).map(({ rule }) => rule)).toEqual(['stale-acceptance']);
  });
});

test('a diagnostic leads to the page of its rule, where the client says where the pages are', async () => {
  const { language, document } = await check('architecture A {\n  users Peer\n  service S needs Peer\n}\n');
  const { Problems } = language.problems;
  expect(Problems.shown(document).map(({ codeDescription }) => codeDescription)).toEqual([undefined]);
  Problems.linkPages('file:///here/rules/');
  expect(Problems.shown(document)).toMatchObject([
    {
      code: 'single-external-dependency',
      codeDescription: { href: 'file:///here/rules/single-external-dependency.md' },
    },
  ]);
});

test('a client gives the address of the pages with its initialization; what is no address is not taken', () => {
  const read = (input: unknown) => initializationSchema.safeParse(input).data;
  expect(read({ documentation: 'file:///here/rules/' })).toEqual({ documentation: 'file:///here/rules/' });
  expect(read({})).toEqual({});
  for (const documentation of ['here', 'file:///here', 7]) expect(read({ documentation })).toBeUndefined();
});
