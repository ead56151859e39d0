import type { Component, Need, NeedExpression } from '../../../language/core/model/index.ts';
import { capacityFor, heldAt, limiterOf, type Pool, rateFor, type World } from './pools.ts';

/** Rule 3 and rule 8: what functions, who is let in where, and which servers one instance joins. */

type Choice = Exclude<NeedExpression, { kind: 'reference' | 'and' }>;
const countOf = (need: Choice): number => (need.kind === 'atLeast' ? need.count : 1);
const continuous = (pool: Pool): Need[] => pool.component.needs.filter((need) => !need.toStart);

/** Greatest fixed point: take away what cannot work until nothing more goes. */
export function findWorking(world: World): ReadonlySet<Pool> {
  const working = new Set([...world.pools.values()].filter((pool) => pool.in.up.length > 0));
  const works = (need: NeedExpression): boolean => {
    if (need.kind === 'reference') {
      const pool = world.pools.get(need.name);
      return pool === undefined || working.has(pool);
    }
    if (need.kind === 'and') return need.operands.every(works);
    return need.operands.filter(works).length >= countOf(need);
  };
  for (let before = -1; before !== working.size; ) {
    before = working.size;
    for (const pool of [...working]) {
      if (!continuous(pool).every((need) => works(need.expression))) working.delete(pool);
    }
  }
  return working;
}

function roomAt(world: World, name: string, consumer: Pool, limited: boolean): number {
  const server = world.pools.get(name);
  if (server === undefined) return Infinity;
  if (!world.working.has(server)) return 0;
  if (server.component.overload) return Infinity;
  const admitted =
    limited && rateFor(server, consumer) > 0
      ? Math.floor(limiterOf(world, server, consumer).allowance + 1e-9)
      : Infinity;
  const capacity = capacityFor(server, consumer);
  return capacity === 0
    ? admitted
    : Math.min(admitted, Math.max(0, capacity * server.in.up.length - heldAt(server, consumer)));
}

/** `and` is the least, `or` the sum, `k of` the k-th largest, of whatever is asked of the pools. */
function fold(need: NeedExpression, at: (name: string) => number): number {
  if (need.kind === 'reference') return at(need.name);
  const values = need.operands.map((operand) => fold(operand, at)).sort((a, b) => b - a);
  if (need.kind === 'and') return values[values.length - 1] ?? Infinity;
  if (need.kind === 'or') return values.reduce((sum, one) => sum + one, 0);
  return values[countOf(need) - 1] ?? 0;
}

/** Servers that an instance needs in any case, by its continuous needs or by all. */
function plainNames({ component }: Pool, toStartToo: boolean): ReadonlySet<string> {
  const known = toStartToo ? plainOfAll : plainOfContinuous;
  const before = known.get(component);
  if (before) return before;
  const names = (need: NeedExpression): string[] =>
    need.kind === 'and' ? need.operands.flatMap(names) : need.kind === 'reference' ? [need.name] : [];
  const needs = component.needs.filter((need) => toStartToo || !need.toStart);
  const found = new Set(needs.flatMap((need) => names(need.expression)));
  known.set(component, found);
  return found;
}

const plainOfAll = new WeakMap<Component, ReadonlySet<string>>();
const plainOfContinuous = new WeakMap<Component, ReadonlySet<string>>();

/** Whether a need is fulfilled by these servers alone. */
function fulfilledBy(world: World, need: NeedExpression, names: ReadonlySet<string>): boolean {
  if (need.kind === 'reference') return names.has(need.name) || !world.pools.has(need.name);
  const count = need.operands.filter((operand) => fulfilledBy(world, operand, names)).length;
  return count >= (need.kind === 'and' ? need.operands.length : countOf(need));
}

/** A choice does not ask a server once more that is asked in any case. */
function roomOf(world: World, need: NeedExpression, consumer: Pool, inChoice: boolean): number {
  if (need.kind === 'and')
    return Math.min(...need.operands.map((operand) => roomOf(world, operand, consumer, inChoice)));
  if (need.kind === 'reference' && !inChoice) return roomAt(world, need.name, consumer, true);
  const asked = plainNames(consumer, true);
  const has = plainNames(consumer, false);
  return fold(need, (name) => (has.has(name) && inChoice ? Infinity : roomAt(world, name, consumer, !asked.has(name))));
}

/** Room when nobody holds any of it; everybody finds some where it is no limit. */
function emptyRoomOf(world: World, need: NeedExpression, consumer: Pool): number {
  const room = fold(need, (name) => {
    const server = world.pools.get(name);
    const given = plainNames(consumer, false).has(name);
    const capacity = server === undefined || given ? 0 : capacityFor(server, consumer);
    return server === undefined || capacity === 0 ? Infinity : capacity * server.in.up.length;
  });
  return room === Infinity ? consumer.size : room;
}

/** Room that is left, below none where a server takes all who come. */
const slackOf = (world: World, need: NeedExpression, consumer: Pool): number =>
  fold(need, (name) => {
    const server = world.pools.get(name);
    const capacity = server === undefined ? 0 : capacityFor(server, consumer);
    return server === undefined || capacity === 0
      ? Infinity
      : capacity * server.in.up.length - heldAt(server, consumer);
  });

export const canJoin = (world: World, pool: Pool): boolean =>
  pool.component.needs.every((need) => roomOf(world, need.expression, pool, false) >= 1);

export interface Chosen {
  /** Servers that it goes on needing, and those that it asks as well, to start. */
  readonly kept: ReadonlySet<Pool>;
  readonly asked: ReadonlySet<Pool>;
}

