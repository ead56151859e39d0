import { EXPONENTIAL, FIXED, type Pool, UNIFORM } from './program.ts';
import { type Random, uniform } from './random.ts';
import { binomial } from './samplers.ts';

/**
 * The crashed instances of one pool that come back at their own time. Exponential ones need no memory, they are
 * the pool's `down`; the others are kept as moments, or as cohorts uniform between now and an end.
 */
export interface Returns {
  /** Sorted from the last to the first, so that the next is taken off the end. Steps end on these exactly. */
  readonly exact: Entry[];
  /** The same, met within a step: a few of many, of which none matters alone. */
  readonly loose: Entry[];
  /** Fixed restarts of crashes drawn in bulk, first come first served; `met` of them are behind. */
  readonly flow: Entry[];
  met: number;
  /** Each uniform between now and `seconds`, but for its end. At most MOST_COHORTS, by ascending end. */
  readonly cohorts: Entry[];
}

interface Entry {
  /** The moment, the end of the cohort, or the end of the span in which fixed restarts fall. */
  seconds: number;
  count: number;
  /**
   * Where that span begins: crashes drawn for a step fell somewhere within it, and so do their restarts. Of a cohort
   * where its way to the end bends, see `leftOf`; Infinity for that of a scenario's blow, which steps end on exactly.
   */
  fromSeconds: number;
}

const MOST_COHORTS = 24;
/** So many or fewer are drawn one by one. */
const FEW = 8;
const MOST_LOOSE = 64;
/** Fixed restarts are kept by spans of this part of the restart time, or a step if that is longer. */
const SPAN = 1 / 100;

export const createReturns = (): Returns => ({ exact: [], loose: [], flow: [], met: 0, cohorts: [] });

/**
 * Notes that `count` have crashed between two moments, which are one for a single event or a scenario's blow.
 * `nowSeconds` is where a step's splitting puts them: at its begin or its end.
 */
export function schedule(
  random: Random,
  pool: Pool,
  returns: Returns,
  nowSeconds: number,
  fromSeconds: number,
  toSeconds: number,
  count: number,
  small: boolean,
): void {
  const { restartSeconds } = pool;
  if (pool.comeback === FIXED) {
    const entry = { fromSeconds: fromSeconds + restartSeconds, seconds: toSeconds + restartSeconds, count };
    if (fromSeconds === toSeconds) insert(returns.exact, entry);
    else append(returns, entry, SPAN * restartSeconds);
  } else if (pool.comeback === UNIFORM) {
    if (small || (count <= FEW && returns.loose.length < MOST_LOOSE)) {
      const list = small ? returns.exact : returns.loose;
      for (let i = 0; i < count; i++) {
        const crashed = fromSeconds + uniform(random) * (toSeconds - fromSeconds);
        insert(list, alone(crashed + uniform(random) * restartSeconds));
      }
      return;
    }
    const seconds = nowSeconds + restartSeconds;
    const late = nowSeconds === toSeconds ? 2 * (toSeconds - fromSeconds) : 0;
    returns.cohorts.push({ fromSeconds: fromSeconds === toSeconds ? Infinity : seconds - late, seconds, count });
    if (returns.cohorts.length > MOST_COHORTS) mergeClosest(returns.cohorts);
  }
}

function append(returns: Returns, entry: Entry, span: number): void {
  const { flow } = returns;
  const last = flow.length > returns.met ? flow[flow.length - 1] : undefined;
  if (last !== undefined && entry.seconds - last.fromSeconds <= span) {
    last.seconds = entry.seconds;
    last.count += entry.count;
  } else flow.push(entry);
  if (returns.met > MOST_LOOSE && returns.met * 2 > flow.length) {
    flow.splice(0, returns.met);
    returns.met = 0;
  }
}

const alone = (seconds: number): Entry => ({ fromSeconds: seconds, seconds, count: 1 });

/** Sorted insertion from the near end of the list: what crashes later mostly comes back later, and is a short way. */
function insert(list: Entry[], entry: Entry): void {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as Entry).seconds > entry.seconds) low = middle + 1;
    else high = middle;
  }
  list.splice(low, 0, entry);
}

/** Two neighbours become one with their mean end, which bounds the cost whatever happens. */
function mergeClosest(cohorts: Entry[]): void {
  let best = 0;
  let least = Infinity;
  for (let i = 0; i + 1 < cohorts.length; i++) {
    const gap = (cohorts[i + 1] as Entry).seconds - (cohorts[i] as Entry).seconds;
    if (gap < least) {
      least = gap;
      best = i;
    }
  }
  const first = cohorts[best] as Entry;
  const second = cohorts[best + 1] as Entry;
  const count = first.count + second.count;
  const bend = Math.max(first.seconds - first.fromSeconds, second.seconds - second.fromSeconds);
  second.seconds = (first.seconds * first.count + second.seconds * second.count) / count;
  if (second.fromSeconds !== Infinity) second.fromSeconds = second.seconds - bend;
  second.count = count;
  cohorts.splice(best, 1);
}

