import fc from 'fast-check';
import type { Architecture, NeedExpression } from '../../language/core/model/index.ts';
import { architecture, component, need, service } from './systems.ts';

const NAMES = ['A', 'B', 'C', 'D', 'E', 'F', '__proto__', 'constructor', 'toString', '超级节点', 'Ärger', 'x-y_z'];

const title = fc.option(
  fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constant('<img src=x onerror=alert(1)>'),
  ),
  { nil: undefined },
);

const expressionOf = (names: readonly string[]): fc.Arbitrary<NeedExpression> => {
  const reference = fc.constantFrom(...names).map((name): NeedExpression => ({ kind: 'reference', name }));
  const operands = fc.array(reference, { minLength: 2, maxLength: 3 });
  return fc.oneof(
    { weight: 4, arbitrary: reference },
    operands.map((list): NeedExpression => ({ kind: 'or', operands: list })),
    operands.map((list): NeedExpression => ({ kind: 'atLeast', count: 2, operands: list })),
    operands.map(
      (list): NeedExpression => ({
        kind: 'or',
        operands: [{ kind: 'and', operands: list }, ...list.slice(0, 1)],
      }),
    ),
  );
};

const titled = (text: string | undefined) => (text === undefined ? {} : { title: text });

/** Small systems with everything in them: zones, vendors, nested groups, every kind of edge, circles, hostile titles. */
export const anyArchitecture: fc.Arbitrary<Architecture> = fc.integer({ min: 1, max: NAMES.length }).chain((count) => {
  const names = NAMES.slice(0, count);
  const groups = [{ name: 'North' }, { name: 'South', title: 'The south' }, { name: 'Harbour', group: 'South' }];
  const componentOf = (name: string) =>
    fc
      .record({
        party: fc.constantFrom('company' as const, 'users' as const, 'vendor' as const),
        operator: fc.option(fc.constantFrom('Amazon', 'Stripe'), { nil: undefined }),
        group: fc.option(fc.constantFrom('North', 'South', 'Harbour'), { nil: undefined }),
        title,
        instances: fc.constantFrom(1, 2, 40, 25_000, 9_600_000),
        needs: fc.array(fc.tuple(expressionOf(names), fc.boolean()), { maxLength: 2 }),
        promotedFrom: fc.option(fc.constantFrom(...names), { nil: undefined }),
        serves: fc.option(fc.constantFrom(...names), { nil: undefined }),
        exposed: fc.boolean(),
      })
      .map(({ party, operator, group, title: text, instances, needs, promotedFrom, serves, exposed }) =>
        component(party, name, {
          ...titled(text),
          ...(operator === undefined ? {} : { operator }),
          ...(group === undefined ? {} : { group }),
          instances,
          needs: needs.map(([expression, toStart]) => need(expression, toStart)),
          serves: serves === undefined ? [] : [{ consumer: serves, capacity: 400 }],
          exposures: exposed ? [{ hazard: 'Storm', share: 0.25 }] : [],
          ...(promotedFrom === undefined || promotedFrom === name
            ? {}
            : { promotion: { source: promotedFrom, rate: { kind: 'count' as const, perSecond: 0.5 } } }),
        }),
      );
  const serviceOf = (name: string) =>
    fc
      .record({
        population: fc.option(fc.constantFrom(...names), { nil: undefined }),
        title,
        expression: expressionOf(names),
      })
      .map(({ population, title: text, expression }) =>
        service(name, {
          ...titled(text),
          ...(population === undefined ? {} : { population }),
          needs: [need(expression)],
          traffic: [{ share: 1, component: names[0] ?? 'A' }],
        }),
      );
  return fc
    .record({
      components: fc.tuple(...names.map(componentOf)),
      services: fc.tuple(serviceOf('Main'), serviceOf('Other')),
      title,
    })
    .map(({ components, services, title: text }) =>
      architecture('Any', {
        ...titled(text),
        components,
        services,
        groups,
        hazards: components.some(({ exposures }) => exposures.length > 0) ? [{ name: 'Storm' }] : [],
      }),
    );
});

/** An architecture, and what becomes of it when a number or title is changed; now and then it has another component. */
export const edited: fc.Arbitrary<readonly [Architecture, Architecture]> = anyArchitecture.chain((before) =>
  fc
    .record({
      at: fc.nat({ max: before.components.length - 1 }),
      instances: fc.constantFrom(1, 3, 41, 9_600_001),
      whole: title,
      other: fc.integer({ min: 0, max: 9 }).map((digit) => digit === 0),
    })
    .map(({ at, instances, whole, other }) => {
      const components = before.components.map((one, index) => (index === at ? { ...one, instances } : one));
      const more = other ? [component('company', 'Another')] : [];
      return [before, { ...before, ...titled(whole), components: [...components, ...more] }] as const;
    }),
);
