import { firstHalf, rateOfReturn, type Wait } from './following.ts';
import { levelsOf } from './levels.ts';
import { type Counted, type Counting, countingOf } from './looked.ts';
import { PATIENT_STEPS } from './planning.ts';
import { type Program, VACANT } from './program.ts';
import { createRandom } from './random.ts';
import { binomial } from './samplers.ts';
import type { State } from './state.ts';

/**
 * What services come to between the two ends of a step drawn in bulk. Where a pool both loses and gains, its count does
 * not go straight from one end to the other: it walks, and a dip is no less a dip for being short. How many a step loses
 * and gains is known, and they come at moments uniform in it; so the walk can be drawn afterwards, where it matters, by
 * halving: of what falls into a part of the step each falls into its first half with chance ½.
 */

/** No step is halved more often. */
const MOST_DEPTH = 16;
/** Where steps are long for the number of them, so often altogether: there are as many looks as in a run of days. */
const MOST_NODES = 8;
const NODES = 1 << (MOST_DEPTH + 1);
/** A walk of v steps comes by √(7 v) below the lower of its ends with a chance of e^−14 at most. */
const REACH = 7;
/** The last moment below a level is found to such a part of the time since the scenario's first step. */
const PRECISION = 1e-3;
/** A lower level than that seen before is looked for where it may be lower by so much, or by so much of what is lost. */
const LOWER = 1e-4;
const LOWER_PART = 2e-3;

/** The walks of a step. What is drawn here has chance of its own: nothing of the run hangs on who looks at it. */
export interface Walks {
  readonly seed: number;
  readonly counting: Counting;
  /** Pools that the service looked at counts and that walk in this step. */
  readonly walking: number[];
  /** By pool: what is up where one looks, at the step's end for all that do not walk. */
  readonly up: Float64Array;
  /** By service: no higher than what it comes to in a part of the step; and its levels when the step began. */
  readonly low: Float64Array;
  readonly before: Float64Array;
  /** By depth. */
  readonly parts: readonly Part[];
  /** By recovery level: the last moment below is still to be found. */
  readonly open: Uint8Array;
  /** By pool: the rate at which who waits came back in this step, a second; 0 if when is no matter, −1 if not found yet. */
  readonly rates: Float64Array;
  /** How often this step may still be halved. */
  nodesLeft: number;
}

/**
 * By pool: up at the part's begin, and waiting to be back, where gains follow losses; lost and gained in it, one by one; lost by so many
 * blows, as all that a server held go at one moment; and newly waiting for other reasons. The same of its first half.
 */
interface Part extends Moves {
  readonly begin: Float64Array;
  readonly waiting: Float64Array;
  readonly early: Moves;
}

interface Moves {
  readonly losses: Float64Array;
  readonly gains: Float64Array;
  readonly kicked: Float64Array;
  readonly blows: Float64Array;
  readonly fresh: Float64Array;
}

/** Where services stand, which is corrected by what is found. */
export interface Seen {
  readonly levels: Float64Array;
  readonly lowest: Float64Array;
  readonly back: readonly Float64Array[];
}

export function createWalks(program: Program, seed: number): Walks {
  const counting = countingOf(program);
  const numbers = (): Float64Array => new Float64Array(program.pools.length);
  const moves = (): Moves => ({
    losses: numbers(),
    gains: numbers(),
    kicked: numbers(),
    blows: numbers(),
    fresh: numbers(),
  });
  return {
    seed: (seed ^ Math.imul(program.stream + 1, 0x9e3779b1)) | 0,
    counting,
    walking: [],
    up: numbers(),
    low: new Float64Array(program.services.length),
    before: new Float64Array(program.services.length),
    parts: Array.from({ length: counting.pools.length > 0 ? MOST_DEPTH + 1 : 0 }, () => ({
      begin: numbers(),
      waiting: numbers(),
      ...moves(),
      early: moves(),
    })),
    open: new Uint8Array(program.recoveryLevels.length),
    rates: numbers(),
    nodesLeft: 0,
  };
}

