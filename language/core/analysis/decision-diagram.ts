/**
 * Binary decision diagrams of monotone functions (Bryant 1986), and zero-suppressed ones of sets of sets (Minato 1993),
 * in one table of nodes. A node is a whole number; 0 is false or no set, 1 is true or the empty set. A node stands
 * after its children in the table, so what goes through a diagram upwards or downwards is a loop and no recursion.
 * Monotone functions have no use for complement edges: the complement of one is never another.
 */
export interface DecisionDiagram {
  readonly variable: (level: number) => number;
  readonly and: (f: number, g: number) => number;
  readonly or: (f: number, g: number) => number;
  /** If at least `count` of `operands` hold. */
  readonly atLeast: (count: number, operands: readonly number[]) => number;
  /** The minimal solutions of a monotone function, as a zero-suppressed diagram (Rauzy 1993). */
  readonly minimalSolutions: (f: number) => number;
  /** Of a zero-suppressed diagram: the sets of `low`, and those of `high` with the member at `level` added. */
  readonly family: (level: number, high: number, low: number) => number;
  /** The level of a node's variable; the terminals are below all. */
  readonly level: (node: number) => number;
  /** Where the variable holds. */
  readonly high: (node: number) => number;
  readonly low: (node: number) => number;
  /** How many nodes the table holds. */
  readonly size: () => number;
}

/** How much may be spent; whoever computes beyond it gets `BudgetExhausted`. */
export interface Budget {
  readonly maxNodes: number;
  /** Asked now and then; true ends the computation. */
  readonly shouldStop?: (() => boolean) | undefined;
}

/** Leaves a computation from its depths, for the engine that began it; never leaves the engine. */
export class BudgetExhausted extends Error {
  readonly reason: 'nodes' | 'stopped';
  constructor(reason: 'nodes' | 'stopped') {
    super(reason);
    this.reason = reason;
  }
}

const TERMINAL_LEVEL = 0x7fffffff;
const SMALLEST_TABLE = 1 << 10;
const LARGEST_CACHE = 1 << 22;
/** Operations between two questions to `shouldStop`: a few tenths of a millisecond. */
const TICKS = 1 << 13;

const AND = 0;
const OR = 1;
const ITE = 2;
const WITHOUT = 3;

