import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { architecture, component, or, service } from '../simulation/build.ts';
import { checkRule, found } from './check.ts';

const rule = 'hidden-overload';
const check = (text: string) => checkRule(rule, text);

describe(rule, () => {
  test('fires at the `overloads`, with the load before and after', () =>
    check(`
hazard MassReboot
architecture A {
  users Client { instances 6_000_000 needs SuperNode exposed to MassReboot 60% }
  users SuperNode {
    instances 20_000
    serves 400 Client
    overloads above 500% losing 0.25%/min
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ If MassReboot strikes, 96% of SuperNode is lost. Once all 6 million Client are back, the rest of it is loaded to 1,875% of its room instead of 75%, and above 500% it crashes as well: a cascade that takes Calling along.
    exposed to MassReboot 96%
  }
  service Calling for Client needs SuperNode
}
`));

  test('counts on alternatives, and on what the hazard takes of those', () =>
    check(`
hazard Storm
architecture A {
  users Client { instances 1_000 needs East or West }
  company East {
    instances 10
    serves 80 Client
    overloads above 100% losing 1%/min
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ If Storm strikes, 50% of East is lost. Once all 1,000 Client are back, the rest of it is loaded to 125% of its room instead of 62.5%
    exposed to Storm 50%
  }
  company West { instances 10 serves 80 Client exposed to Storm 50% }
  users Reader { instances 1_000 needs North or South }
  company North { instances 10 serves 80 Reader overloads above 100% losing 1%/min exposed to Storm 50% }
  company South { instances 10 serves 80 Reader }
}
`));

  test('does not fire where all is lost, nothing is overloaded, or the hazard takes none', () =>
    check(`
hazard Storm
architecture A {
  users Client { instances 1_000 needs Whole needs Hard needs Spared }
  company Whole { instances 10 serves 150 Client overloads above 100% losing 1%/min exposed to Storm }
  company Hard { instances 10 serves 150 Client exposed to Storm 50% }
  company Spared { instances 10 serves 150 Client overloads above 100% losing 1%/min exposed to Storm 0% }
}
`));

  test('is accepted on the pool', () =>
    check(`
hazard Storm
architecture A {
  users Client { instances 1_000 needs Hub }
  company Hub {
    instances 10
    serves 150 Client
    overloads above 100% losing 1%/min
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ If Storm … (accepted)
    exposed to Storm 50%
  }
  accept hidden-overload on Hub because "We know."
}
`));
});

test('survivors are overloaded if and only if ρ / (1 − f) is above the limit', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2000 }),
      fc.constantFrom(0, 0.1, 0.5, 0.75, 0.9, 1),
      fc.constantFrom(0.5, 1, 2, 4),
      (consumers, share, limit) => {
        const model = architecture(
          [
            component('C', consumers, { needs: 'X' }),
            component('X', 10, { serves: { C: 100 }, overloads: [limit, 0.01], exposed: { H: share } }),
          ],
          [service('S', or('X', 'X'))],
        );
        const load = consumers / 1000 / (1 - share);
        // Within rounding of the limit either answer is right.
        fc.pre(Math.abs(load - limit) > 1e-6);
        expect(found(rule, model).length === 1).toBe(share > 0 && share < 1 && load > limit);
      },
    ),
  );
});
