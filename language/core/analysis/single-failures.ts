import { cone, type DependencyGraph } from './dependency-graph.ts';
import { isCyclic, strongComponents } from './strong-components.ts';

/** A basic event that takes services down alone: a minimal cut set of order 1 of each of them. */
export interface SingleFailure {
  /** Its index in `graph.events`. */
  readonly event: number;
  /** Names, in the order of the text. */
  readonly services: readonly string[];
}

/** Numbers of 32 bits that a node's set of events takes at a time. */
const WORDS = 32;
const EVENTS_AT_ONCE = 32 * WORDS;

/**
 * The minimal cut sets of order 1 of every service, exact. A node fails by the events by which enough of its inputs
 * fail, so the sets of such events, as bits, go up through the graph once, and a circle goes round until it stands still.
 */
export function singleFailures(graph: DependencyGraph): SingleFailure[] {
  const inside = cone(graph, graph.services);
  const events = [...graph.events.keys()].filter((event) => inside[event] === 1);
  const parts = strongComponents(graph, graph.services, inside).map((nodes) => ({
    nodes,
    circle: isCyclic(graph, nodes),
  }));
  const fallen = new Int32Array(graph.origins.length * WORDS);
  const result: SingleFailure[] = [];
  for (let first = 0; first < events.length; first += EVENTS_AT_ONCE) {
    const now = events.slice(first, first + EVENTS_AT_ONCE);
    fallen.fill(0);
    for (const [bit, event] of now.entries()) fallen[event * WORDS + (bit >> 5)] = 1 << (bit & 31);
    spread(graph, parts, fallen);
    for (const [bit, event] of now.entries()) {
      const services = graph.services.filter(
        (service) => (((fallen[service * WORDS + (bit >> 5)] as number) >>> (bit & 31)) & 1) === 1,
      );
      if (services.length > 0) result.push({ event, services: services.map((service) => nameOf(graph, service)) });
    }
  }
  return result;
}

function spread(
  graph: DependencyGraph,
  parts: readonly { readonly nodes: readonly number[]; readonly circle: boolean }[],
  fallen: Int32Array,
): void {
  // reached[j]: the events by which at least j of the inputs looked at so far fail.
  let reached = new Int32Array(WORDS);
  for (const { nodes, circle } of parts) {
    for (let changed = true; changed; ) {
      changed = false;
      for (const node of nodes) if (node >= graph.events.length && update(node)) changed = circle;
    }
  }

  function update(node: number): boolean {
    const start = graph.inputStart[node] as number;
    const end = graph.inputStart[node + 1] as number;
    const count = end - start - (graph.threshold[node] as number) + 1;
    if (count > end - start) return false;
    if (reached.length < (count + 1) * WORDS) reached = new Int32Array((count + 1) * WORDS);
    reached.fill(-1, 0, WORDS);
    reached.fill(0, WORDS, (count + 1) * WORDS);
    for (let slot = start; slot < end; slot++) {
      const input = (graph.inputs[slot] as number) * WORDS;
      // Of the first n inputs no more than n fail.
      for (let j = Math.min(count, slot - start + 1); j > 0; j--) {
        const to = j * WORDS;
        for (let word = 0; word < WORDS; word++) {
          const both = (reached[to - WORDS + word] as number) & (fallen[input + word] as number);
          reached[to + word] = (reached[to + word] as number) | both;
        }
      }
    }
    let changed = false;
    for (let word = 0; word < WORDS; word++) {
      const value = reached[count * WORDS + word] as number;
      if (fallen[node * WORDS + word] === value) continue;
      fallen[node * WORDS + word] = value;
      changed = true;
    }
    return changed;
  }
}

function nameOf(graph: DependencyGraph, service: number): string {
  const origin = graph.origins[service];
  return origin?.kind === 'service' ? origin.name : '';
}
