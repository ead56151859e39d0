import { solutionsBelow } from './cut-set-counts.ts';
import { type NodeTable, node, nodeTable, recall, remember, tick } from './node-table.ts';
import { EMPTY_SET, joined, NONE } from './set-diagram.ts';
import { STEPS_A_NODE } from './solve-module.ts';
import type { Leveled, Solution } from './solve-tree.ts';

/** Sets that are sorted for one that is listed, at most: to divide a family by names takes longer than to sort it. */
const SORTED_FOR_ONE = 2;

/** Lists cut sets of one order, of which there are `total`: no more than `most`, into `sets`. */
export type Listing = (sets: string[][], order: number, total: bigint, most: number) => void;

/**
 * Lists the minimal cut sets of a solution, order by order, in the order of their names: each set sorted by name, and
 * the sets by their first name, then their second. Only what is asked for is computed. A budget that ends throws, and
 * what is listed then are the first all the same.
 */
export function cutSetListing(
  top: Solution,
  nameOf: (event: number) => string,
  budget: { readonly maxNodes: number; readonly shouldStop?: (() => boolean) | undefined },
): Listing {
  const table = nodeTable({
    maxNodes: budget.maxNodes,
    maxSteps: STEPS_A_NODE * budget.maxNodes,
    shouldStop: budget.shouldStop,
  });
  const { ofOrder, events } = flattened(table, top);
  const alphabet = alphabetOf(events.map(nameOf));
  const first = firstsIn(table, alphabet);
  return (sets, order, total, most) => {
    const family = ofOrder(order);
    if (total <= BigInt(SORTED_FOR_ONE * most)) {
      for (const set of allSets(table, family, order, alphabet).slice(0, most)) sets.push(named(set, alphabet));
    } else alphabetically(table, family, { first, ...alphabet }, sets, sets.length + most);
  };
}

/** The names of a diagram's variables in the order of the alphabet, and by level the place of its name in it. */
interface Alphabet {
  readonly names: readonly string[];
  readonly ranks: Int32Array;
}

function alphabetOf(names: readonly string[]): Alphabet {
  const levels = [...names.keys()].sort((a, b) => compareNames(names[a] as string, names[b] as string));
  const ranks = new Int32Array(names.length);
  for (const [rank, level] of levels.entries()) ranks[level] = rank;
  return { names: levels.map((level) => names[level] as string), ranks };
}

const named = (set: ArrayLike<number>, { names }: Alphabet): string[] =>
  Array.from(set, (rank) => names[rank] as string);

/** A function that gives the first name, by its place in the alphabet, that stands in any set of a family. */
function firstsIn(table: NodeTable, { ranks }: Alphabet): (sets: number) => number {
  // By node: the place plus one; 0 where it has not been asked for.
  let known = new Int32Array(1 << 10);
  return first;

  function first(sets: number): number {
    if (sets <= 1) return NEVER;
    const index = sets >> 1;
    if (index >= known.length) {
      const more = new Int32Array(Math.max(2 * known.length, table.size));
      more.set(known);
      known = more;
    }
    const before = known[index] as number;
    if (before > 0) return before - 1;
    tick(table);
    const at = sets << 1;
    const own = ranks[table.records[at] as number] as number;
    const high = first(table.records[at + 1] as number);
    const low = first(table.records[at + 2] as number);
    const result = Math.min(own, high, low);
    known[index] = result + 1;
    return result;
  }
}

/** Adds the sets of a family in the order of their names until there are `most`. */
function alphabetically(
  table: NodeTable,
  family: number,
  alphabet: Alphabet & { readonly first: (sets: number) => number },
  into: string[][],
  most: number,
): void {
  const { first, ranks } = alphabet;
  const prefix: number[] = [];
  add(family);

  function add(sets: number): void {
    if (sets === EMPTY_SET) into.push(named(prefix, alphabet));
    for (let rest = sets; rest > 1 && into.length < most; ) {
      const rank = first(rest);
      prefix.push(rank);
      add(divided(rest, rank, HAVING));
      prefix.pop();
      if (into.length < most) rest = divided(rest, rank, LACKING);
    }
  }

  /** The sets with the first name in them, that one taken out; or those without it. */
  function divided(sets: number, rank: number, side: typeof HAVING | typeof LACKING): number {
    if (first(sets) > rank) return side === HAVING ? NONE : sets;
    const at = sets << 1;
    const level = table.records[at] as number;
    const [high, low] = [table.records[at + 1] as number, table.records[at + 2] as number];
    if (ranks[level] === rank) return side === HAVING ? high : low;
    const known = recall(table, sets, rank, side);
    if (known >= 0) return known;
    tick(table);
    const lows = divided(low, rank, side);
    const highs = divided(high, rank, side);
    return remember(table, sets, rank, side, highs === NONE ? lows : node(table, level, highs, lows));
  }
}

// Beside the numbers of the operations on sets.
const HAVING = 14;
const LACKING = 18;

