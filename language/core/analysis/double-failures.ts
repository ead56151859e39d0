import { cone, type DependencyGraph } from './dependency-graph.ts';
import { allUp, strike, undoTo } from './running.ts';

/** Cut sets of two events, by their numbers. */
export type Pairs = readonly (readonly [number, number])[];

/**
 * The minimal cut sets of order 2 of one service, exact, without a diagram: each event but the `spared` (1 = spared,
 * as are those that are cut sets by themselves) is struck, and each later one after it. Quadratic in the events, but
 * never more; undefined where it was stopped.
 */
export function doubleFailures(
  graph: DependencyGraph,
  service: number,
  spared: Uint8Array,
  shouldStop?: () => boolean,
): Pairs | undefined {
  const inside = cone(graph, [service]);
  const events = [...graph.events.keys()].filter((event) => inside[event] === 1 && spared[event] === 0);
  const state = allUp(graph);
  const pairs: (readonly [number, number])[] = [];
  for (const [at, one] of events.entries()) {
    if (shouldStop?.() === true) return undefined;
    strike(state, one, inside);
    const mark = state.length;
    for (let next = at + 1; next < events.length; next++) {
      const other = events[next] as number;
      strike(state, other, inside);
      if (state.fallen[service] === 1) pairs.push([one, other]);
      undoTo(state, mark);
    }
    undoTo(state, 0);
  }
  return pairs;
}