type Pick = (need: Choice, open: readonly number[], count: number, toStart: boolean) => readonly number[];

/** What one instance joins. A server that is needed in any case, or was chosen before, serves every need on it. */
function chooseWith(world: World, needs: readonly Need[], pick: Pick): Chosen {
  const kept = new Set<Pool>();
  const asked = new Set<Pool>();
  const has = (need: NeedExpression, chosen: ReadonlySet<Pool>): boolean =>
    fulfilledBy(world, need, new Set([...chosen].map((server) => server.component.name)));
  const plain = (need: NeedExpression, into: Set<Pool>): void => {
    if (need.kind === 'and') for (const operand of need.operands) plain(operand, into);
    const server = need.kind === 'reference' ? world.pools.get(need.name) : undefined;
    if (server) into.add(server);
  };
  const choices = (need: NeedExpression, into: Set<Pool>): void => {
    if (need.kind === 'reference') plain(need, into);
    else if (need.kind === 'and') {
      for (const operand of need.operands) plain(operand, into);
      for (const operand of need.operands) choices(operand, into);
    } else {
      const held = need.operands.map((operand) => has(operand, into));
      const missing = countOf(need) - held.filter((one) => one).length;
      if (missing <= 0) return;
      const open = need.operands.flatMap((_, at) => (held[at] ? [] : [at]));
      for (const at of pick(need, open, missing, into === asked)) choices(need.operands[at] as NeedExpression, into);
    }
  };
  for (const keeps of [true, false]) {
    const into = keeps ? kept : asked;
    if (!keeps) for (const server of kept) asked.add(server);
    const list = needs.filter((need) => need.toStart !== keeps);
    for (const need of list) plain(need.expression, into);
    for (const need of list) choices(need.expression, into);
  }
  return { kept, asked };
}

/** What an instance of a pool joins that can. */
export const choose = (world: World, pool: Pool): Chosen =>
  chooseWith(world, pool.component.needs, (need, open, count, toStart) => {
    const rooms = need.operands.map((operand) => roomOf(world, operand, pool, true));
    const room = (at: number): number => rooms[at] ?? 0;
    const given = plainNames(pool, toStart);
    const asked = countOf(need) - need.operands.filter((operand) => fulfilledBy(world, operand, given)).length;
    if (asked > 1) {
      const slack = need.operands.map((operand) => slackOf(world, operand, pool));
      const by = (a: number, b: number): number => order(room(b), room(a)) || order(slack[b], slack[a]) || a - b;
      return [...open].sort(by).slice(0, count);
    }
    // An alternative without a limit counts with the room that it has when empty.
    const weights = open.map((at) =>
      room(at) < Infinity ? room(at) : emptyRoomOf(world, need.operands[at] as NeedExpression, pool),
    );
    let left = world.random() * weights.reduce((sum, one) => sum + one, 0);
    const chosen = weights.findIndex((weight) => {
      left -= weight;
      return left < 0;
    });
    return [open[Math.max(0, chosen)] as number];
  });

const order = (a: number | undefined, b: number | undefined): number => (a === b ? 0 : (a ?? 0) > (b ?? 0) ? 1 : -1);

/** Places all of a pool in the beginning, with no chance: each where the least part of the room has been taken. */
export function place(world: World, pool: Pool): Chosen[] {
  const taken = new Map<NeedExpression, number>();
  const needs = continuous(pool);
  return pool.in.up.map(() =>
    chooseWith(world, needs, (need, open, count) => {
      const load = need.operands.map((operand) => (taken.get(operand) ?? 0) / emptyRoomOf(world, operand, pool));
      const by = (a: number, b: number): number => order(load[a], load[b]) || a - b;
      const chosen = [...open].sort(by).slice(0, count);
      for (const at of chosen) {
        const operand = need.operands[at] as NeedExpression;
        taken.set(operand, (taken.get(operand) ?? 0) + 1);
      }
      return chosen;
    }),
  );
}

/** Of the attempts that a pool makes, the share that asks a server: all, but for the choices above it. */
export function askedShare(world: World, server: Pool, pool: Pool): number {
  const any = (shares: readonly number[]): number => shares.reduce((sum, one) => sum + one * (1 - sum), 0);
  const share = (need: NeedExpression, given: ReadonlySet<string>): number => {
    if (need.kind === 'reference') return need.name === server.component.name ? 1 : 0;
    if (need.kind === 'and') return any(need.operands.map((operand) => share(operand, given)));
    const open = need.operands.filter((operand) => !fulfilledBy(world, operand, given));
    const count = countOf(need) - (need.operands.length - open.length);
    if (count <= 0) return 0;
    const parts = inclusion(
      open.map((operand) => emptyRoomOf(world, operand, pool)),
      count,
    );
    return any(open.map((operand, at) => (parts[at] ?? 0) * share(operand, given)));
  };
  return any(pool.component.needs.map((need) => share(need.expression, plainNames(pool, need.toStart))));
}

/** How likely each is among `count` chosen in proportion to room, none of them twice. */
function inclusion(rooms: readonly number[], count: number): number[] {
  const sure = new Set<number>();
  for (;;) {
    const left = rooms.reduce((sum, room, at) => (sure.has(at) ? sum : sum + room), 0);
    const part = (at: number): number =>
      sure.has(at)
        ? 1
        : left > 0
          ? ((count - sure.size) * (rooms[at] ?? 0)) / left
          : (count - sure.size) / (rooms.length - sure.size);
    const more = rooms.map((_, at) => at).filter((at) => !sure.has(at) && part(at) >= 1);
    if (more.length === 0) return rooms.map((_, at) => part(at));
    for (const at of more) sure.add(at);
  }
}
