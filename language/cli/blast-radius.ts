import type { BasicEvent, DependencyGraph } from '../core/analysis/index.ts';

/** What one basic event takes down while all else is well. */
export interface BlastRadius {
  readonly event: BasicEvent;
  /** Lost because of the event, without the component that the event is itself; in the order of the text. */
  readonly components: number;
  readonly services: number;
  /** The names of them, found when they are asked for: of ten thousand events nobody reads all. */
  readonly names: () => { readonly components: readonly string[]; readonly services: readonly string[] };
}

/**
 * The blast radius of every basic event that takes down more than itself: those that take most services first, then
 * most components, then by name. `graph` is in the reading "running".
 */
export function blastRadii(graph: DependencyGraph): BlastRadius[] {
  const size = graph.origins.length;
  const lost = new Int32Array(size);
  const down = new Uint8Array(size);
  const fallen = new Int32Array(size);
  const kind = new Uint8Array(size);
  for (const node of graph.components) kind[node] = COMPONENT;
  for (const node of graph.services) kind[node] = SERVICE;

  return graph.events
    .map((event, index): BlastRadius => {
      const own = event.kind === 'component' ? (graph.nodeOf.get(event.name) ?? -1) : -1;
      const counts = [0, 0, 0];
      for (const node of fall(index)) if (node !== own) (counts[kind[node] as number] as number)++;
      return {
        event,
        components: counts[COMPONENT] as number,
        services: counts[SERVICE] as number,
        names: () => {
          const again = fall(index).toSorted();
          const named = (of: number): string[] =>
            [...again].filter((node) => node !== own && kind[node] === of).map(nameOf);
          return { components: named(COMPONENT), services: named(SERVICE) };
        },
      };
    })
    .filter((radius) => radius.components + radius.services > 0)
    .sort(
      (left, right) =>
        right.services - left.services ||
        right.components - left.components ||
        (left.event.name < right.event.name ? -1 : 1),
    );

  /** Every node falls once it has lost more inputs than it can do without; each costs its users and no more. */
  function fall(event: number): Int32Array {
    let length = 0;
    fallen[length++] = event;
    down[event] = 1;
    for (let next = 0; next < length; next++) {
      const node = fallen[next] as number;
      for (let slot = graph.userStart[node] as number; slot < (graph.userStart[node + 1] as number); slot++) {
        const user = graph.users[slot] as number;
        const inputs = (graph.inputStart[user + 1] as number) - (graph.inputStart[user] as number);
        lost[user] = (lost[user] as number) + 1;
        if (down[user] === 1 || inputs - (lost[user] as number) >= (graph.threshold[user] as number)) continue;
        down[user] = 1;
        fallen[length++] = user;
      }
    }
    // What has lost inputs is a user of what fell, so the way back is the same.
    for (let at = 0; at < length; at++) {
      const node = fallen[at] as number;
      down[node] = 0;
      for (let slot = graph.userStart[node] as number; slot < (graph.userStart[node + 1] as number); slot++) {
        lost[graph.users[slot] as number] = 0;
      }
    }
    return fallen.subarray(0, length);
  }

  function nameOf(node: number): string {
    const origin = graph.origins[node];
    return origin?.kind === 'component' || origin?.kind === 'service' ? origin.name : '';
  }
}

const COMPONENT = 1;
const SERVICE = 2;
