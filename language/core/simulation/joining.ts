import { changeUp, refreshFunctions, take } from './holding.ts';
import { findAdmissions, giveBack } from './idling.ts';
import type { Pool } from './program.ts';
import { capacity } from './rooms.ts';
import { mostKept, type State } from './state.ts';
import { giveTurns, takeTurn } from './turns.ts';

/** Who is let in, and when. */

/** `count` of those with so many refusals join. */
export function join(state: State, pool: Pool, refusals: number, count: number): void {
  const waiting = state.waiting[pool.index] as Float64Array;
  waiting[refusals] = (waiting[refusals] as number) - count;
  state.starting[pool.index] = (state.starting[pool.index] as number) - count;
  state.joined[pool.index] = (state.joined[pool.index] as number) + count;
  changeUp(state, pool.index, count);
}

/**
 * Those who do not wait for a moment of their own join as far as they are let in, until nothing more can. `within` a step
 * not those of a small pool at a door: they join at a moment, which is the step's end. True if anybody did.
 */
export function settle(state: State, within = false): boolean {
  const { open } = state.turns;
  let joined = false;
  for (let again = true; again; ) {
    again = false;
    refreshFunctions(state);
    giveTurns(state);
    for (let index = -1, at = 0; ; ) {
      // Who is given a turn meanwhile and stands before this one has it in the next round.
      while (at < open.length && (open[at] as number) <= index) at += 1;
      if (at >= open.length) break;
      index = open[at] as number;
      const pool = state.program.pools[index] as Pool;
      if (within && pool.limited && state.plan.small[index] === 1) continue;
      takeTurn(state.turns, at);
      const starting = state.starting[index] as number;
      if (starting === 0) continue;
      accrue(state, pool);
      const count = Math.min(starting, capacity(state, pool.join));
      if (count <= 0) continue;
      joined = true;
      join(state, pool, 0, count);
      take(state, pool, count);
      // Whom it serves may join now, also in a circle of needs; who takes places at several of some may leave room.
      const { choices, choicesToStart } = pool.needs;
      if (state.stale || pool.serves.length + choices.length + choicesToStart.length > 0) again = true;
    }
  }
  return joined;
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
  take(state, pool, 1);
}

/** Promotion, as far as the promoted pool's own needs have room; spread over so many seconds up to now, or at once. */
export function promote(state: State, pool: Pool, count: number, seconds = 0): void {
  const vacant = (state.size[pool.index] as number) - (state.up[pool.index] as number);
  let joining = Math.min(count, vacant);
  if (joining === 0) return;
  if (pool.join !== null) {
    refreshFunctions(state);
    accrue(state, pool);
    const room = capacity(state, pool.join);
    if (seconds > 0 && room > 0 && pool.doors.length > 0)
      joining = Math.min(joining, findAdmissions(state, pool, seconds, count));
    joining = Math.min(joining, room);
    if (!(joining > 0)) {
      giveBack(state);
      return;
    }
  }
  state.joined[pool.index] = (state.joined[pool.index] as number) + joining;
  changeUp(state, pool.index, joining);
  take(state, pool, joining);
  giveBack(state);
}

/**
 * Lets the admissions of a pool's links accrue until now, at the mean of what was up when the step began and is up
 * now. What accrued before the step found nobody: of that only so much is kept as `mostKept` says.
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
      allowance = Math.min(mostKept(pool, link, before), allowance + before * (state.stepSeconds - since));
    }
    state.allowance[index] = allowance + 0.5 * (before + now) * (state.seconds - Math.max(since, state.stepSeconds));
  }
}

/** Admissions accrue for who waits, and for whom is to be promoted; what an idle limiter does not keep is lost. */
export function accrueForWaiting(state: State): void {
  for (const i of state.program.sorts.asking) {
    const pool = state.program.pools[i] as Pool;
    const vacant = pool.source >= 0 && (state.up[i] as number) < (state.size[i] as number);
    if (!vacant && !((state.starting[i] as number) > 0)) continue;
    accrue(state, pool);
    forget(state, pool);
  }
}

/** Cuts unused admissions to what may be kept, once a step's joins are through. */
export function forget(state: State, pool: Pool): void {
  for (let i = 0; i < pool.asks.length; i++) {
    const index = pool.asks[i] as number;
    const link = state.program.links[index] as State['program']['links'][number];
    if (link.ratePerSecond === 0) continue;
    const kept = mostKept(pool, link, link.ratePerSecond * (state.up[link.server] as number));
    if ((state.allowance[index] as number) > kept) state.allowance[index] = kept;
  }
}
