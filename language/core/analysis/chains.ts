import type { Place } from '../model/index.ts';
import type { DependencyGraph, Requirement } from './dependency-graph.ts';
import { allUp, type FailureState, strike } from './running.ts';

/** One step of a chain of dependency: `from` depends on `to` by the words at `place`. */
export interface Step {
  readonly from: string;
  readonly to: string;
  readonly kind: Requirement['kind'];
  /** Whose text says so: `from`, or the population of the service `from`. */
  readonly owner: string;
  readonly place: Place;
}

/** The component or service at a node, if one stands there. */
export function elementAt(graph: DependencyGraph, node: number): string | undefined {
  const origin = graph.origins[node];
  return origin?.kind === 'component' || origin?.kind === 'service' ? origin.name : undefined;
}

/** The words by which `node` has its n-th input; none where that input is a basic event. */
export function wordsAt(
  graph: DependencyGraph,
  node: number,
  input: number,
): { requirement: Requirement; place: Place } | undefined {
  const origin = graph.origins[node];
  if (origin?.kind === 'gate') {
    return { requirement: origin.requirement, place: placeOf(origin.requirement, [...origin.path, input]) };
  }
  if (origin?.kind !== 'component' && origin?.kind !== 'service') return undefined;
  const requirement = origin.requirements[input - origin.firstRequirement];
  return requirement && { requirement, place: placeOf(requirement, []) };
}

function placeOf(requirement: Requirement, path: readonly number[]): Place {
  if (requirement.kind === 'promotion') {
    return { kind: 'property', element: requirement.owner, property: 'promoted' };
  }
  return { kind: 'need', element: requirement.owner, index: requirement.index, path };
}

/** A chain of dependency from a service downwards. Of a long one, both ends are kept and its middle is left out. */
export interface Chain {
  readonly steps: readonly Step[];
  /** How many steps the whole chain has. */
  readonly length: number;
}

/** Steps that are kept of each end of a chain; nobody reads more. */
const END = 6;

/**
 * How each of `elements` falls by one event: from the element, step by step, to the component that the event strikes.
 * Every step was down before the one that depends on it, so the chain is a cause and not a circle.
 * Empty for an element that the event strikes itself, and for one that does not fail.
 */
export function failureChains(graph: DependencyGraph, event: number, elements: readonly string[]): Chain[] {
  const state = allUp(graph);
  strike(state, event);
  return elements.map((element) => chain(state, graph.nodeOf.get(element)));
}

function chain({ graph, cause, fallen }: FailureState, start: number | undefined): Chain {
  if (start === undefined || fallen[start] === 0) return { steps: [], length: 0 };
  // Elements on the way, and before each but the first the node that holds the words that lead to it.
  const elements = [start];
  const words: number[] = [];
  let node = start;
  for (let next = cause[node] as number; next >= graph.events.length; next = cause[node] as number) {
    if (elementAt(graph, next) !== undefined) {
      elements.push(next);
      words.push(node);
    }
    node = next;
  }
  const length = words.length;
  const kept = ends(length);
  return {
    steps: kept.flatMap(
      (at) => step(graph, elements[at] as number, words[at] as number, elements[at + 1] as number) ?? [],
    ),
    length,
  };
}

function ends(length: number): number[] {
  const first = Array.from({ length: Math.min(END, length) }, (_, at) => at);
  const last = Array.from({ length: Math.min(END, length - first.length) }, (_, at) => length - 1 - at);
  return [...first, ...last.reverse()];
}

function step(graph: DependencyGraph, from: number, node: number, to: number): Step | undefined {
  const row = graph.inputs.subarray(graph.inputStart[node], graph.inputStart[node + 1]);
  const words = wordsAt(graph, node, row.indexOf(to));
  if (words === undefined) return undefined;
  const { requirement, place } = words;
  return {
    from: elementAt(graph, from) as string,
    to: elementAt(graph, to) as string,
    kind: requirement.kind,
    owner: requirement.owner,
    place,
  };
}

/** A chain as a reader sees it, `Calling → Client → SuperNode`; a long one without its middle. */
export function chainText({ steps, length }: Chain): string {
  const names = steps.flatMap((step) => (step.owner === step.from ? [step.from] : [step.from, step.owner]));
  const last = steps.at(-1);
  if (last !== undefined) names.push(last.to);
  const whole = names.length <= 7 && steps.length === length;
  return (whole ? names : [...names.slice(0, 3), '…', ...names.slice(-3)]).join(' → ');
}
