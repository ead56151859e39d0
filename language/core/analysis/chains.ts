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
  /** How many steps the whole chain has, up to its choice if it comes to one. */
  readonly length: number;
  /** Where it comes to a need with alternatives: one way alone would not tell how that falls. The chain ends there. */
  readonly choice?: Choice;
}

/** An `or` or a `k of` of which too few are left. */
export interface Choice {
  /** As the text says it: `C or D`. */
  readonly text: string;
  /** Each alternative that falls, and how. Of many the first are kept. */
  readonly ways: readonly { readonly step: Step; readonly chain: Chain }[];
  /** Whether every alternative is among `ways`. */
  readonly isWhole: boolean;
}

/** Steps that are kept of each end of a chain, and ways of a choice; nobody reads more. */
const END = 6;
/** How many choices a chain follows one after the other; at a further one it ends. */
const CHOICES = 2;

/**
 * How each of `elements` falls by one event: from the element, step by step, to the component that the event strikes.
 * Every step was down before the one that depends on it, so the chain is a cause and not a circle.
 * Empty for an element that the event strikes itself, and for one that does not fail.
 */
export function failureChains(graph: DependencyGraph, event: number, elements: readonly string[]): Chain[] {
  return afterEvents(graph, [event], ({ chainOf }) => elements.map((element) => chainOf(element, CHOICES)));
}

/** What events have left, for as long as somebody looks at it. */
export interface Aftermath {
  /** How many nodes have fallen: what it cost. */
  readonly size: number;
  readonly hasFallen: (element: string) => boolean;
  /** As `failureChains` says; `choices` is how many of them it follows one after the other. */
  readonly chainOf: (element: string, choices: number) => Chain;
}

/** Looks at what events leave that happen at once. What `held` names works whatever happens. */
export function afterEvents<Seen>(
  graph: DependencyGraph,
  events: readonly number[],
  look: (aftermath: Aftermath) => Seen,
  held?: string,
): Seen {
  const walk = walks.get(graph) ?? {
    state: allUp(graph),
    elements: new Int32Array(graph.origins.length + 1),
    mayFall: new Uint8Array(graph.origins.length).fill(1),
  };
  walks.set(graph, walk);
  const { state, mayFall } = walk;
  const heldNode = held === undefined ? undefined : graph.nodeOf.get(held);
  if (heldNode !== undefined) mayFall[heldNode] = 0;
  for (const event of events) strike(state, event, mayFall);
  const seen = look({
    size: state.length,
    hasFallen: (element) => state.fallen[graph.nodeOf.get(element) ?? -1] === 1,
    chainOf: (element, choices) => chain(walk, graph.nodeOf.get(element), choices),
  });
  undoTo(state, 0);
  if (heldNode !== undefined) mayFall[heldNode] = 1;
  return seen;
}

/** What a walk needs, kept from one to the next: findings ask for one chain after the other, of one graph. */
interface Walk {
  /** Everything is up between two walks. */
  readonly state: FailureState;
  /** The elements on the way, as far as the walk has come. */
  readonly elements: Int32Array;
  /** By node, 1 = yes. Between two walks everything may. */
  readonly mayFall: Uint8Array;
}

const walks = new WeakMap<DependencyGraph, Walk>();

function chain(walk: Walk, start: number | undefined, choices: number): Chain {
  const { state, elements } = walk;
  const { graph, cause, fallen } = state;
  if (start === undefined || fallen[start] === 0) return { steps: [], length: 0 };
  elements[0] = start;
  let length = 0;
  let fork: Fork | undefined;
  const first = graph.events.length;
  for (let node = cause[start] as number; node >= first; node = cause[node] as number) {
    const origin = graph.origins[node];
    if (origin?.kind === 'component' || origin?.kind === 'service') elements[++length] = node;
    else if (isChoice(graph, node)) {
      const ways = waysOf(state, node);
      if (new Set(ways.map(({ to }) => to)).size === 1) continue;
      fork = { node, ways };
      break;
    }
  }
  const steps = ends(length).flatMap((at) => {
    const from = elements[at] as number;
    const to = elements[at + 1] as number;
    // The words that lead from one to the other stand at the last node before it.
    let words = from;
    while (cause[words] !== to) words = cause[words] as number;
    return step(graph, from, words, to) ?? [];
  });
  const from = elements[length] as number;
  return { steps, length, ...(fork && { choice: choiceAt(walk, from, fork, choices) }) };
}

