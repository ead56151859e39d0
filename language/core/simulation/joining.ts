import { changeUp, refreshFunctions } from './holding.ts';
import { ALL, LEAF, type NeedNode } from './needs.ts';
import type { Pool } from './program.ts';
import { binomial, hypergeometric } from './samplers.ts';
import { nominalRoom, type State } from './state.ts';

/** Who is let in: needs as capacities, and the attempts that use them. */

/** How many can join by this need at once: 0 where something does not function, Infinity where nothing limits. */
export function capacity(state: State, node: NeedNode | null): number {
  if (node === null) return Infinity;
  if (node.kind === LEAF) {
    if (node.pool < 0) return Infinity;
    if (state.functions[node.pool] === 0) return 0;
    return node.link < 0 ? Infinity : linkCapacity(state, node);
  }
  const { operands } = node;
  if (node.kind === ALL) {
    let least = Infinity;
    for (let i = 0; i < operands.length && least > 0; i++) {
      const one = capacity(state, operands[i] as NeedNode);
      if (one < least) least = one;
    }
    return least;
  }
  const capacities = operands.map((operand) => capacity(state, operand));
  if (node.sums) return capacities.reduce((sum, one) => sum + one, 0);
  return capacities.sort((a, b) => b - a)[node.count - 1] ?? 0;
}

function linkCapacity(state: State, node: NeedNode): number {
  const link = state.program.links[node.link] as State['program']['links'][number];
  if (!link.hard) return Infinity;
  let least = Infinity;
  // The little more than the sum of a rate's parts makes up for their rounding.
  if (node.asks) least = Math.floor((state.allowance[node.link] as number) + 1e-9);
  if (link.capacity > 0) {
    const room = link.capacity * (state.up[link.server] as number) - (state.held[node.link] as number);
    if (room < least) least = room > 0 ? Math.floor(room) : 0;
  }
  return least;
}

/** `count` instances join by this need: they use up admission and take places. */
export function take(state: State, node: NeedNode | null, count: number): void {
  if (node === null || count === 0) return;
  if (node.kind === LEAF) {
    if (node.link < 0) return;
    if (node.asks && (state.program.links[node.link] as State['program']['links'][number]).hard) {
      state.allowance[node.link] = (state.allowance[node.link] as number) - count;
    }
    if (node.place >= 0) {
      state.places[node.place] = (state.places[node.place] as number) + count;
      state.held[node.link] = (state.held[node.link] as number) + count;
    }
    return;
  }
  if (node.kind === ALL) {
    for (let i = 0; i < node.operands.length; i++) take(state, node.operands[i] as NeedNode, count);
    return;
  }
  choose(state, node, count);
}

/** `or`: each takes one of the places that are free, any of them alike. `k of`: the k operands with most room. */
function choose(state: State, node: NeedNode, count: number): void {
  const { operands, branch } = node;
  const rooms = operands.map((operand) => capacity(state, operand));
  const enter = (at: number, share: number): void => {
    if (branch >= 0) state.branches[branch + at] = (state.branches[branch + at] as number) + share;
    take(state, operands[at] as NeedNode, share);
  };
  if (!node.sums) {
    const best = operands.map((_, at) => at).sort((a, b) => (rooms[b] ?? 0) - (rooms[a] ?? 0) || a - b);
    for (const at of best.slice(0, node.count)) enter(at, count);
    return;
  }
  let left = count;
  if (rooms.every((room) => room < Infinity)) {
    let all = rooms.reduce((sum, room) => sum + room, 0);
    rooms.forEach((room, at) => {
      const share = hypergeometric(state.random, room, all - room, left);
      all -= room;
      left -= share;
      enter(at, share);
    });
    return;
  }
  const weights = operands.map((operand, at) => {
    const room = rooms[at] ?? 0;
    return room < Infinity ? room : nominalRoom(state, operand, count + 1);
  });
  let all = weights.reduce((sum, weight) => sum + weight, 0);
  let unlimited = -1;
  const shares = weights.map((weight, at) => {
    if (rooms[at] === Infinity) unlimited = at;
    const share = Math.min(rooms[at] ?? 0, weight >= all ? left : binomial(state.random, left, weight / all));
    all -= weight;
    left -= share;
    return share;
  });
  // What a full one could not take goes where there is no limit.
  shares.forEach((share, at) => {
    enter(at, at === unlimited ? share + left : share);
  });
}

