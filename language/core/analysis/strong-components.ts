import type { DependencyGraph } from './dependency-graph.ts';

/**
 * The strongly connected components of the part of the graph that `within` marks (1 = inside), along inputs, each
 * after those that it depends on (Tarjan 1972; iterative, for a chain of needs may be longer than the stack is deep).
 */
export function strongComponents(graph: DependencyGraph, nodes: readonly number[], within: Uint8Array): number[][] {
  const size = graph.origins.length;
  const index = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const slot = new Int32Array(size);
  const open = new Uint8Array(size);
  const path: number[] = [];
  const waiting: number[] = [];
  const result: number[][] = [];
  let count = 0;

  for (const root of nodes) {
    if (within[root] === 0 || index[root] !== -1) continue;
    enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      if ((slot[node] as number) < (graph.inputStart[node + 1] as number)) {
        const input = graph.inputs[slot[node] as number] as number;
        slot[node] = (slot[node] as number) + 1;
        if (within[input] === 0) continue;
        if (index[input] === -1) enter(input);
        else if (open[input] === 1) low[node] = Math.min(low[node] as number, index[input] as number);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) low[parent] = Math.min(low[parent] as number, low[node] as number);
      if (low[node] === index[node]) result.push(closed(node));
    }
  }
  return result;

  function enter(node: number): void {
    index[node] = count;
    low[node] = count++;
    slot[node] = graph.inputStart[node] as number;
    open[node] = 1;
    path.push(node);
    waiting.push(node);
  }

  function closed(root: number): number[] {
    const members = waiting.splice(waiting.lastIndexOf(root));
    for (const member of members) open[member] = 0;
    return members;
  }
}

/** Whether a strongly connected component holds a cycle at all: two nodes or more, or one that needs itself. */
export function isCyclic(graph: DependencyGraph, members: readonly number[]): boolean {
  const [first] = members;
  if (members.length !== 1 || first === undefined) return members.length > 1;
  return graph.inputs.subarray(graph.inputStart[first], graph.inputStart[first + 1]).includes(first);
}
