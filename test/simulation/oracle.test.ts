import { describe } from 'vitest';
import { checkAgrees } from './agreement.ts';
import {
  and,
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

/** Small pools have the distribution of an instance-by-instance event simulation. */

describe('small pools agree with an instance-by-instance event simulation', () => {
  checkAgrees(
    'restart and admission with retries',
    architecture(
      [
        component('Door', 2, { admits: { X: 0.05 }, restarts: ['in', 2 * MINUTE] }),
        component('X', 50, { toStart: 'Door', restarts: ['in', 5 * MINUTE], retries: [30, 5 * MINUTE] }),
      ],
      [service('S', [], 'X')],
    ),
    scenario(HOUR, [
      [60, crash('X', 0.8)],
      [90, crash('Door')],
    ]),
  );
  checkAgrees(
    'retries while the door is busy',
    architecture(
      [
        component('Door', 1, { admits: { X: 0.02 } }),
        component('X', 30, {
          toStart: 'Door',
          restarts: ['over', 2 * MINUTE],
          retries: [20, 20 * MINUTE],
          fails: HOUR,
        }),
      ],
      [service('S', [], 'X')],
    ),
    scenario(2 * HOUR, [[60, crash('X')]]),
  );
  checkAgrees(
    'promotion with an overload',
    architecture(
      [
        component('Super', 8, { serves: { X: 6 }, promotedFrom: ['X', 2 / MINUTE], overloads: [1.5, 1 / MINUTE] }),
        component('X', 40, {
          needs: 'Super',
          restarts: ['over', 5 * MINUTE],
          retries: [10, 2 * MINUTE],
          exposed: { H: 0.5 },
        }),
      ],
      [service('S', 'Super', 'X')],
    ),
    scenario(HOUR, [
      [60, strike('H')],
      [60, crash('Super', 0.6)],
    ]),
  );
  checkAgrees(
    'promotion is what limits',
    architecture(
      [
        component('Super', 20, { serves: { X: 2 }, promotedFrom: ['Seed', 1 / MINUTE] }),
        component('Seed', 1),
        component('X', 40, { needs: 'Super' }),
      ],
      [service('S', 'Super', 'X')],
    ),
    scenario(20 * MINUTE, [[60, crash('Super')]]),
  );
  checkAgrees(
    'an overload that may or may not come',
    architecture(
      [
        component('Server', 12, { serves: { X: 4 }, overloads: [1.5, 0.2 / MINUTE], restarts: ['in', 5 * MINUTE] }),
        component('X', 40, { needs: 'Server' }),
      ],
      [service('S', 'Server', 'X')],
    ),
    scenario(20 * MINUTE, [[60, crash('Server', 0.5)]]),
  );
  checkAgrees(
    'promotion by share with churn',
    architecture(
      [
        component('Super', 10, { serves: { X: 4 }, promotedFrom: ['X', 0.05 / MINUTE, 'share'], fails: HOUR }),
        component('X', 36, { needs: 'Super', fails: HOUR, restarts: ['in', 3 * MINUTE] }),
      ],
      [service('S', 'Super', 'X')],
    ),
    scenario(3 * HOUR, [[60, crash('Super', 0.7)]]),
  );
  checkAgrees(
    'alternatives',
    architecture(
      [
        component('A', 3, { serves: { X: 12 }, fails: HOUR, restarts: ['in', 10 * MINUTE] }),
        component('B', 6, { serves: { X: 7 }, fails: HOUR, restarts: ['after', 10 * MINUTE] }),
        component('Door', 1, { admits: { X: 0.1 } }),
        component('X', 40, { needs: or('A', 'B'), toStart: 'Door', restarts: ['in', MINUTE], fails: 2 * HOUR }),
      ],
      [service('S', or('A', 'B'), 'X'), service('Both', 'S')],
    ),
    scenario(2 * HOUR, [
      [60, crash('A')],
      [10 * MINUTE, crash('B', 0.5)],
      [35 * MINUTE, restore('A')],
    ]),
  );
  checkAgrees(
    'populations that need populations',
    architecture(
      [
        component('Core', 1, { fails: HOUR, restarts: ['in', 5 * MINUTE] }),
        component('Hub', 5, { needs: 'Core', serves: { Relay: 3 }, restarts: ['after', 2 * MINUTE], fails: HOUR }),
        component('Relay', 12, { needs: 'Hub', serves: { X: 4 }, restarts: ['in', MINUTE], fails: HOUR }),
        component('X', 45, { needs: 'Relay', retries: [20, 3 * MINUTE], restarts: ['in', MINUTE] }),
      ],
      [service('S', 'Relay', 'X'), service('T', and('Hub', 'S'))],
    ),
    scenario(2 * HOUR, [[60, crash('Hub', 0.5)]]),
  );
  checkAgrees(
    'a pool promoted from a promoted pool, and what is served by it',
    architecture(
      [
        component('X', 40, { needs: 'Super', retries: [10, MINUTE], restarts: ['over', 5 * MINUTE], fails: 3 * HOUR }),
        component('Super', 10, { serves: { X: 5 }, promotedFrom: ['X', 0.02 / MINUTE, 'share'], fails: HOUR }),
        component('Hyper', 4, { needs: 'Hub', promotedFrom: ['Super', 0.25 / MINUTE], fails: HOUR }),
        component('Hub', 2, { serves: { Hyper: 2 }, restarts: ['in', 5 * MINUTE], fails: HOUR }),
      ],
      [service('S', 'Super', 'X'), service('T', 'Hub', 'Hyper'), service('U', ['S', 'T'])],
    ),
    scenario(HOUR, [
      [60, crash('Super', 0.8)],
      [60, crash('Hyper')],
    ]),
  );
  checkAgrees(
    'two of three, and overload by attempts',
    architecture(
      [
        component('A', 4, { serves: { X: 9 }, fails: 2 * HOUR, restarts: ['in', 5 * MINUTE] }),
        component('B', 4, { serves: { X: 9 }, fails: 2 * HOUR, restarts: ['in', 5 * MINUTE] }),
        component('C', 4, { serves: { X: 9 }, fails: 2 * HOUR, restarts: ['in', 5 * MINUTE] }),
        component('Door', 3, { admits: { X: 0.1 }, overloads: [2, 0.5 / MINUTE], restarts: ['in', 3 * MINUTE] }),
        component('X', 40, {
          needs: atLeast(2, 'A', 'B', 'C'),
          toStart: 'Door',
          retries: [15, 2 * MINUTE],
          restarts: ['over', MINUTE],
        }),
      ],
      [service('S', atLeast(2, 'A', 'B', 'C'), 'X')],
    ),
    scenario(2 * HOUR, [[60, crash('X')]]),
  );
});
