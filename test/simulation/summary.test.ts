import { describe, expect, test } from 'vitest';
import {
  compile,
  judge,
  nearestRank,
  run,
  simulate,
  summarise,
  type Trace,
} from '../../language/core/simulation/index.ts';
import { architecture, component, crash, HOUR, PATCH_TUESDAY, SKYPE_2007, scenario, service } from './build.ts';

const story = { ...PATCH_TUESDAY, horizonSeconds: 3 * HOUR };

describe('many runs', () => {
  const program = compile(SKYPE_2007, story);
  const traces = Array.from({ length: 20 }, (_, index) => run(program, index + 5));

  test('are the same alone as one after another', () => {
    expect(traces[3]).toEqual(simulate(SKYPE_2007, story, 8));
  });

  test('shards merge to the same, to the bit, in whatever order they come', () => {
    const whole = JSON.stringify(summarise(traces, story));
    const shards = [...traces.slice(13), ...traces.slice(0, 4), ...traces.slice(4, 13).reverse()];
    expect(JSON.stringify(summarise(structuredClone(shards), story))).toBe(whole);
  });

  test('samples run from 0 to the horizon, both included', () => {
    const times = (every: number): number[] =>
      Array.from(compile(SKYPE_2007, scenario(100, []), { everySeconds: every }).times);
    expect(times(30)).toEqual([0, 30, 60, 90, 100]);
    expect(times(50)).toEqual([0, 50, 100]);
    expect(times(1000)).toEqual([0, 100]);
    expect(compile(SKYPE_2007, story).times.length).toBe(361);
  });
});

test('percentiles are by nearest rank', () => {
  const values = Array.from({ length: 100 }, (_, index) => index + 1);
  expect([0.1, 0.5, 0.9].map((q) => nearestRank(values, q))).toEqual([10, 50, 90]);
  expect([0.1, 0.5, 0.9].map((q) => nearestRank([7], q))).toEqual([7, 7, 7]);
  expect(nearestRank(values.slice(0, 30), 0.1)).toBe(3);
  expect(nearestRank([], 0.5)).toBeUndefined();
});

describe('expectations', () => {
  /** Runs of which only the recovery time to 95% and the lowest level matter. */
  const runs = (recoveries: readonly (number | null)[], lowest = 0.5): Trace[] =>
    recoveries.map((recovery, seed) => ({
      seed,
      times: new Float64Array(),
      firstStepSeconds: 0,
      horizonSeconds: 1000,
      recoveryLevels: [0.95],
      components: {},
      services: { S: { level: new Float64Array(), lowest, recovery: [recovery] } },
    }));
  const expecting = (service: string) =>
    scenario(
      1000,
      [],
      [
        { kind: 'backTo', service, level: 0.95, withinSeconds: 100 },
        { kind: 'neverBelow', service, level: 0.5 },
      ],
    );

  test('hold if they do in 90% of the runs, and tell the 90th percentile', () => {
    const nine = [...Array(9).keys()].map((index) => 92 + index);
    expect(judge(runs([...nine, null]), expecting('S'))).toEqual([
      { holds: true, share: 0.9, measured: 100 },
      { holds: true, share: 1, measured: 0.5 },
    ]);
    // What is told of a lowest level holds if the expectation does: nine of ten runs come to no less.
    const falling = [...nine, 100].flatMap((seconds, at) => runs([seconds], at === 0 ? 0.4 : 0.5 + at / 100));
    expect(judge(falling, expecting('S'))[1]).toEqual({ holds: true, share: 0.9, measured: 0.51 });
    expect(judge(runs([...nine.slice(1), 101, null], 0.4), expecting('S'))).toEqual([
      { holds: false, share: 0.8, measured: 101 },
      { holds: false, share: 0, measured: 0.4 },
    ]);
    expect(judge(runs([...nine.slice(1), null, null]), expecting('S'))[0]).toEqual({
      holds: false,
      share: 0.8,
      measured: null,
    });
  });

  test('on what is not there hold', () => {
    expect(judge(runs([null]), expecting('Unknown')).map(({ holds }) => holds)).toEqual([true, true]);
  });
});

test('chains of needs may be as long as a file', () => {
  const LENGTH = 20_000;
  const after = <Item>(of: (index: number) => Item): Item[] =>
    Array.from({ length: LENGTH }, (_, index) => of(LENGTH - 1 - index));
  const model = architecture(
    after((index) => component(`C${index}`, 2, index === 0 ? { fails: HOUR } : { needs: `C${index - 1}` })),
    after((index) => service(`S${index}`, index === 0 ? `C${LENGTH - 1}` : `S${index - 1}`)),
  );
  const { services } = simulate(model, scenario(60, [[1, crash('C0')]]), 1, { everySeconds: 60 });
  expect(services[`S${LENGTH - 1}`]?.lowest).toBe(0);
});
