import { takeJoint } from './joint.ts';
import type { Link } from './links.ts';
import { releaseLoose, takeLoose } from './loose.ts';
import { ALL, FIXED_PLACES, JOINT_PLACES, LEAF, LOOSE_PLACES, type NeedNode } from './needs.ts';
import { type PlaceSets, releaseAny, releaseHolders } from './place-sets.ts';
import { type Pool, VACANT } from './program.ts';
import { uniform } from './random.ts';
import { schedule } from './returns.ts';
import { hypergeometric } from './samplers.ts';
import type { State } from './state.ts';
import { giveTurn } from './turns.ts';

/** Who holds a place where, and what happens to it when either side goes. */

/**
 * `count` of a pool's up instances crash. What they held elsewhere is free again; what was held at them is starting
 * again, and so on for what was held at those.
 */
export function crashUp(state: State, pool: number, count: number): void {
  if (!(count > 0)) return;
  const before = state.up[pool] as number;
  changeUp(state, pool, -count);
  state.crashes[pool] = (state.crashes[pool] as number) + count;
  const one = state.program.pools[pool] as Pool;
  release(state, one, count);
  sendDown(state, pool, count);
  if (one.serves.length > 0) passOn(state, pool, count, before);
}

/** Crashed instances wait for their restart; a promoted pool's just leave a vacancy. */
export function sendDown(state: State, pool: number, count: number): void {
  const one = state.program.pools[pool] as State['program']['pools'][number];
  if (one.comeback === VACANT) return;
  state.down[pool] = (state.down[pool] as number) + count;
  schedule(
    state.random,
    one,
    state.returns[pool] as State['returns'][number],
    state.seconds,
    state.crashFromSeconds,
    state.crashToSeconds,
    count,
    state.plan.small[pool] === 1,
  );
}

/**
 * The losses of a pool reach its consumers, theirs reach their own. A list, not a recursion: pools may serve each
 * other in a circle, and each round there loses a few more. Counts are taken off at once and in this order, so that
 * what waits in the list is consistent with the counts.
 */
function passOn(state: State, pool: number, count: number, before: number): void {
  const pending = [pool, count, before];
  for (let at = 0; at < pending.length; at += 3) {
    const server = pending[at] as number;
    const lost = pending[at + 1] as number;
    const of = pending[at + 2] as number;
    for (const linkIndex of (state.program.pools[server] as State['program']['pools'][number]).serves) {
      const link = state.program.links[linkIndex] as State['program']['links'][number];
      const consumer = state.program.pools[link.consumer] as Pool;
      const consumersUp = state.up[link.consumer] as number;
      const share = loseHolders(state, consumer, linkIndex, lost, of);
      if (share === 0) continue;
      changeUp(state, link.consumer, -share);
      state.kicked[link.consumer] = (state.kicked[link.consumer] as number) + share;
      // Those at one lost server go at one moment, and so do theirs.
      const blows = Math.min(count, share);
      state.blows[link.consumer] = (state.blows[link.consumer] as number) + blows;
      if (consumer.comeback !== VACANT) {
        addStarting(state, link.consumer, share);
        state.displaced[link.consumer] = (state.displaced[link.consumer] as number) + share;
        state.displacedBy[link.consumer] = (state.displacedBy[link.consumer] as number) + blows;
      }
      if (consumer.serves.length > 0) pending.push(link.consumer, share, consumersUp);
    }
  }
}

/** Of a pool's instances that hold a place on a link, those at `lost` of `of` servers lose it, and their others with it. */
function loseHolders(state: State, pool: Pool, linkIndex: number, lost: number, of: number): number {
  if (pool.needs.placing === LOOSE_PLACES) {
    let all = 0;
    for (const leaf of state.program.links[linkIndex]?.leaves ?? []) {
      const share = evenShare(state, state.places[leaf.place] as number, lost, of);
      if (share > 0 && pool.hold !== null) releaseLoose(state, pool.hold, share, leaf);
      all += share;
    }
    return all;
  }
  const share = evenShare(state, state.held[linkIndex] as number, lost, of);
  if (share === 0) return 0;
  if (pool.needs.placing === FIXED_PLACES) release(state, pool, share);
  else releaseHolders(state, state.sets[pool.index] as PlaceSets, linkIndex, share);
  return share;
}

