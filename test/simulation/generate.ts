import fc from 'fast-check';
import type { Action, Architecture, Component, NeedExpression, Scenario } from '../../language/core/model/index.ts';
import { architecture, component, HOUR, scenario, service, type Traits } from './build.ts';

/** Architectures and scenarios of any shape that the language can write, small enough to run many of. */

const NAMES = ['A', 'B', 'C', 'D', 'E'] as const;

const size = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 65, max: 5_000 }), fc.constant(9_600_000));
const duration = fc.constantFrom(20, 60, 300, 1_800, 7_200);
const share = fc.constantFrom(0, 0.1, 0.5, 0.9, 1);

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const { need } = fc.letrec<{ need: NeedExpression; leaf: NeedExpression }>((tie) => ({
  leaf: fc.record({ kind: fc.constant('reference' as const), name: fc.constantFrom(...NAMES) }),
  need: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    tie('leaf'),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      operands: fc.array(tie('need'), { minLength: 2, maxLength: 3 }),
    }),
    fc
      .record({
        operands: fc.array(tie('need'), { minLength: 2, maxLength: 3 }),
        count: fc.integer({ min: 1, max: 3 }),
      })
      .map(({ operands, count }) => ({ kind: 'atLeast' as const, operands, count: Math.min(count, operands.length) })),
  ),
}));

const limits = (of: fc.Arbitrary<number>): fc.Arbitrary<Record<string, number>> =>
  fc.dictionary(fc.constantFrom(...NAMES), of, { maxKeys: 3 });

const traits = fc.record({
  needs: fc.array(need, { maxLength: 2 }),
  toStart: fc.array(need, { maxLength: 1 }),
  serves: limits(fc.integer({ min: 1, max: 500 })),
  admits: limits(fc.constantFrom(0.01, 1, 30)),
  restarts: maybe(fc.tuple(fc.constantFrom('in' as const, 'after' as const, 'over' as const), duration)),
  promoted: maybe(fc.tuple(fc.nat(), fc.constantFrom(0.001, 0.1), fc.constantFrom('count' as const, 'share' as const))),
  overloads: maybe(fc.tuple(fc.constantFrom(0.8, 1.2, 2), fc.constantFrom(0.001, 0.02))),
  retries: maybe(fc.tuple(fc.constantFrom(10, 30), fc.constantFrom(30, 100, 600))),
  fails: maybe(fc.constantFrom(1_800, 36_000)),
  exposed: fc.dictionary(fc.constantFrom('H', 'I'), share, { maxKeys: 2 }),
  group: maybe(fc.constantFrom('G')),
});

const model: fc.Arbitrary<Architecture> = fc
  .array(fc.tuple(size, traits), { minLength: 2, maxLength: NAMES.length })
  .map((pools) => {
    const components = pools.map(([instances, one], index): Component => {
      const name = NAMES[index] ?? 'A';
      const { promoted, restarts, needs, toStart, overloads, retries, fails, group, ...rest } = one;
      // Promotion goes from a later pool to an earlier one, so that there is no circle.
      const source =
        promoted && index + 1 < pools.length
          ? NAMES[index + 1 + (promoted[0] % (pools.length - index - 1))]
          : undefined;
      const given: Traits = {
        ...rest,
        needs: needs.filter((expression) => !mentions(expression, name)),
        toStart: toStart.filter((expression) => !mentions(expression, name)),
        ...(promoted &&
          source !== undefined && { promotedFrom: [source, promoted[1], ...shareWord(promoted[2])] as never }),
        ...(restarts && source === undefined && { restarts }),
        ...(overloads && { overloads }),
        ...(retries && { retries }),
        ...(fails !== undefined && { fails }),
        ...(group !== undefined && { group }),
      };
      return component(name, instances, given);
    });
    return architecture(components, [service('S', 'A', 'B'), service('T', ['S', 'B'])], [{ name: 'G' }]);
  });

const shareWord = (kind: 'count' | 'share'): readonly 'share'[] => (kind === 'share' ? ['share'] : []);

const mentions = (expression: NeedExpression, name: string): boolean =>
  expression.kind === 'reference' ? expression.name === name : expression.operands.some((one) => mentions(one, name));

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('crash' as const), target: fc.constantFrom('A', 'B', 'C', 'G'), share }),
  fc.record({ kind: fc.constant('strike' as const), hazard: fc.constantFrom('H', 'I') }),
  fc.record({ kind: fc.constant('restore' as const), target: fc.constantFrom('A', 'B', 'G') }),
  fc.record({
    kind: fc.constant('add' as const),
    target: fc.constantFrom('A', 'B'),
    count: fc.constantFrom(1, 40, 10_000),
  }),
);

const story: fc.Arbitrary<Scenario> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: HOUR }), action), { maxLength: 4 })
  .map((steps) =>
    scenario(
      1.5 * HOUR,
      steps.sort((a, b) => a[0] - b[0]),
    ),
  );

export const systems: fc.Arbitrary<{ readonly model: Architecture; readonly story: Scenario; readonly seed: number }> =
  fc.record({ model, story, seed: fc.nat() });
