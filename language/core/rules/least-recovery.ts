import type { Architecture, Component, NeedExpression, Place, Restart, Service } from '../model/index.ts';
import type { Blow } from './blow.ts';

/** What a pool is short of after a blow, and the property that fills it up again. */
export interface Refill {
  /** The least time that it can take, on average; Infinity where nothing fills it up. */
  readonly seconds: number;
  readonly limit?: Limit;
}

export interface Limit {
  readonly kind: 'promoted' | 'restarts' | 'admits';
  /** Whose text says so, and where. */
  readonly component: Component;
  readonly place: Place;
  /** What has to be filled up: the component itself, or the population that it lets in. */
  readonly pool: Component;
  /** How many of the pool there have to be, and how many the blow leaves, on average. */
  readonly needed: number;
  readonly left: number;
  /** All gates that let in together; the component is the widest. */
  readonly gates?: { readonly names: readonly string[]; readonly perSecond: number };
}

/** The gates of a need, with the one that lets in most. */
interface Gates {
  readonly perSecond: number;
  readonly names: readonly string[];
  readonly widest?: { readonly component: Component; readonly index: number; readonly perSecond: number };
}

const AT_ONCE: Refill = { seconds: 0 };

/**
 * The least time in which a service can be back at `level` after a blow, from the moment of the blow: no run is faster
 * on average, whatever else it has to wait for. The blow takes its share, as the text says; in the runs as many are left in
 * about half of them, where an expectation asks for nine of ten. All else that could help does at once: all gates open, all
 * sources full. So what is too slow here is too slow in the runs. Of alternatives one may be lucky: those are counted with
 * survivors two standard deviations above the mean.
 *
 * - missing instances ÷ promotion rate;
 * - those who have to be let in again ÷ all that their gates `admit`;
 * - restarts: the time until so many of those that are down are back (order statistics; exactly T for `after T`).
 *
 * It holds for a scenario's first blow, before which everything is up: of what a second one finds down already, nobody
 * knows how soon it is back.
 *
 * `helped` are components that the scenario restores or adds to: nothing is said of them.
 */