/** `count` of a pool's instances let go of what they hold, any of them alike. */
function release(state: State, pool: Pool, count: number): void {
  const { placing, plain } = pool.needs;
  if (placing === FIXED_PLACES) {
    for (let at = 0; at < plain.length; at++) {
      const { holds, link } = plain[at] as NeedNode;
      if (holds) state.held[link] = (state.held[link] as number) - count;
    }
  } else if (placing === JOINT_PLACES) releaseAny(state, state.sets[pool.index] as PlaceSets, count);
  else if (pool.hold !== null) releaseLoose(state, pool.hold, count, null);
}

/** `count` instances of a pool join: they use up admission and take places. */
export function take(state: State, pool: Pool, count: number): void {
  if (count === 0) return;
  const { placing, plain, plainToStart } = pool.needs;
  if (placing === JOINT_PLACES) takeJoint(state, pool, count);
  else if (placing === LOOSE_PLACES) takeLoose(state, pool.join, count, state.size[pool.index] as number);
  else {
    for (let at = 0; at < plain.length; at++) takeLoose(state, plain[at] as NeedNode, count, 0);
    for (let at = 0; at < plainToStart.length; at++) takeLoose(state, plainToStart[at] as NeedNode, count, 0);
  }
}

/** What `lost` of `of` instances held, when `held` is spread evenly: so many each, and one more on some. */
function evenShare(state: State, held: number, lost: number, of: number): number {
  if (held === 0) return 0;
  if (lost >= of) return held;
  const each = Math.floor(held / of);
  // One more or less on an instance that holds a thousand: rounded by chance, exact on average.
  if (each > 1000) return Math.floor((held / of) * lost + uniform(state.random));
  const more = held - each * of;
  return lost * each + hypergeometric(state.random, more, of - more, lost);
}

export function addStarting(state: State, pool: number, count: number): void {
  state.starting[pool] = (state.starting[pool] as number) + count;
  const waiting = state.waiting[pool] as Float64Array;
  waiting[0] = (waiting[0] as number) + count;
  giveTurn(state, pool);
}

export function changeUp(state: State, pool: number, by: number): void {
  const before = state.up[pool] as number;
  state.up[pool] = before + by;
  state.version += 1;
  if (before === 0 || before + by === 0) state.stale = true;
  giveTurn(state, pool);
  const { pools, links } = state.program;
  const { serves } = pools[pool] as Pool;
  for (let at = 0; at < serves.length; at++) giveTurn(state, (links[serves[at] as number] as Link).consumer);
}

/** At least one instance is up, and what it goes on needing functions: the greatest fixed point, as in the analysis. */
export function refreshFunctions(state: State): void {
  if (!state.stale) return;
  state.stale = false;
  state.turns.seconds = -1;
  const { functions, up, program } = state;
  for (let i = 0; i < functions.length; i++) functions[i] = (up[i] as number) > 0 ? 1 : 0;
  for (let changed = true; changed; ) {
    changed = false;
    for (const pool of program.pools) {
      if (functions[pool.index] === 1 && pool.hold !== null && !holds(state, pool.hold)) {
        functions[pool.index] = 0;
        changed = true;
      }
    }
  }
}

function holds(state: State, node: NeedNode): boolean {
  if (node.kind === LEAF) return state.functions[node.pool] === 1;
  if (node.kind === ALL) return node.operands.every((operand) => holds(state, operand));
  let count = 0;
  for (const operand of node.operands) if (holds(state, operand)) count += 1;
  return count >= node.count;
}
