import { placeJoint } from './joint.ts';
import type { Link } from './links.ts';
import type { AskedShares, RecentJoins } from './load.ts';
import { placeLoose } from './loose.ts';
import { JOINT_PLACES } from './needs.ts';
import { copySets, createSets, type PlaceSets } from './place-sets.ts';
import type { Pool, Program } from './program.ts';
import { createRandom, type Random } from './random.ts';
import type { Chances } from './retrying.ts';
import { createReturns, type Returns } from './returns.ts';
import { createTurns, type Turns } from './turns.ts';

/**
 * Where a run stands: counts, nothing per instance. The one thing in the simulation that changes, and it never
 * leaves the run that made it. Arrays are by pool, by link, by place or by branch, as `Program` numbers them.
 */
export interface State {
  readonly program: Program;
  readonly random: Random;
  seconds: number;
  /** When the step under way began, and what was up then, by pool. */
  stepSeconds: number;
  readonly upBefore: Float64Array;
  /** Between which moments the crashes fell that are being drawn; the same moment for what happens alone. */
  crashFromSeconds: number;
  crashToSeconds: number;
  /** By pool: instances there should be, and how many of them work, wait to be let in, are crashed. */
  readonly size: Float64Array;
  readonly up: Float64Array;
  readonly starting: Float64Array;
  readonly down: Float64Array;
  /** Joins or promotions so far; and as many as there were, and as waited, when the step began. */
  readonly joined: Float64Array;
  readonly joinedBefore: Float64Array;
  readonly startingBefore: Float64Array;
  /** Who was up and crashed since then; who lost a place, and how many crashes of servers that took. */
  readonly crashes: Float64Array;
  readonly kicked: Float64Array;
  readonly blows: Float64Array;
  /** Starting instances by number of refusals so far, as in `Pool.retryMeans`. */
  readonly waiting: readonly Float64Array[];
  /** Those who lost their place since the step, or its second half, began; and by how many crashes of servers. */
  readonly displaced: Float64Array;
  readonly displacedBy: Float64Array;
  readonly returns: readonly Returns[];
  /** 1 while at least one instance is up and what it needs functions. */
  readonly functions: Uint8Array;
  /** Set when a pool came to none or from none, so that `functions` must be found anew. */
  stale: boolean;
  /** Who is to be looked at by those who let in; see turns.ts. */
  readonly turns: Turns;
  /** Counts the changes of `up` and `size`. */
  version: number;
  /** By link: places taken; admissions that have accrued and are not used; when they last accrued. */
  readonly held: Float64Array;
  readonly allowance: Float64Array;
  readonly accruedSeconds: Float64Array;
  /** What doors keep while those whom they let in take their places: each as many as it has let in, and no others. */
  readonly asides: { readonly index: number; readonly aside: number }[];
  /** By pool, where its instances choose whom they join: see joint.ts, and loose.ts for the other two. */
  readonly sets: readonly PlaceSets[];
  readonly places: Float64Array;
  readonly branches: Float64Array;
  /** By pool: its joins of the last second, for the load of what it asks; see load.ts. */
  readonly recent: readonly RecentJoins[];
  readonly askedShares: readonly AskedShares[];
  /** By `Pool.retryMeans`; see retrying.ts. */
  readonly chances: Map<Float64Array, Chances>;
  /** The choices made for the step under way; see stepping.ts. */
  readonly plan: Plan;
  steps: number;
}

export interface Plan {
  endSeconds: number;
  /** Sum of the rates of all that happens one by one in this step, per second. */
  single: number;
  /** By pool: rates of single events, per second. 0 where the pool is drawn in bulk. */
  readonly crash: Float64Array;
  readonly restart: Float64Array;
  readonly promotion: Float64Array;
  readonly attempt: Float64Array;
  /** By pool, for bulk: crashes per instance and second, promotions a second. */
  readonly hazard: Float64Array;
  readonly promoted: Float64Array;
  /** By pool: promotions drawn for the second half of the step, and how many were up at its middle; see promoting.ts. */
  readonly spare: Float64Array;
  readonly upMidway: Float64Array;
  /** By pool: how many were up when it was planned to be at rest; −1 if it is not. See planning.ts. */
  readonly rest: Float64Array;
  /** By pool: crashes and promotions come one by one; all of it does. */
  readonly few: Uint8Array;
  readonly small: Uint8Array;
  /** By pool: net instances a second that leave (−) or become (+) up, expected; and lost places of it. */
  readonly drift: Float64Array;
  readonly gain: Float64Array;
  readonly kicked: Float64Array;
}