export function decisionDiagram(budget: Budget): DecisionDiagram {
  let capacity = SMALLEST_TABLE;
  let levels = new Int32Array(capacity);
  let highs = new Int32Array(capacity);
  let lows = new Int32Array(capacity);
  // The minimal solutions of a node, plus one; 0 where they have not been asked for.
  let solutions = new Int32Array(capacity);
  // Open addressing, at most half full; 0 is a free place, for no terminal is ever looked up.
  let buckets = new Int32Array(2 * capacity);
  let size = 2;
  // The computed table: operands and operation, and the result; a newer entry takes an older one's place.
  let cacheMask = capacity - 1;
  let cache = new Int32Array(4 * capacity);
  let ticks = TICKS;
  levels[0] = TERMINAL_LEVEL;
  levels[1] = TERMINAL_LEVEL;

  return {
    variable: (level) => node(level, 1, 0),
    and,
    or,
    atLeast,
    minimalSolutions,
    family: (level, high, low) => (high === 0 ? low : node(level, high, low)),
    level: (of) => levels[of] as number,
    high: (of) => highs[of] as number,
    low: (of) => lows[of] as number,
    size: () => size,
  };

  function node(level: number, high: number, low: number): number {
    const mask = buckets.length - 1;
    let at = hash(level, high, low) & mask;
    for (let found = buckets[at] as number; found !== 0; found = buckets[at] as number) {
      if (levels[found] === level && highs[found] === high && lows[found] === low) return found;
      at = (at + 1) & mask;
    }
    if (size >= budget.maxNodes) throw new BudgetExhausted('nodes');
    if (size === capacity) {
      grow();
      return node(level, high, low);
    }
    levels[size] = level;
    highs[size] = high;
    lows[size] = low;
    buckets[at] = size;
    return size++;
  }

  function grow(): void {
    capacity *= 2;
    levels = longer(levels, capacity);
    highs = longer(highs, capacity);
    lows = longer(lows, capacity);
    solutions = longer(solutions, capacity);
    buckets = new Int32Array(2 * capacity);
    const mask = buckets.length - 1;
    for (let old = 2; old < size; old++) {
      let at = hash(levels[old] as number, highs[old] as number, lows[old] as number) & mask;
      while (buckets[at] !== 0) at = (at + 1) & mask;
      buckets[at] = old;
    }
    if (capacity > LARGEST_CACHE) return;
    const former = cache;
    cache = new Int32Array(4 * capacity);
    cacheMask = capacity - 1;
    for (let entry = 0; entry < former.length; entry += 4) {
      const f = former[entry] as number;
      if (f === 0) continue;
      const place = 4 * (hash(f, former[entry + 1] as number, former[entry + 2] as number) & cacheMask);
      cache.set(former.subarray(entry, entry + 4), place);
    }
  }

  function tick(): void {
    if (--ticks > 0) return;
    ticks = TICKS;
    if (budget.shouldStop?.() === true) throw new BudgetExhausted('stopped');
  }

  /** The result of an operation if it is known; −1 if not. Operands are below 2²⁹, so the operation fits beside one. */
  function known(f: number, g: number, tagged: number): number {
    const at = 4 * (hash(f, g, tagged) & cacheMask);
    return cache[at] === f && cache[at + 1] === g && cache[at + 2] === tagged ? (cache[at + 3] as number) : -1;
  }

  function keep(f: number, g: number, tagged: number, result: number): number {
    const at = 4 * (hash(f, g, tagged) & cacheMask);
    cache[at] = f;
    cache[at + 1] = g;
    cache[at + 2] = tagged;
    cache[at + 3] = result;
    return result;
  }

  function and(f: number, g: number): number {
    if (f === g || g === 1) return f;
    if (f === 1) return g;
    if (f === 0 || g === 0) return 0;
    if (f > g) return and(g, f);
    const cached = known(f, g, AND);
    if (cached >= 0) return cached;
    tick();
    const levelF = levels[f] as number;
    const levelG = levels[g] as number;
    const level = Math.min(levelF, levelG);
    const low = and(levelF === level ? (lows[f] as number) : f, levelG === level ? (lows[g] as number) : g);
    const high = and(levelF === level ? (highs[f] as number) : f, levelG === level ? (highs[g] as number) : g);
    return keep(f, g, AND, high === low ? low : node(level, high, low));
  }

  function or(f: number, g: number): number {
    if (f === g || g === 0) return f;
    if (f === 0) return g;
    if (f === 1 || g === 1) return 1;
    if (f > g) return or(g, f);
    const cached = known(f, g, OR);
    if (cached >= 0) return cached;
    tick();
    const levelF = levels[f] as number;
    const levelG = levels[g] as number;
    const level = Math.min(levelF, levelG);
    const low = or(levelF === level ? (lows[f] as number) : f, levelG === level ? (lows[g] as number) : g);
    const high = or(levelF === level ? (highs[f] as number) : f, levelG === level ? (highs[g] as number) : g);
    return keep(f, g, OR, high === low ? low : node(level, high, low));
  }

  /** If f then g else h. */
  function ite(f: number, g: number, h: number): number {
    if (f === 1 || g === h) return g;
    if (f === 0) return h;
    if (h === 0) return and(f, g);
    if (g === 1) return or(f, h);
    const cached = known(f, g, h * 4 + ITE);
    if (cached >= 0) return cached;
    tick();
    const levelF = levels[f] as number;
    const levelG = levels[g] as number;
    const levelH = levels[h] as number;
    const level = Math.min(levelF, levelG, levelH);
    const low = ite(
      levelF === level ? (lows[f] as number) : f,
      levelG === level ? (lows[g] as number) : g,
      levelH === level ? (lows[h] as number) : h,
    );
    const high = ite(
      levelF === level ? (highs[f] as number) : f,
      levelG === level ? (highs[g] as number) : g,
      levelH === level ? (highs[h] as number) : h,
    );
    return keep(f, g, h * 4 + ITE, high === low ? low : node(level, high, low));
  }

  function atLeast(count: number, operands: readonly number[]): number {
    // reached[j]: at least j of the operands looked at so far. One operand more costs `count` operations.
    const reached = new Int32Array(count + 1);
    reached[0] = 1;
    for (const operand of [...operands].sort((a, b) => (levels[b] as number) - (levels[a] as number))) {
      for (let j = count; j > 0; j--) reached[j] = ite(operand, reached[j - 1] as number, reached[j] as number);
    }
    return reached[count] as number;
  }

  function minimalSolutions(f: number): number {
    if (f <= 1) return f;
    const before = solutions[f] as number;
    if (before > 0) return before - 1;
    tick();
    const low = lows[f] as number;
    const without_ = minimalSolutions(low);
    const with_ = without(minimalSolutions(highs[f] as number), low);
    const result = with_ === 0 ? without_ : node(levels[f] as number, with_, without_);
    solutions[f] = result + 1;
    return result;
  }

  /** The sets of a zero-suppressed diagram that do not satisfy the monotone function `f`. */
  function without(sets: number, f: number): number {
    if (f === 0 || sets === 0) return sets;
    if (f === 1) return 0;
    // A monotone function that is not true holds not for the empty set.
    if (sets === 1) return 1;
    const levelS = levels[sets] as number;
    const levelF = levels[f] as number;
    if (levelF < levelS) return without(sets, lows[f] as number);
    const cached = known(sets, f, WITHOUT);
    if (cached >= 0) return cached;
    tick();
    const same = levelF === levelS;
    const low = without(lows[sets] as number, same ? (lows[f] as number) : f);
    const high = without(highs[sets] as number, same ? (highs[f] as number) : f);
    return keep(sets, f, WITHOUT, high === 0 ? low : node(levelS, high, low));
  }
}

function longer(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const result = new Int32Array(length);
  result.set(array);
  return result;
}

function hash(a: number, b: number, c: number): number {
  let mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}
