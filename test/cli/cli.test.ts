import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { analyzeReportSchema, checkReportSchema, simulateReportSchema } from '../../language/protocol/reports.ts';
import { EditingSession } from '../session/session.ts';
import { EXAMPLES, p2parch } from './run.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'p2parch-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  const full = path.join(folder, name);
  writeFileSync(full, text);
  return full;
};

describe('p2parch check', () => {
  it('prints file:line:column severity rule message', async () => {
    const { status, stdout } = await p2parch(['check', 'skype-2007.p2parch', '--no-scenarios']);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^skype-2007\.p2parch:\d+:9 warning single-external-dependency Calling needs SuperNode; users run it/m,
    );
    expect(stdout).toMatch(/^skype-2007\.p2parch:\d+:5 warning cold-start-cycle Client needs SuperNode;/m);
    expect(stdout).toMatch(/^skype-2007\.p2parch:\d+:5 warning uncontrolled-majority 95% of Calling's traffic/m);
    expect(stdout.trimEnd().endsWith('7 warnings')).toBe(true);
  });

  it('ends with 1 on an error, at its place', async () => {
    const wrong = file('wrong.p2parch', 'architecture A {\n  users Client { needs Nobody }\n}\n');
    const { status, stdout } = await p2parch(['check', wrong]);
    expect(status).toBe(1);
    expect(stdout).toContain(`${wrong}:2:24 error No component named "Nobody" in A.\n`);
    expect(stdout).toMatch(/\n1 error\nWhat has errors in it was not analysed, and its scenarios were not run\.\n$/);
  });

  it('says which version it is, and what it has not by its name', async () => {
    const { version } = JSON.parse(readFileSync(path.join(EXAMPLES, '../../package.json'), 'utf8'));
    expect(await p2parch(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    const { stderr } = await p2parch(['simulate', 'kazaa.p2parch', '--scenario', '']);
    expect(stderr).toBe('p2parch: kazaa.p2parch has no scenario named ""\n');
  });

  it('ends with 1 where an expectation is missed, and says by how much', async () => {
    const { status, stdout } = await p2parch(['check', 'supernodes-or-servers.p2parch', '--runs', '10']);
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /error expectation-failed Skype2007: Calling is back to 95% after .* \(90th percentile of 10 runs\)/,
    );
    expect(stdout).not.toMatch(/CompanyCore: Calling is/);
  });

  it('lets a missed expectation be accepted', async () => {
    const text = `architecture A {
  company Server { restarts in 5 h }
  service S needs Server
  accept expectation-failed on S because "A hobby."
  scenario X { at 1 h crash Server run 2 h expect S never below 50% }
}
`;
    const { status, stdout } = await p2parch(['check', '-', '--runs', '5'], text);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^-:5:44 accepted expectation-failed S falls to 0%/m);
  });

  it('gives the JSON of its schema: positions from zero, accepted findings counted apart', async () => {
    const text = readFileSync(
      path.resolve(import.meta.dirname, '../../extension/examples/skype-2007.p2parch'),
      'utf8',
    ).replace(
      '  service Calling',
      '  accept single-external-dependency on SuperNode because "It carries itself." until 2027-06-30\n\n  service Calling',
    );
    const { status, stdout } = await p2parch(
      ['check', '-', '--format', 'json', '--no-scenarios', '--today', '2027-06-30'],
      text,
    );
    expect(status).toBe(0);
    const report = checkReportSchema.parse(JSON.parse(stdout));
    expect(report.files.map((entry) => entry.file)).toEqual(['-']);
    // The variant inherits the acceptance.
    expect(report.summary).toEqual({ error: 0, warning: 5, information: 0, hint: 0, accepted: 2 });
    const [superNode] =
      report.files[0]?.problems.filter(
        ({ subject, rule }) => subject === 'SuperNode' && rule === 'single-external-dependency',
      ) ?? [];
    expect(superNode).toMatchObject({ kind: 'finding', architecture: 'Skype2007', service: 'Calling', accepted: true });
    const line = text.split('\n').findIndex((words) => words.startsWith('  users SuperNode'));
    expect(superNode?.range).toEqual({ start: { line, character: 8 }, end: { line, character: 17 } });

    const later = await p2parch(['check', '-', '--format', 'json', '--no-scenarios', '--today', '2027-07-01'], text);
    expect(checkReportSchema.parse(JSON.parse(later.stdout)).summary).toMatchObject({ warning: 8, accepted: 0 });
  });

  it('takes for each rule how severe it is', async () => {
    const text = readFileSync(path.resolve(import.meta.dirname, '../../extension/examples/skype-2007.p2parch'), 'utf8');
    const checked = (...severities: string[]) =>
      p2parch(['check', '-', '--no-scenarios', ...severities.flatMap((each) => ['--severity', each])], text);
    const rule = 'single-external-dependency';
    const usual = await checked();
    expect(usual.status).toBe(0);
    expect(usual.stdout).toContain(`warning ${rule}`);
    const asError = await checked(`${rule}=error`);
    expect(asError.status).toBe(1);
    // Nothing else moves.
    expect(asError.stdout.replaceAll(`error ${rule}`, `warning ${rule}`).split('\n').slice(0, -2)).toEqual(
      usual.stdout.split('\n').slice(0, -2),
    );
    const off = await checked(`${rule}=error`, `${rule}=off`);
    expect(off.status).toBe(0);
    expect(off.stdout).not.toContain(rule);
    expect(off.stdout).toContain('warning ');
    for (const [wrong, words] of [
      ['single-external=error', /"single-external" is no rule \(single-external-dependency, /],
      [`${rule}=fatal`, /one of error, warning, information, hint, off, not "fatal"/],
      [rule, /takes RULE=LEVEL/],
      [`${rule}=off=off`, /takes RULE=LEVEL/],
    ] as const) {
      const refused = await checked(wrong);
      expect(refused).toMatchObject({ status: 2, stdout: '' });
      expect(refused.stderr).toMatch(words);
    }
  });

  it('tells a problem in one line, whatever the file says', async () => {
    const text =
      'architecture A { vendor X "T\\tX" by "Acme\\n-:1:1 error requirement-failed Fake" service S "S\\n-:2:2" needs X }\n';
    const { stdout } = await p2parch(['check', '-', '--no-scenarios'], text);
    expect(stdout.split('\n').filter((line) => line !== '')).toHaveLength(2);
    expect(stdout).toMatch(/^-:1:\d+ warning single-external-dependency .*\n1 warning\n$/);
    expect(stdout).toContain('Acme -:1:1 error requirement-failed Fake runs ');
    expect((await p2parch(['analyze', '-'], text)).stdout).not.toMatch(/^\s*-:\d/m);
  });

  it('counts the errors of what is imported', async () => {
    file('base.p2parch', 'architecture Base { company Server users Client { needs Servr } service S needs Client }\n');
    const variant = file('variant.p2parch', 'import "./base.p2parch"\narchitecture V extends Base { company Other }\n');
    const checked = await p2parch(['check', variant, '--format', 'json']);
    expect(checked.status).toBe(1);
    const report = checkReportSchema.parse(JSON.parse(checked.stdout));
    expect(report.files.map(({ problems }) => problems.map(({ message }) => message))).toEqual([
      [],
      ['No component named "Servr" in Base. Did you mean "Server"?'],
    ]);
    const analyzed = await p2parch(['analyze', variant]);
    expect(analyzed.status).toBe(1);
    expect(analyzed.stderr).toMatch(/base\.p2parch:1:57 error No component named "Servr"/);
  });

  it('takes folders, and names files as the caller did', async () => {
    const { stdout } = await p2parch(['check', '.', '--no-scenarios', '--format', 'json']);
    const report = checkReportSchema.parse(JSON.parse(stdout));
    expect(report.files.map((entry) => entry.file)).toEqual(
      readdirSync(EXAMPLES)
        .filter((file) => file.endsWith('.p2parch'))
        .sort(),
    );
  });
});

describe('p2parch analyze', () => {
  it('counts what is external in all small cut sets, however few are shown', async () => {
    const text = 'architecture A { vendor V vendor W company X service S needs V and W and X }';
    const { stdout } = await p2parch(['analyze', '-', '--max-sets', '1'], text);
    expect(stdout).toContain('    … and 2 more; --max-sets N lists up to N\n');
    expect(stdout).toContain('  in sets of order 1 and 2: 3 events, 2 of them external\n');
  });

  it('gives the minimal cut sets, who carries the traffic, and what cannot start', async () => {
    const { status, stdout } = await p2parch([
      'analyze',
      'skype-2007.p2parch',
      '--architecture',
      'Skype2007',
      '--format',
      'json',
    ]);
    expect(status).toBe(0);
    const report = analyzeReportSchema.parse(JSON.parse(stdout));
    expect(report.architectures).toEqual([
      {
        name: 'Skype2007',
        services: [
          {
            name: 'Calling',
            minimalCutSets: { total: 2, byOrder: [2], complete: true, sets: [['MassReboot'], ['SuperNode']] },
            unavailability: null,
            withoutFigures: ['SuperNode'],
            importance: [],
            control: { company: 0.05, users: 0.95, vendor: 0 },
          },
        ],
        coldStart: {
          startable: ['LoginServer'],
          notStartable: ['Client', 'SuperNode'],
          cycles: [['Client', 'SuperNode']],
        },
      },
    ]);
  });

  it('speaks of components in cold starts, where services wait for each other too', async () => {
    const knots = file(
      'knots.p2parch',
      `architecture A {
  company X { needs Y }
  company Y { needs X }
  service S { needs X }
  service V { needs W }
  service W { needs V }
}
`,
    );
    const { stdout } = await p2parch(['analyze', knots, '--format', 'json']);
    const [one] = analyzeReportSchema.parse(JSON.parse(stdout)).architectures;
    expect(one?.coldStart).toEqual({ startable: [], notStartable: ['X', 'Y'], cycles: [['X', 'Y']] });
  });

  it('knows unavailability in closed form', async () => {
    const pair = file(
      'pair.p2parch',
      'architecture A {\n  company X { fails every 99 h restarts in 1 h }\n  vendor Y { fails every 9 h restarts in 1 h }\n  service S needs X or Y\n  service T needs X and Y\n}\n',
    );
    const { stdout } = await p2parch(['analyze', pair, '--format', 'json']);
    const [either, both] = analyzeReportSchema.parse(JSON.parse(stdout)).architectures[0]?.services ?? [];
    expect(either?.unavailability).toBeCloseTo(0.01 * 0.1, 12);
    expect(both?.unavailability).toBeCloseTo(1 - 0.99 * 0.9, 12);
    expect(either?.minimalCutSets.sets).toEqual([['X', 'Y']]);
    expect(both?.minimalCutSets.sets).toEqual([['X'], ['Y']]);
  });

  it('ends in time where there is too much to find, and says what is complete', async () => {
    // What crosses a wide grid of parts from corner to corner: no order of its parts keeps a diagram small.
    const side = 26;
    const works = (row: number, column: number) => {
      const before = [row > 0 ? `S${row - 1}x${column}` : [], column > 0 ? `S${row}x${column - 1}` : []].flat();
      const own = `C${row}x${column}`;
      return `  company ${own} { fails every 99 h restarts in 1 h }\n  service S${row}x${column} needs ${own}${before.length > 0 ? ` and (${before.join(' or ')})` : ''}`;
    };
    const rows = Array.from({ length: side * side }, (_, at) => works(Math.floor(at / side), at % side));
    const grid = file('grid.p2parch', `architecture A {\n${rows.join('\n')}\n}\n`);
    const last = `S${side - 1}x${side - 1}`;
    const args = ['analyze', grid, '--service', last, '--time-limit', '1s'];
    const { status, stdout } = await p2parch([...args, '--format', 'json']);
    expect(status).toBe(0);
    const service = analyzeReportSchema.parse(JSON.parse(stdout)).architectures[0]?.services[0];
    expect(service).toMatchObject({ unavailability: null, unavailabilityCut: true, withoutFigures: [] });
    const found = service?.minimalCutSets;
    expect(found?.complete).toBe(false);
    expect(found?.completeToOrder).toBeGreaterThanOrEqual(1);
    expect(found?.byOrder[0]).toBe(2);
    expect(found?.sets.slice(0, 2)).toEqual([['C0x0'], [`C${side - 1}x${side - 1}`]]);
    const text = (await p2parch(args)).stdout;
    expect(text).toMatch(
      /at least \d+ minimal cut sets: all up to order \d+; to find those of higher order takes more time/,
    );
  });

  it('says that a list was cut, with the count exact', async () => {
    const wide = file(
      'wide.p2parch',
      `architecture A {\n${Array.from({ length: 20 }, (_, index) => `  company C${index}`).join('\n')}\n  service S needs ${Array.from({ length: 10 }, (_, index) => `(C${2 * index} or C${2 * index + 1})`).join(' and ')}\n}\n`,
    );
    const { stdout } = await p2parch(['analyze', wide, '--max-sets', '3', '--format', 'json']);
    const cutSets = analyzeReportSchema.parse(JSON.parse(stdout)).architectures[0]?.services[0]?.minimalCutSets;
    expect(cutSets).toMatchObject({ total: 10, byOrder: [0, 10], complete: false });
    expect(cutSets?.sets).toHaveLength(3);
  });

  it('lists all of order 1 and 2 where nobody said how many, however many there are', async () => {
    const names = (letter: string) => Array.from({ length: 40 }, (_, at) => `${letter}${at}`);
    const parts = [...names('A'), ...names('B'), ...names('C')];
    const all = (letter: string) => `(${names(letter).join(' and ')})`;
    const wide = file(
      'pairs.p2parch',
      `architecture A {\n${parts.map((name) => `  vendor ${name}`).join('\n')}\n  service S needs ${all('A')} or ${all('B')}\n  service T needs ${all('A')} or ${all('B')} or ${all('C')}\n}\n`,
    );
    const listed = async (...args: string[]) => {
      const { stdout } = await p2parch(['analyze', wide, '--format', 'json', ...args]);
      const services = analyzeReportSchema.parse(JSON.parse(stdout)).architectures[0]?.services ?? [];
      return services.map(({ minimalCutSets: { sets, byOrder, complete } }) => [sets.length, byOrder, complete]);
    };
    expect(await listed()).toEqual([
      [1600, [0, 1600], true],
      [1000, [0, 0, 64_000], false],
    ]);
    expect(await listed('--max-sets', '1000')).toEqual([
      [1000, [0, 1600], false],
      [1000, [0, 0, 64_000], false],
    ]);
    const { stdout } = await p2parch(['analyze', wide, '--service', 'S']);
    expect(stdout).toContain('in sets of order 1 and 2: 80 events, 80 of them external');
  });
});

describe('p2parch simulate', () => {
  it('gives the JSON of its schema, the same for the same seeds', async () => {
    const call = ['simulate', 'supernodes-or-servers.p2parch', '--runs', '5', '--every', '1h', '--format', 'json'];
    const [first, second] = await Promise.all([p2parch(call), p2parch(call)]);
    expect(first.stdout).toBe(second.stdout);
    // An expectation is missed.
    expect(first.status).toBe(1);
    const report = simulateReportSchema.parse(JSON.parse(first.stdout));
    expect(report.results.map(({ architecture, expectations }) => [architecture, expectations[0]?.holds])).toEqual([
      ['Skype2007', false],
      ['CompanyCore', true],
    ]);
    const [result] = report.results;
    expect(result?.times).toEqual(Array.from({ length: 49 }, (_, index) => index * 3600));
    expect(result?.services.Calling?.p50).toHaveLength(49);
    expect(Object.keys(result?.services.Calling?.recovery ?? {})).toEqual(['0.5', '0.9', '0.95', '0.99']);
    expect(result?.expectations[0]?.text).toBe('expect Calling back to 95% within 4 h');
  });

  it('gives CSV with a row for each moment', async () => {
    const { stdout } = await p2parch([
      'simulate',
      'kazaa.p2parch',
      '--scenario',
      'TotalLoss',
      '--runs',
      '2',
      '--every',
      '4h',
      '--format',
      'csv',
    ]);
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head).toBe('architecture,scenario,name,quantity,seconds,mean,p10,p50,p90');
    expect(rows.filter((row) => row.startsWith('Kazaa,TotalLoss,Search,level,'))).toEqual([
      'Kazaa,TotalLoss,Search,level,0,1,1,1,1',
      'Kazaa,TotalLoss,Search,level,14400,0,0,0,0',
      'Kazaa,TotalLoss,Search,level,28800,0,0,0,0',
    ]);
  });
});

