import { type NodeTable, node, recall, remember, tick } from './node-table.ts';

/**
 * Zero-suppressed decision diagrams of sets of sets (Minato 1993). Every family here is *minimal*: no set of it holds
 * another of it, for what is not minimal is taken out as it arises and never after (subsumption interleaved).
 */
export const NONE = 0;
export const EMPTY_SET = 1;

// The other operations on the same tables are numbered 0 and 1; a third operand or an order stands above these bits.
const WITHOUT = 2;
const SUBSUMED = 3;
const UNION = 6;
const PRODUCT = 7;
const JOINED = 10;
const ORDER = 8;

/** The family whose sets are those of `high` with the member at `level` added, and those of `low`. */
const family = (table: NodeTable, level: number, high: number, low: number): number =>
  high === NONE ? low : node(table, level, high, low);

/** The family of one set of one member. */
export const singleton = (table: NodeTable, level: number): number => node(table, level, EMPTY_SET, NONE);

/**
 * The minimal solutions of a monotone function, from its decision diagram (Rauzy 1993, 2001): those without the top
 * variable are those of the low side; those with it are those of the high side that are no solution of the low one.
 */
export function minimalSolutions(table: NodeTable, f: number): number {
  // By node of the function, plus one; 0 where it has not been asked for. Nodes that follow belong to the result.
  const known = new Int32Array(table.size);
  return minsol(f);

  function minsol(edge: number): number {
    if (edge <= 1) return edge;
    const before = known[edge >> 1] as number;
    if (before > 0) return before - 1;
    tick(table);
    const at = edge << 1;
    const high = table.records[at + 1] as number;
    const low = table.records[at + 2] as number;
    const level = table.records[at] as number;
    const lowSolutions = minsol(low);
    const result = family(table, level, without(table, minsol(high), low), lowSolutions);
    known[edge >> 1] = result + 1;
    return result;
  }
}

/** The sets of `sets` that do not satisfy the monotone function `f`, a binary decision diagram (Rauzy 1993). */
export function without(table: NodeTable, sets: number, f: number): number {
  if (f === 0 || sets === NONE) return sets;
  if (f === 1) return NONE;
  // A monotone function that is not true holds not for the empty set.
  if (sets === EMPTY_SET) return EMPTY_SET;
  const { records } = table;
  const atS = sets << 1;
  const levelS = records[atS] as number;
  let lowF = f;
  while ((records[lowF << 1] as number) < levelS) {
    lowF = records[(lowF << 1) + 2] as number;
    if (lowF === 0) return sets;
  }
  const below = lowF;
  const known = recall(table, sets, below, WITHOUT);
  if (known >= 0) return known;
  tick(table);
  let highF = below;
  if (records[below << 1] === levelS) {
    highF = records[(below << 1) + 1] as number;
    lowF = records[(below << 1) + 2] as number;
  }
  const low = without(table, records[atS + 2] as number, lowF);
  const high = without(table, table.records[atS + 1] as number, highF);
  return remember(table, sets, below, WITHOUT, family(table, levelS, high, low));
}

/** The sets of `sets` that hold no set of `others`. */
export function unsubsumed(table: NodeTable, sets: number, others: number): number {
  if (others === NONE || sets === NONE) return sets;
  if (others === EMPTY_SET || sets === others) return NONE;
  if (sets === EMPTY_SET) return EMPTY_SET;
  const known = recall(table, sets, others, SUBSUMED);
  if (known >= 0) return known;
  tick(table);
  const { records } = table;
  const atS = sets << 1;
  const atO = others << 1;
  const levelS = records[atS] as number;
  const levelO = records[atO] as number;
  const lowO = records[atO + 2] as number;
  // A set without the member can hold none with it.
  if (levelO < levelS) return remember(table, sets, others, SUBSUMED, unsubsumed(table, sets, lowO));
  const [highS, lowS] = [records[atS + 1] as number, records[atS + 2] as number];
  const same = levelO === levelS;
  const low = unsubsumed(table, lowS, same ? lowO : others);
  let high = unsubsumed(table, highS, same ? lowO : others);
  if (same) high = unsubsumed(table, high, table.records[atO + 1] as number);
  return remember(table, sets, others, SUBSUMED, family(table, levelS, high, low));
}