export function leastRecovery(
  architecture: Architecture,
  components: ReadonlyMap<string, Component>,
  blow: Blow,
  helped: ReadonlySet<string>,
  service: string,
  level: number,
): Refill {
  const services = new Map(architecture.services.toReversed().map((one) => [one.name, one]));
  const open = new Set<string>();
  const there = new Map<string, Refill>();
  const luckyThere = new Map<string, Refill>();
  /** Whether what is looked at is one of several alternatives. */
  let lucky = false;
  const start = services.get(service);
  return start === undefined ? AT_ONCE : serviceAt(start, level);

  function serviceAt({ name, population, needs }: Service, least: number): Refill {
    // What closes a circle of services counts as working, as in the simulation.
    if (open.has(name)) return AT_ONCE;
    open.add(name);
    const pool = population === undefined ? undefined : components.get(population);
    const parts = needs.map(({ expression }) => levelOf(expression, least, pool));
    open.delete(name);
    return latest(pool === undefined ? parts : [populationAt(pool, least), ...parts]);
  }

  function levelOf(need: NeedExpression, least: number, population: Component | undefined): Refill {
    if (need.kind === 'reference') {
      const other = services.get(need.name);
      const pool = components.get(need.name);
      if (pool === undefined) return other === undefined ? AT_ONCE : serviceAt(other, least);
      const capacity = pool.serves.find(({ consumer }) => consumer === population?.name)?.capacity;
      if (population === undefined || capacity === undefined) return existence(pool);
      return latest([existence(pool), poolAt(pool, (least * population.instances) / capacity)]);
    }
    // The level of an `or` is the sum of its alternatives': one of them has to have its part.
    const part = need.kind === 'or' ? least / need.operands.length : least;
    return combined(
      need,
      operandsOf(need, (operand) => levelOf(operand, part, population)),
    );
  }

  function operandsOf<Value>(
    need: Exclude<NeedExpression, { kind: 'reference' }>,
    of: (operand: NeedExpression) => Value,
  ): Value[] {
    const before = lucky;
    lucky ||= need.kind !== 'and';
    const values = need.operands.map(of);
    lucky = before;
    return values;
  }

  function populationAt(pool: Component, least: number): Refill {
    if (helped.has(pool.name)) return AT_ONCE;
    const needed = Math.ceil(least * pool.instances - 1e-9);
    const kept = pool.needs.map(({ expression, toStart }) => (toStart ? 1 : keptPlaces(expression, pool.name)));
    const placed = Math.floor(Math.min(1, ...kept) * pool.instances);
    const missing = needed - Math.min(placed, survivors(pool));
    if (missing <= 0) return AT_ONCE;
    return latest([
      poolAt(pool, needed),
      ...pool.needs.map(({ expression }) => letIn(expression, pool, missing, needed)),
      ...pool.needs.map(({ expression }) => exists(expression)),
      ...pool.needs.map(({ expression, toStart }) => (toStart ? AT_ONCE : room(expression, pool.name, needed))),
    ]);
  }

  /** The share of a consumer's places that a blow leaves. */
  function keptPlaces(need: NeedExpression, consumer: string): number {
    if (need.kind === 'reference') {
      const server = components.get(need.name);
      if (server === undefined || !server.serves.some((serving) => serving.consumer === consumer)) return 1;
      return survivors(server) / server.instances;
    }
    const kept = operandsOf(need, (operand) => keptPlaces(operand, consumer));
    return need.kind === 'and' ? Math.min(1, ...kept) : Math.max(0, ...kept);
  }

  /** Until `missing` are let in, at the rate of all gates together. */
  function letIn(need: NeedExpression, pool: Component, missing: number, needed: number): Refill {
    const { perSecond, names, widest } = gatesOf(need, pool.name);
    if (widest === undefined || !Number.isFinite(perSecond)) return AT_ONCE;
    const { component, index } = widest;
    const place: Place = { kind: 'admits', element: component.name, index };
    const left = needed - missing;
    return {
      seconds: missing / perSecond,
      limit: { kind: 'admits', component, place, pool, needed, left, gates: { names, perSecond } },
    };
  }

  function gatesOf(need: NeedExpression, consumer: string): Gates {
    if (need.kind === 'reference') {
      const component = components.get(need.name);
      const index = component?.admits.findIndex((admission) => admission.consumer === consumer) ?? -1;
      // Who `overloads` takes everyone who comes.
      if (component === undefined || index < 0 || component.overload !== undefined || helped.has(component.name)) {
        return { perSecond: Infinity, names: [] };
      }
      const perSecond = (component.admits[index]?.ratePerSecond ?? Infinity) * component.instances;
      return { perSecond, names: [component.name], widest: { component, index, perSecond } };
    }
    const gates = need.operands.map((operand) => gatesOf(operand, consumer));
    if (need.kind === 'and') {
      return gates.reduce((a, b) => (b.perSecond < a.perSecond ? b : a), { perSecond: Infinity, names: [] });
    }
    const widest = gates.flatMap((one) => one.widest ?? []).sort((a, b) => b.perSecond - a.perSecond)[0];
    return {
      perSecond: gates.reduce((sum, { perSecond }) => sum + perSecond, 0),
      names: [...new Set(gates.flatMap(({ names }) => names))],
      ...(widest && { widest }),
    };
  }

  /** Until there is room for `needed` consumers. */
  function room(need: NeedExpression, consumer: string, needed: number): Refill {
    if (need.kind === 'reference') {
      const server = components.get(need.name);
      const capacity = server?.serves.find((serving) => serving.consumer === consumer)?.capacity;
      if (server === undefined || capacity === undefined || server.overload !== undefined) return AT_ONCE;
      return poolAt(server, needed / capacity);
    }
    const part = need.kind === 'or' ? needed / need.operands.length : needed;
    // Who needs several of many takes a place at each of those, and different consumers may take different ones.
    if (need.kind === 'atLeast') return AT_ONCE;
    return combined(
      need,
      operandsOf(need, (operand) => room(operand, consumer, part)),
    );
  }

  /** Until one instance is there, with all that it goes on needing, and that it needs to join if it has to. */
  function existence(pool: Component): Refill {
    const found = lucky ? luckyThere : there;
    const known = found.get(pool.name);
    if (known !== undefined) return known;
    // Seen from inside a circle, the rest of it is there.
    found.set(pool.name, AT_ONCE);
    const own = poolAt(pool, 1);
    const needs = pool.needs.filter(({ toStart }) => !toStart || (own.seconds > 0 && pool.promotion === undefined));
    const source = own.seconds > 0 && pool.promotion ? components.get(pool.promotion.source) : undefined;
    const result = latest([
      own,
      ...needs.map(({ expression }) => exists(expression)),
      source ? existence(source) : AT_ONCE,
    ]);
    found.set(pool.name, result);
    return result;
  }

  function exists(need: NeedExpression): Refill {
    if (need.kind === 'reference') {
      const pool = components.get(need.name);
      return pool === undefined ? AT_ONCE : existence(pool);
    }
    return combined(need, operandsOf(need, exists));
  }

  /** Until `count` instances of a pool are there. */
  function poolAt(pool: Component, count: number): Refill {
    const needed = Math.ceil(count - 1e-9);
    const left = survivors(pool);
    // What was never there does not have to come back.
    if (helped.has(pool.name) || needed <= left || needed > pool.instances || mayCrashBefore(pool)) return AT_ONCE;
    const missing = needed - left;
    const { name: element, promotion, restart } = pool;
    const average = pool.instances * (1 - (blow.shares.get(element) ?? 0));
    const limited = (kind: 'promoted' | 'restarts'): Limit => ({
      kind,
      component: pool,
      place: { kind: 'property', element, property: kind },
      pool,
      needed,
      left: average,
    });
    if (promotion !== undefined) {
      const source = components.get(promotion.source)?.instances ?? 0;
      const perSecond = promotion.rate.perSecond * (promotion.rate.kind === 'count' ? 1 : source);
      return { seconds: missing / perSecond, limit: limited('promoted') };
    }
    if (restart === undefined) return { seconds: Infinity };
    return { seconds: restartSeconds(restart, missing, pool.instances - left), limit: limited('restarts') };
  }

  /** How many a blow leaves on average; of an alternative, at the lucky end. */
  function survivors({ name, instances, restart, mttfSeconds }: Component): number {
    // What has failed by itself before the blow is not hit by it, and comes back sooner.
    const down = restart && mttfSeconds !== undefined ? restart.seconds / (mttfSeconds + restart.seconds) : 0;
    const share = (blow.shares.get(name) ?? 0) * (1 - down);
    const mean = instances * (1 - share);
    const left = lucky ? Math.floor(mean + 2 * Math.sqrt(mean * share) + 1e-9) : Math.round(mean);
    return Math.min(instances, left);
  }

  /** Whether it may have lost instances to its load before the blow, which come back sooner than those that it hits. */
  function mayCrashBefore({ overload, admits, serves, instances, restart }: Component): boolean {
    if (overload === undefined || restart === undefined) return false;
    if (admits.length > 0) return true;
    return serves.some(
      ({ consumer, capacity }) =>
        (components.get(consumer)?.instances ?? 0) > overload.limit * capacity * instances * (1 - 1e-9),
    );
  }
}

