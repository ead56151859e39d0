import type {
  Action,
  Architecture,
  Component,
  Expectation,
  Group,
  NeedExpression,
  Restart,
  Scenario,
  Service,
} from '../../language/core/model/index.ts';

/** Models in a few words. Times are seconds, rates per second, as in the model. */

export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 24 * HOUR;

type Words = string | NeedExpression;

export const ref = (name: string): NeedExpression => ({ kind: 'reference', name });
const expression = (words: Words): NeedExpression => (typeof words === 'string' ? ref(words) : words);
export const or = (...operands: Words[]): NeedExpression => ({ kind: 'or', operands: operands.map(expression) });
export const and = (...operands: Words[]): NeedExpression => ({ kind: 'and', operands: operands.map(expression) });
export const atLeast = (count: number, ...operands: Words[]): NeedExpression => ({
  kind: 'atLeast',
  count,
  operands: operands.map(expression),
});

export interface Traits {
  readonly party?: Component['party'];
  readonly needs?: Words | readonly Words[];
  readonly toStart?: Words | readonly Words[];
  readonly serves?: Readonly<Record<string, number>>;
  readonly admits?: Readonly<Record<string, number>>;
  /** `in`, `after`, `over` and the time. */
  readonly restarts?: readonly ['in' | 'after' | 'over', number];
  readonly promotedFrom?:
    | readonly [source: string, perSecond: number]
    | readonly [source: string, perSecond: number, 'share'];
  readonly overloads?: readonly [limit: number, lossPerSecond: number];
  readonly retries?: readonly [first: number, max?: number];
  readonly fails?: number;
  readonly exposed?: Readonly<Record<string, number>>;
  readonly group?: string;
}

const DISTRIBUTION = { in: 'exponential', after: 'fixed', over: 'uniform' } as const;

export function component(name: string, instances: number, traits: Traits = {}): Component {
  const list = (words: Words | readonly Words[] | undefined): Words[] =>
    words === undefined ? [] : Array.isArray(words) ? [...(words as readonly Words[])] : [words as Words];
  const restart: Restart | undefined = traits.restarts && {
    distribution: DISTRIBUTION[traits.restarts[0]],
    seconds: traits.restarts[1],
  };
  return {
    name,
    party: traits.party ?? 'company',
    control: traits.party === undefined || traits.party === 'company' ? 'full' : 'none',
    instances,
    needs: [
      ...list(traits.needs).map((one) => ({ expression: expression(one), toStart: false })),
      ...list(traits.toStart).map((one) => ({ expression: expression(one), toStart: true })),
    ],
    serves: Object.entries(traits.serves ?? {}).map(([consumer, capacity]) => ({ consumer, capacity })),
    admits: Object.entries(traits.admits ?? {}).map(([consumer, ratePerSecond]) => ({ consumer, ratePerSecond })),
    exposures: Object.entries(traits.exposed ?? {}).map(([hazard, share]) => ({ hazard, share })),
    ...(restart && { restart }),
    ...(traits.promotedFrom && {
      promotion: {
        source: traits.promotedFrom[0],
        rate: { kind: traits.promotedFrom[2] ?? 'count', perSecond: traits.promotedFrom[1] },
      },
    }),
    ...(traits.overloads && { overload: { limit: traits.overloads[0], lossPerSecond: traits.overloads[1] } }),
    ...(traits.retries && {
      retry: { firstSeconds: traits.retries[0], maxSeconds: traits.retries[1] ?? traits.retries[0] },
    }),
    ...(traits.fails !== undefined && { mttfSeconds: traits.fails }),
    ...(traits.group !== undefined && { group: traits.group }),
  };
}

export const service = (name: string, needs: Words | readonly Words[], population?: string): Service => ({
  name,
  needs: (Array.isArray(needs) ? (needs as readonly Words[]) : [needs as Words]).map((one) => ({
    expression: expression(one),
    toStart: false,
  })),
  traffic: [],
  ...(population !== undefined && { population }),
});

export const architecture = (
  components: readonly Component[],
  services: readonly Service[] = [],
  groups: readonly Group[] = [],
): Architecture => ({
  name: 'Test',
  components,
  groups,
  services,
  hazards: [...new Set(components.flatMap((one) => one.exposures.map((exposure) => exposure.hazard)))].map((name) => ({
    name,
  })),
  requirements: [],
  acceptances: [],
});

export const crash = (target: string, share = 1): Action => ({ kind: 'crash', target, share });
export const strike = (hazard: string): Action => ({ kind: 'strike', hazard });
export const restore = (target: string): Action => ({ kind: 'restore', target });
export const add = (target: string, count: number): Action => ({ kind: 'add', target, count });

export const scenario = (
  horizonSeconds: number,
  steps: readonly (readonly [atSeconds: number, action: Action])[],
  expectations: readonly Expectation[] = [],
): Scenario => ({
  name: 'Test',
  steps: steps.map(([atSeconds, action]) => ({ atSeconds, action })),
  horizonSeconds,
  expectations,
});

/** The example of language.md: Skype in August 2007, and the update that restarted its clients. */
export const SKYPE_2007 = architecture(
  [
    component('LoginServer', 40, { admits: { Client: 30 }, restarts: ['in', 5 * MINUTE] }),
    component('Client', 9_600_000, {
      party: 'users',
      needs: 'SuperNode',
      toStart: 'LoginServer',
      restarts: ['over', 2 * HOUR],
      retries: [30, 10 * MINUTE],
      exposed: { MassReboot: 0.6 },
    }),
    component('SuperNode', 25_000, {
      party: 'users',
      serves: { Client: 400 },
      promotedFrom: ['Client', 10 / MINUTE],
      overloads: [2, 0.05 / MINUTE],
      exposed: { MassReboot: 0.9 },
    }),
  ],
  [service('Calling', 'SuperNode', 'Client')],
);

export const PATCH_TUESDAY = scenario(
  72 * HOUR,
  [[HOUR, strike('MassReboot')]],
  [
    { kind: 'backTo', service: 'Calling', level: 0.95, withinSeconds: HOUR },
    { kind: 'neverBelow', service: 'Calling', level: 0.2 },
  ],
);