/** A gate with alternatives, and by which elements below it it fell. */
interface Fork {
  readonly node: number;
  readonly ways: readonly { readonly words: number; readonly to: number }[];
}

const isChoice = (graph: DependencyGraph, node: number): boolean =>
  (graph.threshold[node] as number) < (graph.inputStart[node + 1] as number) - (graph.inputStart[node] as number);

/** The elements by whose fall a gate fell: of alternatives each, of an `and` the one that was first. */
function waysOf(state: FailureState, gate: number): Fork['ways'] {
  const { graph, cause } = state;
  const inputs = isChoice(graph, gate) ? fallenBefore(state, gate) : [cause[gate] as number];
  return inputs.flatMap((to) => (graph.origins[to]?.kind === 'gate' ? waysOf(state, to) : [{ words: gate, to }]));
}

/** The inputs of a node that were down before it, in the order of the text. */
function fallenBefore({ graph, trail }: FailureState, node: number): number[] {
  const row = [...new Set(graph.inputs.subarray(graph.inputStart[node], graph.inputStart[node + 1]))];
  const found = new Set<number>();
  for (let at = 0; trail[at] !== node; at++) if (row.includes(trail[at] as number)) found.add(trail[at] as number);
  return row.filter((input) => found.has(input));
}

function choiceAt(walk: Walk, from: number, { node, ways }: Fork, choices: number): Choice {
  const { graph } = walk.state;
  const told = ways.filter(({ to }, at) => ways.findIndex((other) => other.to === to) === at).slice(0, END);
  const isFollowed = choices > 0;
  const isStruck = told.every(({ to }) => (walk.state.cause[to] as number) < graph.events.length);
  return {
    text: textOf(graph, node) + (isFollowed || isStruck ? '' : ' → …'),
    ways: told.flatMap(({ words, to }) => {
      const first = step(graph, from, words, to);
      return first === undefined
        ? []
        : [{ step: first, chain: isFollowed ? chain(walk, to, choices - 1) : { steps: [], length: 0 } }];
    }),
    isWhole: told.length === elementsBelow(graph, node).size,
  };
}

function elementsBelow(graph: DependencyGraph, gate: number, found = new Set<number>()): Set<number> {
  for (const input of graph.inputs.subarray(graph.inputStart[gate], graph.inputStart[gate + 1])) {
    if (graph.origins[input]?.kind === 'gate') elementsBelow(graph, input, found);
    else found.add(input);
  }
  return found;
}

/** A need in the words of the text; of many operands the first three. */
function textOf(graph: DependencyGraph, node: number, isInside = false): string {
  if (graph.origins[node]?.kind !== 'gate') return elementAt(graph, node) ?? '…';
  const inputs = [...graph.inputs.subarray(graph.inputStart[node], graph.inputStart[node + 1])];
  const words = inputs.map((input) => textOf(graph, input, true));
  const shown = words.length > 4 ? [...words.slice(0, 3), `${words.length - 3} more`] : words;
  const count = graph.threshold[node] as number;
  if (count > 1 && count < inputs.length) return `${count} of (${shown.join(', ')})`;
  const text = shown.join(count === 1 ? ' or ' : ' and ');
  return isInside ? `(${text})` : text;
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

/** Every step of a chain, and of the ways of its choices. */
export const stepsOf = ({ steps, choice }: Chain): Step[] => [
  ...steps,
  ...(choice?.ways.flatMap((way) => [way.step, ...stepsOf(way.chain)]) ?? []),
];
