import { cone, type DependencyGraph } from './dependency-graph.ts';
import { isCyclic, strongComponents } from './strong-components.ts';

/** Numbers of 32 bits that a node's set of events takes at a time. */
export const WORDS = 32;
const EVENTS_AT_ONCE = 32 * WORDS;

/** Some of the events, and which nodes each of them takes down alone. */
export interface OneByOne {
  readonly events: readonly number[];
  /** By node, `WORDS` numbers: the n-th bit stands for the n-th of `events`. */
  readonly fallen: Int32Array;
}

/** Whether the n-th of the events is in the set that begins at `offset`. */
export const holds = (bits: Int32Array, offset: number, event: number): boolean =>
  (((bits[offset + (event >> 5)] as number) >>> (event & 31)) & 1) === 1;

/**
 * By which events, each alone, every node below `roots` fails; exact. A node fails by the events by which enough of its
 * inputs fail, so the sets of such events, as bits, go up through the graph once, and a circle goes round until it stands
 * still. `look` is given so many events at a time as keep the memory small, in the order of the graph.
 */
export function byOneEvent(graph: DependencyGraph, roots: readonly number[], look: (found: OneByOne) => void): void {
  const inside = cone(graph, roots);
  const events = [...graph.events.keys()].filter((event) => inside[event] === 1);
  // Within a circle the walk comes to what is needed after what needs it; the other way round few rounds are enough.
  const parts = strongComponents(graph, roots, inside).map((nodes) => ({
    nodes: nodes.reverse(),
    circle: isCyclic(graph, nodes),
  }));
  const fallen = new Int32Array(graph.origins.length * WORDS);
  for (let first = 0; first < events.length; first += EVENTS_AT_ONCE) {
    const now = events.slice(first, first + EVENTS_AT_ONCE);
    fallen.fill(0);
    for (const [bit, event] of now.entries()) fallen[event * WORDS + (bit >> 5)] = 1 << (bit & 31);
    spread(graph, parts, fallen);
    look({ events: now, fallen });
  }
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
