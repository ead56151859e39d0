import { ALL, LEAF, type NeedNode } from './needs.ts';
import type { State } from './state.ts';

/** Needs as capacities: how many instances can join by them. */

/** How many can join by this need at once: 0 where something does not function, Infinity where nothing limits. */
export const capacity = (state: State, node: NeedNode | null): number =>
  node === null ? Infinity : roomOf(state, node, true);

/** The room that one of them sees, to choose by. */
export const roomFor = (state: State, node: NeedNode): number => roomOf(state, node, false);

/** Where two choices lead to one pool, all at once may count on no more than their part of it each. */
function roomOf(state: State, node: NeedNode, parted: boolean): number {
  const { operands } = node;
  if (node.kind === LEAF) {
    if (state.functions[node.pool] === 0) return 0;
    if (node.link < 0) return Infinity;
    const room = linkRoom(state, node);
    // The last place may be taken by either.
    return !parted || node.occurrences === 1 || room <= 1 ? room : Math.max(1, Math.floor(room / node.occurrences));
  }
  if (node.kind === ALL) {
    let least = Infinity;
    for (let i = 0; i < operands.length && least > 0; i++) {
      const one = roomOf(state, operands[i] as NeedNode, parted);
      if (one < least) least = one;
    }
    return least;
  }
  const rooms = operands.map((operand) => roomOf(state, operand, parted));
  return Math.floor(packing(rooms, node.count));
}

function linkRoom(state: State, node: NeedNode): number {
  const link = state.program.links[node.link] as State['program']['links'][number];
  if (!link.hard) return Infinity;
  let least = Infinity;
  // The little more than the sum of a rate's parts makes up for their rounding.
  if (node.asks) least = Math.floor((state.allowance[node.link] as number) + 1e-9);
  if (link.capacity > 0) {
    const room = link.capacity * (state.up[link.server] as number) - (state.held[node.link] as number);
    if (room < least) least = room > 0 ? Math.floor(room) : 0;
  }
  return least;
}

/**
 * How many can each have room at `count` different ones, one after the other, each where there is most: for one of them
 * the sum (`or`), for more the k-th largest or more than that (McNaughton, Management Science 6, 1959).
 */
export function packing(rooms: readonly number[], count: number): number {
  if (count === 1) {
    let sum = 0;
    for (let i = 0; i < rooms.length; i++) sum += rooms[i] as number;
    return sum;
  }
  const sorted = [...rooms].sort((a, b) => b - a);
  let rest = 0;
  for (let at = count; at < sorted.length; at++) rest += sorted[at] as number;
  let least = Infinity;
  // The j largest are as good as unlimited; so many take their other places in what is left.
  for (let j = count - 1; j >= 0; j--) {
    rest += sorted[j] as number;
    least = Math.min(least, rest / (count - j));
  }
  return least;
}

/** Room for the consumer when nobody has taken any; the population where room is no limit. */
export function emptyRoom(state: Pick<State, 'program' | 'up'>, node: NeedNode, population: number): number {
  const room = wholeRoom(state, node);
  return room === Infinity ? population : room;
}

function wholeRoom(state: Pick<State, 'program' | 'up'>, node: NeedNode): number {
  if (node.kind === LEAF) {
    const link = node.link < 0 ? undefined : state.program.links[node.link];
    return link === undefined || link.capacity === 0 ? Infinity : link.capacity * (state.up[link.server] as number);
  }
  return folded(node, (operand) => wholeRoom(state, operand));
}

/** Room that is left, less than none where a server takes all who come; Infinity where room is no limit. */
export function slack(state: State, node: NeedNode): number {
  if (node.kind === LEAF) {
    const link = node.link < 0 ? undefined : state.program.links[node.link];
    return link === undefined || link.capacity === 0
      ? Infinity
      : link.capacity * (state.up[link.server] as number) - (state.held[node.link] as number);
  }
  return folded(node, (operand) => slack(state, operand));
}

/** `and` is the least, `or` the sum, `k of` the k-th largest. */
function folded(node: NeedNode, of: (operand: NeedNode) => number): number {
  const values = node.operands.map(of);
  if (node.kind === ALL) return values.reduce((least, one) => Math.min(least, one), Infinity);
  if (node.count === 1) return values.reduce((sum, one) => sum + one, 0);
  return values.sort((a, b) => b - a)[node.count - 1] ?? 0;
}

/** Whole shares of `total` in proportion to weights, none above `most`; what rounding leaves goes to the first. */
export function inProportion(weights: readonly number[], most: number, total: number): number[] {
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