/** The mean time of the `count`-th restart of `down` that begin together. */
export function restartSeconds({ distribution, seconds }: Restart, count: number, down: number): number {
  switch (distribution) {
    case 'fixed':
      return seconds;
    case 'uniform':
      return (seconds * count) / (down + 1);
    case 'exponential':
      return seconds * (harmonic(down) - harmonic(down - count));
  }
}

const EULER = 0.5772156649015329;

/** The n-th harmonic number; beyond a few by its expansion, exact to 1e-10. */
function harmonic(n: number): number {
  if (n > 100) return Math.log(n) + EULER + 1 / (2 * n) - 1 / (12 * n * n);
  let sum = 0;
  for (let index = 1; index <= n; index++) sum += 1 / index;
  return sum;
}

function combined(need: Exclude<NeedExpression, { kind: 'reference' }>, parts: readonly Refill[]): Refill {
  switch (need.kind) {
    case 'and':
      return latest(parts);
    case 'or':
      return nth(parts, 1);
    case 'atLeast':
      return nth(parts, need.count);
  }
}

const nth = (parts: readonly Refill[], count: number): Refill =>
  parts.toSorted((a, b) => a.seconds - b.seconds)[count - 1] ?? AT_ONCE;

/** The slowest of what can be waited for, of equals the last: that something never comes back is another finding. */
function latest(parts: readonly Refill[]): Refill {
  let last = AT_ONCE;
  for (const part of parts) if (Number.isFinite(part.seconds) && part.seconds >= last.seconds) last = part;
  return last;
}