/** Looks into the step from `fromSeconds` until now, at whose begin the levels were `walks.before`. */
export function lookBetween(walks: Walks, state: State, seen: Seen, fromSeconds: number): void {
  if (!findWalks(walks, state, state.seconds - fromSeconds)) return;
  const { open, low, counting, walking, parts } = walks;
  walks.nodesLeft = state.steps < PATIENT_STEPS ? Infinity : MOST_NODES;
  const { recoveryLevels } = state.program;
  const whole = parts[0] as Part;
  fall(walks, whole, counting.pools);
  levelsOf(state, walks.up, low);
  for (let at = 0; at < counting.services.length; at++) {
    const index = counting.services[at] as number;
    const level = seen.levels[index] as number;
    const least = low[index] as number;
    let looks = least < worthLooking(seen.lowest[index] as number);
    for (let asked = 0; asked < open.length; asked++) {
      const between = level >= (recoveryLevels[asked] as number) && least < (recoveryLevels[asked] as number);
      open[asked] = between ? 1 : 0;
      looks ||= between;
    }
    if (!looks) continue;
    const counted = counting.of(index);
    walking.length = 0;
    for (const i of counted.pools)
      if ((whole.losses[i] as number) + (whole.kicked[i] as number) + (whole.gains[i] as number) > 0) walking.push(i);
    const before = walks.before[index] as number;
    halve({ walks, state, seen, service: index, counted }, 0, 1, fromSeconds, state.seconds, before, level);
  }
}

const worthLooking = (lowest: number): number => lowest - Math.max(LOWER, LOWER_PART * (1 - lowest));

const UNKNOWN = -1;

/** How many of each pool are lost and gained in this step; true if any does not only lose or only gain. */
function findWalks(walks: Walks, state: State, seconds: number): boolean {
  const [whole] = walks.parts;
  if (whole === undefined) return false;
  let any = false;
  for (const i of walks.counting.pools) {
    const begin = state.upBefore[i] as number;
    const more = (state.up[i] as number) - begin;
    const pool = state.program.pools[i] as Program['pools'][number];
    // Of those who lose a place and wait for nothing else, all that are back at once were never seen to be away.
    const leaving = pool.retries || pool.comeback === VACANT || (state.starting[i] as number) > 0;
    const losses = leaving
      ? (state.joined[i] as number) - (state.joinedBefore[i] as number) - more
      : Math.max(state.crashes[i] as number, -more);
    whole.begin[i] = begin;
    const kicked = leaving ? Math.min(losses, state.kicked[i] as number) : 0;
    whole.losses[i] = losses - kicked;
    whole.kicked[i] = kicked;
    whole.blows[i] = kicked > 0 ? (state.blows[i] as number) : 0;
    whole.gains[i] = losses + more;
    if (pool.retries) {
      whole.waiting[i] = state.startingBefore[i] as number;
      const waiting = (state.starting[i] as number) - (whole.waiting[i] as number);
      whole.fresh[i] = Math.max(0, waiting - kicked + losses + more);
      walks.rates[i] = UNKNOWN;
    } else if (kicked === 0 && pool.restartSeconds > 0 && seconds > pool.restartSeconds) {
      // In a step that outlasts restarts each is back not long after its own crash.
      whole.waiting[i] = (state.size[i] as number) - begin;
      whole.fresh[i] = 0;
      whole.losses[i] = 0;
      whole.kicked[i] = losses;
      whole.blows[i] = losses;
      walks.rates[i] = 1 / pool.waitSeconds;
    } else walks.rates[i] = 0;
    if (losses > 0 && losses + more > 0) any = true;
  }
  if (any) walks.up.set(state.up);
  return any;
}

/** Puts so many up as some pools come to at the lowest in a part of the step; returns how many steps the longest walk has. */
function fall({ up }: Walks, part: Part, pools: readonly number[]): number {
  let longest = 0;
  for (let at = 0; at < pools.length; at++) {
    const i = pools[at] as number;
    const kicked = part.kicked[i] as number;
    const blows = part.blows[i] as number;
    const gains = part.gains[i] as number;
    const alone = (part.losses[i] as number) + gains;
    if (alone + blows > longest) longest = alone + blows;
    const losses = (part.losses[i] as number) + kicked;
    const lower = (part.begin[i] as number) + Math.min(0, gains - losses);
    const each = blows > 0 ? kicked / blows : 0;
    const reach = losses > 0 && gains > 0 ? Math.sqrt(REACH * (alone + each * kicked)) + Math.max(1, each) : 0;
    up[i] = Math.max(0, lower - reach);
  }
  return longest;
}

interface Look {
  readonly walks: Walks;
  readonly state: State;
  readonly seen: Seen;
  readonly service: number;
  readonly counted: Counted;
}

/**
 * A part of the step, with the levels at its begin and end: it is halved as long as it may hold what was not seen yet,
 * the later half first. What a pool does in a half is the same for all services that look at it.
 */
