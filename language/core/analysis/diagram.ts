import type { NodeTable } from './node-table.ts';

/**
 * A diagram taken out of the table in which it was computed: only what hangs on its root, each node after its
 * children. 0 is false or no set, 1 is true or the empty set. What is computed on it is a loop and no recursion.
 */
export interface Diagram {
  readonly root: number;
  /** Nodes, the two terminals among them. */
  readonly size: number;
  readonly levels: Int32Array;
  readonly highs: Int32Array;
  readonly lows: Int32Array;
}

/** Copies a family of sets, or a monotone function, below which no edge but that to true is complemented. */
export function extracted(table: NodeTable, edge: number): Diagram {
  const { records } = table;
  // By node of the table: 1 if it is needed, and later its new number.
  const numbers = new Int32Array((edge >> 1) + 1);
  numbers[edge >> 1] = 1;
  let size = 2;
  // A node of the table stands after its children as well.
  for (let index = edge >> 1; index > 0; index--) {
    if (numbers[index] === 0) continue;
    size++;
    numbers[(records[4 * index + 1] as number) >> 1] = 1;
    numbers[(records[4 * index + 2] as number) >> 1] = 1;
  }
  const levels = new Int32Array(size);
  const highs = new Int32Array(size);
  const lows = new Int32Array(size);
  let next = 2;
  for (let index = 1; index < numbers.length; index++) {
    if (numbers[index] === 0) continue;
    levels[next] = records[4 * index] as number;
    highs[next] = renumbered(records[4 * index + 1] as number);
    lows[next] = renumbered(records[4 * index + 2] as number);
    numbers[index] = next++;
  }
  return { root: renumbered(edge), size, levels, highs, lows };

  function renumbered(old: number): number {
    return old <= 1 ? old : (numbers[old >> 1] as number);
  }
}
