import { heldLinks, LEAF, type NeedNode, SOME } from './needs.ts';
import { createSets, enter, type PlaceSets } from './place-sets.ts';
import type { Pool } from './program.ts';
import { uniform } from './random.ts';
import { emptyRoom, inProportion, roomFor, slack } from './rooms.ts';
import { binomial, hypergeometric } from './samplers.ts';
import type { State } from './state.ts';

/** So many or fewer that join at once are placed one after the other, where each choice goes by the room that is left. */
const ONE_BY_ONE = 128;
/** More than that by this part of what is left. */
const PARTS = 32;

/** `count` instances join: they use up admission and take places. */
export function takeJoint(state: State, pool: Pool, count: number): void {
  const sets = state.sets[pool.index] as PlaceSets;
  const { needs } = pool;
  if (needs.alternatives !== null) {
    takeAlternatives(state, pool, sets, needs.alternatives, count);
    return;
  }
  const walk: Walk = {
    population: state.size[pool.index] as number,
    pick: (node, open, missing, many) => pickByRoom(state, node, open, missing, many, walk.population),
    settle: (kept, asked, many) => {
      useAdmissions(state, asked, many);
      enter(state.held, sets, heldLinks(kept), many);
    },
  };
  // Several choices, and each by the room that is left: only one at a time are they in their order.
  const alone = count <= ONE_BY_ONE && needs.choices.length + needs.choicesToStart.length > 1;
  const part = alone ? 1 : count;
  for (let left = count; left > 0; left -= part) fulfil(needs, walk, part);
}

/** The same where one of several pools is all that is chosen: no more than how many take which. */
function takeAlternatives(
  state: State,
  pool: Pool,
  sets: PlaceSets,
  alternatives: NonNullable<Pool['needs']['alternatives']>,
  count: number,
): void {
  const { operands } = pool.needs.choices[0] as NeedNode;
  const rooms = operands.map((operand) => roomFor(state, operand));
  const shares = splitByRoom(state, rooms, operands, count, state.size[pool.index] as number);
  for (let at = 0; at < alternatives.length; at++) {
    const share = shares[at] as number;
    if (!(share > 0)) continue;
    const { asked, links, key } = alternatives[at] as (typeof alternatives)[number];
    useAdmissions(state, asked, share);
    enter(state.held, sets, links, share, key);
  }
}

function useAdmissions(state: State, asked: readonly NeedNode[], count: number): void {
  for (let at = 0; at < asked.length; at++) {
    const { link: index } = asked[at] as NeedNode;
    const link = state.program.links[index];
    if (link?.hard && link.ratePerSecond > 0) state.allowance[index] = (state.allowance[index] as number) - count;
  }
}

/** Everybody in the beginning, with no chance: each where the least part of the room has been taken. */
export function placeJoint(state: Pick<State, 'program' | 'up' | 'held'>, pool: Pool): PlaceSets {
  const sets = createSets();
  const taken = new Map<NeedNode, number>();
  const population = pool.instances;
  const walk: Walk = {
    population,
    pick: (node, open, missing, many) => {
      if (many > MOST_PARTS && missing === 1) {
        const rooms = open.map((at) => emptyRoom(state, node.operands[at] as NeedNode, population));
        return inProportion(rooms, many, many).map((count, i) => ({ chosen: [open[i] as number], count }));
      }
      const load = (at: number): number => {
        const operand = node.operands[at] as NeedNode;
        return (taken.get(operand) ?? 0) / emptyRoom(state, operand, population);
      };
      const loads = node.operands.map((_, at) => load(at));
      const chosen = [...open].sort((a, b) => order(loads[a], loads[b]) || a - b).slice(0, missing);
      for (const at of chosen) {
        const operand = node.operands[at] as NeedNode;
        taken.set(operand, (taken.get(operand) ?? 0) + many);
      }
      return [{ chosen, count: many }];
    },
    settle: (kept, _asked, many) => enter(state.held, sets, heldLinks(kept), many),
  };
  // One by one as far as anybody would see the difference; all at once where each choice is of one.
  const choicesOfOne = pool.needs.choices.every((node) => node.count === 1 && node.operands.every(isLeaf));
  const part = choicesOfOne && population > MOST_PARTS ? population : Math.ceil(population / MOST_PARTS);
  for (let left = population; left > 0; left -= part)
    fulfil({ ...pool.needs, plainToStart: [], choicesToStart: [] }, walk, Math.min(part, left));
  return sets;
}

const MOST_PARTS = 1024;

const isLeaf = ({ kind }: NeedNode): boolean => kind === LEAF;

const order = (a: number | undefined, b: number | undefined): number => (a === b ? 0 : (a ?? 0) > (b ?? 0) ? 1 : -1);

interface Walk {
  readonly population: number;
  /** How many take which of the open operands of a choice, `missing` each. */
  readonly pick: (
    node: NeedNode,
    open: readonly number[],
    missing: number,
    count: number,
  ) => Iterable<{ readonly chosen: readonly number[]; readonly count: number }>;
  readonly settle: (kept: readonly NeedNode[], asked: readonly NeedNode[], count: number) => void;
}

