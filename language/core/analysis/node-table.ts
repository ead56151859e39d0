/**
 * The nodes of decision diagrams, each once, in typed arrays; and the computed table that their operations remember
 * results in (Brace, Rudell, Bryant 1990). What operations mean is not known here.
 *
 * An **edge** is twice the index of a node, plus one where the function below it is complemented. Index 0 is the only
 * terminal: edge 0 is false, or no set at all; edge 1 is true, or the empty set alone.
 */
export interface NodeTable {
  /** Four numbers a node: level, high edge, low edge, index of the next node in its bucket. */
  records: Int32Array;
  /** By hash: the index of the first node; 0 where there is none. */
  buckets: Int32Array;
  /** Nodes so far, the terminal among them. */
  size: number;
  /** Four numbers an entry: both operands, operation with third operand, result. A newer entry replaces an older one. */
  cache: Int32Array;
  cacheMask: number;
  /** Steps until the budget is looked at again. */
  ticks: number;
  /** Steps so far, as of the last look. */
  steps: number;
  /** Whether a product left out sets because they have more members than were asked for. */
  truncated: boolean;
  readonly budget: Budget;
}

/** How much may be spent; whoever computes beyond it gets `BudgetExhausted`. */
export interface Budget {
  maxNodes: number;
  /** What is remembered may be forgotten, and then few nodes can cost many steps: so these are counted too. */
  maxSteps: number;
  /** Asked every few tenths of a millisecond; true ends the computation. */
  readonly shouldStop?: (() => boolean) | undefined;
}

/** Leaves a computation from its depths, for the engine that began it; never leaves the engine. */
export class BudgetExhausted extends Error {
  /** `nodes` stands for steps as well: what the engine may spend of itself. */
  readonly reason: 'nodes' | 'stopped';
  constructor(reason: 'nodes' | 'stopped') {
    super(reason);
    this.reason = reason;
  }
}

/** The level of the terminal: below every variable. */
export const TERMINAL_LEVEL = 0x7fffffff;
/** So that an edge and an operation fit into one number of 31 bits. */
export const MOST_NODES = 1 << 26;
const SMALLEST = 1 << 10;
const LARGEST_AT_FIRST = 1 << 16;
const LARGEST_CACHE = 1 << 20;
/** Steps between two questions to `shouldStop`: a few tenths of a millisecond. */
const TICKS = 1 << 12;

export function nodeTable(budget: Budget): NodeTable {
  const table: NodeTable = {
    records: new Int32Array(4 * SMALLEST),
    buckets: new Int32Array(SMALLEST),
    size: 1,
    cache: new Int32Array(4 * SMALLEST),
    cacheMask: SMALLEST - 1,
    ticks: TICKS,
    steps: 0,
    truncated: false,
    budget,
  };
  table.records[0] = TERMINAL_LEVEL;
  return table;
}

/**
 * Forgets every node: what was computed in the table must have been copied out of it. `expected` nodes will have place
 * before the table grows; a large table of before is given back.
 */
export function clear(table: NodeTable, expected = SMALLEST): void {
  const capacity = Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(Math.min(expected, LARGEST_AT_FIRST))));
  if (table.buckets.length === capacity) {
    if (table.size > 1) {
      table.buckets.fill(0);
      table.cache.fill(0);
    }
  } else {
    table.records = new Int32Array(4 * capacity);
    table.records[0] = TERMINAL_LEVEL;
    table.buckets = new Int32Array(capacity);
    table.cache = new Int32Array(4 * capacity);
    table.cacheMask = capacity - 1;
  }
  table.size = 1;
  table.truncated = false;
}

/** One step of a long computation. */
export function tick(table: NodeTable): void {
  if (--table.ticks > 0) return;
  table.ticks = TICKS;
  table.steps += TICKS;
  if (table.steps > table.budget.maxSteps) throw new BudgetExhausted('nodes');
  if (table.budget.shouldStop?.() === true) throw new BudgetExhausted('stopped');
}

/** The edge to the node of this level and these edges, which is made where there is none. */
export function node(table: NodeTable, level: number, high: number, low: number): number {
  const records = table.records;
  const bucket = hash(level, high, low) & (table.buckets.length - 1);
  for (let found = table.buckets[bucket] as number; found !== 0; found = records[4 * found + 3] as number) {
    const at = 4 * found;
    if (records[at] === level && records[at + 1] === high && records[at + 2] === low) return 2 * found;
  }
  return append(table, level, high, low, bucket);
}

function append(table: NodeTable, level: number, high: number, low: number, bucket: number): number {
  const index = table.size;
  if (index >= table.budget.maxNodes) throw new BudgetExhausted('nodes');
  const place = 4 * index < table.records.length ? bucket : grown(table, hash(level, high, low));
  const at = 4 * index;
  table.records[at] = level;
  table.records[at + 1] = high;
  table.records[at + 2] = low;
  table.records[at + 3] = table.buckets[place] as number;
  table.buckets[place] = index;
  table.size = index + 1;
  return 2 * index;
}

/** Doubles the table; where `hashed` belongs in it now. */
function grown(table: NodeTable, hashed: number): number {
  const capacity = table.records.length / 2;
  const records = new Int32Array(2 * table.records.length);
  records.set(table.records);
  const buckets = new Int32Array(capacity);
  const mask = capacity - 1;
  for (let index = 1; index < table.size; index++) {
    const at = 4 * index;
    const bucket = hash(records[at] as number, records[at + 1] as number, records[at + 2] as number) & mask;
    records[at + 3] = buckets[bucket] as number;
    buckets[bucket] = index;
  }
  table.records = records;
  table.buckets = buckets;
  if (capacity <= LARGEST_CACHE) growCache(table, capacity);
  return hashed & mask;
}

function growCache(table: NodeTable, entries: number): void {
  const former = table.cache;
  table.cache = new Int32Array(4 * entries);
  table.cacheMask = entries - 1;
  for (let at = 0; at < former.length; at += 4) {
    const f = former[at] as number;
    if (f !== 0) remember(table, f, former[at + 1] as number, former[at + 2] as number, former[at + 3] as number);
  }
}

/** The result of an operation if it is known, −1 if not. `f` is never the terminal. */
export function recall(table: NodeTable, f: number, g: number, operation: number): number {
  const cache = table.cache;
  const at = 4 * (hash(f, g, operation) & table.cacheMask);
  return cache[at] === f && cache[at + 1] === g && cache[at + 2] === operation ? (cache[at + 3] as number) : -1;
}

/** Keeps a result until its place is needed, and gives it back. */
export function remember(table: NodeTable, f: number, g: number, operation: number, result: number): number {
  const cache = table.cache;
  const at = 4 * (hash(f, g, operation) & table.cacheMask);
  cache[at] = f;
  cache[at + 1] = g;
  cache[at + 2] = operation;
  cache[at + 3] = result;
  return result;
}

export const levelOf = (table: NodeTable, edge: number): number => table.records[(edge >> 1) << 2] as number;

function hash(a: number, b: number, c: number): number {
  let mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}
