import type { Link } from './links.ts';
import { ALL, LEAF, type NeedNode } from './needs.ts';
import type { Pool } from './program.ts';
import { emptyRoom } from './rooms.ts';
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
  const pool = state.program.pools[link.consumer] as Pool;
  if (!link.asked) return 0;
  const all = pool.retries ? waitingRate(state, link.consumer) : recentJoins(state, link.consumer);
  if (all === 0 || !hasChoices(pool)) return all;
  const asked = state.askedShares[link.consumer] as AskedShares;
  if (asked.version !== state.version) {
    asked.version = state.version;
    asked.byLink.clear();
    if (pool.join !== null) addShares(state, pool.join, 1, pool, asked.byLink);
  }
  return all * (asked.byLink.get(index) ?? 0);
}

const hasChoices = ({ needs }: Pool): boolean => needs.choices.length + needs.choicesToStart.length > 0;

/** Of the attempts that a pool makes, the share that asks each link: all, but for the choices above it. */
export interface AskedShares {
  /** Of the state for which it was found. */
  version: number;
  readonly byLink: Map<number, number>;
}

function addShares(state: State, node: NeedNode, share: number, pool: Pool, byLink: Map<number, number>): void {
  const { operands } = node;
  if (node.kind === LEAF) {
    const before = byLink.get(node.link) ?? 0;
    if (node.link >= 0) byLink.set(node.link, before + share * (1 - before));
  } else if (node.kind === ALL) {
    for (const operand of operands) addShares(state, operand, share, pool, byLink);
  } else {
    const rooms = operands.map((operand) => emptyRoom(state, operand, state.size[pool.index] as number));
    const parts = inclusion(rooms, node.count);
    operands.forEach((operand, at) => {
      addShares(state, operand, share * (parts[at] as number), pool, byLink);
    });
  }
}

/** How likely each is among `count` that are chosen in proportion to room, none of them twice. */
function inclusion(rooms: readonly number[], count: number): number[] {
  const parts = rooms.map(() => 0);
  let open = rooms.map((_, at) => at);
  for (let left = count; open.length > 0; ) {
    const sum = open.reduce((all, at) => all + (rooms[at] as number), 0);
    for (const at of open) parts[at] = sum > 0 ? (left * (rooms[at] as number)) / sum : left / open.length;
    const sure = open.filter((at) => (parts[at] as number) >= 1);
    if (sure.length === 0) break;
    for (const at of sure) parts[at] = 1;
    left -= sure.length;
    open = open.filter((at) => (parts[at] as number) < 1);
  }
  return parts;
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

/**
 * Joins of a pool without retries in the last second. Who does not wait for a moment of his own tries once, when he
 * joins; so its attempts a second are counted over that second. `spans` are in order of time, those of one moment or
 * spread evenly over a step.
 */
export interface RecentJoins {
  readonly spans: { fromSeconds: number; toSeconds: number; count: number }[];
  /** How many of all joins are in spans, or were. */
  noted: number;
}

const WINDOW_SECONDS = 1;
const MOST_SPANS = 64;

function recentJoins(state: State, pool: number): number {
  const { spans } = state.recent[pool] as RecentJoins;
  const begin = state.seconds - WINDOW_SECONDS;
  let count = 0;
  for (let at = spans.length - 1; at >= 0; at--) {
    const span = spans[at] as RecentJoins['spans'][number];
    if (span.toSeconds <= begin) break;
    const { fromSeconds, toSeconds } = span;
    count += fromSeconds >= begin ? span.count : (span.count * (toSeconds - begin)) / (toSeconds - fromSeconds);
  }
  return count;
}

/** Notes the joins since the last note: of a step that began at `fromSeconds`, or of this moment. */
export function noteJoins(state: State, fromSeconds: number): void {
  for (const i of state.program.sorts.joining) {
    const recent = state.recent[i] as RecentJoins;
    const joined = state.joined[i] as number;
    const { spans } = recent;
    if (joined > recent.noted) {
      spans.push({ fromSeconds, toSeconds: state.seconds, count: joined - recent.noted });
      recent.noted = joined;
      if (spans.length > MOST_SPANS) {
        const [first, second] = spans as [RecentJoins['spans'][number], RecentJoins['spans'][number]];
        second.count += first.count;
        second.fromSeconds = first.fromSeconds;
        spans.shift();
      }
    }
    while ((spans[0]?.toSeconds ?? Infinity) <= state.seconds - WINDOW_SECONDS) spans.shift();
  }
}

/**
 * When the next joins of one moment no longer count for the load of a pool, if it is they that overload it: a step must
 * not carry the crashes of that second on.
 */
export function nextForgotten(state: State, pool: Pool): number {
  let next = Infinity;
  for (const index of pool.serves) {
    const link = state.program.links[index] as Link;
    const { spans } = state.recent[link.consumer] as RecentJoins;
    if (link.ratePerSecond === 0 || !link.asked || spans.length === 0) continue;
    const allowed = pool.limit * link.ratePerSecond * (state.up[pool.index] as number) * WINDOW_SECONDS;
    let gradual = 0;
    let first = Infinity;
    for (const { fromSeconds, toSeconds, count } of spans) {
      if (fromSeconds < toSeconds) gradual += count;
      else if (toSeconds + WINDOW_SECONDS > state.seconds) first = Math.min(first, toSeconds + WINDOW_SECONDS);
    }
    if (gradual <= allowed) next = Math.min(next, Math.max(first, state.seconds + LEAST_SECONDS));
  }
  return next;
}

const LEAST_SECONDS = 0.1;