/** The minimal sets among those of both. */
export function union(table: NodeTable, f: number, g: number): number {
  if (f === g || g === NONE) return f;
  if (f === NONE) return g;
  if (f === EMPTY_SET || g === EMPTY_SET) return EMPTY_SET;
  if (f > g) return union(table, g, f);
  const known = recall(table, f, g, UNION);
  if (known >= 0) return known;
  tick(table);
  const { records } = table;
  const levelF = records[f << 1] as number;
  const levelG = records[g << 1] as number;
  const level = Math.min(levelF, levelG);
  const highF = having(records, f, level);
  const lowF = lacking(records, f, level);
  const highG = having(records, g, level);
  const lowG = lacking(records, g, level);
  const low = union(table, lowF, lowG);
  const high = unsubsumed(table, union(table, highF, highG), low);
  return remember(table, f, g, UNION, family(table, level, high, low));
}

/**
 * The minimal sets among all that are made of one set of `f` and one of `g` and have at most `order` members.
 * `Infinity` is no limit, and has results of its own, which are true for all limits that do not bite.
 */
export function product(table: NodeTable, f: number, g: number, order: number): number {
  if (f === NONE || g === NONE) return NONE;
  if (f === EMPTY_SET && g === EMPTY_SET) return EMPTY_SET;
  if (order <= 0) {
    // Something may be left: whoever wants to know whether the result is all there is must be told.
    table.truncated = true;
    return NONE;
  }
  if (order === Number.POSITIVE_INFINITY) {
    if (f === EMPTY_SET || f === g) return g;
    if (g === EMPTY_SET) return f;
  }
  if (f > g) return product(table, g, f, order);
  // With no limit the order is no part of the key; with one, it is.
  const operation = order === Number.POSITIVE_INFINITY ? PRODUCT : PRODUCT + ORDER * order;
  // The empty set is smaller than every node, so it stands first; the table wants a node there.
  const known = recall(table, g, f, operation);
  if (known >= 0) return known;
  tick(table);
  const { records } = table;
  const level =
    f === EMPTY_SET ? (records[g << 1] as number) : Math.min(records[f << 1] as number, records[g << 1] as number);
  const highF = having(records, f, level);
  const lowF = lacking(records, f, level);
  const highG = having(records, g, level);
  const lowG = lacking(records, g, level);
  const low = product(table, lowF, lowG, order);
  const bothG = highG === NONE ? lowG : union(table, highG, lowG);
  const one = highF === NONE ? NONE : product(table, highF, bothG, order - 1);
  const other = highG === NONE ? NONE : product(table, lowF, highG, order - 1);
  const high = unsubsumed(table, union(table, one, other), low);
  return remember(table, g, f, operation, family(table, level, high, low));
}

/** The minimal sets of at most `order` members that hold a set of each of `count` families. */
export function atLeastOf(table: NodeTable, count: number, families: readonly number[], order: number): number {
  // reached[j]: of j of the families looked at so far.
  const reached = new Int32Array(count + 1);
  reached[0] = EMPTY_SET;
  for (const sets of families) {
    for (let j = count; j > 0; j--) {
      reached[j] = union(table, reached[j] as number, product(table, reached[j - 1] as number, sets, order));
    }
  }
  return reached[count] as number;
}

/** The sets with the member at `level`, the top one of them if there, that member taken out. */
function having(records: Int32Array, sets: number, level: number): number {
  return sets > 1 && records[sets << 1] === level ? (records[(sets << 1) + 1] as number) : NONE;
}

/** The sets without it. */
function lacking(records: Int32Array, sets: number, level: number): number {
  return sets > 1 && records[sets << 1] === level ? (records[(sets << 1) + 2] as number) : sets;
}

/** The sets of both, of families whose sets all have as many members, so that none can hold another. */
export function joined(table: NodeTable, f: number, g: number): number {
  if (f === g || g === NONE) return f;
  if (f === NONE) return g;
  if (f > g) return joined(table, g, f);
  const known = recall(table, f, g, JOINED);
  if (known >= 0) return known;
  tick(table);
  const { records } = table;
  const level = Math.min(records[f << 1] as number, records[g << 1] as number);
  const highF = having(records, f, level);
  const lowF = lacking(records, f, level);
  const highG = having(records, g, level);
  const lowG = lacking(records, g, level);
  const high = joined(table, highF, highG);
  return remember(table, f, g, JOINED, family(table, level, high, joined(table, lowF, lowG)));
}