/** `count` of those with so many refusals join. */
export function join(state: State, pool: Pool, refusals: number, count: number): void {
  const waiting = state.waiting[pool.index] as Float64Array;
  waiting[refusals] = (waiting[refusals] as number) - count;
  state.starting[pool.index] = (state.starting[pool.index] as number) - count;
  state.joined[pool.index] = (state.joined[pool.index] as number) + count;
  changeUp(state, pool.index, count);
}

/** Those who do not wait for a moment of their own join as far as they are let in, until nothing more can. */
export function settle(state: State): void {
  for (let again = true; again; ) {
    again = false;
    refreshFunctions(state);
    for (const pool of state.program.pools) {
      const starting = state.starting[pool.index] as number;
      if (starting === 0 || pool.retries) continue;
      accrue(state, pool);
      const count = Math.min(starting, capacity(state, pool.join));
      if (count <= 0) continue;
      join(state, pool, 0, count);
      take(state, pool.join, count);
      if (state.stale) again = true;
    }
  }
}

/** One instance of a pool with retries tries, and joins unless the step has left no room for it. */
export function joinOne(state: State, pool: Pool, pick: number): void {
  const waiting = state.waiting[pool.index] as Float64Array;
  let left = pick;
  let refusals = -1;
  for (let level = 0; level < waiting.length; level++) {
    const rate = (waiting[level] as number) / (pool.retryMeans[level] as number);
    if (rate === 0) continue;
    refusals = level;
    if (left < rate) break;
    left -= rate;
  }
  if (refusals < 0) return;
  if (capacity(state, pool.join) < 1) {
    const next = Math.min(refusals + 1, waiting.length - 1);
    waiting[refusals] = (waiting[refusals] as number) - 1;
    waiting[next] = (waiting[next] as number) + 1;
    return;
  }
  join(state, pool, refusals, 1);
  take(state, pool.join, 1);
}

/** Promotion, as far as the promoted pool's own needs have room. */
export function promote(state: State, pool: Pool, count: number): void {
  const vacant = (state.size[pool.index] as number) - (state.up[pool.index] as number);
  let joining = Math.min(count, vacant);
  if (!(joining > 0)) return;
  if (pool.join !== null) {
    refreshFunctions(state);
    accrue(state, pool);
    joining = Math.min(joining, capacity(state, pool.join));
    if (!(joining > 0)) return;
  }
  state.joined[pool.index] = (state.joined[pool.index] as number) + joining;
  changeUp(state, pool.index, joining);
  take(state, pool.join, joining);
}

/**
 * Lets the admissions of a pool's links accrue until now, at the mean of what was up when the step began and is up
 * now. What accrued before the step found nobody: of that only so much is kept as `most` says.
 */
export function accrue(state: State, pool: Pool): void {
  for (let i = 0; i < pool.asks.length; i++) {
    const index = pool.asks[i] as number;
    const link = state.program.links[index] as State['program']['links'][number];
    if (link.ratePerSecond === 0 || !link.hard) continue;
    const since = state.accruedSeconds[index] as number;
    if (since >= state.seconds) continue;
    state.accruedSeconds[index] = state.seconds;
    const before = link.ratePerSecond * (state.upBefore[link.server] as number);
    const now = link.ratePerSecond * (state.up[link.server] as number);
    let allowance = state.allowance[index] as number;
    if (since < state.stepSeconds) {
      allowance = Math.min(most(pool, before), allowance + before * (state.stepSeconds - since));
    }
    state.allowance[index] = allowance + 0.5 * (before + now) * (state.seconds - Math.max(since, state.stepSeconds));
  }
}

/** Cuts unused admissions to what may be kept, once a step's joins are through. */
export function forget(state: State, pool: Pool): void {
  for (let i = 0; i < pool.asks.length; i++) {
    const index = pool.asks[i] as number;
    const link = state.program.links[index] as State['program']['links'][number];
    if (link.ratePerSecond === 0) continue;
    const kept = most(pool, link.ratePerSecond * (state.up[link.server] as number));
    if ((state.allowance[index] as number) > kept) state.allowance[index] = kept;
  }
}

/**
 * How many admissions an idle limiter keeps: one, so that it gives no burst to those who wait. Where attempts come
 * at moments of their own, what it lets in within a second: the limit is "so many a second", and those who come
 * at less than that are not refused for coming two at a time.
 */
const most = (pool: Pool, perSecond: number): number => (pool.retries && perSecond > 1 ? perSecond : 1);
