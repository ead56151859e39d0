import { describe, expect, test } from 'vitest';
import { Pictures } from '../../language/drawing/pictures.ts';
import { Recoveries } from '../../language/drawing/recoveries.ts';
import { type Recovery, type RecoveryRequest, recoveryReplySchema } from '../../language/protocol/pictures.ts';
import { JOBS } from '../../language/workers/jobs.ts';
import type { JobRunner } from '../../language/workers/runner.ts';
import { open } from '../navigation/at.ts';

const TEXT = `
hazard Storm
architecture A {
  users Client { instances 1000 needs West restarts in 10 min exposed to Storm 50% }
  group Region {
    company West { instances 40 serves 50 Client restarts in 5 min exposed to Storm 30% }
    company East { instances 7 restarts in 5 min exposed to Storm 100% }
  }
  service Calling for Client { needs West }
}
scenario Crash on A { at 5 min strike Storm run 1 h expect Calling back to 95% within 30 min }
`;

/** What was asked of the layout, beside the answers. */
function listening() {
  const aspects: (number | undefined)[] = [];
  const runner = {
    width: 1,
    run: (kind: keyof typeof JOBS, input: never) => {
      if (kind === 'layout') aspects.push((input as { options: { aspect?: number } }).options.aspect);
      return JOBS[kind](input);
    },
    dispose: async () => undefined,
  } as unknown as JobRunner;
  return { runner, aspects };
}

async function played(
  wanted: Partial<RecoveryRequest> = {},
  text = TEXT,
): Promise<{ recovery: Recovery; aspects: (number | undefined)[] }> {
  const { language, document } = await open({ 'main.p2parch': text });
  const { runner, aspects } = listening();
  const recoveries = new Recoveries(language, runner, new Pictures(language, runner));
  const request = { uri: document.uri.toString(), scenario: 'Crash', architectures: ['A'], runs: 3, firstSeed: 1 };
  const reply = await recoveries.recovery(document, { ...request, ...wanted }, new AbortController().signal);
  const parsed = recoveryReplySchema.parse(JSON.parse(JSON.stringify(reply)));
  if (parsed.kind !== 'recovery') throw new Error(parsed.message);
  return { recovery: parsed.recovery, aspects };
}

const only = ({ results }: Recovery): Recovery['results'][number] => {
  const [result] = results;
  if (result === undefined) throw new Error('nothing was run');
  return result;
};

describe('A recovery', () => {
  test('with other numbers of the scenario is that of a text with those numbers', async () => {
    const saying = (share: number, count: number): string =>
      TEXT.replace('at 5 min strike Storm', `at 9 min add ${count} West at 5 min crash ${share}% of West`);
    const changes = [
      { id: 'scenario/0', value: 0.9 },
      { id: 'scenario/1', value: 12 },
    ];
    const [tried, written] = [await played({ changes }, saying(30, 1)), await played({}, saying(90, 12))];
    expect(only(tried.recovery)).toEqual(only(written.recovery));
    expect(tried.recovery.scenario).toEqual(written.recovery.scenario);
    expect(only(tried.recovery)).not.toEqual(only((await played({}, saying(30, 1))).recovery));
  });

  test('tells its steps under the titles that its pictures show, those of all architectures where they differ', async () => {
    const text = `
hazard Storm "A storm of the century"
architecture A {
  company West "Servers in the west" { instances 4_000 restarts in 5 min exposed to Storm }
  company East { restarts in 5 min }
  service Calling needs West
}
architecture B extends A { company West "Rented servers" { instances 4_000 restarts in 5 min } }
scenario Crash on A, B {
  at 1 min strike Storm
  at 2 min crash 40% of West
  at 3 min add 1_300 West
  at 4 min restore East
  run 1 h
}
`;
    const { scenario } = (await played({ architectures: ['A', 'B'] }, text)).recovery;
    expect(scenario.steps.map((step) => step.text)).toEqual([
      'strike A storm of the century',
      'crash 40% of Servers in the west / Rented servers',
      'add 1,300 Servers in the west / Rented servers',
      'restore East',
    ]);
    const alone = (await played({ architectures: ['B'] }, text)).recovery.scenario;
    expect(alone.steps[1]?.text).toBe('crash 40% of Rented servers');
  });

  test('has in each box of folded components the sum of their counts at every moment', async () => {
    const whole = only((await played({ folded: [] })).recovery);
    const folded = only((await played({ folded: ['zone:company'] })).recovery);
    expect(folded.playedSeed).toBe(whole.playedSeed);
    const box = folded.diagram.nodes.find(({ kind }) => kind === 'folded');
    expect(box).toMatchObject({ components: ['West', 'East'], pool: { instances: 47 } });
    const pool = folded.pools.find(({ name }) => name === box?.id);
    const inside = whole.pools.filter(({ name }) => name === 'West' || name === 'East');
    expect(inside).toHaveLength(2);
    for (const counts of ['up', 'starting', 'down', 'joined'] as const) {
      const sums = whole.times.map((_, at) => inside.reduce((sum, one) => sum + (one[counts][at] ?? Number.NaN), 0));
      expect(pool?.[counts]).toEqual(sums);
    }
    expect(Math.min(...(pool?.up ?? []))).toBeLessThan(47);
    // What is in the box is told once.
    expect(folded.pools.map(({ name }) => name).sort()).toEqual(['Client', box?.id].sort());
    expect(folded.services).toEqual(whole.services);
  });

  test('of a large architecture begins folded, and open where that is asked for', async () => {
    const parts = Array.from({ length: 150 }, (_, at) => `  vendor Part${at} by "V${at % 3}" { restarts in 5 min }`);
    const text = `architecture A {\n${parts.join('\n')}\n  service S needs Part0\n}\nscenario Crash on A { at 1 min crash Part0 run 1 h }\n`;
    expect(only((await played({}, text)).recovery).diagram.nodes.length).toBeLessThan(100);
    expect(only((await played({ folded: [] }, text)).recovery).pools).toHaveLength(150);
  });

  test('is laid out for the room that its picture has', async () => {
    const { aspects } = await played({ aspect: 0.8 });
    expect(aspects).toEqual([0.8]);
  });
});
