import { addStarting, take } from './holding.ts';
import { findAdmissions, giveBack } from './idling.ts';
import { join } from './joining.ts';
import { PATIENT_STEPS } from './planning.ts';
import type { Pool } from './program.ts';
import { uniform } from './random.ts';
import { chanceWithin, exp } from './real.ts';
import { capacity } from './rooms.ts';
import { binomial, portion, portionTaken } from './samplers.ts';
import type { State } from './state.ts';

/**
 * Attempts of pools with `retries`, drawn for a whole step. One who waits tries at exponential moments, and the mean
 * doubles at each refusal; so the chances of so many attempts within a step are those of a chain of exponential times
 * with means doubling, which have a closed form (hypoexponential). Steps may thus be as long as the means.
 */

/** No mean doubles more often between a millisecond and 1e15 days. */
const MOST_LEVELS = 96;
/** By level: how many tried at least once within the step, and the chances of those who did. */
const tried = new Float64Array(MOST_LEVELS);
/** The chances of the pool that tries. */
let stay: Float64Array = tried;
let once: Float64Array = tried;
let twice: Float64Array = tried;
let newStay: Float64Array = tried;
let newOnce: Float64Array = tried;
let newTwice: Float64Array = tried;
let newSpread: Float64Array = tried;
/** The first level's, newcomers included. */
let firstOnce = 1;
let firstTwice = 1;
/** By level: attempts, as far as they compete for what is let in. */
const weights = new Float64Array(MOST_LEVELS);

/**
 * The attempts of a step of `seconds`. Of those who wait without a refusal, `early` lost their place in its first half,
 * and `fresh` more become ready within it, both at uniform moments. With `open` false nobody is let in.
 */
export function attempt(state: State, pool: Pool, seconds: number, early: number, fresh: number, open: boolean): void {
  const waiting = state.waiting[pool.index] as Float64Array;
  if (fresh > 0) addStarting(state, pool.index, fresh);
  const last = waiting.length - 1;
  findChances(state, pool, seconds, last);
  let attempts = 0;
  firstOnce = once[0] as number;
  firstTwice = twice[0] as number;
  for (let level = 0; level <= last; level++) {
    const count = (waiting[level] as number) - (level === 0 ? early + fresh : 0);
    const trying = count > 0 ? binomial(state.random, count, triedChance(pool, seconds, level)) : 0;
    tried[level] = trying;
    attempts += trying;
  }
  attempts += tryNewcomers(state, FRESH, fresh, fresh, againWithin(state, pool, seconds));
  attempts += tryNewcomers(state, EARLY, early, state.displacedBy[pool.index] as number);
  if (attempts === 0) return;
  const room = open ? capacity(state, pool.join) : 0;
  const admissions = room > 0 && pool.doors.length > 0 ? findAdmissions(state, pool, seconds, attempts) : Infinity;
  letIn(state, pool, waiting, attempts, Math.min(room, admissions));
  giveBack(state);
}

/** Those who lost their place in the second half of a step, and try again before its end. */
export function attemptLate(state: State, pool: Pool, seconds: number, late: number): void {
  const waiting = state.waiting[pool.index] as Float64Array;
  const last = waiting.length - 1;
  findChances(state, pool, seconds, last);
  tried.fill(0, 0, last + 1);
  const attempts = tryNewcomers(state, LATE, late, state.displacedBy[pool.index] as number);
  if (attempts > 0) letIn(state, pool, waiting, attempts, capacity(state, pool.join));
}

/**
 * How often each of those who crash in a step does so, on average: in a run of years steps are so long that some have come
 * back and crash again, and each time there is one who may still wait at the end.
 */
function againWithin({ steps, plan }: State, pool: Pool, seconds: number): number {
  if (steps < PATIENT_STEPS || seconds <= pool.waitSeconds) return 1;
  const crashes = (seconds - pool.waitSeconds) * (plan.hazard[pool.index] as number);
  return crashes > 0 ? crashes / chanceWithin(crashes) : 1;
}

