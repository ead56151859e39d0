import { describe, expect, test } from 'vitest';
import type { Architecture, Scenario } from '../../language/core/model/index.ts';
import { compile, run, type Trace } from '../../language/core/simulation/index.ts';
import { architecture, component, crash, HOUR, MINUTE, PATCH_TUESDAY, SKYPE_2007, scenario, service } from './build.ts';

/** Halving the step changes no mean by more than 0.5%, or by what chance makes of it. */
function checkHalving(name: string, model: Architecture, story: Scenario, runs: number): void {
  test(name, () => {
    const of = (stepScale: number): Trace[] => {
      const program = compile(model, story, { everySeconds: story.horizonSeconds / 12, stepScale });
      return Array.from({ length: runs }, (_, seed) => run(program, seed + 1));
    };
    const [whole, half] = [of(1), of(0.5)];
    const found: string[] = [];
    // A thousandth of a pool is nothing that anybody would read off a curve.
    const compare = (what: string, value: (trace: Trace) => number, least: number): void => {
      const [a, b] = [whole, half].map((traces) => traces.map(value));
      const difference = mean(a ?? []) - mean(b ?? []);
      const error = Math.sqrt((variance(a ?? []) + variance(b ?? [])) / runs);
      const allowed = Math.max(0.005 * Math.abs(mean(b ?? [])), 3.5 * error, least);
      if (process.env.FIGURES) {
        console.log(
          `${name}: ${what}: ${mean(a ?? []).toPrecision(6)} → ${mean(b ?? []).toPrecision(6)} ± ${error.toPrecision(2)}`,
        );
      }
      if (Math.abs(difference) > allowed) found.push(`${what}: ${mean(a ?? [])} → ${mean(b ?? [])} ± ${error}`);
    };
    for (const { name: pool, instances } of model.components) {
      for (const quantity of ['up', 'starting', 'down', 'load', 'joined'] as const) {
        for (let at = 1; at <= 12; at++) {
          compare(
            `${pool} ${quantity} at ${at}/12`,
            (trace) => trace.components[pool]?.[quantity][at] ?? Number.NaN,
            quantity === 'load' ? 0 : 1e-3 * instances,
          );
        }
      }
    }
    expect(found).toEqual([]);
  }, 60_000);
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const variance = (values: readonly number[]): number => {
  const center = mean(values);
  return values.reduce((sum, one) => sum + (one - center) ** 2, 0) / (values.length - 1);
};

describe('halving the step', () => {
  checkHalving('Skype in August 2007', SKYPE_2007, { ...PATCH_TUESDAY, horizonSeconds: 6 * HOUR }, 100);
  checkHalving(
    'churn with room, promotion by share and retries',
    architecture(
      [
        component('Super', 3_000, { serves: { X: 20 }, promotedFrom: ['X', 0.02 / MINUTE, 'share'], fails: 2 * HOUR }),
        component('X', 50_000, {
          needs: 'Super',
          fails: 6 * HOUR,
          restarts: ['over', 20 * MINUTE],
          retries: [20, 160],
        }),
      ],
      [service('S', 'Super', 'X')],
    ),
    scenario(3 * HOUR, [[10 * MINUTE, crash('Super', 0.95)]]),
    100,
  );
  checkHalving(
    'a door between up and starting',
    architecture(
      [
        component('Door', 400, { admits: { X: 0.1 }, fails: HOUR, restarts: ['in', 10 * MINUTE] }),
        component('X', 100_000, { toStart: 'Door', fails: HOUR, restarts: ['after', 5 * MINUTE] }),
      ],
      [service('S', [], 'X')],
    ),
    scenario(3 * HOUR, [[10 * MINUTE, crash('X', 0.3)]]),
    100,
  );
});
