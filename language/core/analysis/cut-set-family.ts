import type { DecisionDiagram } from './decision-diagram.ts';

/** The nodes of a diagram below and including `root`, terminals left out, each after its children. */
export function nodesBelow(diagram: DecisionDiagram, root: number): number[] {
  const marked = new Uint8Array(root + 1);
  marked[root] = 1;
  const nodes: number[] = [];
  for (let node = root; node > 1; node--) {
    if (marked[node] === 0) continue;
    nodes.push(node);
    marked[diagram.high(node)] = 1;
    marked[diagram.low(node)] = 1;
  }
  return nodes.reverse();
}

/**
 * How many sets of each size a zero-suppressed diagram holds, exactly: the n-th number counts the sets of n members.
 * Never enumerates: a node's counts are those of its children, one of them moved up by one.
 */
export function countBySize(diagram: DecisionDiagram, root: number): bigint[] {
  const nodes = nodesBelow(diagram, root);
  // No node holds more sets than the root, so if the root's counts are exact in floating point, all are.
  const quick = counts<number>(diagram, root, nodes, 0, 1, (a, b) => a + b);
  if (quick.every(Number.isSafeInteger)) return quick.map(BigInt);
  return counts<bigint>(diagram, root, nodes, 0n, 1n, (a, b) => a + b);
}

function counts<Value>(
  diagram: DecisionDiagram,
  root: number,
  nodes: readonly number[],
  none: Value,
  one: Value,
  sum: (a: Value, b: Value) => Value,
): Value[] {
  const rows = new Map<number, Value[]>([
    [0, []],
    [1, [one]],
  ]);
  for (const node of nodes) {
    const row = [...(rows.get(diagram.low(node)) as Value[])];
    for (const [size, value] of (rows.get(diagram.high(node)) as Value[]).entries()) {
      while (row.length <= size + 1) row.push(none);
      row[size + 1] = sum(row[size + 1] as Value, value);
    }
    rows.set(node, row);
  }
  return rows.get(root) as Value[];
}

/**
 * The sets of a zero-suppressed diagram that have `size` members, one after the other in the order of their names:
 * each set sorted by name, and the sets by their first name, then their second. Only what is asked for is computed.
 * `names` gives the name of each level.
 */
export function* setsOfSize(
  diagram: DecisionDiagram,
  root: number,
  size: number,
  names: readonly string[],
): Generator<string[]> {
  const alphabetical = [...names.keys()].sort((a, b) => compareNames(names[a] as string, names[b] as string));
  yield* from(ofSize(diagram, root, size), 0, []);

  /** The sets of `family`, none of which has a member before `first` in the alphabet, each after `prefix`. */
  function* from(family: number, first: number, prefix: readonly string[]): Generator<string[]> {
    if (family === 1) yield [...prefix];
    let rest = family;
    for (let at = first; rest > 1; at++) {
      const level = alphabetical[at] as number;
      const holding = divide(diagram, rest, level, 'with');
      if (holding === 0) continue;
      yield* from(holding, at + 1, [...prefix, names[level] as string]);
      rest = divide(diagram, rest, level, 'without');
    }
  }
}

export const compareNames = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The sets of exactly `size` members. */
function ofSize(diagram: DecisionDiagram, root: number, size: number): number {
  const known = new Map<string, number>();
  return restrict(root, size);

  function restrict(node: number, members: number): number {
    if (node === 0 || members < 0) return 0;
    if (node === 1) return members === 0 ? 1 : 0;
    const key = `${node} ${members}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const high = restrict(diagram.high(node), members - 1);
    const result = diagram.family(diagram.level(node), high, restrict(diagram.low(node), members));
    known.set(key, result);
    return result;
  }
}

/** The sets with the member at `level`, which is taken out of them, or the sets without it. */
function divide(diagram: DecisionDiagram, root: number, level: number, part: 'with' | 'without'): number {
  const known = new Map<number, number>();
  return walk(root);

  function walk(node: number): number {
    const own = diagram.level(node);
    if (own > level) return part === 'with' ? 0 : node;
    if (own === level) return part === 'with' ? diagram.high(node) : diagram.low(node);
    const before = known.get(node);
    if (before !== undefined) return before;
    const result = diagram.family(own, walk(diagram.high(node)), walk(diagram.low(node)));
    known.set(node, result);
    return result;
  }
}