function letIn(state: State, pool: Pool, waiting: Float64Array, attempts: number, room: number): void {
  const last = waiting.length - 1;
  const joining = Math.min(attempts, room);
  const refusedShare = 1 - joining / attempts;
  // Who tries more often is let in more often: where not all are, levels count by attempts, not by heads.
  let rest = 0;
  if (joining < attempts && joining > 0) {
    for (let level = 0; level <= last; level++) {
      const count = tried[level] as number;
      const single = level === last ? 1 : level === 0 ? firstOnce : (once[level] as number);
      const weight = Math.round(count * (1 + refusedShare * (1 - single)));
      weights[level] = weight;
      rest += weight;
    }
  }
  let left = joining;
  // Downwards, so that who moves to a level is not moved on from it again.
  for (let level = last; level >= 0; level--) {
    const count = tried[level] as number;
    if (count === 0) continue;
    let admitted = count;
    if (joining < attempts) {
      const weight = weights[level] as number;
      admitted = left === 0 ? 0 : Math.min(count, portionTaken(state.random, weight, rest - weight, left));
      rest -= weight;
      left -= admitted;
    }
    if (admitted > 0) join(state, pool, level, admitted);
    if (level < last && count > admitted) refuse(state, waiting, level, count - admitted);
  }
  take(state, pool, joining === attempts ? joining : joining - left);
}

/** For a step of so many seconds, by the means of its attempts. Most steps are as long as the one before. */
export interface Chances {
  seconds: number;
  /** By level: of no attempt within the step, of one given at least one, of two given at least two. */
  readonly stay: Float64Array;
  readonly once: Float64Array;
  readonly twice: Float64Array;
  /** The same of those who came within the step, by when they did. */
  readonly newStay: Float64Array;
  readonly newOnce: Float64Array;
  readonly newTwice: Float64Array;
  /** Standard deviation of the first by when one came. */
  readonly newSpread: Float64Array;
}

const createChances = (): Chances => ({
  seconds: -1,
  stay: new Float64Array(MOST_LEVELS),
  once: new Float64Array(MOST_LEVELS),
  twice: new Float64Array(MOST_LEVELS),
  newStay: new Float64Array(3),
  newOnce: new Float64Array(3),
  newTwice: new Float64Array(3),
  newSpread: new Float64Array(3),
});

/** The chances of each level for those who wait from the step's begin, and of newcomers to the first. */
function findChances({ chances }: State, pool: Pool, seconds: number, last: number): void {
  const { retryMeans } = pool;
  let found = chances.get(retryMeans);
  if (!found) {
    found = createChances();
    chances.set(retryMeans, found);
  }
  ({ stay, once, twice, newStay, newOnce, newTwice, newSpread } = found);
  if (found.seconds === seconds) return;
  found.seconds = seconds;
  const x = seconds / (retryMeans[0] as number);
  newcomers(FRESH, last, meanStay(x), meanStay(0.5 * x), meanStay(0.25 * x));
  newcomers(EARLY, last, meanStayOfLastHalf(x), meanStayOfLastHalf(0.5 * x), meanStayOfLastHalf(0.25 * x));
  newcomers(LATE, last, meanStay(0.5 * x), meanStay(0.25 * x), meanStay(0.125 * x));
  // Of e^(−2 t) the mean is that of e^(−t) over twice as long.
  newSpread[EARLY] = spread(meanStayOfLastHalf(2 * x), newStay[EARLY] as number);
  newSpread[LATE] = spread(meanStay(x), newStay[LATE] as number);
  stay[last] = exp(-seconds / (retryMeans[last] as number));
  if (last === 0) return;
  // Twice the mean, the square root of the chance: one exponential serves all levels but the last.
  let chance = exp(-seconds / (retryMeans[last - 1] as number));
  for (let level = last - 1; level >= 0; level--) {
    stay[level] = chance;
    chance *= chance;
  }
  for (let level = 0; level < last; level++) {
    const e0 = stay[level] as number;
    if (level + 1 === last) once[level] = 1;
    else {
      const e1 = stay[level + 1] as number;
      once[level] = onceOf(e0, e1);
      twice[level] = level + 2 === last ? 1 : twiceOf(e0, e1, stay[level + 2] as number);
    }
  }
}

