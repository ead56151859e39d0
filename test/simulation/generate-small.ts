import fc from 'fast-check';
import type { Action, Architecture, Component, NeedExpression, Scenario } from '../../language/core/model/index.ts';
import { architecture, component, scenario, service, type Traits } from './build.ts';

/**
 * Architectures of all shapes whose pools are small enough to follow every instance, and whose numbers are such that
 * something goes on in an hour: room, admission and promotion near to what is needed, crashes and restarts within it.
 */

const NAMES = ['A', 'B', 'C', 'D', 'E'];
const HOUR = 3600;

/** `weight` times as often there as not. */
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>, weight = 1): fc.Arbitrary<Value | undefined> =>
  fc.oneof(
    { weight, arbitrary: arbitrary as fc.Arbitrary<Value | undefined> },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
const real = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: 1000 }).map((part) => min * (max / min) ** (part / 1000));

const leaf = fc.nat(99).map((index): NeedExpression => ({ kind: 'reference', name: String(index) }));
const { need } = fc.letrec<{ need: NeedExpression }>((tie) => ({
  need: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    { weight: 5, arbitrary: leaf },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const, 'or' as const),
        operands: fc.array(tie('need'), { minLength: 2, maxLength: 3 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.array(tie('need'), { minLength: 2, maxLength: 4 }), fc.integer({ min: 1, max: 3 }))
        .map(([operands, count]) => ({ kind: 'atLeast' as const, operands, count: Math.min(count, operands.length) })),
    },
  ),
}));

const pool = fc.record({
  instances: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 16 })),
  needs: fc.array(need, { maxLength: 2 }),
  toStart: fc.array(need, { maxLength: 1 }),
  /** Room and admission on each link, by what would be just enough. */
  room: maybe(real(0.6, 2), 2),
  admission: maybe(real(60, 1200)),
  restarts: maybe(fc.tuple(fc.constantFrom('in' as const, 'after' as const, 'over' as const), real(60, 1200)), 5),
  promoted: maybe(fc.tuple(fc.nat(), real(120, 1800), fc.boolean()), 1),
  overloads: maybe(fc.tuple(real(0.9, 2), real(1 / 1200, 1 / 60))),
  retries: maybe(fc.tuple(real(10, 60), real(30, 600))),
  fails: maybe(real(900, 4 * HOUR)),
  exposed: fc.dictionary(fc.constantFrom('H', 'I'), real(0.2, 1), { maxKeys: 2 }),
  group: maybe(fc.constantFrom('G')),
});

/** Names in a need are given as numbers; each stands for another pool than `own`, none twice in one need. */
function named(expression: NeedExpression, own: number, pools: number): NeedExpression {
  const names = new Set<string>();
  const rename = (one: NeedExpression): NeedExpression | undefined => {
    if (one.kind === 'reference') {
      const name = NAMES[poolFor(Number(one.name), own, pools)] as string;
      if (names.has(name)) return undefined;
      names.add(name);
      return { kind: 'reference', name };
    }
    const isOr = one.kind === 'or' || (one.kind === 'atLeast' && one.count === 1);
    const operands = one.operands
      .map(rename)
      .filter((operand) => operand !== undefined)
      .flatMap((operand) => (isOr && operand.kind === 'or' ? operand.operands : [operand]));
    if (operands.length <= 1) return operands[0];
    if (isOr) return { kind: 'or', operands };
    if (one.kind === 'atLeast' && one.count < operands.length) return { ...one, operands };
    return { kind: 'and', operands };
  };
  return rename(expression) as NeedExpression;
}

/** Mostly what stands before, so that circles of needs are there, but not the rule. */
function poolFor(drawn: number, own: number, pools: number): number {
  const other = own > 0 && drawn % 5 > 0 ? drawn % own : drawn % pools;
  return other === own ? (own + 1) % pools : other;
}

const mentioned = (expression: NeedExpression): string[] =>
  expression.kind === 'reference' ? [expression.name] : expression.operands.flatMap(mentioned);