/** Everything up, every consumer placed in proportion to room, even where that is more than the room. */
export function createState(program: Program, seed: number): State {
  const count = program.pools.length;
  const numbers = (): Float64Array => new Float64Array(count);
  const size = Float64Array.from(program.pools, (pool) => pool.instances);
  const begun = beginningOf(program);
  const state: State = {
    program,
    random: createRandom(seed, program.stream),
    seconds: 0,
    stepSeconds: 0,
    upBefore: size.slice(),
    crashFromSeconds: 0,
    crashToSeconds: 0,
    size,
    up: size.slice(),
    starting: numbers(),
    down: numbers(),
    joined: numbers(),
    joinedBefore: numbers(),
    startingBefore: numbers(),
    crashes: numbers(),
    kicked: numbers(),
    blows: numbers(),
    waiting: program.pools.map((pool) => new Float64Array(pool.retryMeans.length)),
    displaced: numbers(),
    displacedBy: numbers(),
    returns: program.pools.map(createReturns),
    functions: new Uint8Array(count),
    stale: true,
    turns: createTurns(count),
    version: 0,
    held: begun.held.slice(),
    // Nobody has asked for a while.
    asides: [],
    allowance: Float64Array.from(program.links, (link) =>
      mostKept(program.pools[link.consumer], link, link.ratePerSecond * (program.pools[link.server]?.instances ?? 0)),
    ),
    accruedSeconds: new Float64Array(program.links.length),
    sets: begun.sets.map((sets, index) =>
      program.pools[index]?.needs.placing === JOINT_PLACES ? copySets(sets) : sets,
    ),
    places: begun.places.slice(),
    branches: begun.branches.slice(),
    recent: program.pools.map(() => ({ spans: [], noted: 0 })),
    askedShares: program.pools.map(() => ({ version: -1, byLink: new Map() })),
    chances: new Map(),
    plan: {
      endSeconds: 0,
      single: 0,
      crash: numbers(),
      restart: numbers(),
      promotion: numbers(),
      attempt: numbers(),
      hazard: numbers(),
      promoted: numbers(),
      spare: numbers(),
      upMidway: numbers(),
      rest: numbers(),
      few: new Uint8Array(count),
      small: new Uint8Array(count),
      drift: numbers(),
      gain: numbers(),
      kicked: numbers(),
    },
    steps: 0,
  };
  return state;
}

type Beginning = Pick<State, 'program' | 'up' | 'held' | 'places' | 'branches' | 'sets'>;

/** The same for every run of a program, and found once. */
const beginnings = new WeakMap<Program, Beginning>();

function beginningOf(program: Program): Beginning {
  const known = beginnings.get(program);
  if (known) return known;
  const places = {
    program,
    up: Float64Array.from(program.pools, (pool) => pool.instances),
    held: new Float64Array(program.links.length),
    places: new Float64Array(program.tally.places),
    branches: new Float64Array(program.tally.branches),
  };
  const sets = program.pools.map((pool) => {
    if (pool.needs.placing === JOINT_PLACES) return placeJoint(places, pool);
    if (pool.hold !== null) placeLoose(places, pool.hold, pool.instances, pool.instances);
    return NO_SETS;
  });
  const beginning = { ...places, sets };
  beginnings.set(program, beginning);
  return beginning;
}

const NO_SETS = createSets();

/**
 * How many admissions an idle limiter keeps: few, so that it gives no burst to those who wait. Where attempts come
 * at moments of their own, what it lets in within a second: the limit is "so many a second", and those who come
 * at less than that are not refused for coming two at a time.
 */
export const mostKept = (pool: Pool | undefined, { kept }: Link, perSecond: number): number =>
  pool?.retries && perSecond > kept ? perSecond : kept;
