import { splitByRoom } from './joint.ts';
import { ALL, LEAF, type NeedNode } from './needs.ts';
import { uniform } from './random.ts';
import { emptyRoom, inProportion, roomFor, slack } from './rooms.ts';
import { hypergeometric } from './samplers.ts';
import type { State } from './state.ts';

/**
 * Large pools whose needs can be fulfilled in more ways than could be told apart (`2 of` a hundred): how many chose
 * each alternative is counted, and who loses one place is taken to have had the others in proportion.
 */

/** Frees the places of `count` instances. Of those who lost one through `via`, the choices that led there are known. */
export function releaseLoose(state: State, node: NeedNode, count: number, via: NeedNode | null): void {
  if (count === 0) return;
  if (node.kind === LEAF) {
    if (!node.holds) return;
    if (node.place >= 0) state.places[node.place] = (state.places[node.place] as number) - count;
    state.held[node.link] = (state.held[node.link] as number) - count;
    return;
  }
  if (node.kind === ALL) {
    for (const operand of node.operands) releaseLoose(state, operand, count, via);
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
  releaseLoose(state, node.operands[at] as NeedNode, count, via);
}

/** `count` instances of a pool of `population` join by this need: they use up admission and take places. */
export function takeLoose(state: State, node: NeedNode | null, count: number, population: number): void {
  if (node === null || count === 0) return;
  if (node.kind === LEAF) {
    if (node.link < 0) return;
    if (node.asks && (state.program.links[node.link] as State['program']['links'][number]).hard)
      state.allowance[node.link] = (state.allowance[node.link] as number) - count;
    if (!node.holds) return;
    if (node.place >= 0) state.places[node.place] = (state.places[node.place] as number) + count;
    state.held[node.link] = (state.held[node.link] as number) + count;
    return;
  }
  if (node.kind === ALL) {
    for (const operand of node.operands) takeLoose(state, operand, count, population);
    return;
  }
  const { operands, branch } = node;
  const rooms = operands.map((operand) => roomFor(state, operand));
  const shares =
    node.count === 1
      ? splitByRoom(state, rooms, operands, count, population)
      : fill(
          rooms,
          operands.map((operand) => slack(state, operand)),
          node.count,
          count,
        );
  operands.forEach((operand, at) => {
    const share = shares[at] as number;
    if (branch >= 0) state.branches[branch + at] = (state.branches[branch + at] as number) + share;
    takeLoose(state, operand, share, population);
  });
}

/** Everybody in the beginning, in proportion to room, even where that is more than the room. */
export function placeLoose(
  state: Pick<State, 'program' | 'up' | 'held' | 'places' | 'branches'>,
  node: NeedNode,
  count: number,
  population: number,
): void {
  if (node.kind === LEAF) {
    if (!node.holds) return;
    if (node.place >= 0) state.places[node.place] = count;
    state.held[node.link] = (state.held[node.link] as number) + count;
    return;
  }
  if (node.kind === ALL) {
    for (const operand of node.operands) placeLoose(state, operand, count, population);
    return;
  }
  const shares = inProportion(
    node.operands.map((operand) => emptyRoom(state, operand, population)),
    count,
    count * node.count,
  );
  node.operands.forEach((operand, at) => {
    const share = shares[at] ?? 0;
    state.branches[node.branch + at] = share;
    placeLoose(state, operand, share, population);
  });
}

/**
 * How many of `total` each take `count` different ones, one after the other where there is most room: all that stands
 * out above one level, nobody twice at the same. Where there is no limit, by the room that is left all the same.
 */
function fill(rooms: readonly number[], slacks: readonly number[], count: number, total: number): number[] {
  const unlimited = rooms.filter((room) => room === Infinity).length;
  if (unlimited >= count) {
    const open = slacks.map((one, at) => (rooms[at] === Infinity ? one : -Infinity));
    return open.filter((one) => one === Infinity).length >= count
      ? firstOf(open, count, total)
      : cut(open, count, total);
  }
  return cut(rooms, count, total);
}

function firstOf(rooms: readonly number[], count: number, total: number): number[] {
  let left = count;
  return rooms.map((room) => {
    if (room !== Infinity || left === 0) return 0;
    left -= 1;
    return total;
  });
}

function cut(rooms: readonly number[], count: number, total: number): number[] {
  const wanted = count * total;
  const above = (level: number): number =>
    rooms.reduce((sum, room) => sum + Math.min(total, Math.max(0, room - level)), 0);
  const finite = rooms.filter((room) => Number.isFinite(room));
  let low = Math.floor(finite.reduce((least, room) => Math.min(least, room), 0)) - total - 1;
  let high = finite.reduce((most, room) => Math.max(most, room), low + 1) + 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (above(middle) >= wanted) low = middle;
    else high = middle;
  }
  const shares = rooms.map((room) => Math.min(total, Math.max(0, Math.floor(room - low))));
  let excess = shares.reduce((sum, share) => sum + share, 0) - wanted;
  for (let at = shares.length - 1; at >= 0 && excess > 0; at--) {
    const share = shares[at] as number;
    if (share === 0 || (rooms[at] as number) - low > total) continue;
    shares[at] = share - 1;
    excess -= 1;
  }
  return shares;
}
