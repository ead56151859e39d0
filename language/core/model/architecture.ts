/**
 * The pure model of an architecture: what the language says, without where it says it.
 * Every value here is plain data (it survives `structuredClone` and JSON), so that two texts
 * that mean the same have equal models, and an analysis can be kept for as long as its model is equal.
 */

/** Who operates a component. Everything that is not `company` is external. */
export type Party = 'company' | 'users' | 'vendor';

/** What the company can do to a component: touch the machines, command the software, both or neither. */
export type Control = 'full' | 'physical' | 'programmatic' | 'none';

/** What must work for something else to work. `atLeast` is the language's `k of (…)`. */
export type NeedExpression =
  | { readonly kind: 'reference'; readonly name: string }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly NeedExpression[] }
  | { readonly kind: 'atLeast'; readonly count: number; readonly operands: readonly NeedExpression[] };

export interface Need {
  readonly expression: NeedExpression;
  /** True for `needs … to start`: asked for only when an instance joins. */
  readonly toStart: boolean;
}

/** Each instance has room for `capacity` instances of `consumer` at once. */
export interface Serving {
  readonly consumer: string;
  readonly capacity: number;
}

/** Each instance lets in at most `ratePerSecond` instances of `consumer`. */
export interface Admission {
  readonly consumer: string;
  readonly ratePerSecond: number;
}

/** The time after which a crashed instance is ready again; its mean for `exponential`, its bound for `uniform`. */
export interface Restart {
  readonly distribution: 'exponential' | 'fixed' | 'uniform';
  readonly seconds: number;
}

/** Instances of `source` are turned into this component, so many a second or such a share of `source` a second. */
export interface Promotion {
  readonly source: string;
  readonly rate:
    | { readonly kind: 'count'; readonly perSecond: number }
    | { readonly kind: 'share'; readonly perSecond: number };
}

/** While the load is above `limit` (1 = 100%), each instance crashes at `lossPerSecond`. */
export interface Overload {
  readonly limit: number;
  readonly lossPerSecond: number;
}

/** Exponential retry times, doubling with each refusal from `firstSeconds` up to `maxSeconds`. */
export interface Retry {
  readonly firstSeconds: number;
  /** Equal to `firstSeconds` where the text gives no `up to`: the mean does not grow. */
  readonly maxSeconds: number;
}

/** When `hazard` strikes, `share` (0…1) of the component crashes. */
export interface Exposure {
  readonly hazard: string;
  readonly share: number;
}

/** A pool of like instances under one party. */
export interface Component {
  readonly name: string;
  readonly title?: string;
  readonly documentation?: string;
  readonly party: Party;
  /** The operator's name, from `by "…"`. */
  readonly operator?: string;
  readonly control: Control;
  /** The innermost group that it stands in. */
  readonly group?: string;
  readonly instances: number;
  readonly needs: readonly Need[];
  readonly serves: readonly Serving[];
  readonly admits: readonly Admission[];
  /** Absent: a crashed instance stays down. */
  readonly restart?: Restart;
  readonly promotion?: Promotion;
  readonly overload?: Overload;
  readonly retry?: Retry;
  /** Mean time to failure of one instance on its own, seconds, from `fails every`. */
  readonly mttfSeconds?: number;
  /** Own exposures and those of the groups around it; one a hazard, the component's own first. */
  readonly exposures: readonly Exposure[];
}

export interface Group {
  readonly name: string;
  readonly title?: string;
  readonly documentation?: string;
  /** The group around it. */
  readonly group?: string;
}

export interface TrafficShare {
  /** 0…1; the shares of one service add up to 1. */
  readonly share: number;
  readonly component: string;
}

/** What users get: the top event of the analysis is its loss. */
export interface Service {
  readonly name: string;
  readonly title?: string;
  readonly documentation?: string;
  /** The component that it is for. */
  readonly population?: string;
  /** Never `toStart`. References name components or services. */
  readonly needs: readonly Need[];
  readonly traffic: readonly TrafficShare[];
}

/** Something outside that hits many components at once: a common cause. */
export interface Hazard {
  readonly name: string;
  readonly title?: string;
  readonly documentation?: string;
}

export interface Requirement {
  readonly service: string;
  readonly survives:
    | { readonly kind: 'anyFailures'; readonly count: number; readonly externalOnly: boolean }
    | { readonly kind: 'lossOf'; readonly name: string };
}

/** A finding that the team has taken on. */
export interface Acceptance {
  readonly rule: string;
  readonly on: string;
  readonly service?: string;
  readonly because: string;
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly until?: string;
}

/** One architecture, whole: a variant has its base's members merged in already. */
export interface Architecture {
  readonly name: string;
  readonly title?: string;
  readonly documentation?: string;
  /** The architecture that it extends. */
  readonly base?: string;
  readonly components: readonly Component[];
  readonly groups: readonly Group[];
  readonly services: readonly Service[];
  /** Hazards that something here is exposed to, wherever they are declared. */
  readonly hazards: readonly Hazard[];
  readonly requirements: readonly Requirement[];
  readonly acceptances: readonly Acceptance[];
}

/** Whether the company does not operate it. */
export const isExternal = (component: Component): boolean => component.party !== 'company';

/** Whether the company can command the software (`restore` works on it). */
export const hasProgrammaticControl = (component: Component): boolean =>
  component.control === 'full' || component.control === 'programmatic';

/** The names of the components of a group, those of nested groups included; for a component, its own name alone. */
export function componentsOf(architecture: Architecture, name: string): string[] {
  const inside = new Set([name]);
  // A group stands after the group around it, so one pass meets every nesting.
  for (const group of architecture.groups)
    if (group.group !== undefined && inside.has(group.group)) inside.add(group.name);
  return architecture.components
    .filter((component) => component.name === name || (component.group !== undefined && inside.has(component.group)))
    .map((component) => component.name);
}
