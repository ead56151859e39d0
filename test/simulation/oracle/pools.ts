import type { Architecture, Component, NeedExpression } from '../../../language/core/model/index.ts';
import type { Events } from './events.ts';

/** Instances, each an object, in the pools that they belong to. */

export type InstanceState = 'up' | 'starting' | 'down' | 'vacant';

export interface Instance {
  readonly pool: Pool;
  state: InstanceState;
  /** Where it stands in its pool's list of those in the same state. */
  slot: number;
  refusals: number;
  /** Servers at which it holds a place, none twice. */
  places: readonly Pool[];
  /** Events of an instance whose stamp has changed since are void. */
  stamp: number;
}

export interface Pool {
  readonly component: Component;
  readonly in: Readonly<Record<InstanceState, Instance[]>>;
  size: number;
  /** By consumer: those of it that hold a place here. */
  readonly held: ReadonlyMap<string, Set<Instance>>;
  /** By consumer: admissions that have accrued, and when. */
  readonly limiters: Map<string, Limiter>;
  overloaded: boolean;
  /** Moments of joins, the last second's. */
  joins: number[];
  /** Starting instances by refusals so far. */
  readonly waiting: number[];
}

export interface Limiter {
  allowance: number;
  seconds: number;
  /** When a look at those who wait is due. */
  wakeSeconds: number;
}

export interface World {
  readonly architecture: Architecture;
  readonly pools: ReadonlyMap<string, Pool>;
  readonly events: Events;
  readonly random: () => number;
  now: number;
  /** Set when a pool came to none or from none. */
  stale: boolean;
  working: ReadonlySet<Pool>;
}

export const exponential = (world: World, mean: number): number => -mean * Math.log(1 - world.random());

export const createPool = (component: Component): Pool => ({
  component,
  in: { up: [], starting: [], down: [], vacant: [] },
  size: 0,
  held: new Map(component.serves.map(({ consumer }) => [consumer, new Set<Instance>()])),
  limiters: new Map(),
  overloaded: false,
  joins: [],
  waiting: [],
});

export function addInstance(pool: Pool, state: InstanceState): Instance {
  const one: Instance = { pool, state, slot: pool.in[state].length, refusals: 0, places: [], stamp: 0 };
  pool.in[state].push(one);
  pool.size += 1;
  return one;
}

export function move(world: World, one: Instance, to: InstanceState): void {
  const { pool } = one;
  if (one.state === 'starting') count(pool, one.refusals, -1);
  // What accrued until now did so at the rate of those who were up.
  if (one.state === 'up' || to === 'up')
    for (const name of pool.limiters.keys()) limiterOf(world, pool, world.pools.get(name) as Pool);
  const list = pool.in[one.state];
  const last = list.pop() as Instance;
  if (last !== one) {
    list[one.slot] = last;
    last.slot = one.slot;
  }
  const ups = pool.in.up.length;
  one.slot = pool.in[to].push(one) - 1;
  if ((one.state === 'up' && ups === 0) || (to === 'up' && ups === 0)) world.stale = true;
  one.state = to;
  one.refusals = 0;
  one.stamp += 1;
  if (to === 'starting') count(pool, 0, 1);
}

export function refuse(one: Instance): void {
  count(one.pool, one.refusals, -1);
  one.refusals += 1;
  count(one.pool, one.refusals, 1);
}

const count = (pool: Pool, refusals: number, by: number): void => {
  pool.waiting[refusals] = (pool.waiting[refusals] ?? 0) + by;
};

export function hold(one: Instance, servers: Iterable<Pool>): void {
  one.places = [...servers].filter((server) => capacityFor(server, one.pool) > 0);
  for (const server of one.places) server.held.get(one.pool.component.name)?.add(one);
}

export function letGo(one: Instance): void {
  for (const server of one.places) server.held.get(one.pool.component.name)?.delete(one);
  one.places = [];
}

export const capacityFor = (server: Pool, consumer: Pool): number =>
  server.component.serves.find((one) => one.consumer === consumer.component.name)?.capacity ?? 0;

export const rateFor = (server: Pool, consumer: Pool): number =>
  server.component.admits.find((one) => one.consumer === consumer.component.name)?.ratePerSecond ?? 0;

export const heldAt = (server: Pool, consumer: Pool): number => server.held.get(consumer.component.name)?.size ?? 0;

/** The mean time to the next attempt after so many refusals. */
export function retryMean({ component: { retry } }: Pool, refusals: number): number {
  if (retry === undefined) return 0;
  return Math.min(Math.max(retry.maxSeconds, retry.firstSeconds), retry.firstSeconds * 2 ** refusals);
}

export function shuffled<Item>(world: World, items: Iterable<Item>): Item[] {
  const list = [...items];
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(world.random() * (i + 1));
    [list[i], list[j]] = [list[j] as Item, list[i] as Item];
  }
  return list;
}

/** Servers of which several are needed but not all: one that was passed by goes with the next of another. */
function someOf({ component }: Pool): ReadonlySet<string> {
  const known = somes.get(component);
  if (known) return known;
  const names = (need: NeedExpression, inside: boolean): string[] => {
    if (need.kind === 'reference') return inside ? [need.name] : [];
    const isSome = need.kind === 'atLeast' && need.count > 1 && need.count < need.operands.length;
    return need.operands.flatMap((one) => names(one, inside || isSome));
  };
  const found = new Set(component.needs.flatMap((need) => names(need.expression, false)));
  somes.set(component, found);
  return found;
}

const somes = new WeakMap<Component, ReadonlySet<string>>();

/** Admissions that have accrued by now, at most what an idle limiter keeps. */
export function limiterOf(world: World, server: Pool, consumer: Pool): Limiter {
  const { name, retry } = consumer.component;
  const limiter = server.limiters.get(name) ?? { allowance: Infinity, seconds: world.now, wakeSeconds: -1 };
  server.limiters.set(name, limiter);
  const rate = rateFor(server, consumer) * server.in.up.length;
  const kept = someOf(consumer).has(server.component.name) ? 2 : 1;
  const most = retry ? Math.max(kept, rate) : kept;
  limiter.allowance = Math.min(most, limiter.allowance + rate * (world.now - limiter.seconds));
  limiter.seconds = world.now;
  return limiter;
}
