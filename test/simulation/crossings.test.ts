import fc from 'fast-check';
import { expect, test } from 'vitest';
import { simulate } from '../../language/core/simulation/index.ts';
import { add, architecture, component, crash, DAY, HOUR, restore, scenario, service } from './build.ts';

/**
 * A recovery takes until the moment at which the level is reached, not until the end of the step that it falls into. With
 * so many instances that chance is nothing, that moment is known; in runs so long that nothing but the curve itself ends a
 * step.
 */

const MANY = 1e10;
const level = fc.integer({ min: 20, max: 985 }).map((thousandths) => thousandths / 1000);
const levels = fc.uniqueArray(level, { minLength: 3, maxLength: 6 });

const backTo = (list: readonly number[]) =>
  list.map((one) => ({ kind: 'backTo' as const, service: 'S', level: one, withinSeconds: HOUR }));

function checkMoments(
  components: Parameters<typeof architecture>[0],
  steps: Parameters<typeof scenario>[1],
  list: readonly number[],
  exact: (level: number) => number,
  part: number,
): void {
  const model = architecture(components, [service('S', [], 'X')]);
  const { recoveryLevels, services } = simulate(model, scenario(300 * DAY, steps, backTo(list)), 1);
  recoveryLevels.forEach((asked, at) => {
    const seconds = services.S?.recovery[at] ?? Number.NaN;
    expect(Math.abs(seconds / exact(asked) - 1), `${asked}: ${seconds}, exactly ${exact(asked)}`).toBeLessThan(part);
  });
}

test('restarts over T: back to L after T L', () => {
  fc.assert(
    fc.property(levels, fc.integer({ min: 1_000, max: 100_000 }), (list, seconds) => {
      const x = component('X', MANY, { restarts: ['over', seconds] });
      checkMoments([x], [[0, crash('X')]], list, (asked) => seconds * asked, 1e-3);
    }),
    { numRuns: 30 },
  );
});

test('restarts in T: back to L after T ln 1 ÷ (1 − L)', () => {
  fc.assert(
    fc.property(levels, fc.integer({ min: 10_000, max: 100_000 }), (list, seconds) => {
      const x = component('X', MANY, { restarts: ['in', seconds] });
      // A step of a tenth of T has a chord that lies an eightieth of it beside the curve.
      checkMoments([x], [[0, crash('X')]], list, (asked) => -seconds * Math.log(1 - asked), 5e-3);
    }),
    { numRuns: 30 },
  );
});

test('let in at R a second: back to L after N L ÷ R, the one that is kept aside', () => {
  fc.assert(
    fc.property(levels, fc.integer({ min: 1_000, max: 1_000_000 }), (list, seconds) => {
      const door = component('Door', 1, { admits: { X: MANY / seconds } });
      const x = component('X', MANY, { toStart: 'Door' });
      const steps = [[0, crash('X')] as const, [0, restore('X')] as const];
      checkMoments([door, x], steps, list, (asked) => seconds * asked, 1e-3);
    }),
    { numRuns: 30 },
  );
});

test('promoted at r a second: back to L after N L ÷ r', () => {
  fc.assert(
    fc.property(levels, fc.integer({ min: 1_000, max: 100_000 }), (list, seconds) => {
      const x = component('X', MANY, { promotedFrom: ['Seed', MANY / seconds] });
      checkMoments([component('Seed', 1), x], [[0, crash('X')]], list, (asked) => seconds * asked, 1e-3);
    }),
    { numRuns: 30 },
  );
});

test('what comes at one moment is back at that moment, to the bit', () => {
  fc.assert(
    fc.property(
      levels,
      fc.integer({ min: 10, max: 100_000 }),
      fc.integer({ min: 0, max: 5_000 }),
      (list, seconds, at) => {
        const x = component('X', 1_000, { restarts: ['after', seconds] });
        checkMoments([x], [[at, crash('X')]], list, () => seconds, 1e-12);
        const steps = [
          [at, crash('X')] as const,
          [at + seconds, add('X', 99_000)] as const,
          [at + seconds, restore('X')] as const,
        ];
        checkMoments([component('X', 1_000)], steps, list, () => seconds, 1e-12);
      },
    ),
    { numRuns: 30 },
  );
});
