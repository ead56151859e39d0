import fc from 'fast-check';
import type { Architecture, Component, Need, NeedExpression, Party, Service } from '../../language/core/model/index.ts';

/** The least that a component says; tests add what they are about. */
export function component(name: string, party: Party, more: Partial<Component> = {}): Component {
  const control = party === 'company' ? 'full' : 'none';
  return { name, party, control, instances: 1, needs: [], serves: [], admits: [], exposures: [], ...more };
}

export function architecture(more: Partial<Architecture>): Architecture {
  return {
    name: 'A',
    components: [],
    groups: [],
    services: [],
    hazards: [],
    requirements: [],
    acceptances: [],
    ...more,
  };
}

export function service(name: string, needs: readonly Need[], more: Partial<Service> = {}): Service {
  return { name, needs, traffic: [], ...more };
}

export const ref = (name: string): NeedExpression => ({ kind: 'reference', name });
export const and = (...operands: (NeedExpression | string)[]): NeedExpression => ({
  kind: 'and',
  operands: all(operands),
});
export const or = (...operands: (NeedExpression | string)[]): NeedExpression => ({
  kind: 'or',
  operands: all(operands),
});
export const atLeast = (count: number, ...operands: (NeedExpression | string)[]): NeedExpression => ({
  kind: 'atLeast',
  count,
  operands: all(operands),
});
export const needs = (expression: NeedExpression | string): Need => ({ expression: need(expression), toStart: false });
export const needsToStart = (expression: NeedExpression | string): Need => ({
  expression: need(expression),
  toStart: true,
});

const need = (expression: NeedExpression | string) => (typeof expression === 'string' ? ref(expression) : expression);
const all = (operands: readonly (NeedExpression | string)[]) => operands.map(need);

/** The architecture of language.md's first page, in what the analysis looks at. */
export const skype2007: Architecture = architecture({
  name: 'Skype2007',
  components: [
    component('LoginServer', 'company', { instances: 40, restart: { distribution: 'exponential', seconds: 300 } }),
    component('Client', 'users', {
      instances: 9_600_000,
      needs: [needs('SuperNode'), needsToStart('LoginServer')],
      restart: { distribution: 'uniform', seconds: 7200 },
      exposures: [{ hazard: 'MassReboot', share: 0.6 }],
    }),
    component('SuperNode', 'users', {
      instances: 25_000,
      serves: [{ consumer: 'Client', capacity: 400 }],
      promotion: { source: 'Client', rate: { kind: 'count', perSecond: 1 / 6 } },
      exposures: [{ hazard: 'MassReboot', share: 0.9 }],
    }),
  ],
  services: [
    service('Calling', [needs('SuperNode')], {
      population: 'Client',
      traffic: [
        { share: 0.95, component: 'SuperNode' },
        { share: 0.05, component: 'LoginServer' },
      ],
    }),
  ],
  hazards: [{ name: 'MassReboot' }],
  acceptances: [
    {
      rule: 'single-external-dependency',
      on: 'SuperNode',
      because: 'The network carries itself; revisit before launch.',
      until: '2027-06-30',
    },
  ],
});

const HAZARDS = ['H0', 'H1'];
const OPERATORS = ['P', 'Q'];

/**
 * Small architectures of every shape that the language allows: cycles of needs, needs to start, promotion, hazards,
 * operators, nested `and`, `or` and `k of`, services that need services, services for a population.
 * At most `most` components, so that all subsets of basic events can be tried.
 */
export function smallArchitectures(most = 5): fc.Arbitrary<Architecture> {
  return fc
    .record({ components: fc.integer({ min: 1, max: most }), services: fc.integer({ min: 1, max: 3 }) })
    .chain((size) => {
      const componentNames = Array.from({ length: size.components }, (_, index) => `C${index}`);
      const serviceNames = Array.from({ length: size.services }, (_, index) => `S${index}`);
      return fc
        .tuple(
          fc.tuple(...componentNames.map((name) => someComponent(name, componentNames, serviceNames))),
          fc.tuple(...serviceNames.map((name) => someService(name, componentNames, serviceNames))),
        )
        .map(([components, services]) =>
          architecture({ components, services, hazards: HAZARDS.map((name) => ({ name })) }),
        );
    });
}

function someComponent(name: string, components: string[], services: string[]): fc.Arbitrary<Component> {
  return fc
    .record({
      party: fc.constantFrom<Party>('company', 'users', 'vendor'),
      operator: fc.option(fc.constantFrom(...OPERATORS), { freq: 2 }),
      needs: fc.array(someNeed([...components, ...components, ...services], true), { maxLength: 2 }),
      exposed: fc.subarray(HAZARDS, { maxLength: 1 }),
      share: fc.constantFrom(0, 0.3, 1),
      source: fc.option(fc.constantFrom(...components), { freq: 3 }),
      mttf: fc.option(fc.constantFrom(1, 3, 9)),
      restart: fc.constantFrom('exponential' as const, 'fixed' as const, 'uniform' as const, null),
    })
    .map(({ party, operator, needs, exposed, share, source, mttf, restart }) =>
      component(name, party, {
        needs,
        exposures: exposed.map((hazard) => ({ hazard, share })),
        ...(operator === null ? {} : { operator }),
        ...(source === null || source === name
          ? {}
          : { promotion: { source, rate: { kind: 'count' as const, perSecond: 1 } } }),
        ...(mttf === null ? {} : { mttfSeconds: mttf }),
        ...(restart === null ? {} : { restart: { distribution: restart, seconds: 2 } }),
      }),
    );
}

function someService(name: string, components: string[], services: string[]): fc.Arbitrary<Service> {
  return fc
    .record({
      needs: fc.array(someNeed([...components, ...components, ...services], false), { maxLength: 3 }),
      population: fc.option(fc.constantFrom(...components), { freq: 2 }),
    })
    .map(({ needs, population }) => service(name, needs, population === null ? {} : { population }));
}

function someNeed(names: string[], mayStart: boolean): fc.Arbitrary<Need> {
  const { expression } = fc.letrec<{ expression: NeedExpression }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      { weight: 2, arbitrary: fc.constantFrom(...names).map(ref) },
      {
        weight: 3,
        arbitrary: fc
          .record({
            kind: fc.constantFrom('and', 'or', 'or', 'atLeast'),
            operands: fc.array(tie('expression'), { minLength: 2, maxLength: 4 }),
            count: fc.nat(),
          })
          .map(({ kind, operands, count }) => {
            if (kind === 'atLeast') return atLeast(1 + (count % operands.length), ...operands);
            return kind === 'and' ? and(...operands) : or(...operands);
          }),
      },
    ),
  }));
  return fc.record({ expression, toStart: mayStart ? fc.boolean() : fc.constant(false) });
}
