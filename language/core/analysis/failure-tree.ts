import { cone, type DependencyGraph } from './dependency-graph.ts';
import { allUp, strike } from './running.ts';
import { isCyclic, strongComponents } from './strong-components.ts';

/**
 * How one service fails: the dependency graph turned over and reduced to what can matter. Nodes keep the graph's
 * numbers. A gate fails when `count` of its inputs fail: 1 is an `or` of failures, all of them an `and`.
 */
export interface FailureTree {
  /** The service's gate or what it is reduced to; undefined where nothing that may fail takes the service down. */
  readonly top: number | undefined;
  /** Every gate after its inputs; gates that depend on one another in a circle stand together. */
  readonly parts: readonly (readonly number[])[];
  readonly count: Int32Array;
  /** Of gates only: an event has none. */
  readonly inputs: ReadonlyMap<number, readonly number[]>;
}

/** The failure tree of the service at `service`, with the `spared` events (1 = spared) taken never to happen. */
export function failureTree(graph: DependencyGraph, service: number, spared: Uint8Array): FailureTree {
  const inside = cone(graph, [service]);
  const state = allUp(graph);
  const count = state.tolerance.map((tolerance) => tolerance + 1);
  for (let event = 0; event < graph.events.length; event++) {
    if (inside[event] === 1 && spared[event] === 0) strike(state, event, inside);
  }
  const canFail = state.fallen;
  const inputs = new Map<number, readonly number[]>();
  const parts: (readonly number[])[] = [];
  // A gate that fails exactly when one other node does is that node.
  const same = new Map<number, number>();

  for (const part of strongComponents(graph, [service], canFail)) {
    const cyclic = isCyclic(graph, part);
    const gates = part.filter((node) => node >= graph.events.length && reduce(node, cyclic));
    if (gates.length > 0) parts.push(gates);
  }
  return { top: canFail[service] === 1 ? (same.get(service) ?? service) : undefined, parts, count, inputs };

  /** Whether a gate is left at `node`. */
  function reduce(node: number, cyclic: boolean): boolean {
    const all: number[] = [];
    for (let slot = graph.inputStart[node] as number; slot < (graph.inputStart[node + 1] as number); slot++) {
      const input = graph.inputs[slot] as number;
      if (canFail[input] === 1) all.push(same.get(input) ?? input);
    }
    const idempotent = count[node] === 1 || count[node] === all.length;
    const kept = idempotent ? [...new Set(all)] : all;
    if (idempotent && count[node] !== 1) count[node] = kept.length;
    const [only] = kept;
    if (!cyclic && kept.length === 1 && only !== undefined) {
      same.set(node, only);
      return false;
    }
    inputs.set(node, kept);
    return true;
  }
}

/** Which of a gate's inputs a walk goes into first: what many gates share, what holds many events, what holds few. */
export type Preference = 'shared' | 'heavy' | 'light';

/**
 * The events of a tree in the order in which a walk from the top, depth first, meets them: events that fail together
 * stand together, which keeps diagrams small (Fujita et al. 1988; Bouissou 1996). No preference is best for all trees.
 */
export function variableOrder(tree: FailureTree, preference: Preference): number[] {
  if (tree.top === undefined) return [];
  const before = comparison(tree, preference);
  const order: number[] = [];
  const met = new Set<number>();
  const open = [tree.top];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (met.has(node)) continue;
    met.add(node);
    const inputs = tree.inputs.get(node);
    if (inputs === undefined) order.push(node);
    else open.push(...inputs.toSorted(before).reverse());
  }
  return order;
}

function comparison(tree: FailureTree, preference: Preference): (a: number, b: number) => number {
  const shared = new Map<number, number>();
  const weights = new Map<number, number>();
  for (const gate of tree.parts.flat()) {
    let sum = 0;
    for (const input of tree.inputs.get(gate) ?? []) {
      shared.set(input, (shared.get(input) ?? 0) + 1);
      sum += weight(input);
    }
    weights.set(gate, sum);
  }
  const heavy = (a: number, b: number) => weight(b) - weight(a);
  switch (preference) {
    case 'shared':
      return (a, b) => (shared.get(b) ?? 0) - (shared.get(a) ?? 0) || heavy(a, b);
    case 'heavy':
      return heavy;
    case 'light':
      return (a, b) => heavy(b, a);
  }

  // An event counts one, and so does, seen from inside its circle, a gate whose weight is not known yet.
  function weight(node: number): number {
    return weights.get(node) ?? 1;
  }
}
