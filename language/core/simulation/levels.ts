import { type NeedExpression, namesIn, neededFirst, type Service } from '../model/index.ts';
import type { Link } from './links.ts';
import type { State } from './state.ts';

/** How well a service does, as an expression over pools. */
export type Level =
  | {
      readonly kind: 'pool';
      readonly pool: number /** Room for the population per instance; 0 without. */;
      readonly capacity: number;
    }
  | { readonly kind: 'service'; readonly service: number }
  | { readonly kind: 'always' }
  | { readonly kind: 'least' | 'sum'; readonly operands: readonly Level[] }
  | { readonly kind: 'largest'; readonly count: number; readonly operands: readonly Level[] };

export interface ServiceLevel {
  readonly name: string;
  /** −1 without one. */
  readonly population: number;
  readonly needs: readonly Level[];
}

/** Services in an order in which each stands after those that it needs. What closes a circle counts as working. */
export function compileLevels(
  services: readonly Service[],
  indexOf: ReadonlyMap<string, number>,
  linkOf: (server: number, consumer: number) => Link | undefined,
): ServiceLevel[] {
  const position = new Map<string, number>();
  const compiled: ServiceLevel[] = [];

  const level = (expression: NeedExpression, population: number): Level => {
    if (expression.kind === 'reference') {
      const pool = indexOf.get(expression.name);
      if (pool !== undefined) return { kind: 'pool', pool, capacity: linkOf(pool, population)?.capacity ?? 0 };
      const at = position.get(expression.name);
      return at === undefined ? { kind: 'always' } : { kind: 'service', service: at };
    }
    const operands = expression.operands.map((operand) => level(operand, population));
    if (expression.kind === 'atLeast') return { kind: 'largest', count: expression.count, operands };
    return { kind: expression.kind === 'and' ? 'least' : 'sum', operands };
  };

  for (const { name, population: named, needs } of neededFirst(services, servicesIn)) {
    const population = named === undefined ? -1 : (indexOf.get(named) ?? -1);
    const levels = needs.map((need) => level(need.expression, population));
    position.set(name, compiled.length);
    compiled.push({ name, population, needs: levels });
  }
  return compiled;
}

/** The level of each service while so many of each pool are up, or of `some` of them, into `levels`. */
export function levelsOf(state: State, up: Float64Array, levels: Float64Array, some?: readonly number[]): void {
  const { services } = state.program;
  const count = some?.length ?? services.length;
  for (let at = 0; at < count; at++) {
    const index = some === undefined ? at : (some[at] as number);
    const { needs, population } = services[index] as ServiceLevel;
    // Counted in instances of the population, which are whole: sums of shares would miss a whole by their rounding.
    const all = population < 0 ? 1 : (state.size[population] as number);
    let served = all;
    for (const need of needs) served = Math.min(served, servedBy(state, up, levels, need, all, population >= 0));
    let level = all > 0 ? served / all : 1;
    if (population >= 0) level = Math.min(level, populationLevel(state, up, population));
    levels[index] = level;
  }
}

/** The share of a population that is served: nobody is, while what it goes on needing does not function. */
const populationLevel = (state: State, up: Float64Array, pool: number): number =>
  state.functions[pool] === 1 ? Math.min(1, (up[pool] as number) / (state.size[pool] as number)) : 0;

/** How many of `all` a need leaves served; `counts` says that they are instances, and no mere 1. */
function servedBy(
  state: State,
  up: Float64Array,
  levels: Float64Array,
  need: Level,
  all: number,
  counts: boolean,
): number {
  switch (need.kind) {
    case 'pool': {
      if (state.functions[need.pool] === 0) return 0;
      return need.capacity === 0 || !counts ? all : Math.min(all, need.capacity * (up[need.pool] as number));
    }
    case 'service':
      return (levels[need.service] as number) * all;
    case 'always':
      return all;
    case 'least': {
      let least = all;
      for (const one of need.operands) least = Math.min(least, servedBy(state, up, levels, one, all, counts));
      return least;
    }
    case 'sum': {
      let sum = 0;
      for (const one of need.operands) sum += servedBy(state, up, levels, one, all, counts);
      return Math.min(all, sum);
    }
    case 'largest': {
      const each = need.operands.map((one) => servedBy(state, up, levels, one, all, counts));
      return each.sort((a, b) => b - a)[need.count - 1] ?? 0;
    }
  }
}

const servicesIn = (service: Service): string[] => namesIn(service.needs.map((need) => need.expression));
