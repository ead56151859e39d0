import { askedShare } from './holding.ts';
import type { Link } from './program.ts';
import type { State } from './state.ts';

/** Load of a pool: the larger of places taken ÷ room and attempts a second ÷ admissions a second, over its consumers. */
export function loadOf(state: State, pool: number): number {
  const up = state.up[pool] as number;
  if (up === 0) return 0;
  const { serves } = state.program.pools[pool] as State['program']['pools'][number];
  let load = 0;
  for (let i = 0; i < serves.length; i++) {
    const index = serves[i] as number;
    const link = state.program.links[index] as Link;
    if (link.capacity > 0) {
      const taken = (state.held[index] as number) / (link.capacity * up);
      if (taken > load) load = taken;
    }
    if (link.ratePerSecond > 0) {
      const asked = attemptRate(state, link, index) / (link.ratePerSecond * up);
      if (asked > load) load = asked;
    }
  }
  return load;
}

/** Attempts a second on a link: of those who wait with retries, expected; else the joins of the last second or more. */
function attemptRate(state: State, link: Link, index: number): number {
  const pool = state.program.pools[link.consumer] as State['program']['pools'][number];
  const all = pool.retries ? waitingRate(state, link.consumer) : recentJoins(state, link.consumer);
  const root = pool.join;
  if (root === null || all === 0) return all;
  const leaf = link.leaves[0];
  return leaf === undefined || leaf.path.length === 0 || leaf.link !== index
    ? all
    : all * askedShare(state, leaf, root);
}

/** Expected attempts a second of a pool's starting instances. */
export function waitingRate(state: State, pool: number): number {
  if (state.starting[pool] === 0) return 0;
  const waiting = state.waiting[pool] as Float64Array;
  const means = (state.program.pools[pool] as State['program']['pools'][number]).retryMeans;
  let rate = 0;
  for (let level = 0; level < waiting.length; level++) rate += (waiting[level] as number) / (means[level] as number);
  return rate;
}

function recentJoins(state: State, pool: number): number {
  const seconds = state.seconds - (state.rateSeconds[pool] as number);
  const since = (state.joined[pool] as number) - (state.rateJoined[pool] as number);
  const before = state.joinRate[pool] as number;
  return seconds >= 1 ? since / seconds : Math.max(before * (1 - seconds), 0) + since;
}

/** Closes the measure of joins once it is a second old. */
export function measureJoins(state: State): void {
  const { rateSeconds, rateJoined, joined, joinRate, seconds } = state;
  for (let pool = 0; pool < joined.length; pool++) {
    const elapsed = seconds - (rateSeconds[pool] as number);
    if (elapsed < 1) continue;
    joinRate[pool] = ((joined[pool] as number) - (rateJoined[pool] as number)) / elapsed;
    rateSeconds[pool] = seconds;
    rateJoined[pool] = joined[pool] as number;
  }
}
