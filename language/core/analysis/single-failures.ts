import { cone, type DependencyGraph } from './dependency-graph.ts';
import { allUp, strike, undoTo } from './running.ts';

/** A basic event that takes services down alone: a minimal cut set of order 1 of each of them. */
export interface SingleFailure {
  /** Its index in `graph.events`. */
  readonly event: number;
  /** Names, in the order of the text. */
  readonly services: readonly string[];
}

/**
 * The minimal cut sets of order 1 of every service, exact. Each event that some service depends on is struck, its
 * failure spread and taken back, so an event costs what falls with it and not what stands.
 */
export function singleFailures(graph: DependencyGraph): SingleFailure[] {
  const inside = cone(graph, graph.services);
  const state = allUp(graph);
  const result: SingleFailure[] = [];
  for (let event = 0; event < graph.events.length; event++) {
    if (inside[event] === 0) continue;
    strike(state, event, inside);
    const services = graph.services.filter((service) => state.fallen[service] === 1);
    if (services.length > 0) result.push({ event, services: services.map((service) => nameOf(graph, service)) });
    undoTo(state, 0);
  }
  return result;
}

function nameOf(graph: DependencyGraph, service: number): string {
  const origin = graph.origins[service];
  return origin?.kind === 'service' ? origin.name : '';
}
