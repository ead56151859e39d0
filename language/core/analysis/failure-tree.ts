import { cone, type DependencyGraph } from './dependency-graph.ts';
import { allUp, strike } from './running.ts';
import { isCyclic, strongComponents } from './strong-components.ts';

/**
 * How one service fails: the dependency graph turned over and reduced to what can matter. Nodes keep the graph's
 * numbers, so those below `events` are basic events. A gate fails when `count` of its inputs fail: 1 is an `or` of
 * failures, all of them an `and`.
 */
export interface FailureTree {
  /** The service's gate or what it is reduced to; undefined where nothing that may fail takes the service down. */
  readonly top: number | undefined;
  readonly events: number;
  /** Every gate after its inputs; gates that depend on one another in a circle stand together. */
  readonly parts: readonly (readonly number[])[];
  /** Of gates only: an event has none. */
  readonly gates: ReadonlyMap<number, Gate>;
}

export interface Gate {
  readonly count: number;
  readonly inputs: readonly number[];
}

/** The failure tree of the service at `service`, with the `spared` events (1 = spared) taken never to happen. */
export function failureTree(graph: DependencyGraph, service: number, spared: Uint8Array): FailureTree {
  const inside = cone(graph, [service]);
  const state = allUp(graph);
  // What a node can lose and still work, before anything is struck.
  const tolerance = state.tolerance.slice();
  for (let event = 0; event < graph.events.length; event++) {
    if (inside[event] === 1 && spared[event] === 0) strike(state, event, inside);
  }
  const canFail = state.fallen;
  const gates = new Map<number, Gate>();
  const parts: (readonly number[])[] = [];
  // A gate that fails exactly when one other node does is that node.
  const same = new Map<number, number>();

  for (const part of strongComponents(graph, [service], canFail)) {
    const cyclic = isCyclic(graph, part);
    const left = part.filter((node) => node >= graph.events.length && reduce(node, cyclic));
    if (left.length > 0) parts.push(left);
  }
  const top = canFail[service] === 1 ? (same.get(service) ?? service) : undefined;
  return { top, events: graph.events.length, parts, gates };

  /** Whether a gate is left at `node`. */
  function reduce(node: number, cyclic: boolean): boolean {
    const all: number[] = [];
    for (let slot = graph.inputStart[node] as number; slot < (graph.inputStart[node + 1] as number); slot++) {
      const input = graph.inputs[slot] as number;
      if (canFail[input] === 1) all.push(same.get(input) ?? input);
    }
    const gate = gateOf((tolerance[node] as number) + 1, all);
    const [only] = gate.inputs;
    if (!cyclic && gate.inputs.length === 1 && only !== undefined) {
      same.set(node, only);
      return false;
    }
    gates.set(node, gate);
    return true;
  }
}

/** A gate whose inputs stand once each where that says the same; to a `k of` it matters that one counts twice. */
export function gateOf(count: number, inputs: readonly number[]): Gate {
  if (count !== 1 && count !== inputs.length) return { count, inputs };
  const once = [...new Set(inputs)];
  return { count: count === 1 ? 1 : once.length, inputs: once };
}

/** Whether the gates of a part depend on one another, or its only gate on itself. */
export function isCircle(tree: FailureTree, part: readonly number[]): boolean {
  const [gate] = part;
  return part.length > 1 || (gate !== undefined && tree.gates.get(gate)?.inputs.includes(gate) === true);
}