/** Goes through the needs of `count` instances, and parts them where they choose differently. */
function fulfil(needs: Pool['needs'], walk: Walk, count: number): void {
  // To-start needs after the others: what is held serves them too.
  const visit = (
    todo: readonly NeedNode[],
    kept: readonly NeedNode[],
    asked: readonly NeedNode[],
    toStart: boolean,
    many: number,
  ): void => {
    const [node, ...rest] = todo;
    if (node === undefined) {
      if (toStart) walk.settle(kept, asked, many);
      else visit(needs.choicesToStart, kept, merged(kept, needs.plainToStart), true, many);
    } else if (node.kind === LEAF) {
      if (toStart) visit(rest, kept, merged(asked, [node]), toStart, many);
      else visit(rest, merged(kept, [node]), asked, toStart, many);
    } else if (node.kind !== SOME) {
      visit([...node.operands, ...rest].sort(leavesFirst), kept, asked, toStart, many);
    } else {
      const has = toStart ? asked : kept;
      const open: number[] = [];
      node.operands.forEach((operand, at) => {
        if (!fulfilledBy(operand, has)) open.push(at);
      });
      const missing = node.count - (node.operands.length - open.length);
      if (missing <= 0) visit(rest, kept, asked, toStart, many);
      else
        for (const part of walk.pick(node, open, missing, many)) {
          const chosen = part.chosen.map((at) => node.operands[at] as NeedNode);
          if (part.count > 0) visit([...chosen, ...rest], kept, asked, toStart, part.count);
        }
    }
  };
  visit(needs.choices, needs.plain, [], false, count);
}

const leavesFirst = (a: NeedNode, b: NeedNode): number => a.kind - b.kind;

const merged = (list: readonly NeedNode[], more: readonly NeedNode[]): readonly NeedNode[] => {
  const fresh = more.filter((leaf) => !list.some((one) => one.pool === leaf.pool));
  return fresh.length === 0 ? list : [...list, ...fresh];
};

function fulfilledBy(node: NeedNode, has: readonly NeedNode[]): boolean {
  if (node.kind === LEAF) return has.some((one) => one.pool === node.pool);
  const count = node.kind === SOME ? node.count : node.operands.length;
  return node.operands.filter((operand) => fulfilledBy(operand, has)).length >= count;
}

/** `or`: each takes one of the places that are free, any of them alike. `k of`: the k operands with most room. */
function* pickByRoom(
  state: State,
  node: NeedNode,
  open: readonly number[],
  missing: number,
  count: number,
  population: number,
): Generator<{ readonly chosen: readonly number[]; readonly count: number }> {
  const rooms = (): number[] => open.map((at) => roomFor(state, node.operands[at] as NeedNode));
  if (node.count > 1) {
    for (let left = count; left > 0; ) {
      const now = rooms();
      const slacks = open.map((at) => slack(state, node.operands[at] as NeedNode));
      const best = open
        .map((_, i) => i)
        .sort((a, b) => order(now[b], now[a]) || order(slacks[b], slacks[a]) || a - b)
        .slice(0, missing);
      const least = now[best[best.length - 1] as number] as number;
      // Ever smaller parts, and one by one in the end, so that nowhere is one too many.
      const part = left <= ONE_BY_ONE ? 1 : Math.min(left, Math.max(1, Math.min(least, Math.ceil(left / PARTS))));
      yield { chosen: best.map((i) => open[i] as number), count: part };
      left -= part;
    }
    return;
  }
  const shares = splitByRoom(
    state,
    rooms(),
    open.map((at) => node.operands[at] as NeedNode),
    count,
    population,
  );
  for (let i = 0; i < open.length; i++) yield { chosen: [open[i] as number], count: shares[i] as number };
}

/** Of `count`, how many take each alternative. One without a limit counts with the room that it has when empty. */
export function splitByRoom(
  state: State,
  rooms: readonly number[],
  operands: readonly NeedNode[],
  count: number,
  population: number,
): number[] {
  const weights = rooms.map((room, at) =>
    room < Infinity ? room : emptyRoom(state, operands[at] as NeedNode, population),
  );
  let all = weights.reduce((sum, weight) => sum + weight, 0);
  if (count === 1) {
    let left = uniform(state.random) * all;
    let chosen = -1;
    for (let at = 0; at < weights.length && chosen < 0; at++) {
      left -= weights[at] as number;
      if (left < 0) chosen = at;
    }
    return weights.map((_, at) => (at === Math.max(0, chosen) ? 1 : 0));
  }
  let left = count;
  if (rooms.every((room) => room < Infinity)) {
    return rooms.map((room) => {
      const share = hypergeometric(state.random, room, all - room, left);
      all -= room;
      left -= share;
      return share;
    });
  }
  let unlimited = -1;
  const shares = weights.map((weight, at) => {
    if (rooms[at] === Infinity) unlimited = at;
    const share = Math.min(rooms[at] ?? 0, weight >= all ? left : binomial(state.random, left, weight / all));
    all -= weight;
    left -= share;
    return share;
  });
  // What a full one could not take goes where there is no limit.
  return shares.map((share, at) => (at === unlimited ? share + left : share));
}
