import { describe, expect, test } from 'vitest';
import { compile, run } from '../../language/core/simulation/index.ts';
import { architecture, component, DAY, HOUR, MINUTE, scenario, service } from './build.ts';
import { mean } from './statistics.ts';

describe('nor where who restarts has to try again', () => {
  for (const [restarts, first, days] of [
    [['after', 1], 10, 100],
    [['over', 30], 5, 100],
    [['in', 1], 1, 30],
  ] as const)
    test(`restarts ${restarts.join(' ')} s, first retry after ${first} s, ${days} days`, () => {
      const model = architecture([
        component('S', 5, { serves: { X: 12 } }),
        component('X', 12, { needs: 'S', restarts, retries: [first], fails: MINUTE }),
      ]);
      const program = compile(model, scenario(days * DAY, []), { everySeconds: (days * DAY) / 2_000 });
      const wait = (restarts[0] === 'over' ? restarts[1] / 2 : restarts[1]) + first;
      const up = [1, 2].flatMap((seed) => Array.from(run(program, seed).components.X?.up.subarray(1_000) ?? []));
      expect(Math.abs(mean(up) / ((12 * MINUTE) / (MINUTE + wait)) - 1)).toBeLessThan(0.01);
    });
});

/**
 * Runs of so many failures that steps are far longer than restarts take. In the long run the share that is up is
 * A ÷ (A + B), whatever the distribution of the restart with mean B (renewal theory; simulation.md for `in`).
 */
describe('a run of years is no different from the first days of it', () => {
  for (const [instances, life, restarts, days] of [
    [12, MINUTE, ['after', 0.001], 300],
    [12, 5 * MINUTE, ['after', 1], 300],
    [12, MINUTE, ['over', MINUTE], 100],
    [1_000, MINUTE, ['over', 5], 30],
    [200, 6 * HOUR, ['after', MINUTE], 365],
    [200, 6 * HOUR, ['in', MINUTE], 365],
    [1_000, HOUR, ['over', 10 * MINUTE], 1_000],
    [1_000, HOUR, ['after', 10 * MINUTE], 1_000],
  ] as const)
    test(`${instances} that fail every ${life} s and restart ${restarts.join(' ')} s, ${days} days`, () => {
      const model = architecture([component('X', instances, { restarts, fails: life })], [service('S', [], 'X')]);
      const program = compile(model, scenario(days * DAY, []), { everySeconds: (days * DAY) / 2_000 });
      const traces = [1, 2].map((seed) => run(program, seed));
      const wait = restarts[0] === 'over' ? restarts[1] / 2 : restarts[1];
      const exact = life / (life + wait);
      const up = traces.flatMap(({ components }) => Array.from(components.X?.up.subarray(100) ?? []));
      const error = Math.sqrt((instances * exact * (1 - exact)) / up.length);
      // An instance that is down for a part of a step is counted at its end alone: one in a thousand of the missing is allowed for.
      expect(Math.abs(mean(up) - instances * exact)).toBeLessThan(4.5 * error + 1e-3 * instances * (1 - exact) + 1e-9);
      for (const { components, services } of traces) {
        const level = services.S?.level ?? new Float64Array();
        expect([Math.min(...level) >= 0, Math.max(...level) <= 1]).toEqual([true, true]);
        expect(services.S?.lowest).toBeGreaterThanOrEqual(0);
        expect(Math.max(...(components.X?.up ?? []))).toBeLessThanOrEqual(instances);
        // Of thousands of looks at a binomial none comes to six standard deviations below, and ever so few miss three.
        const deviations = (exact - (services.S?.lowest ?? 0)) / Math.sqrt((exact * (1 - exact)) / instances);
        if (instances * (1 - exact) > 30) {
          expect(deviations).toBeGreaterThan(3);
          expect(deviations).toBeLessThan(7);
        }
      }
    });
});
