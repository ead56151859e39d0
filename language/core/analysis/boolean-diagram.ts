import { levelOf, type NodeTable, node, recall, remember, tick } from './node-table.ts';

/**
 * Binary decision diagrams of Boolean functions (Bryant 1986), ordered and reduced, with complement edges (Brace,
 * Rudell, Bryant 1990): the complement of a function is its own edge with the last bit turned, so `or` is `and` by
 * De Morgan and both share one recursion. The low edge of a node is never complemented, which makes the form canonical.
 * The function of a fault tree is monotone, and below it no edge but that to true is complemented.
 */
export const FALSE = 0;
export const TRUE = 1;

const AND = 0;
const ITE = 1;

export const variable = (table: NodeTable, level: number): number => node(table, level, TRUE, FALSE);

export const not = (f: number): number => f ^ 1;

export const or = (table: NodeTable, f: number, g: number): number => and(table, f ^ 1, g ^ 1) ^ 1;

export function and(table: NodeTable, f: number, g: number): number {
  if (f === g || g === TRUE) return f;
  if (f === TRUE) return g;
  if (f === FALSE || g === FALSE || (f ^ g) === 1) return FALSE;
  if (f > g) return and(table, g, f);
  const known = recall(table, f, g, AND);
  if (known >= 0) return known;
  tick(table);
  const atF = (f >> 1) << 2;
  const atG = (g >> 1) << 2;
  const { records } = table;
  const levelF = records[atF] as number;
  const levelG = records[atG] as number;
  const level = levelF < levelG ? levelF : levelG;
  const signF = f & 1;
  const signG = g & 1;
  const highF = levelF === level ? (records[atF + 1] as number) ^ signF : f;
  const lowF = levelF === level ? (records[atF + 2] as number) ^ signF : f;
  const highG = levelG === level ? (records[atG + 1] as number) ^ signG : g;
  const lowG = levelG === level ? (records[atG + 2] as number) ^ signG : g;
  const low = and(table, lowF, lowG);
  const high = and(table, highF, highG);
  return remember(table, f, g, AND, choice(table, level, high, low));
}

/** If f then g else h (Brace, Rudell, Bryant 1990). */
export function ite(table: NodeTable, f: number, g: number, h: number): number {
  if (f === TRUE || g === h) return g;
  if (f === FALSE) return h;
  if ((f & 1) === 1) return ite(table, f ^ 1, h, g);
  if (g === TRUE || f === g) return or(table, f, h);
  if (h === FALSE || f === h) return and(table, f, g);
  if (g === FALSE) return and(table, f ^ 1, h);
  if (h === TRUE) return or(table, f ^ 1, g);
  if ((g & 1) === 1) return ite(table, f, g ^ 1, h ^ 1) ^ 1;
  const operation = 4 * h + ITE;
  const known = recall(table, f, g, operation);
  if (known >= 0) return known;
  tick(table);
  const level = Math.min(levelOf(table, f), levelOf(table, g), levelOf(table, h));
  const low = ite(table, lowAt(table, f, level), lowAt(table, g, level), lowAt(table, h, level));
  const high = ite(table, highAt(table, f, level), highAt(table, g, level), highAt(table, h, level));
  return remember(table, f, g, operation, choice(table, level, high, low));
}

/** If at least `count` of `operands` hold: as many operations as count times operands, and no `and` of `or`s. */
export function atLeast(table: NodeTable, count: number, operands: readonly number[]): number {
  // reached[j]: at least j of the operands looked at so far.
  const reached = new Int32Array(count + 1);
  reached[0] = TRUE;
  for (const operand of operands) {
    for (let j = count; j > 0; j--) reached[j] = ite(table, operand, reached[j - 1] as number, reached[j] as number);
  }
  return reached[count] as number;
}

/** The node of a choice by the variable at `level`, in canonical form. */
function choice(table: NodeTable, level: number, high: number, low: number): number {
  if (high === low) return low;
  return (low & 1) === 1 ? node(table, level, high ^ 1, low ^ 1) ^ 1 : node(table, level, high, low);
}

function highAt(table: NodeTable, f: number, level: number): number {
  const at = (f >> 1) << 2;
  return table.records[at] === level ? (table.records[at + 1] as number) ^ (f & 1) : f;
}

function lowAt(table: NodeTable, f: number, level: number): number {
  const at = (f >> 1) << 2;
  return table.records[at] === level ? (table.records[at + 2] as number) ^ (f & 1) : f;
}
