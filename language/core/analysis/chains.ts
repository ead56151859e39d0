import type { Place } from '../model/index.ts';
import type { DependencyGraph, Requirement } from './dependency-graph.ts';
import { allUp, type FailureState, strike, undoTo } from './running.ts';

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
  const walk = walks.get(graph) ?? { state: allUp(graph), elements: new Int32Array(graph.origins.length + 1) };
  walks.set(graph, walk);
  strike(walk.state, event);
  const chains = elements.map((element) => chain(walk, graph.nodeOf.get(element)));
  undoTo(walk.state, 0);
  return chains;
}

/** What a walk needs, kept from one to the next: findings ask for one chain after the other, of one graph. */
interface Walk {
  /** Everything is up between two walks. */
  readonly state: FailureState;
  /** The elements on the way, as far as the walk has come. */
  readonly elements: Int32Array;
}

const walks = new WeakMap<DependencyGraph, Walk>();

function chain({ state, elements }: Walk, start: number | undefined): Chain {
  const { graph, cause, fallen } = state;
  if (start === undefined || fallen[start] === 0) return { steps: [], length: 0 };
  elements[0] = start;
  let length = 0;
  const first = graph.events.length;
  for (let node = cause[start] as number; node >= first; node = cause[node] as number) {
    const kind = graph.origins[node]?.kind;
    if (kind === 'component' || kind === 'service') elements[++length] = node;
  }
  const steps = ends(length).flatMap((at) => {
    const from = elements[at] as number;
    const to = elements[at + 1] as number;
    // The words that lead from one to the other stand at the last node before it.
    let words = from;
    while (cause[words] !== to) words = cause[words] as number;
    return step(graph, from, words, to) ?? [];
  });
  return { steps, length };
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