function halve(look: Look, depth: number, node: number, from: number, to: number, begin: number, end: number): void {
  const { walks, state, seen, service, counted } = look;
  const { walking } = walks;
  const part = walks.parts[depth] as Part;
  const { early } = part;
  walks.nodesLeft -= 1;
  const last = fall(walks, part, walking) <= 1 || depth === MOST_DEPTH || walks.nodesLeft < 0;
  if (!matters(look, from, to, begin, end, last)) return;

  for (const i of walking) {
    divide(look, part, i, node, to - from);
    const losses = (early.losses[i] as number) + (early.kicked[i] as number);
    walks.up[i] = Math.max(0, (part.begin[i] as number) + (early.gains[i] as number) - losses);
  }
  levelsOf(state, walks.up, walks.low, counted.levels);
  const middle = walks.low[service] as number;
  if (middle < (seen.lowest[service] as number)) seen.lowest[service] = middle;
  const half = 0.5 * (from + to);
  const next = walks.parts[depth + 1] as Part;
  for (const i of walking) {
    const losses = early.losses[i] as number;
    const gains = early.gains[i] as number;
    const kicked = early.kicked[i] as number;
    const fresh = early.fresh[i] as number;
    next.begin[i] = (part.begin[i] as number) + gains - losses - kicked;
    next.waiting[i] = (part.waiting[i] as number) + fresh + kicked - gains;
    next.losses[i] = (part.losses[i] as number) - losses;
    next.gains[i] = (part.gains[i] as number) - gains;
    next.kicked[i] = (part.kicked[i] as number) - kicked;
    next.blows[i] = (part.blows[i] as number) - (early.blows[i] as number);
    next.fresh[i] = (part.fresh[i] as number) - fresh;
  }
  halve(look, depth + 1, 2 * node + 1, half, to, middle, end);
  for (const i of walking) {
    next.begin[i] = part.begin[i] as number;
    next.waiting[i] = part.waiting[i] as number;
    next.losses[i] = early.losses[i] as number;
    next.gains[i] = early.gains[i] as number;
    next.kicked[i] = early.kicked[i] as number;
    next.blows[i] = early.blows[i] as number;
    next.fresh[i] = early.fresh[i] as number;
  }
  halve(look, depth + 1, 2 * node, from, half, begin, middle);
}

/** What of a pool's moves falls into the first half of a part of so many seconds. */
function divide({ walks, state }: Look, part: Part, i: number, node: number, seconds: number): void {
  const { early } = part;
  const random = createRandom(state.steps * NODES + node, walks.seed ^ Math.imul(i + 1, 0x85ebca6b));
  early.losses[i] = binomial(random, part.losses[i] as number, 0.5);
  const { retryMeans } = state.program.pools[i] as Program['pools'][number];
  const wait: Wait = {
    waiting: part.waiting[i] as number,
    fresh: part.fresh[i] as number,
    kicked: part.kicked[i] as number,
    blows: part.blows[i] as number,
    gains: part.gains[i] as number,
  };
  if (walks.rates[i] === UNKNOWN) walks.rates[i] = rateOfReturn(wait, seconds, 1 / (retryMeans[0] as number));
  const half = firstHalf(random, wait, 0.5 * seconds * (walks.rates[i] as number));
  early.gains[i] = half.gains;
  early.kicked[i] = half.kicked;
  early.blows[i] = half.blows;
  early.fresh[i] = half.fresh;
}

/** Notes the last moment below a level where it is found, and tells whether there can be more to find within this part. */
function matters(look: Look, from: number, to: number, begin: number, end: number, last: boolean): boolean {
  const { walks, state, seen, service, counted } = look;
  const { recoveryLevels, firstStepSeconds } = state.program;
  levelsOf(state, walks.up, walks.low, counted.levels);
  const least = walks.low[service] as number;
  const short = last || to - from <= PRECISION * (to - firstStepSeconds);
  let more = least < worthLooking(seen.lowest[service] as number);
  for (let at = 0; at < walks.open.length; at++) {
    const asked = recoveryLevels[at] as number;
    if (walks.open[at] === 0 || least >= asked) continue;
    if (short && begin < asked) {
      walks.open[at] = 0;
      const share = end > begin ? (asked - begin) / (end - begin) : 1;
      (seen.back[service] as Float64Array)[at] = from + share * (to - from) - firstStepSeconds;
    } else more = true;
  }
  return more && !last;
}
