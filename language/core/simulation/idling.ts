import type { Link } from './links.ts';
import type { Pool } from './program.ts';
import { type Random, uniform } from './random.ts';
import { exp, log } from './real.ts';
import { mostKept, type State } from './state.ts';

/**
 * A limiter that waits for the next attempt keeps a second's admissions at most (`mostKept`), and loses the others.
 * Where few are let in a second, attempts come too rarely and too unevenly to use all that accrues within a step: so
 * they are looked at one by one, as far as who is let in is decided by one door.
 */

/** Above so many attempts for each admission a limiter that keeps two is never idle; one that keeps fewer is in closed form. */
const SATURATED = 5;
/** A limiter that keeps so many evens out the moments of attempts to a percent of them. */
const EVEN = 50;
/** So many attempts are looked at in a step. */
const MOST_ATTEMPTS = 256;

/** How many of `attempts` at moments uniform in the step just ended find an admission; those lost are taken off. */
export function findAdmissions(state: State, pool: Pool, seconds: number, attempts: number): number {
  const index = doorOf(state, pool);
  if (index < 0) return Infinity;
  const rate = rateOf(state, index);
  const kept = mostKept(pool, linkAt(state, index), rate);
  const accrued = rate * seconds;
  if (kept >= EVEN) return Infinity;
  if (attempts > MOST_ATTEMPTS || attempts >= SATURATED * (accrued + kept)) {
    if (kept > 2 || accrued === 0) return Infinity;
    state.allowance[index] = (state.allowance[index] as number) - accrued * lostShare(kept, attempts / accrued);
    return Math.max(0, Math.floor((state.allowance[index] as number) + 1e-9));
  }
  const allowance = state.allowance[index] as number;
  let tokens = Math.min(kept, Math.max(0, allowance - accrued));
  const before = tokens;
  let at = 0;
  let admitted = 0;
  for (let left = attempts; left > 0; left--) {
    const next = at + (1 - at) * nextOf(state.random, left);
    tokens = Math.min(kept, tokens + accrued * (next - at));
    at = next;
    if (tokens >= 1 - 1e-9) {
      tokens -= 1;
      admitted += 1;
    }
  }
  tokens = Math.min(kept, tokens + accrued * (1 - at));
  // What has accrued and is neither used nor left was lost.
  state.allowance[index] = Math.min(allowance, tokens + admitted + Math.max(0, allowance - accrued - before));
  return admitted;
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
  const index = doorOf(state, pool);
  if (index < 0 || attemptRate === 0) return Infinity;
  const rate = rateOf(state, index);
  if (mostKept(pool, linkAt(state, index), rate) >= EVEN || attemptRate >= SATURATED * rate) return Infinity;
  return (0.5 * MOST_ATTEMPTS) / attemptRate;
}

/** The slowest of the limiters that all of a pool ask; −1 where there is none. */
function doorOf(state: State, pool: Pool): number {
  let door = -1;
  let least = Infinity;
  for (const index of pool.doors) {
    const rate = rateOf(state, index);
    if (rate >= least) continue;
    least = rate;
    door = index;
  }
  return door;
}

const linkAt = (state: State, index: number): Link => state.program.links[index] as Link;

function rateOf(state: State, index: number): number {
  const link = linkAt(state, index);
  return link.ratePerSecond * (state.up[link.server] as number);
}

/** The first of so many moments uniform in 0…1. */
const nextOf = (random: Random, count: number): number => 1 - exp(log(uniform(random)) / count);
