import type { NeedExpression } from '../model/index.ts';
import type { DependencyGraph } from './dependency-graph.ts';
import type { Redundancy } from './redundancies.ts';

/**
 * Of some events below the alternatives of a need those that come first on some way down from them: what can be come to
 * through the component of another of the events alone lies below it. Each answer costs what lies above the events.
 */
export function nearestEvents(
  graph: DependencyGraph,
): (
  need: Pick<Redundancy, 'owner' | 'alternatives'>,
  events: readonly { readonly event: number }[],
) => ReadonlySet<number> {
  const visits = new Int32Array(graph.origins.length);
  let round = 0;

  return ({ owner, alternatives }, events) => {
    const nearest = new Set<number>();
    if (events.length === 0) return nearest;
    round += 1;
    const among = new Map(events.map(({ event }) => [stageOf(event), event]));
    const own = graph.nodeOf.get(owner);
    const open: number[] = [];
    for (const alternative of alternatives) open.push(...nodesOf(graph, alternative));
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (visits[node] === round || node === own) continue;
      visits[node] = round;
      const event = among.get(node);
      if (event !== undefined) {
        nearest.add(event);
        continue;
      }
      const end = graph.inputStart[node + 1] as number;
      for (let slot = graph.inputStart[node] as number; slot < end; slot++) open.push(graph.inputs[slot] as number);
    }
    return nearest;
  };

  /** A component's event goes by its component, for whatever else strikes that is a way to take it. */
  function stageOf(event: number): number {
    const found = graph.events[event];
    return (found?.kind === 'component' ? graph.nodeOf.get(found.name) : undefined) ?? event;
  }
}

/** The nodes that an expression names. */
export function nodesOf(graph: DependencyGraph, need: NeedExpression): number[] {
  if (need.kind !== 'reference') return need.operands.flatMap((operand) => nodesOf(graph, operand));
  const node = graph.nodeOf.get(need.name);
  return node === undefined ? [] : [node];
}
