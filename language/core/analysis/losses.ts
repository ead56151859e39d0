import type { Analysis } from './analyse.ts';
import { elementAt } from './chains.ts';
import { allUp, strike, undoTo } from './running.ts';

/**
 * A question that is asked of one architecture again and again: which services, in the order of the text, fall if some
 * of its components, services, hazards or operators are lost at once. Each answer costs what falls, not what stands.
 */
export function lossesIn(analysis: Analysis): (names: readonly string[]) => readonly string[] {
  const { graph } = analysis;
  const state = allUp(graph);
  const events = new Map(graph.events.map(({ name }, event) => [name, event]));
  const services = new Map<number, string>();
  for (const node of graph.services) services.set(node, elementAt(graph, node) ?? '');
  // What one component takes along by itself is known already.
  const alone = new Map(analysis.singleFailures().map(({ event, services: lost }) => [event, lost]));
  return (names) => {
    const [only] = names;
    const event = names.length === 1 && only !== undefined ? events.get(only) : undefined;
    if (event !== undefined) return alone.get(event) ?? [];
    for (const name of names) {
      const node = graph.nodeOf.get(name) ?? events.get(name);
      if (node !== undefined) strike(state, node);
    }
    const fallen = graph.services.filter((node) => state.fallen[node] === 1);
    undoTo(state, 0);
    return fallen.map((node) => services.get(node) as string);
  };
}