const modelOf = (scale: number): fc.Arbitrary<Architecture> =>
  fc
    .tuple(fc.array(pool, { minLength: 3, maxLength: 5 }), fc.array(need, { minLength: 3, maxLength: 3 }))
    .map(([pools, asked]) => {
      const needs = pools.map((one, own) => ({
        needs: one.needs.map((expression) => named(expression, own, pools.length)),
        toStart: one.toStart.map((expression) => named(expression, own, pools.length)),
      }));
      // Who is served is the larger: ten times what serves it would be.
      const sizes = pools.map((one, own) => scale * one.instances * (1 + Math.min(2, needs[own]?.needs.length ?? 0)));
      const components = pools.map((one, own): Component => {
        const name = NAMES[own] as string;
        const instances = sizes[own] as number;
        const { restarts, promoted, overloads, retries, fails, group, exposed } = one;
        const serves: Record<string, number> = {};
        const admits: Record<string, number> = {};
        pools.forEach((_, consumer) => {
          const of = [...(needs[consumer]?.needs ?? []), ...(needs[consumer]?.toStart ?? [])];
          if (!of.some((expression) => mentioned(expression).includes(name))) return;
          const consumers = sizes[consumer] as number;
          const to = NAMES[consumer] as string;
          if (one.room) serves[to] = Math.max(1, Math.round((consumers / instances) * one.room));
          // Joins of those without retries count for the load by the second in which they fall: for many, by their mean.
          if (one.admission && (scale === 1 || !one.overloads || pools[consumer]?.retries))
            admits[to] = consumers / instances / one.admission;
        });
        const source = promoted ? (own + 1 + (promoted[0] % (pools.length - 1))) % pools.length : -1;
        // From a later pool to an earlier one, so that there is no circle.
        const promotes = promoted && source > own;
        const traits: Traits = {
          ...needs[own],
          serves,
          admits,
          exposed,
          ...(promotes && {
            promotedFrom: (promoted[2]
              ? [NAMES[source], instances / (sizes[source] as number) / promoted[1], 'share']
              : [NAMES[source], instances / promoted[1]]) as never,
          }),
          ...(restarts && !promotes && { restarts }),
          ...(overloads && { overloads }),
          ...(retries && { retries }),
          ...(fails !== undefined && { fails }),
          ...(group !== undefined && { group }),
        };
        return component(name, instances, traits);
      });
      const last = NAMES[pools.length - 1] as string;
      const own = components[pools.length - 1]?.needs.filter((one) => !one.toStart).map((one) => one.expression) ?? [];
      const free = asked.map((expression) => named(expression, pools.length, pools.length));
      return architecture(
        components,
        [
          service('S', own, last),
          service('T', [free[0] as NeedExpression], 'A'),
          service('U', [{ kind: 'or', operands: [{ kind: 'reference', name: 'S' }, free[1] as NeedExpression] }]),
          service('V', [
            {
              kind: 'atLeast',
              count: 2,
              operands: [{ kind: 'reference', name: 'T' }, { kind: 'reference', name: 'U' }, free[2] as NeedExpression],
            },
          ]),
        ],
        [{ name: 'G' }],
      );
    });

const share = fc.constantFrom(0.3, 0.6, 0.9, 1);
const actionOf = (scale: number): fc.Arbitrary<Action> =>
  fc.oneof(
    fc.record({ kind: fc.constant('crash' as const), target: fc.constantFrom('A', 'B', 'C', 'G'), share }),
    fc.record({ kind: fc.constant('strike' as const), hazard: fc.constantFrom('H', 'I') }),
    fc.record({ kind: fc.constant('restore' as const), target: fc.constantFrom('A', 'B', 'C', 'G') }),
    fc.record({
      kind: fc.constant('add' as const),
      target: fc.constantFrom('A', 'B'),
      count: fc.constantFrom(scale, 4 * scale),
    }),
  );
const moment = fc.oneof(fc.integer({ min: 0, max: 1200 }), fc.constant(300));

const storyOf = (scale: number): fc.Arbitrary<Scenario> =>
  fc.array(fc.tuple(moment, actionOf(scale)), { minLength: 2, maxLength: 5 }).map((steps) =>
    scenario(
      HOUR,
      steps.sort((a, b) => a[0] - b[0]),
    ),
  );

export interface SmallSystem {
  readonly model: Architecture;
  readonly story: Scenario;
}

export const smallSystems: fc.Arbitrary<SmallSystem> = fc.record({ model: modelOf(1), story: storyOf(1) });

/** The same with pools so many times as large, and all else in proportion. */
export const scaledSystems = (scale: number): fc.Arbitrary<SmallSystem> =>
  fc.record({ model: modelOf(scale), story: storyOf(scale) });