/** Chance of exactly one attempt, given one; of exactly two, given two: from the chances to stay for T, 2 T, 4 T. */
const onceOf = (e0: number, e1: number): number => (1 - e0 > 1e-7 ? Math.min(1, (2 * (e1 - e0)) / (1 - e0)) : 1);
function twiceOf(e0: number, e1: number, e2: number): number {
  const more = 1 + e0 - 2 * e1;
  return more > 1e-10 ? Math.min(1, Math.max(0, ((4 / 3) * e0 - 4 * e1 + (8 / 3) * e2) / more)) : 1;
}

function triedChance(pool: Pool, seconds: number, level: number): number {
  const x = seconds / (pool.retryMeans[level] as number);
  return x < 1e-4 ? chanceWithin(x) : 1 - (stay[level] as number);
}

/** Those who came at a moment uniform in the step, in its first half, in its second half. */
const FRESH = 0;
const EARLY = 1;
const LATE = 2;

/** The chances of newcomers are those of the others, averaged over what is left of the step. */
function newcomers(when: number, last: number, e0: number, e1: number, e2: number): void {
  newStay[when] = e0;
  newOnce[when] = last > 1 ? onceOf(e0, e1) : 1;
  newTwice[when] = last > 2 ? twiceOf(e0, e1, e2) : 1;
}

const spread = (meanOfSquare: number, mean: number): number => Math.sqrt(Math.max(0, meanOfSquare - mean * mean));

/**
 * Attempts of newcomers, added to those of the first level; what they do next is mixed in by their number. They came by so
 * many blows: all that a server held wait from one moment on.
 */
function tryNewcomers(state: State, when: number, count: number, blows: number, again = 1): number {
  if (count === 0) return 0;
  let chance = Math.min(1, again * (newStay[when] as number));
  if (blows < count) {
    const { random } = state;
    // Three uniforms are as good as normal here, and never further away than three standard deviations.
    const normal = 2 * (uniform(random) + uniform(random) + uniform(random)) - 3;
    chance += (normal * (newSpread[when] as number)) / Math.sqrt(blows);
    chance = Math.min(1, Math.max(0, chance));
  }
  const trying = binomial(state.random, count, 1 - chance);
  if (trying === 0) return 0;
  const before = tried[0] as number;
  const share = trying / (before + trying);
  firstOnce += share * ((newOnce[when] as number) - firstOnce);
  firstTwice += share * ((newTwice[when] as number) - firstTwice);
  tried[0] = before + trying;
  return trying;
}

/** Mean of e^(−t) over t uniform in 0…x, and in ½x…x: who came in the first half has at least the other half left. */
const meanStay = (x: number): number => (x < 1e-3 ? 1 - x * (0.5 - x / 6) : chanceWithin(x) / x);
const meanStayOfLastHalf = (x: number): number => 2 * meanStay(x) - meanStay(0.5 * x);

/** Moves those refused at a level one, two or three levels on, as often as they may have tried within the step. */
function refuse(state: State, waiting: Float64Array, level: number, count: number): void {
  waiting[level] = (waiting[level] as number) - count;
  const moved = portion(state.random, count, level === 0 ? firstOnce : (once[level] as number));
  waiting[level + 1] = (waiting[level + 1] as number) + moved;
  if (moved === count) return;
  const again = portion(state.random, count - moved, level === 0 ? firstTwice : (twice[level] as number));
  waiting[level + 2] = (waiting[level + 2] as number) + again;
  if (again < count - moved) waiting[level + 3] = (waiting[level + 3] as number) + count - moved - again;
}
