import { elementAt, type Step } from './chains.ts';
import type { DependencyGraph } from './dependency-graph.ts';
import { allUp, strike, undoTo } from './running.ts';
import { shortestCycle } from './shortest-cycle.ts';
import { isCyclic, strongComponents } from './strong-components.ts';

/** A knot that cannot come up because its parts wait for one another. */
export interface ColdStartCycle {
  /** The shortest way round, beginning at the part that stands first in the text; the last step closes it. */
  readonly steps: readonly Step[];
  /** Every component and service of the knot, components first, each in the order of the text. */
  readonly knot: readonly string[];
  /** The services that cannot come up before the knot does, in the order of the text. */
  readonly services: readonly string[];
}

/** What can come up when all is down. Names of components, in the order of the text. */
export interface ColdStart {
  readonly startable: readonly string[];
  readonly notStartable: readonly string[];
  readonly cycles: readonly ColdStartCycle[];
}

/**
 * The least fixed point of analysis.md, in linear time, and the reasons of what it leaves down.
 * `graph` is the architecture in the reading `coldStart`.
 */
export function coldStart(graph: DependencyGraph): ColdStart {
  const nodes = [...graph.origins.keys()];
  const stuck = unstartable(graph, nodes, new Uint8Array(nodes.length).fill(1));
  const down = new Set(stuck);
  const dependents = allUp(graph);
  return {
    startable: names(graph, graph.components, (node) => !down.has(node)),
    notStartable: names(graph, graph.components, (node) => down.has(node)),
    cycles: knots(graph, stuck).map((knot) => {
      for (const node of knot) strike(dependents, node);
      const services = names(graph, graph.services, (node) => dependents.fallen[node] === 1);
      undoTo(dependents, 0);
      const members = knot.flatMap((node) => elementAt(graph, node) ?? []);
      return { steps: shortestCycle(graph, knot), knot: members, services };
    }),
  };
}

function names(graph: DependencyGraph, nodes: readonly number[], keep: (node: number) => boolean): string[] {
  return nodes.filter(keep).map((node) => elementAt(graph, node) as string);
}

/** The nodes of `part` that stay down although everything outside it is up. `inside` marks the part (1 = inside). */
function unstartable(graph: DependencyGraph, part: readonly number[], inside: Uint8Array): number[] {
  const missing = new Map<number, number>();
  const queue: number[] = [];
  for (const node of part) {
    let met = 0;
    const end = graph.inputStart[node + 1] as number;
    for (let slot = graph.inputStart[node] as number; slot < end; slot++) {
      if (inside[graph.inputs[slot] as number] === 0) met++;
    }
    const open = (graph.threshold[node] as number) - met;
    if (open > 0) missing.set(node, open);
    else queue.push(node);
  }
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    const end = graph.userStart[node + 1] as number;
    for (let slot = graph.userStart[node] as number; slot < end; slot++) {
      const user = graph.users[slot] as number;
      const open = missing.get(user);
      if (open === undefined) continue;
      if (open > 1) missing.set(user, open - 1);
      else if (missing.delete(user)) queue.push(user);
    }
  }
  return [...missing.keys()];
}

/**
 * The strongly connected parts of what is down that stay down *of themselves*: even if everything around them were up.
 * A part that comes up then was only waiting for another; a part of which some comes up is looked at again without that.
 */
function knots(graph: DependencyGraph, stuck: readonly number[]): number[][] {
  const result: number[][] = [];
  const inside = new Uint8Array(graph.origins.length);
  const open: (readonly number[])[] = [stuck];
  for (let nodes = open.pop(); nodes !== undefined; nodes = open.pop()) {
    for (const node of nodes) inside[node] = 1;
    const parts = strongComponents(graph, nodes, inside).filter((part) => isCyclic(graph, part));
    for (const node of nodes) inside[node] = 0;
    for (const part of parts) {
      for (const node of part) inside[node] = 1;
      const rest = unstartable(graph, part, inside);
      for (const node of part) inside[node] = 0;
      if (rest.length < part.length) open.push(rest);
      else result.push(part.sort((a, b) => a - b));
    }
  }
  // Components are numbered in the order of the text, and services after them.
  return result.sort((a, b) => (a[0] as number) - (b[0] as number));
}
