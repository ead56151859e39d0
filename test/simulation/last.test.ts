import { describe, expect, test } from 'vitest';
import { simulate } from '../../language/core/simulation/index.ts';
import { architecture, component, crash, DAY, HOUR, scenario, service } from './build.ts';

/**
 * When all are back hangs on the last of them. In how long a run that is asked changes nothing of it: of each process the
 * mean moment of the last is known.
 */
const SIZE = 3000;
const SEEDS = 200;
const harmonic = Array.from({ length: SIZE }, (_, at) => 1 / (at + 1)).reduce((sum, one) => sum + one);

const door = component('Door', 10, { admits: { X: 10 } });
const wide = component('Door', 10, { admits: { X: 1000 } });
const seed = component('Seed', 1);
const CASES: readonly [how: string, components: readonly ReturnType<typeof component>[], exactSeconds: number][] = [
  [
    'let in at R a second: after N ÷ R',
    [door, component('X', SIZE, { toStart: 'Door', restarts: ['after', 60] })],
    60 + SIZE / 100,
  ],
  ['promoted at r a second: after N ÷ r', [seed, component('X', SIZE, { promotedFrom: ['Seed', 5] })], SIZE / 5],
  ['restarted in T: after T (1 + 1/2 + … + 1/N)', [component('X', SIZE, { restarts: ['in', 600] })], 600 * harmonic],
  [
    'restarted over T: after T N ÷ (N + 1)',
    [component('X', SIZE, { restarts: ['over', 600] })],
    (600 * SIZE) / (SIZE + 1),
  ],
  [
    'tried every T: after T (1 + 1/2 + … + 1/N)',
    [wide, component('X', SIZE, { toStart: 'Door', restarts: ['after', 60], retries: [30, 30] })],
    60 + 30 * harmonic,
  ],
];

describe('all are back when the last is', () => {
  for (const [how, components, exactSeconds] of CASES) {
    for (const horizon of [5 * HOUR, 20 * HOUR, 30 * DAY]) {
      test(`${how}, in a run of ${horizon / HOUR} h`, () => {
        const expectations = [{ kind: 'backTo' as const, service: 'S', level: 1, withinSeconds: HOUR }];
        const played = scenario(horizon, [[HOUR, crash('X')]], expectations);
        const model = architecture(components, [service('S', [], 'X')]);
        let sum = 0;
        for (let run = 1; run <= SEEDS; run++)
          sum += simulate(model, played, run).services.S?.recovery.at(-1) ?? Number.POSITIVE_INFINITY;
        expect(Math.abs(sum / SEEDS / exactSeconds - 1)).toBeLessThan(0.02);
      });
    }
  }
});