describe('p2parch render', () => {
  it('writes the picture, at rest and in the midst of a scenario', async () => {
    const into = path.join(folder, 'picture.svg');
    const ended = await p2parch(['render', 'skype-2007.p2parch', '-o', into]);
    expect(ended).toMatchObject({ status: 0, stdout: '' });
    expect(ended.stderr).toMatch(/^p2parch: this is Skype2007; for Skype2007With.* use --architecture\n$/);
    const atRest = readFileSync(into, 'utf8');
    expect(atRest).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    const { stdout } = await p2parch([
      'render',
      'skype-2007.p2parch',
      '--scenario',
      'PatchTuesday',
      '--at',
      '2h',
      '--theme',
      'dark',
      '-o',
      '-',
    ]);
    expect(stdout).toContain('recovering');
    expect(stdout).not.toBe(atRest);
  });
});

describe('p2parch lsp', () => {
  it('is the language server, and ends when the editor says so', async () => {
    const cli = path.resolve(import.meta.dirname, '../../dist/cli.js');
    const session = await EditingSession.open(
      [cli, 'lsp'],
      'architecture A { company Server users Client { needs Servr } }',
    );
    expect(session.opened?.diagnostics).toMatchObject([
      {
        message: 'No component named "Servr" in A. Did you mean "Server"?',
        range: { start: { line: 0, character: 53 } },
      },
    ]);
    const mended = await session.type(57, 0, 'e');
    expect(mended.diagnostics.filter(({ severity }) => severity === 1)).toEqual([]);
    await session.close();
  });
});