/** All sets of `order` members, sorted, as places in the alphabet. */
function allSets(table: NodeTable, family: number, order: number, { ranks }: Alphabet): Int32Array[] {
  const sets: Int32Array[] = [];
  const members = new Int32Array(order);
  add(family, 0);
  return sets.sort(compareRanks);

  function add(of: number, size: number): void {
    tick(table);
    if (of === EMPTY_SET) sets.push(members.slice(0, size).sort());
    // Along the low sides without a recursion: there may be many of them.
    for (let rest = of; rest > 1; rest = table.records[(rest << 1) + 2] as number) {
      members[size] = ranks[table.records[rest << 1] as number] as number;
      add(table.records[(rest << 1) + 1] as number, size + 1);
    }
  }
}

function compareRanks(a: Int32Array, b: Int32Array): number {
  for (let at = 0; at < a.length; at++) {
    const order = (a[at] as number) - (b[at] as number);
    if (order !== 0) return order;
  }
  return 0;
}

/** By the first name in which they differ; for sets of one order, each sorted. */
export function compareSets(a: readonly string[], b: readonly string[]): number {
  for (const [at, name] of a.entries()) {
    const order = compareNames(name, b[at] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

export const compareNames = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The cut sets of one order in a diagram without modules, for any order; `events` gives the event of each level. */
function flattened(table: NodeTable, top: Solution): { ofOrder: (order: number) => number; events: readonly number[] } {
  const events: number[] = [];
  // Where a module's variables begin, so that they stand in place of the module.
  const levels = new Map<Solution, readonly number[]>();
  place(top);
  const least = new Map<Solution, Int32Array>(
    solutionsBelow(top, ({ cutSets }) => cutSets).map((solution) => [solution, new Int32Array()]),
  );
  for (const solution of least.keys()) least.set(solution, leastOrders(solution, least));
  // By module and tail: what a node comes to with so many events.
  const known = new Map<Solution, Map<number, Map<number, number>>>();
  return { ofOrder: (order) => expanded(top, top.cutSets?.diagram.root ?? 0, order, EMPTY_SET), events };

  function place(solution: Solution): void {
    const own: number[] = [];
    levels.set(solution, own);
    for (const variable of solution.cutSets?.variables ?? []) {
      if (typeof variable === 'number') own.push(events.push(variable) - 1);
      else {
        own.push(-1);
        place(variable);
      }
    }
  }

  /** The sets of `of`, written out, that have exactly `size` events, each joined with each set of `tail`. */
  function expanded(solution: Solution, of: number, size: number, tail: number): number {
    if (of === 0 || tail === NONE) return NONE;
    if (of === 1) return size === 0 ? tail : NONE;
    if (size < ((least.get(solution) as Int32Array)[of] as number)) return NONE;
    tick(table);
    const { diagram, variables } = solution.cutSets as Leveled;
    const memory = memoryFor(solution, tail);
    const key = size * diagram.size + of;
    const before = memory.get(key);
    if (before !== undefined) return before;
    const high = diagram.highs[of] as number;
    const level = diagram.levels[of] as number;
    const variable = variables[level] as number | Solution;
    let result = expanded(solution, diagram.lows[of] as number, size, tail);
    if (typeof variable === 'number') {
      const having = expanded(solution, high, size - 1, tail);
      if (having !== NONE)
        result = node(table, (levels.get(solution) as readonly number[])[level] as number, having, result);
    } else {
      for (let inside = 1; inside <= size; inside++) {
        const rest = expanded(solution, high, size - inside, tail);
        const root = variable.cutSets?.diagram.root ?? 0;
        result = joined(table, result, expanded(variable, root, inside, rest));
      }
    }
    memory.set(key, result);
    return result;
  }

  function memoryFor(solution: Solution, tail: number): Map<number, number> {
    const tails = known.get(solution) ?? new Map<number, Map<number, number>>();
    const memory = tails.get(tail) ?? new Map<number, number>();
    known.set(solution, tails.set(tail, memory));
    return memory;
  }
}

/** By node of the cut sets: how many events the smallest of its sets has. */
function leastOrders(solution: Solution, known: ReadonlyMap<Solution, Int32Array>): Int32Array {
  if (solution.cutSets === undefined) return Int32Array.of(NEVER);
  const { diagram, variables } = solution.cutSets;
  const byLevel = variables.map((variable) =>
    typeof variable === 'number'
      ? 1
      : ((known.get(variable) as Int32Array)[variable.cutSets?.diagram.root ?? 0] ?? NEVER),
  );
  const result = new Int32Array(diagram.size);
  result[0] = NEVER;
  for (let of = 2; of < diagram.size; of++) {
    const having = (result[diagram.highs[of] as number] as number) + (byLevel[diagram.levels[of] as number] as number);
    result[of] = Math.min(having, result[diagram.lows[of] as number] as number);
  }
  return result;
}

const NEVER = 1 << 29;
