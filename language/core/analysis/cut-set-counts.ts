import type { Leveled, Solution } from './solve-tree.ts';

/**
 * How many minimal cut sets of each order a solution holds, exactly: the n-th number counts those of n events, up to
 * `most`. Never enumerates: a node's counts are those of its low side, and those of its high side multiplied, as
 * polynomials in the order, with those of its variable: one event, or the cut sets of a smaller module.
 */
export function countByOrder(top: Solution, most: number, tick: () => void): bigint[] {
  // No node holds more sets than the top, so if the top's counts are exact in floating point, all are.
  const quick = polynomial<number>(top, most, tick, { zero: 0, one: 1, plus: (a, b) => a + b, times: (a, b) => a * b });
  if (quick.every(Number.isSafeInteger)) return quick.map(BigInt);
  return polynomial<bigint>(top, most, tick, { zero: 0n, one: 1n, plus: (a, b) => a + b, times: (a, b) => a * b });
}

/** How many events the largest cut set has; 0 where there is none. */
export function largestOrder(top: Solution): number {
  const largest = new Map<Solution, number>();
  for (const solution of solutionsBelow(top, ({ cutSets }) => cutSets)) {
    if (solution.cutSets === undefined) continue;
    const { diagram, variables } = solution.cutSets;
    const { size, root, levels, highs, lows } = diagram;
    const byLevel = variables.map((variable) => (typeof variable === 'number' ? 1 : (largest.get(variable) ?? 0)));
    const orders = new Int32Array(size);
    // Every node but 0 has a set, and no high side is 0.
    for (let node = 2; node < size; node++) {
      const having = (orders[highs[node] as number] as number) + (byLevel[levels[node] as number] as number);
      orders[node] = Math.max(having, orders[lows[node] as number] as number);
    }
    largest.set(solution, orders[root] as number);
  }
  return largest.get(top) ?? 0;
}

/** All modules of a solution that its cut sets are made of, each after those inside it. */
export function solutionsBelow(top: Solution, part: (solution: Solution) => Leveled | undefined): Solution[] {
  const result: Solution[] = [];
  const open: Solution[] = [top];
  // Each module stands in one place only, so outermost first and turned over is inside first.
  for (let solution = open.pop(); solution !== undefined; solution = open.pop()) {
    result.push(solution);
    for (const variable of part(solution)?.variables ?? []) if (typeof variable === 'object') open.push(variable);
  }
  return result.reverse();
}

interface Arithmetic<Value> {
  readonly zero: Value;
  readonly one: Value;
  readonly plus: (a: Value, b: Value) => Value;
  readonly times: (a: Value, b: Value) => Value;
}

function polynomial<Value>(top: Solution, most: number, tick: () => void, numbers: Arithmetic<Value>): Value[] {
  const counts = new Map<Solution, Value[]>();
  const oneEvent = [numbers.zero, numbers.one];
  for (const solution of solutionsBelow(top, ({ cutSets }) => cutSets)) {
    if (solution.cutSets === undefined) continue;
    const byLevel = solution.cutSets.variables.map((variable) =>
      typeof variable === 'number' ? oneEvent : (counts.get(variable) ?? []),
    );
    counts.set(solution, ofDiagram(solution.cutSets, byLevel));
  }
  return counts.get(top) ?? [];

  function ofDiagram({ diagram }: Leveled, byLevel: readonly Value[][]): Value[] {
    const { size, root, levels, highs, lows } = diagram;
    // A node's row is needed by those above it, and given back after the last of them.
    const readers = new Int32Array(size);
    for (let node = 2; node < size; node++) {
      readers[highs[node] as number] = (readers[highs[node] as number] as number) + 1;
      readers[lows[node] as number] = (readers[lows[node] as number] as number) + 1;
    }
    const rows: (Value[] | undefined)[] = [[], [numbers.one]];
    for (let node = 2; node < size; node++) {
      const high = read(highs[node] as number);
      const row = [...read(lows[node] as number)];
      for (const [order, factor] of (byLevel[levels[node] as number] ?? []).entries()) {
        if (factor === numbers.zero) continue;
        for (let at = 0; at < high.length && at + order <= most; at++) {
          tick();
          while (row.length <= at + order) row.push(numbers.zero);
          row[at + order] = numbers.plus(row[at + order] as Value, numbers.times(factor, high[at] as Value));
        }
      }
      rows[node] = row;
      release(highs[node] as number);
      release(lows[node] as number);
    }
    return read(root);

    function read(node: number): Value[] {
      return rows[node] as Value[];
    }

    function release(node: number): void {
      const left = (readers[node] as number) - 1;
      readers[node] = left;
      if (left === 0 && node > 1) rows[node] = undefined;
    }
  }
}
