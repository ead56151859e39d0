import type { Module } from './modules.ts';

const MOST_ROUNDS = 60;
/** Inputs read in all rounds together: some milliseconds. */
const MOST_STEPS = 200_000;

/**
 * A variable order by the heuristic FORCE (Aloul, Markov, Sakallah 2003), beginning at another: each gate pulls at
 * itself and its inputs, and each round puts everything at the mean of the centres of what pulls at it. The result is
 * the round in which the gates' spans add up to least.
 */
export function forceOrder(module: Module, start: readonly number[]): number[] {
  const { edges, names } = compiled(module, start);
  const size = names.length;
  const position = startPositions(edges, start.length, size);
  const sum = new Float64Array(size);
  const pulls = new Int32Array(size);
  for (const edge of edges) for (const node of edge) pulls[node] = (pulls[node] as number) + 1;
  let least = Number.POSITIVE_INFINITY;
  let best: number[] = [...start.keys()];
  const steps = edges.reduce((total, edge) => total + edge.length, 1);
  const rounds = Math.max(4, Math.min(MOST_ROUNDS, Math.floor(MOST_STEPS / steps)));
  for (let round = 0; round < rounds; round++) {
    sum.fill(0);
    for (const edge of edges) {
      let centre = 0;
      for (const node of edge) centre += position[node] as number;
      centre /= edge.length;
      for (const node of edge) sum[node] = (sum[node] as number) + centre;
    }
    for (let node = 0; node < size; node++) sum[node] = (sum[node] as number) / (pulls[node] as number);
    const sorted = [...sum.keys()].sort((a, b) => (sum[a] as number) - (sum[b] as number) || a - b);
    for (const [at, node] of sorted.entries()) position[node] = at;
    const total = spans(edges, position);
    if (total >= least) continue;
    least = total;
    best = sorted.filter((node) => node < start.length);
  }
  return best.map((node) => names[node] as number);
}

/** Each gate with its inputs, by small numbers: variables first, in the order of `start`. */
function compiled(module: Module, start: readonly number[]): { edges: Int32Array[]; names: number[] } {
  const names = [...start];
  const numbers = new Map(start.map((name, at) => [name, at]));
  for (const part of module.parts) for (const gate of part.gates) numbers.set(gate, names.push(gate) - 1);
  const edges = names.slice(start.length).map((gate) => {
    const inputs = module.gates.get(gate)?.inputs ?? [];
    return Int32Array.from([gate, ...inputs], (name) => numbers.get(name) as number);
  });
  return { edges, names };
}

/** Variables where they are, gates in the middle of their inputs. */
function startPositions(edges: readonly Int32Array[], variables: number, size: number): Float64Array {
  const position = new Float64Array(size);
  for (let node = 0; node < variables; node++) position[node] = node;
  for (const [gate, ...inputs] of edges) {
    const sum = inputs.reduce((total, input) => total + (position[input] as number), 0);
    position[gate as number] = sum / Math.max(1, inputs.length);
  }
  return position;
}

function spans(edges: readonly Int32Array[], position: Float64Array): number {
  let total = 0;
  for (const edge of edges) {
    let [low, high] = [Number.POSITIVE_INFINITY, 0];
    for (const node of edge) {
      const at = position[node] as number;
      if (at < low) low = at;
      if (at > high) high = at;
    }
    total += high - low;
  }
  return total;
}
