import { ALL, LEAF, type NeedNode } from './needs.ts';
import { VACANT } from './program.ts';
import { uniform } from './random.ts';
import { schedule } from './returns.ts';
import { hypergeometric } from './samplers.ts';
import { nominalRoom, type State } from './state.ts';

/** Who holds a place where, and what happens to it when either side goes. */

/**
 * `count` of a pool's up instances crash. What they held elsewhere is free again; what was held at them is starting
 * again, and so on for what was held at those.
 */
export function crashUp(state: State, pool: number, count: number): void {
  if (!(count > 0)) return;
  const before = state.up[pool] as number;
  changeUp(state, pool, -count);
  const { hold } = state.program.pools[pool] as State['program']['pools'][number];
  if (hold !== null) release(state, hold, count, null);
  sendDown(state, pool, count);
  if ((state.program.pools[pool] as State['program']['pools'][number]).serves.length > 0)
    passOn(state, pool, count, before);
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
      for (const leaf of link.leaves) {
        const share = evenShare(state, state.places[leaf.place] as number, lost, of);
        if (share === 0) continue;
        const consumer = state.program.pools[link.consumer] as State['program']['pools'][number];
        const consumersUp = state.up[link.consumer] as number;
        changeUp(state, link.consumer, -share);
        if (consumer.hold !== null) release(state, consumer.hold, share, leaf);
        if (consumer.comeback !== VACANT) {
          addStarting(state, link.consumer, share);
          state.displaced[link.consumer] = (state.displaced[link.consumer] as number) + share;
        }
        if (consumer.serves.length > 0) pending.push(link.consumer, share, consumersUp);
      }
    }
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
}

export function changeUp(state: State, pool: number, by: number): void {
  const before = state.up[pool] as number;
  state.up[pool] = before + by;
  if (before === 0 || before + by === 0) state.stale = true;
}

/** Frees the places of `count` instances. Of those who lost one through `via`, the choices that led there are known. */
function release(state: State, node: NeedNode, count: number, via: NeedNode | null): void {
  if (count === 0) return;
  if (node.kind === LEAF) {
    if (node.place < 0) return;
    state.places[node.place] = (state.places[node.place] as number) - count;
    state.held[node.link] = (state.held[node.link] as number) - count;
    return;
  }
  if (node.kind === ALL) {
    for (const operand of node.operands) release(state, operand, count, via);
    return;
  }
  const { branch, operands } = node;
  const chosen = via === null ? -1 : (via.path.find((step) => step.branch === branch)?.operand ?? -1);
  if (node.count > 1) {
    releaseSeveral(state, node, count, via, chosen);
    return;
  }
  if (chosen >= 0) {
    leave(state, node, chosen, count, via);
    return;
  }
  let left = count;
  let all = 0;
  for (let at = 0; at < operands.length; at++) all += state.branches[branch + at] as number;
  for (let at = 0; at < operands.length && left > 0; at++) {
    const here = state.branches[branch + at] as number;
    const share = hypergeometric(state.random, here, all - here, left);
    all -= here;
    left -= share;
    leave(state, node, at, share, via);
  }
}

/**
 * `k of` with k > 1: everybody is in k branches, in none twice, and only the totals are known. Branches lose in
 * proportion, within the bounds that nobody is lost twice and no branch keeps more than are left.
 */
function releaseSeveral(state: State, node: NeedNode, count: number, via: NeedNode | null, chosen: number): void {
  const { branch, operands } = node;
  let all = 0;
  for (let at = 0; at < operands.length; at++) all += state.branches[branch + at] as number;
  const kept = Math.max(0, all / node.count - count);
  let left = count * node.count;
  const shares = operands.map((_, at) => {
    const here = state.branches[branch + at] as number;
    const least = at === chosen ? count : Math.max(0, here - kept);
    left -= least;
    return least;
  });
  const open = operands.map((_, at) =>
    at === chosen ? 0 : Math.min(state.branches[branch + at] as number, count) - (shares[at] as number),
  );
  const room = open.reduce((sum, one) => sum + one, 0);
  const offset = uniform(state.random);
  let passed = 0;
  let given = 0;
  for (let at = 0; at < operands.length && left > 0; at++) {
    passed += open[at] as number;
    const share = Math.min(open[at] as number, Math.floor((passed / room) * left + offset) - given);
    given += share;
    shares[at] = (shares[at] as number) + share;
  }
  for (let at = 0; at < operands.length; at++) leave(state, node, at, shares[at] as number, via);
}

function leave(state: State, node: NeedNode, at: number, count: number, via: NeedNode | null): void {
  state.branches[node.branch + at] = (state.branches[node.branch + at] as number) - count;
  release(state, node.operands[at] as NeedNode, count, via);
}

/** At least one instance is up, and what it goes on needing functions: the greatest fixed point, as in the analysis. */
export function refreshFunctions(state: State): void {
  if (!state.stale) return;
  state.stale = false;
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
  if (node.kind === LEAF) return node.pool < 0 || state.functions[node.pool] === 1;
  if (node.kind === ALL) return node.operands.every((operand) => holds(state, operand));
  let count = 0;
  for (const operand of node.operands) if (holds(state, operand)) count += 1;
  return count >= node.count;
}

/** Which share of the attempts that a pool makes asks this leaf: all, but for the choices above it. */
export function askedShare(state: State, node: NeedNode, root: NeedNode): number {
  let share = 1;
  let at = root;
  for (const step of node.path) {
    at = choiceIn(at, step.branch) ?? at;
    const rooms = at.operands.map((operand) => nominalRoom(state, operand, 1e15));
    const sum = rooms.reduce((all, room) => all + room, 0);
    share *= sum > 0 ? (at.count * (rooms[step.operand] ?? 0)) / sum : at.count / at.operands.length;
    at = at.operands[step.operand] ?? at;
  }
  return Math.min(1, share);
}

function choiceIn(node: NeedNode, branch: number): NeedNode | undefined {
  if (node.kind === LEAF) return undefined;
  if (node.kind !== ALL) return node.branch === branch ? node : undefined;
  for (const operand of node.operands) {
    const found = choiceIn(operand, branch);
    if (found !== undefined) return found;
  }
  return undefined;
}
