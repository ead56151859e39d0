import type { NeedNode } from './needs.ts';
import { ALL, LEAF } from './needs.ts';
import type { Program } from './program.ts';
import { createRandom, type Random } from './random.ts';
import { createReturns, type Returns } from './returns.ts';

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
  /** Joins or promotions so far. */
  readonly joined: Float64Array;
  /** Starting instances by number of refusals so far, as in `Pool.retryMeans`. */
  readonly waiting: readonly Float64Array[];
  /** Those who lost their place since the step, or its second half, began. */
  readonly displaced: Float64Array;
  readonly returns: readonly Returns[];
  /** 1 while at least one instance is up and what it needs functions. */
  readonly functions: Uint8Array;
  /** Set when a pool came to none or from none, so that `functions` must be found anew. */
  stale: boolean;
  /** By link: places taken; admissions that have accrued and are not used; when they last accrued. */
  readonly held: Float64Array;
  readonly allowance: Float64Array;
  readonly accruedSeconds: Float64Array;
  readonly places: Float64Array;
  readonly branches: Float64Array;
  /** By pool: joins a second for the load, measured over no less than a second, and where that measure began. */
  readonly joinRate: Float64Array;
  readonly rateSeconds: Float64Array;
  readonly rateJoined: Float64Array;
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
  const state: State = {
    program,
    random: createRandom(seed),
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
    waiting: program.pools.map((pool) => new Float64Array(pool.retryMeans.length)),
    displaced: numbers(),
    returns: program.pools.map(createReturns),
    functions: new Uint8Array(count),
    stale: true,
    held: new Float64Array(program.links.length),
    allowance: new Float64Array(program.links.length),
    accruedSeconds: new Float64Array(program.links.length),
    places: new Float64Array(program.tally.places),
    branches: new Float64Array(program.tally.branches),
    joinRate: numbers(),
    rateSeconds: numbers(),
    rateJoined: numbers(),
    plan: {
      endSeconds: 0,
      single: 0,
      crash: numbers(),
      restart: numbers(),
      promotion: numbers(),
      attempt: numbers(),
      hazard: numbers(),
      promoted: numbers(),
      few: new Uint8Array(count),
      small: new Uint8Array(count),
      drift: numbers(),
      gain: numbers(),
      kicked: numbers(),
    },
    steps: 0,
  };
  for (const pool of program.pools) if (pool.hold) placeAll(state, pool.hold, pool.instances);
  return state;
}

function placeAll(state: State, node: NeedNode, count: number): void {
  if (node.kind === LEAF) {
    if (node.place >= 0) {
      state.places[node.place] = count;
      state.held[node.link] = (state.held[node.link] as number) + count;
    }
    return;
  }
  if (node.kind === ALL) {
    for (const operand of node.operands) placeAll(state, operand, count);
    return;
  }
  const shares = inProportion(
    node.operands.map((operand) => nominalRoom(state, operand, count)),
    count,
    count * node.count,
  );
  node.operands.forEach((operand, at) => {
    const share = shares[at] ?? 0;
    if (node.branch >= 0) state.branches[node.branch + at] = share;
    placeAll(state, operand, share);
  });
}

/** Room for the consumer when all is up, whoever has taken it; the population where room is no limit. */
export function nominalRoom(state: State, node: NeedNode, population: number): number {
  if (node.kind === LEAF) {
    const link = node.link < 0 ? undefined : state.program.links[node.link];
    return link === undefined || link.capacity === 0 ? population : link.capacity * (state.up[link.server] as number);
  }
  const rooms = node.operands.map((operand) => nominalRoom(state, operand, population));
  if (node.kind === ALL) return Math.min(...rooms);
  if (node.sums) return rooms.reduce((sum, room) => sum + room, 0);
  return rooms.sort((a, b) => b - a)[node.count - 1] ?? 0;
}

/** Whole shares of `total` in proportion to weights, none above `most`; what rounding leaves goes to the first. */
function inProportion(weights: readonly number[], most: number, total: number): number[] {
  const shares = weights.map(() => 0);
  let left = total;
  let open = weights.map((_, at) => at);
  while (left > 0 && open.length > 0) {
    const sum = open.reduce((all, at) => all + (weights[at] ?? 0), 0);
    const before = left;
    for (const at of open) {
      const wanted = sum > 0 ? Math.floor((before * (weights[at] ?? 0)) / sum) : 0;
      const given = Math.min(wanted, left, most - (shares[at] ?? 0));
      shares[at] = (shares[at] ?? 0) + given;
      left -= given;
    }
    open = open.filter((at) => (shares[at] ?? 0) < most);
    // Less than one for each: hand out what is left one by one.
    if (left === before || left < open.length) {
      for (const at of open) {
        const given = Math.min(left, most - (shares[at] ?? 0), left === before ? most : 1);
        shares[at] = (shares[at] ?? 0) + given;
        left -= given;
      }
      if (left === before) break;
    }
  }
  return shares;
}
