import { elementAt, type Step, wordsAt } from './chains.ts';
import type { DependencyGraph } from './dependency-graph.ts';

/**
 * The shortest cycle of components and services in a knot, as steps. It begins at the part of the cycle that stands
 * first in the text; of several as short, it is the one whose beginning stands first.
 * `knot` is strongly connected, its nodes in ascending order.
 */
export function shortestCycle(graph: DependencyGraph, knot: readonly number[]): Step[] {
  const inside = new Set(knot);
  const elements = knot.filter((node) => elementAt(graph, node) !== undefined);
  const next = new Map(elements.map((node) => [node, stepsFrom(graph, node, inside)]));
  const waitedFor = new Map<number, number>();
  for (const steps of next.values()) for (const to of steps.keys()) waitedFor.set(to, (waitedFor.get(to) ?? 0) + 1);
  let best: Step[] | undefined;
  for (const start of elements) {
    const cycle = cycleThrough(next, start, best?.length ?? Number.POSITIVE_INFINITY);
    if (cycle !== undefined) best = cycle;
    if (best?.length === 1) break;
    leaveOut(start);
  }
  return best ?? [];

  /** Every cycle through `node` has been seen; with it goes what only it led to, for a cycle leads to all its parts. */
  function leaveOut(node: number): void {
    const open = [node];
    for (let out = open.pop(); out !== undefined; out = open.pop()) {
      const steps = next.get(out);
      next.delete(out);
      for (const to of steps?.keys() ?? []) {
        const left = (waitedFor.get(to) ?? 0) - 1;
        waitedFor.set(to, left);
        if (left === 0) open.push(to);
      }
    }
  }
}

/** Breadth first from `start` back to it, in fewer than `limit` steps. */
function cycleThrough(
  next: ReadonlyMap<number, ReadonlyMap<number, Step>>,
  start: number,
  limit: number,
): Step[] | undefined {
  const reachedBy = new Map<number, { readonly from: number; readonly step: Step }>();
  let front = [start];
  for (let length = 1; length < limit && front.length > 0; length++) {
    const reached: number[] = [];
    for (const from of front) {
      for (const [to, step] of next.get(from) ?? []) {
        if (to === start) return [...trace(reachedBy, start, from), step];
        if (reachedBy.has(to) || !next.has(to)) continue;
        reachedBy.set(to, { from, step });
        reached.push(to);
      }
    }
    front = reached;
  }
  return undefined;
}

function trace(reachedBy: ReadonlyMap<number, { from: number; step: Step }>, start: number, end: number): Step[] {
  const steps: Step[] = [];
  for (let node = end; node !== start; ) {
    const { from, step } = reachedBy.get(node) as { from: number; step: Step };
    steps.push(step);
    node = from;
  }
  return steps.reverse();
}

/** What an element of the knot waits for in the knot, each with the words that say so; the first words where several do. */
function stepsFrom(graph: DependencyGraph, element: number, inside: ReadonlySet<number>): Map<number, Step> {
  const steps = new Map<number, Step>();
  const from = elementAt(graph, element) as string;
  const open = [element];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const start = graph.inputStart[node] as number;
    const end = graph.inputStart[node + 1] as number;
    for (let slot = start; slot < end; slot++) {
      const input = graph.inputs[slot] as number;
      if (!inside.has(input)) continue;
      const to = elementAt(graph, input);
      if (to === undefined) open.push(input);
      else if (!steps.has(input)) {
        const words = wordsAt(graph, node, slot - start);
        if (words === undefined) continue;
        const { requirement, place } = words;
        steps.set(input, { from, to, kind: requirement.kind, owner: requirement.owner, place });
      }
    }
  }
  return steps;
}
