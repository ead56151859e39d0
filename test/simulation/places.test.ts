import { describe, expect, test } from 'vitest';
import type { Trace } from '../../language/core/simulation/index.ts';
import { checkMean, runs } from './averages.ts';
import { architecture, atLeast, component, crash, or, scenario } from './build.ts';
import { mean, variance } from './statistics.ts';

/** What X serves is spread evenly over X's instances: with a share of them, so much of it goes. */

/** Who loses his place stays out, as the door is gone too. */
const lossesOf = (servers: number, held: number): Trace[] => {
  const model = architecture([
    component('Door', 1),
    component('Server', servers, { serves: { X: Math.ceil(held / servers) } }),
    component('X', held, { needs: 'Server', toStart: 'Door' }),
  ]);
  const story = scenario(20, [
    [10, crash('Door')],
    [10, crash('Server', 0.4)],
  ]);
  return runs(model, story, 20, 200);
};

describe('with some of the servers goes what they held', () => {
  // So many each, and one more on some: of nobody else may a server lose it.
  for (const [servers, held] of [
    [8, 40_000],
    [7, 40_003],
    [20_000, 40_000_000],
    [7, 703],
    [3_000, 10_000],
    [20, 27],
    [2_000, 900],
  ] as const)
    test(`${held} at ${servers}`, () => {
      const each = Math.floor(held / servers);
      const more = held - each * servers;
      const errors = lossesOf(servers, held).map(({ components }) => {
        const lost = servers - (components.Server?.up[1] ?? Number.NaN);
        const gone = held - (components.X?.up[1] ?? Number.NaN);
        expect(components.X?.starting[1]).toBe(gone);
        expect(gone).toBeGreaterThanOrEqual(each * lost + Math.max(0, more - (servers - lost)));
        expect(gone).toBeLessThanOrEqual(each * lost + Math.min(more, lost));
        if (more === 0) expect(gone).toBe(each * lost);
        return gone - (held * lost) / servers;
      });
      // Neither more nor less on average, to four standard errors.
      if (more > 0) expect(Math.abs(mean(errors))).toBeLessThan(4 * Math.sqrt(variance(errors) / errors.length));
    });

  // Of two pools that each hold half of all, half go with one of them; of 2 of three that hold two thirds each, two.
  for (const size of [120, 300_000]) {
    const pools = (names: readonly string[], room: number) =>
      names.map((name) => component(name, 10, { serves: { X: room } }));
    const gone = (model: Parameters<typeof runs>[0]): number[] =>
      runs(
        model,
        scenario(20, [
          [10, crash('Door')],
          [10, crash('A')],
        ]),
        20,
        20,
      ).map(({ components }) => components.X?.starting[1] ?? Number.NaN);

    test(`one of two pools, of which ${size} need one: half of them`, () => {
      const model = architecture([
        component('Door', 1),
        ...pools(['A', 'B'], size),
        component('X', size, { needs: or('A', 'B'), toStart: 'Door' }),
      ]);
      for (const one of gone(model)) expect(one).toBe(size / 2);
    });

    test(`one of three pools, of which ${size} need two: two thirds of them`, () => {
      const model = architecture([
        component('Door', 1),
        ...pools(['A', 'B', 'C'], size),
        component('X', size, { needs: atLeast(2, 'A', 'B', 'C'), toStart: 'Door' }),
      ]);
      checkMean(gone(model), (2 * size) / 3, 0.002);
    });
  }
});
