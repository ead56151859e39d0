import { type Analysis, allUp, cone, type DependencyGraph, strike, strongComponents } from '../analysis/index.ts';

/** A gate of the graph, read below other gates of the same circle: what is above it is no cause of it once more. */
export interface Spot {
  readonly node: number;
  /** Components and services on the way down that depend on this node themselves, by number. */
  readonly above: readonly number[];
}

export type Cause =
  | { readonly kind: 'event'; readonly event: number }
  | { readonly kind: 'gate'; readonly spot: Spot }
  /** Can happen only through what is above it. */
  | { readonly kind: 'circle'; readonly node: number };

/** Happens when `count` of `inputs` do. */
export interface Causes {
  readonly count: number;
  readonly inputs: readonly Cause[];
}

export interface CauseReader {
  /** The top event; undefined where nothing that may fail takes the service down. */
  readonly top: Spot | undefined;
  readonly causesOf: (spot: Spot) => Causes;
  /** How many basic events stand below a node. */
  readonly eventsBelow: (node: number) => number;
}

/**
 * How a service fails, read from the top downwards, as far as one likes. The loss of what needs in circles is a least
 * fixed point; a derivation of least height meets no gate twice on one way down, so below a gate its own failure may be
 * taken never to happen, and what is read is the fault tree without circles that has the same value for every set of
 * events. A gate that is in no circle with what is above it reads the same wherever it stands.
 */
export function causeReader({ graph }: Analysis, service: string): CauseReader {
  const root = graph.nodeOf.get(service);
  const inside = cone(graph, root === undefined ? [] : [root]);
  const circleOf = new Int32Array(graph.origins.length).fill(-1);
  for (const [at, part] of strongComponents(graph, root === undefined ? [] : [root], inside).entries()) {
    for (const node of part) circleOf[node] = at;
  }
  const known = new Map<string, Uint8Array>();
  const counts = new Map<number, number>();
  const canFail = failable([]);

  return {
    top: root !== undefined && canFail[root] === 1 ? { node: root, above: [] } : undefined,
    causesOf,
    eventsBelow(node) {
      const count = counts.get(node) ?? cone(graph, [node]).subarray(0, graph.events.length).filter(Boolean).length;
      counts.set(node, count);
      return count;
    },
  };

  /** What can fail at all (1 = can) if the nodes of `above` cannot. */
  function failable(above: readonly number[]): Uint8Array {
    const key = above.join();
    const found = known.get(key);
    if (found !== undefined) return found;
    const within = inside.slice();
    for (const node of above) within[node] = 0;
    const state = allUp(graph);
    for (const event of graph.events.keys()) if (inside[event] === 1) strike(state, event, within);
    known.set(key, state.fallen);
    return state.fallen;
  }

  function causesOf({ node, above }: Spot): Causes {
    const kind = graph.origins[node]?.kind;
    const below = kind === 'component' || kind === 'service' ? [...above, node].sort((a, b) => a - b) : above;
    const { count, inputs } = gateAt(graph, node);
    return { count, inputs: inputs.filter((input) => canFail[input] === 1).map((input) => causeAt(input, below)) };
  }

  function causeAt(node: number, way: readonly number[]): Cause {
    if (node < graph.events.length) return { kind: 'event', event: node };
    const above = way.filter((other) => circleOf[other] === circleOf[node]);
    // What can only fail through what is above it is no cause here, be it the same gate or another.
    return failable(above)[node] === 1 ? { kind: 'gate', spot: { node, above } } : { kind: 'circle', node };
  }
}

/** How many of its inputs have to fail for a node to fail. */
function gateAt(graph: DependencyGraph, node: number): { count: number; inputs: number[] } {
  const inputs = [...graph.inputs.subarray(graph.inputStart[node], graph.inputStart[node + 1])];
  return { count: inputs.length - (graph.threshold[node] as number) + 1, inputs };
}
