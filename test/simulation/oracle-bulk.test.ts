import { describe } from 'vitest';
import { checkAgrees } from './agreement.ts';
import {
  architecture,
  atLeast,
  component,
  crash,
  HOUR,
  MINUTE,
  or,
  restore,
  scenario,
  service,
  strike,
} from './build.ts';

/** Pools of hundreds, drawn in bulk, against the instance-by-instance event simulation. */

describe('what is drawn in bulk agrees with it as well', () => {
  checkAgrees(
    'hundreds, promotion with an overload, retries',
    architecture(
      [
        component('Super', 140, { serves: { X: 3 }, promotedFrom: ['X', 6 / MINUTE], overloads: [1.5, 0.1 / MINUTE] }),
        component('X', 350, {
          needs: 'Super',
          restarts: ['over', 10 * MINUTE],
          retries: [30, 2 * MINUTE],
          exposed: { H: 0.5 },
        }),
      ],
      [service('S', 'Super', 'X')],
    ),
    scenario(40 * MINUTE, [
      [60, strike('H')],
      [60, crash('Super', 0.7)],
    ]),
    40,
  );
  checkAgrees(
    'hundreds, alternatives with churn',
    architecture(
      [
        component('A', 140, { serves: { X: 2 }, fails: HOUR, restarts: ['in', 10 * MINUTE] }),
        component('B', 160, { serves: { X: 2 }, fails: HOUR, restarts: ['after', 10 * MINUTE] }),
        component('Door', 1, { admits: { X: 0.5 } }),
        component('X', 350, { needs: or('A', 'B'), toStart: 'Door', restarts: ['over', 5 * MINUTE], fails: 2 * HOUR }),
      ],
      [service('S', or('A', 'B'), 'X')],
    ),
    scenario(30 * MINUTE, [[60, crash('A', 0.8)]]),
    40,
  );
  checkAgrees(
    'hundreds, two pools of which one overloads, retries',
    architecture(
      [
        component('A', 140, { serves: { X: 2 }, overloads: [1.2, 0.2 / MINUTE], restarts: ['in', 6 * MINUTE] }),
        component('B', 160, { serves: { X: 2 }, restarts: ['over', 10 * MINUTE], fails: HOUR }),
        component('X', 500, { needs: or('A', 'B'), retries: [20, 160], restarts: ['over', 5 * MINUTE] }),
      ],
      [service('S', or('A', 'B'), 'X')],
    ),
    scenario(30 * MINUTE, [
      [60, crash('A', 0.5)],
      [10 * MINUTE, crash('X', 0.5)],
    ]),
    40,
  );
  for (const [count, names, size] of [
    [2, ['A', 'B', 'C'], 1_700],
    [3, ['A', 'B', 'C', 'D'], 1_500],
  ] as const)
    checkAgrees(
      `hundreds, ${count} of ${names.length} pools${count === 2 ? ', retries' : ''}`,
      architecture(
        [
          ...names.map((name, at) =>
            component(name, 140, {
              serves: { X: 9 },
              fails: 2 * HOUR,
              restarts: [(['in', 'over', 'after'] as const)[at % 3] ?? 'in', (5 + at) * MINUTE],
            }),
          ),
          component('X', size, {
            needs: atLeast(count, ...names),
            ...(count === 2 && { retries: [15, 120] as const }),
            restarts: ['over', 2 * MINUTE],
          }),
        ],
        [service('S', atLeast(count, ...names), 'X')],
      ),
      scenario(40 * MINUTE, [
        [60, crash('A', 0.7)],
        [15 * MINUTE, crash('X', 0.4)],
      ]),
      40,
    );
  checkAgrees(
    'hundreds, a pool promoted from a promoted pool',
    architecture(
      [
        component('X', 1_400, { needs: 'Super', restarts: ['over', 5 * MINUTE], fails: 3 * HOUR }),
        component('Super', 350, { serves: { X: 5 }, promotedFrom: ['X', 35 / MINUTE], fails: HOUR }),
        component('Hyper', 140, { promotedFrom: ['Super', 9 / MINUTE], fails: HOUR }),
      ],
      [service('S', 'Super', 'X'), service('T', 'Hyper')],
    ),
    scenario(40 * MINUTE, [
      [60, crash('Super', 0.8)],
      [60, crash('Hyper')],
    ]),
    40,
  );
  checkAgrees(
    'hundreds, populations that need populations',
    architecture(
      [
        component('Hub', 160, { serves: { Relay: 3 }, restarts: ['in', 4 * MINUTE], fails: HOUR }),
        component('Relay', 420, { needs: 'Hub', serves: { X: 2 }, restarts: ['over', 5 * MINUTE], fails: HOUR }),
        component('X', 800, { needs: 'Relay', restarts: ['in', 3 * MINUTE], retries: [20, 3 * MINUTE] }),
      ],
      [service('S', 'Relay', 'X'), service('T', 'Hub', 'Relay')],
    ),
    scenario(30 * MINUTE, [
      [60, crash('Hub', 0.6)],
      [10 * MINUTE, crash('Relay', 0.5)],
    ]),
    40,
  );
  // Attempts are about as rare as admissions, so that a door often waits for one; one of them has few places.
  for (const every of [1_500, 150])
    checkAgrees(
      `hundreds, one of two doors, tried every ${every} s`,
      architecture(
        [
          component('P', 1, { admits: { X: 0.2 } }),
          component('Q', 2, { admits: { X: 0.15 }, serves: { X: 60 } }),
          component('X', 500, { needs: or('P', 'Q'), retries: [every] }),
        ],
        [service('S', or('P', 'Q'), 'X')],
      ),
      scenario(15 * MINUTE, [
        [60, crash('X')],
        [60, restore('X')],
      ]),
      40,
    );
  checkAgrees(
    'hundreds, promoted through one of two doors',
    architecture(
      [
        component('Seed', 1),
        component('P', 1, { admits: { X: 0.2 } }),
        component('Q', 1, { admits: { X: 0.3 } }),
        component('X', 400, { toStart: or('P', 'Q'), promotedFrom: ['Seed', 0.6] }),
      ],
      [service('S', [], 'X')],
    ),
    scenario(10 * MINUTE, [[60, crash('X')]]),
    40,
  );
});
