import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Architecture, Scenario } from '../../language/core/model/index.ts';
import { type ComponentTrace, compile, run, type Trace } from '../../language/core/simulation/index.ts';
import {
  architecture,
  atLeast,
  component,
  crash,
  HOUR,
  MINUTE,
  PATCH_TUESDAY,
  SKYPE_2007,
  scenario,
  service,
} from './build.ts';
import { scaledSystems } from './generate-small.ts';
import { mean, variance } from './statistics.ts';

const COUNTS: readonly (keyof ComponentTrace)[] = ['up', 'starting', 'down', 'load'];
const QUANTITIES: readonly (keyof ComponentTrace)[] = [...COUNTS, 'joined'];

/**
 * Halving the step changes no mean by more than 0.5%, or by what chance makes of it (`errors` standard errors, the more
 * the more means there are), or by a part of the pool that nobody would read off a curve.
 */
function differences(
  name: string,
  model: Architecture,
  story: Scenario,
  { runs = 100, samples = 12, errors = 3.5, part = 1e-3, quantities = QUANTITIES } = {},
): string[] {
  const of = (stepScale: number): Trace[] => {
    const program = compile(model, story, { everySeconds: story.horizonSeconds / samples, stepScale });
    return Array.from({ length: runs }, (_, seed) => run(program, seed + 1));
  };
  const [whole, half] = [of(1), of(0.5)];
  const found: string[] = [];
  const compare = (what: string, value: (trace: Trace) => number, least: number): void => {
    const [a, b] = [whole, half].map((traces) => traces.map(value));
    const difference = mean(a ?? []) - mean(b ?? []);
    const error = Math.sqrt((variance(a ?? []) + variance(b ?? [])) / runs);
    const allowed = Math.max(0.005 * Math.abs(mean(b ?? [])), errors * error, least);
    if (process.env.FIGURES) {
      console.log(
        `${name}: ${what}: ${mean(a ?? []).toPrecision(6)} → ${mean(b ?? []).toPrecision(6)} ± ${error.toPrecision(2)}`,
      );
    }
    if (Math.abs(difference) > allowed) found.push(`${what}: ${mean(a ?? [])} → ${mean(b ?? [])} ± ${error}`);
  };
  for (const { name: pool, instances } of model.components) {
    for (const quantity of quantities) {
      for (let at = 1; at <= samples; at++) {
        compare(
          `${pool} ${quantity} at ${at}/${samples}`,
          (trace) => trace.components[pool]?.[quantity][at] ?? Number.NaN,
          quantity === 'load' ? 0 : part * instances,
        );
      }
    }
  }
  return found;
}

const checkHalving = (name: string, model: Architecture, story: Scenario): void =>
  test(name, () => expect(differences(name, model, story)).toEqual([]), 60_000);

describe('halving the step', () => {
  test('in random systems of all shapes, pools of 200 to 10,000', () => {
    const systems = fc.sample(scaledSystems(200), { seed: Number(process.env.P2PARCH_SEED) || 20070816, numRuns: 8 });
    const found = systems.flatMap(({ model, story }, index) =>
      differences(`system ${index}`, model, story, {
        runs: 40,
        samples: 6,
        errors: 4.5,
        part: 2e-3,
        quantities: COUNTS,
      }),
    );
    expect(found).toEqual([]);
  }, 120_000);

  checkHalving('Skype in August 2007', SKYPE_2007, { ...PATCH_TUESDAY, horizonSeconds: 6 * HOUR });
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
  );
  checkHalving(
    'a pool promoted from a promoted pool, by share',
    architecture(
      [
        component('X', 60_000, { needs: 'Super', retries: [10, 80], restarts: ['over', 5 * MINUTE], fails: 3 * HOUR }),
        component('Super', 8_000, { serves: { X: 10 }, promotedFrom: ['X', 0.01 / MINUTE, 'share'], fails: 2 * HOUR }),
        component('Hyper', 3_000, { promotedFrom: ['Super', 0.02 / MINUTE, 'share'], fails: 2 * HOUR }),
      ],
      [service('S', 'Super', 'X'), service('T', 'Hyper')],
    ),
    scenario(2 * HOUR, [
      [10 * MINUTE, crash('Super', 0.9)],
      [10 * MINUTE, crash('Hyper')],
    ]),
  );
  checkHalving(
    'two of three pools that serve, and a population that serves another',
    architecture(
      [
        ...['A', 'B', 'C'].map((name, at) =>
          component(name, 400, { serves: { Relay: 10 }, fails: 2 * HOUR, restarts: ['in', (5 + 3 * at) * MINUTE] }),
        ),
        component('Relay', 5_000, {
          needs: atLeast(2, 'A', 'B', 'C'),
          serves: { X: 12 },
          fails: 4 * HOUR,
          restarts: ['over', 4 * MINUTE],
        }),
        component('X', 50_000, { needs: 'Relay', retries: [15, 120], restarts: ['in', 5 * MINUTE], fails: 6 * HOUR }),
      ],
      [service('S', 'Relay', 'X')],
    ),
    scenario(HOUR, [
      [10 * MINUTE, crash('A', 0.8)],
      [40 * MINUTE, crash('Relay', 0.5)],
    ]),
  );
});
