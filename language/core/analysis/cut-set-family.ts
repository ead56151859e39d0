import { solutionsBelow } from './cut-set-counts.ts';
import { type NodeTable, node, nodeTable, recall, remember, tick } from './node-table.ts';
import { EMPTY_SET, joined, NONE } from './set-diagram.ts';
import { STEPS_A_NODE } from './solve-module.ts';
import type { Leveled, Solution } from './solve-tree.ts';

/**
 * The minimal cut sets of `order` events, of which there are `total`, one after the other in the order of their names:
 * each set sorted by name, and the sets by their first name, then their second. No more than `most` will be asked for,
 * and only what is asked for is computed; a budget that ends throws.
 */
export function* cutSetsOfOrder(
  top: Solution,
  { order, total, most }: { readonly order: number; readonly total: bigint; readonly most: number },
  nameOf: (event: number) => string,
  budget: { readonly maxNodes: number; readonly shouldStop?: (() => boolean) | undefined },
): Generator<string[]> {
  const table = nodeTable({
    maxNodes: budget.maxNodes,
    maxSteps: STEPS_A_NODE * budget.maxNodes,
    shouldStop: budget.shouldStop,
  });
  const { family, events } = flattened(table, top, order);
  const names = events.map(nameOf);
  if (total <= BigInt(most)) yield* allSets(table, family, names).sort(compareSets);
  else yield* alphabetically(table, family, names);
}

/** The sets of a family in the order of their names, as far as they are asked for. */
function* alphabetically(table: NodeTable, family: number, names: readonly string[]): Generator<string[]> {
  const alphabetical = [...names.keys()].sort((a, b) => compareNames(names[a] as string, names[b] as string));
  // By level: the place of its name in the alphabet; and by node, of the first name in it.
  const ranks = new Int32Array(names.length);
  for (const [rank, level] of alphabetical.entries()) ranks[level] = rank;
  const firsts = new Map<number, number>();
  yield* from(family, []);

  function* from(sets: number, prefix: readonly string[]): Generator<string[]> {
    if (sets === EMPTY_SET) yield [...prefix];
    for (let rest = sets; rest > 1; ) {
      const rank = firstIn(rest);
      yield* from(divided(rest, rank, HAVING), [...prefix, names[alphabetical[rank] as number] as string]);
      rest = divided(rest, rank, LACKING);
    }
  }

  function firstIn(sets: number): number {
    if (sets <= 1) return NEVER;
    const known = firsts.get(sets);
    if (known !== undefined) return known;
    tick(table);
    const at = sets << 1;
    const own = ranks[table.records[at] as number] as number;
    const below = Math.min(firstIn(table.records[at + 1] as number), firstIn(table.records[at + 2] as number));
    const first = Math.min(own, below);
    firsts.set(sets, first);
    return first;
  }

  /** The sets with the first name in them, that one taken out; or those without it. */
  function divided(sets: number, rank: number, side: typeof HAVING | typeof LACKING): number {
    if (firstIn(sets) > rank) return side === HAVING ? NONE : sets;
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

function allSets(table: NodeTable, family: number, names: readonly string[]): string[][] {
  const sets: string[][] = [];
  const open: [number, readonly string[]][] = [[family, []]];
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    tick(table);
    const [of, members] = here;
    if (of === EMPTY_SET) sets.push([...members].sort(compareNames));
    if (of <= 1) continue;
    const at = of << 1;
    open.push([table.records[at + 2] as number, members]);
    open.push([table.records[at + 1] as number, [...members, names[table.records[at] as number] as string]]);
  }
  return sets;
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

/** The cut sets of exactly `order` events in one diagram without modules; `events` gives the event of each level. */
function flattened(table: NodeTable, top: Solution, order: number): { family: number; events: readonly number[] } {
  const events: number[] = [];
  // Where a module's variables begin, so that they stand in place of the module.
  const levels = new Map<Solution, readonly number[]>();
  place(top);
  const least = new Map<Solution, Int32Array>(
    solutionsBelow(top, ({ cutSets }) => cutSets).map((solution) => [solution, new Int32Array()]),
  );
  for (const solution of least.keys()) least.set(solution, leastOrders(solution, least));
  const known = new Map<Solution, Map<string, number>>();
  return { family: expanded(top, top.cutSets?.diagram.root ?? 0, order, EMPTY_SET), events };

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
    const key = `${of} ${size} ${tail}`;
    const memory = known.get(solution) ?? new Map<string, number>();
    known.set(solution, memory);
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
