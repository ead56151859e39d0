import type { NeedExpression } from '../model/index.ts';
import { type Chain, elementAt, type Step, wordsAt } from './chains.ts';
import type { DependencyGraph } from './dependency-graph.ts';

/** A need for alternatives that one event takes all of, as far as they could stand in for one another. */
export interface SharedFate {
  /** The events, by index: each takes down so many alternatives that too few are left. In the order of the graph. */
  readonly events: readonly number[];
  /** By event, the alternatives that it takes down, by their position. */
  readonly struck: readonly (readonly number[])[];
  /** How the first event takes them down, from each of its alternatives to it; empty where it strikes one itself. */
  readonly chains: readonly Chain[];
}

/**
 * Finds the fate that the alternatives of a need share: `needed` of them have to work, and one event leaves fewer.
 *
 * Told are the nearest events alone: where all alternatives go through one component, what lies below that is no news,
 * and what is told of another need for alternatives on the way is told there. So the search goes down along needs
 * without alternatives only, and costs what lies there.
 */
export function sharedFates(
  graph: DependencyGraph,
): (owner: string, alternatives: readonly NeedExpression[], needed: number) => SharedFate | undefined {
  const counts = new Int32Array(graph.origins.length);
  const visits = new Int32Array(graph.origins.length);
  const above = new Int32Array(graph.origins.length);
  const events = new Map(graph.events.map(({ name }, event) => [name, event]));
  let round = 0;

  return (owner, alternatives, needed) => {
    const enough = alternatives.length - needed + 1;
    // What is lost with its owner is no redundancy that the owner could miss.
    const own = graph.nodeOf.get(owner);
    const starts = alternatives.map((alternative) => startsOf(alternative));
    const met: number[] = [];
    for (const start of starts) {
      walk(
        start,
        () => true,
        (node) => {
          if (counts[node] === 0) met.push(node);
          counts[node] = (counts[node] as number) + 1;
        },
      );
    }
    const common = new Set(met.filter((node) => (counts[node] as number) >= enough && isTelling(node)));
    const result = common.size === 0 ? undefined : nearest(starts, common, enough);
    for (const node of met) counts[node] = 0;
    return result;

    /** Breadth first, along needs without alternatives. */
    function walk(start: readonly number[], goesOn: (node: number) => boolean, visit: (node: number) => void): void {
      round += 1;
      const queue: number[] = [];
      const reach = (node: number, from: number): void => {
        if (visits[node] === round || node === own) return;
        visits[node] = round;
        above[node] = from;
        queue.push(node);
      };
      for (const node of start) reach(node, -1);
      for (let at = 0; at < queue.length; at++) {
        const node = queue[at] as number;
        visit(node);
        if (!goesOn(node) || !needsAll(node)) continue;
        const end = graph.inputStart[node + 1] as number;
        for (let slot = graph.inputStart[node] as number; slot < end; slot++) reach(graph.inputs[slot] as number, node);
      }
    }

    function nearest(
      from: readonly (readonly number[])[],
      all: ReadonlySet<number>,
      atLeast: number,
    ): SharedFate | undefined {
      const struck = new Map<number, number[]>();
      from.forEach((start, alternative) => {
        walk(
          start,
          (node) => !all.has(node),
          (node) => {
            if (!all.has(node)) return;
            const list = struck.get(node);
            if (list === undefined) struck.set(node, [alternative]);
            else list.push(alternative);
          },
        );
      });
      const close = [...struck].filter(([, list]) => list.length >= atLeast);
      // In a circle of parts that all go with one another none is nearest; the first of the text speaks for them.
      const told = close.length > 0 ? close : [...struck].sort(([a], [b]) => a - b).slice(0, 1);
      const sorted = told
        .map(([node, list]) => ({ node, event: eventOf(node), list }))
        .sort((a, b) => a.event - b.event);
      const [first] = sorted;
      if (first === undefined) return undefined;
      const chains = first.list.map((alternative) => {
        walk(
          from[alternative] as readonly number[],
          (node) => !all.has(node),
          () => undefined,
        );
        return chainTo(first.node);
      });
      return { events: sorted.map(({ event }) => event), struck: sorted.map(({ list }) => list), chains };
    }
  };

  /** The way of the last walk to a node, in the words of the text. */
  function chainTo(target: number): Chain {
    const way: number[] = [];
    for (let node = target; node !== -1; node = above[node] as number) way.unshift(node);
    const steps: Step[] = [];
    let from = elementAt(graph, way[0] as number);
    for (const [at, node] of way.entries()) {
      const to = elementAt(graph, node);
      if (at === 0 || to === undefined) continue;
      const holder = way[at - 1] as number;
      const row = graph.inputs.subarray(graph.inputStart[holder], graph.inputStart[holder + 1]);
      const words = wordsAt(graph, holder, row.indexOf(node));
      if (words !== undefined && from !== undefined) {
        const { requirement, place } = words;
        steps.push({ from, to, kind: requirement.kind, owner: requirement.owner, place });
      }
      from = to;
    }
    return { steps, length: steps.length };
  }

  /** All of these are needed; none where the alternative has alternatives of its own. */
  function startsOf(need: NeedExpression): number[] {
    if (need.kind === 'reference') {
      const node = graph.nodeOf.get(need.name);
      return node === undefined ? [] : [node];
    }
    const all = need.kind === 'and' || (need.kind === 'atLeast' && need.count >= need.operands.length);
    return all ? need.operands.flatMap(startsOf) : [];
  }

  function needsAll(node: number): boolean {
    const inputs = (graph.inputStart[node + 1] as number) - (graph.inputStart[node] as number);
    return graph.threshold[node] === inputs;
  }

  /** Components, and what strikes several of them: a component's own event goes by its component. */
  function isTelling(node: number): boolean {
    const origin = graph.origins[node];
    return origin?.kind === 'component' || (origin?.kind === 'event' && origin.event.kind !== 'component');
  }

  function eventOf(node: number): number {
    const origin = graph.origins[node];
    return origin?.kind === 'component' ? (events.get(origin.name) ?? node) : node;
  }
}
