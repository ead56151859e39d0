import { byOneEvent, holds, WORDS } from './by-one-event.ts';
import { elementAt } from './chains.ts';
import type { DependencyGraph } from './dependency-graph.ts';

/** A basic event that takes services down alone: a minimal cut set of order 1 of each of them. */
export interface SingleFailure {
  /** Its index in `graph.events`. */
  readonly event: number;
  /** Names, in the order of the text. */
  readonly services: readonly string[];
}

/** The minimal cut sets of order 1 of every service, exact. */
export function singleFailures(graph: DependencyGraph): SingleFailure[] {
  const result: SingleFailure[] = [];
  byOneEvent(graph, graph.services, ({ events, fallen }) => {
    for (const [bit, event] of events.entries()) {
      const services = graph.services.filter((service) => holds(fallen, service * WORDS, bit));
      if (services.length > 0) {
        result.push({ event, services: services.map((service) => elementAt(graph, service) as string) });
      }
    }
  });
  return result;
}