/**
 * What is left of a cohort, in proportion. A step's crashes are put half at its begin and half at its end. Together they
 * come back as if they had come at any moment of it, but for the time in which those of its begin all are back: there
 * those of its end must be fewer, as the square of what is left of it.
 */
function leftOf({ fromSeconds, seconds }: Entry, atSeconds: number): number {
  const rest = seconds - atSeconds;
  const bend = seconds - fromSeconds;
  return rest < bend ? (rest * rest) / bend : rest;
}

/** A moment at which one comes back of those who are left, each with the same chance. */
function returnOf(random: Random, cohort: Entry, nowSeconds: number): number {
  const left = uniform(random) * leftOf(cohort, nowSeconds);
  const bend = cohort.seconds - cohort.fromSeconds;
  return cohort.seconds - (left < bend ? Math.sqrt(left * bend) : left);
}

/**
 * How many of a pool's down come back in bulk until `endSeconds`. Those of `exact` are left to `dueExactly`, and those of
 * cohorts to `takeOne`, if the first of them is `awaited`.
 */
export function comeBack(
  random: Random,
  pool: Pool,
  returns: Returns,
  down: number,
  nowSeconds: number,
  endSeconds: number,
  chance: number,
  awaited: boolean,
): number {
  if (pool.comeback === EXPONENTIAL) return binomial(random, down, chance);
  let count = 0;
  const { loose, flow, cohorts } = returns;
  for (let last = loose[loose.length - 1]; last !== undefined && last.seconds <= endSeconds; ) {
    count += last.count;
    loose.pop();
    last = loose[loose.length - 1];
  }
  for (let next = flow[returns.met]; next !== undefined && next.fromSeconds < endSeconds; next = flow[returns.met]) {
    const begin = Math.max(nowSeconds, next.fromSeconds);
    const all = next.seconds <= endSeconds;
    const back = all ? next.count : binomial(random, next.count, (endSeconds - begin) / (next.seconds - begin));
    next.count -= back;
    count += back;
    if (!all) break;
    returns.met += 1;
  }
  let kept = 0;
  for (let i = 0; i < cohorts.length; i++) {
    const cohort = cohorts[i] as Entry;
    const back =
      cohort.seconds <= endSeconds
        ? cohort.count
        : awaited
          ? 0
          : binomial(random, cohort.count, 1 - leftOf(cohort, endSeconds) / leftOf(cohort, nowSeconds));
    count += back;
    cohort.count -= back;
    if (cohort.count > FEW || (cohort.count > 0 && loose.length >= MOST_LOOSE)) cohorts[kept++] = cohort;
    else {
      for (let one = 0; one < cohort.count; one++) {
        insert(loose, alone(returnOf(random, cohort, endSeconds)));
      }
    }
  }
  cohorts.length = kept;
  return count;
}

/** How many come back at this very moment. */
export function dueExactly(returns: Returns, nowSeconds: number): number {
  let count = 0;
  const { exact } = returns;
  for (let last = exact[exact.length - 1]; last !== undefined && last.seconds <= nowSeconds; ) {
    count += last.count;
    exact.pop();
    last = exact[exact.length - 1];
  }
  return count;
}

/** Expected returns a second, in bulk; exponential ones apart. */
export function cohortRate(returns: Returns, nowSeconds: number): number {
  let rate = 0;
  for (let i = 0; i < returns.cohorts.length; i++) {
    const cohort = returns.cohorts[i] as Entry;
    rate += cohort.count / (cohort.seconds - nowSeconds);
  }
  return rate;
}

/** One of a cohort comes back, which goes by their rates; nothing to note where restarts are exponential. */
export function takeOne(random: Random, returns: Returns, nowSeconds: number): void {
  const { cohorts } = returns;
  if (cohorts.length === 0) return;
  let pick = uniform(random) * cohortRate(returns, nowSeconds);
  let at = 0;
  for (; at + 1 < cohorts.length; at++) {
    const { count, seconds } = cohorts[at] as Entry;
    pick -= count / (seconds - nowSeconds);
    if (pick < 0) break;
  }
  const taken = cohorts[at] as Entry;
  taken.count -= 1;
  if (taken.count === 0) cohorts.splice(at, 1);
}

/** The next moment at which a step must end: an exact return, or the end of a cohort. */
export function nextBoundary(returns: Returns): number {
  const next = returns.exact[returns.exact.length - 1]?.seconds ?? Infinity;
  for (let i = 0; i < returns.cohorts.length; i++) {
    const cohort = returns.cohorts[i] as Entry;
    if (cohort.fromSeconds === Infinity) return Math.min(next, cohort.seconds);
  }
  return next;
}

/** The next moment at which one of few comes back, or the last of those whose restarts fall within a span. */
export const nextOfFew = ({ loose, flow, met }: Returns): number =>
  Math.min(loose[loose.length - 1]?.seconds ?? Infinity, flow[met]?.seconds ?? Infinity);

/** `restore`: nobody is left to come back. */
export function clearReturns(returns: Returns): void {
  returns.exact.length = 0;
  returns.loose.length = 0;
  returns.flow.length = 0;
  returns.met = 0;
  returns.cohorts.length = 0;
}
