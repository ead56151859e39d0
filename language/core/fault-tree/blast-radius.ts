import { type Analysis, allUp, type BasicEvent, type DependencyGraph, strike, undoTo } from '../analysis/index.ts';

/** What is down once some basic events have happened, by name, in the order of the text. */
export interface Fallen {
  readonly components: readonly string[];
  readonly services: readonly string[];
}

/** How much one basic event takes down alone. */
export interface BlastRadius {
  readonly event: BasicEvent;
  /** What the event strikes is counted as well. */
  readonly components: number;
  readonly services: readonly string[];
}

/** What is down once the named basic events have happened; names that are none are passed over. */
export function fallenWith({ graph }: Analysis, events: Iterable<string>): Fallen {
  const names = new Set(events);
  const state = allUp(graph);
  for (const [event, { name }] of graph.events.entries()) if (names.has(name)) strike(state, event);
  const fallen = [...state.trail.subarray(0, state.length)].sort((a, b) => a - b);
  return { components: namesOf(graph, fallen, 'component'), services: namesOf(graph, fallen, 'service') };
}

/** Of every basic event, in the order of `graph.events`. Costs what falls, not what stands. */
export function blastRadii({ graph }: Analysis): BlastRadius[] {
  const state = allUp(graph);
  return graph.events.map((event, at) => {
    strike(state, at);
    const fallen = state.trail.subarray(0, state.length);
    let components = 0;
    const services: number[] = [];
    for (const node of fallen) {
      const kind = graph.origins[node]?.kind;
      if (kind === 'component') components += 1;
      if (kind === 'service') services.push(node);
    }
    undoTo(state, 0);
    return {
      event,
      components,
      services: namesOf(
        graph,
        services.sort((a, b) => a - b),
        'service',
      ),
    };
  });
}

/** The widest first: by services, then by components, then in the order of the text. */
export const byReach = (a: BlastRadius, b: BlastRadius): number =>
  b.services.length - a.services.length || b.components - a.components;

const namesOf = (graph: DependencyGraph, nodes: readonly number[], kind: 'component' | 'service'): string[] =>
  nodes.flatMap((node) => {
    const origin = graph.origins[node];
    return origin?.kind === kind ? [origin.name] : [];
  });
