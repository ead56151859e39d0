import type { Link } from './links.ts';
import type { Pool } from './program.ts';
import { type Random, uniform } from './random.ts';
import { exp, log } from './real.ts';
import { mostKept, type State } from './state.ts';

/**
 * A limiter that waits for the next attempt keeps a second's admissions at most (`mostKept`), and loses the others.
 * Where few are let in a second, attempts come too rarely and too unevenly to use all that accrues within a step: so
 * they are looked at one by one, as far as who is let in is decided by one door, or by one of several.
 */

/** Above so many attempts for each admission a limiter that keeps two is never idle; one that keeps fewer is in closed form. */
const SATURATED = 5;
/** A limiter that keeps so many evens out the moments of attempts to a percent of them. */
const EVEN = 50;
/** So many attempts are looked at in a step. */
const MOST_ATTEMPTS = 256;

/** A limiter in the step just ended. */
interface Door {
  readonly index: number;
  readonly kept: number;
  readonly accrued: number;
  /** Admissions that it kept from before, and those that it has now. */
  readonly before: number;
  tokens: number;
  /** Places that are free, where one of several doors is chosen. */
  readonly room: number;
  admitted: number;
}

/** How many of `attempts` at moments uniform in the step just ended find an admission; those lost are taken off. */
export function findAdmissions(state: State, pool: Pool, seconds: number, attempts: number): number {
  const open = doorsOf(state, pool);
  if (open.length === 0 || anyEven(state, pool, open)) return Infinity;
  const doors = open.map((index) => doorAt(state, pool, index, seconds));
  let accrued = 0;
  let kept = 0;
  for (const door of doors) {
    accrued += door.accrued;
    kept += door.kept;
  }
  if (attempts > MOST_ATTEMPTS || attempts >= SATURATED * (accrued + kept)) return loseUnkept(state, doors, attempts);
  let at = 0;
  let admitted = 0;
  for (let left = attempts; left > 0; left--) {
    const next = at + (1 - at) * nextOf(state.random, left);
    for (const door of doors) door.tokens = Math.min(door.kept, door.tokens + door.accrued * (next - at));
    at = next;
    const door = pick(state.random, doors);
    if (door === undefined) continue;
    door.tokens -= 1;
    door.admitted += 1;
    admitted += 1;
  }
  for (const door of doors) {
    const tokens = Math.min(door.kept, door.tokens + door.accrued * (1 - at));
    const allowance = state.allowance[door.index] as number;
    // What has accrued and is neither used nor left was lost.
    const rest = Math.max(0, allowance - door.accrued - door.before);
    const left = Math.min(allowance, tokens + door.admitted + rest);
    const aside = doors.length > 1 ? Math.max(0, left - door.admitted) : 0;
    state.allowance[door.index] = left - aside;
    if (aside > 0) state.asides.push({ index: door.index, aside });
  }
  return admitted;
}

/** Gives doors back what they keep, once those whom they let in have taken their places. */
export function giveBack({ allowance, asides }: State): void {
  for (const { index, aside } of asides) allowance[index] = (allowance[index] as number) + aside;
  asides.length = 0;
}

function anyEven(state: State, pool: Pool, doors: readonly number[]): boolean {
  for (const index of doors) if (mostKept(pool, linkAt(state, index), rateOf(state, index)) >= EVEN) return true;
  return false;
}

function doorAt(state: State, pool: Pool, index: number, seconds: number): Door {
  const link = linkAt(state, index);
  const rate = rateOf(state, index);
  const kept = mostKept(pool, link, rate);
  const accrued = rate * seconds;
  const before = Math.min(kept, Math.max(0, (state.allowance[index] as number) - accrued));
  const free = link.capacity * (state.up[link.server] as number) - (state.held[index] as number);
  const room = pool.doorsAreAlternatives && link.capacity > 0 ? Math.max(0, Math.floor(free)) : Infinity;
  return { index, kept, accrued, before, tokens: before, room, admitted: 0 };
}

/** One of the doors that let somebody in, by how many each could; undefined where none does. */
function pick(random: Random, doors: readonly Door[]): Door | undefined {
  const roomAt = ({ tokens, room, admitted }: Door): number => Math.min(Math.floor(tokens + 1e-9), room - admitted);
  const [only] = doors;
  if (doors.length === 1) return only !== undefined && roomAt(only) >= 1 ? only : undefined;
  let all = 0;
  for (const door of doors) all += Math.max(0, roomAt(door));
  if (all < 1) return undefined;
  let left = uniform(random) * all;
  return doors.find((door) => {
    left -= Math.max(0, roomAt(door));
    return left < 0;
  });
}

/** The same for many attempts: what is lost on average. That another may be open at the same time changes it by less than 1%. */
function loseUnkept(state: State, doors: readonly Door[], attempts: number): number {
  let admissions = 0;
  for (const { index, kept, accrued } of doors) {
    if (kept <= 2 && accrued > 0)
      state.allowance[index] = (state.allowance[index] as number) - accrued * lostShare(kept, attempts / accrued);
    admissions += Math.max(0, Math.floor((state.allowance[index] as number) + 1e-9));
  }
  return admissions;
}

/**
 * The share of what accrues that a limiter loses which keeps 1…2 admissions, at so many attempts for each. From the moment
 * at which it has one it waits for an attempt, exponentially; what it does not keep meanwhile is lost, the excess over
 * `kept` − 1, and that for each one that it lets in.
 */
function lostShare(kept: number, attempts: number): number {
  const lost = exp(-(kept - 1) * attempts) / attempts;
  return lost / (1 + lost);
}

/** The longest step whose attempts can be looked at, where that is needed; Infinity where it is not. */
export function idlingLimit(state: State, pool: Pool, attemptRate: number): number {
  if (attemptRate === 0) return Infinity;
  const doors = doorsOf(state, pool);
  if (anyEven(state, pool, doors)) return Infinity;
  let rate = 0;
  for (const index of doors) rate += rateOf(state, index);
  return rate === 0 || attemptRate >= SATURATED * rate ? Infinity : (0.5 * MOST_ATTEMPTS) / attemptRate;
}

/** Of the limiters that all of a pool ask the slowest; of alternatives all that function. */
function doorsOf(state: State, pool: Pool): readonly number[] {
  if (pool.doorsAreAlternatives)
    return pool.doors.filter((index) => state.functions[linkAt(state, index).server] === 1);
  let door = -1;
  let least = Infinity;
  for (const index of pool.doors) {
    const rate = rateOf(state, index);
    if (rate >= least) continue;
    least = rate;
    door = index;
  }
  return door < 0 ? [] : [door];
}

const linkAt = (state: State, index: number): Link => state.program.links[index] as Link;

function rateOf(state: State, index: number): number {
  const link = linkAt(state, index);
  return link.ratePerSecond * (state.up[link.server] as number);
}

/** The first of so many moments uniform in 0…1. */
const nextOf = (random: Random, count: number): number => 1 - exp(log(uniform(random)) / count);
