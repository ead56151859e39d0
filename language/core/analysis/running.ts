import type { DependencyGraph } from './dependency-graph.ts';

/**
 * What has fallen so far, and how to go back. `tolerance` is the number of inputs that each node can still lose;
 * `trail` lists the fallen in the order of their fall, and `cause` says by which input each of them fell
 * (an event that was struck: by itself).
 */
export interface FailureState {
  readonly graph: DependencyGraph;
  readonly tolerance: Int32Array;
  readonly fallen: Uint8Array;
  readonly cause: Int32Array;
  readonly trail: Int32Array;
  length: number;
}

/** Everything up. With no event struck everything works, for the greatest fixed point gives cycles their support. */
export function allUp(graph: DependencyGraph): FailureState {
  const size = graph.origins.length;
  const tolerance = new Int32Array(size);
  for (let node = 0; node < size; node++) {
    const inputs = (graph.inputStart[node + 1] as number) - (graph.inputStart[node] as number);
    tolerance[node] = inputs - (graph.threshold[node] as number);
  }
  return {
    graph,
    tolerance,
    fallen: new Uint8Array(size),
    cause: new Int32Array(size).fill(-1),
    trail: new Int32Array(size),
    length: 0,
  };
}

/**
 * Strikes one more event and lets its failure spread: the greatest fixed point is reached from above by taking away
 * only what no longer holds, each edge once. `within` (1 = inside) keeps the spread to the nodes of interest.
 */
export function strike(state: FailureState, event: number, within?: Uint8Array): void {
  const { graph, tolerance, fallen, cause, trail } = state;
  if (fallen[event] === 1) return;
  let next = state.length;
  fallen[event] = 1;
  cause[event] = event;
  trail[state.length++] = event;
  while (next < state.length) {
    const node = trail[next++] as number;
    const end = graph.userStart[node + 1] as number;
    for (let slot = graph.userStart[node] as number; slot < end; slot++) {
      const user = graph.users[slot] as number;
      const left = (tolerance[user] as number) - 1;
      tolerance[user] = left;
      if (left >= 0 || fallen[user] === 1 || (within !== undefined && within[user] === 0)) continue;
      fallen[user] = 1;
      cause[user] = node;
      trail[state.length++] = user;
    }
  }
}

/** Takes back every fall after the first `length` of the trail. */
export function undoTo(state: FailureState, length: number): void {
  const { graph, tolerance, fallen, cause, trail } = state;
  for (let at = length; at < state.length; at++) {
    const node = trail[at] as number;
    fallen[node] = 0;
    cause[node] = -1;
    const end = graph.userStart[node + 1] as number;
    for (let slot = graph.userStart[node] as number; slot < end; slot++) {
      const user = graph.users[slot] as number;
      tolerance[user] = (tolerance[user] as number) + 1;
    }
  }
  state.length = length;
}

/** What still works, by name, once the named basic events have happened: the greatest fixed point of analysis.md. */
export function running(graph: DependencyGraph, failed: Iterable<string>): Set<string> {
  const state = allUp(graph);
  const names = new Set(failed);
  for (const [event, { name }] of graph.events.entries()) if (names.has(name)) strike(state, event);
  return new Set([...graph.nodeOf].filter(([, node]) => state.fallen[node] === 0).map(([name]) => name));
}
