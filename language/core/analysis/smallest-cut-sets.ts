import type { Analysis } from './analyse.ts';
import { compareNames } from './cut-set-family.ts';
import type { DependencyGraph } from './dependency-graph.ts';
import { allUp, type FailureState, strike, undoTo } from './running.ts';

/** The smallest cut sets of a service among some events, up to an order. */
export interface SmallestCutSets {
  /** Names of events, each set sorted, and the sets by name: those of the lowest order that has any; empty where none has. */
  readonly sets: readonly (readonly string[])[];
  /** How many sets of that order there are; `sets` lists at most `atMost`. */
  readonly total: number;
  /** The highest order up to which the search is complete. */
  readonly searchedTo: number;
}

export interface SmallestOptions {
  /** No larger sets are looked for. */
  readonly order: number;
  /** Events, by index, that may happen; all others never do. */
  readonly allowed: (event: number) => boolean;
  /** How many sets are listed at most. */
  readonly atMost?: number;
  /** How many nodes the search may look at in all; some twenty million a second. */
  readonly maxVisits?: number;
}

class Exhausted extends Error {}

/**
 * Exact, and without a diagram: a service that is up is up because of some events that have not happened, its support,
 * and every cut set holds one of any support. So the search strikes the members of one support, one after the other,
 * and looks for a support in what is left (hitting sets: Reiter 1987). Order after order, so that what is found first
 * is smallest, and minimal.
 */
export function smallestCutSets(analysis: Analysis, service: string, options: SmallestOptions): SmallestCutSets {
  const { graph } = analysis;
  const top = graph.nodeOf.get(service);
  if (top === undefined) return { sets: [], total: 0, searchedTo: options.order };
  const { order, atMost = 3, maxVisits = 1_000_000 } = options;
  const singles = analysis
    .singleFailures()
    .filter(({ event, services }) => options.allowed(event) && services.includes(service));
  if (singles.length > 0 && order >= 1) {
    const names = singles.map(({ event }) => graph.events[event]?.name ?? '').sort(compareNames);
    return { sets: names.slice(0, atMost).map((name) => [name]), total: names.length, searchedTo: 1 };
  }
  const spared = new Uint8Array(graph.events.length);
  for (let event = 0; event < spared.length; event++) spared[event] = options.allowed(event) ? 0 : 1;
  let total = 0;
  let sets: string[][] = [];
  const searchedTo = searchSets(graph, top, spared, { order, maxVisits }, (events) => {
    total += 1;
    // More than can be shown are kept only until they are sorted: the first by name are shown.
    sets.push(events.map((event) => graph.events[event]?.name ?? '').sort(compareNames));
    if (sets.length >= 4096) sets = listed();
  });
  return { sets: listed(), total, searchedTo };

  function listed(): string[][] {
    return sets.sort((a, b) => compareNames(a.join('\n'), b.join('\n'))).slice(0, atMost);
  }
}

/** Cut sets of two events, by their numbers. */
export type Pairs = readonly (readonly number[])[];

/**
 * The minimal cut sets of order 2 of the service at `service`, the `spared` events (1 = spared) never happening, among
 * them all that are cut sets by themselves; undefined where the search was stopped.
 */
export function pairsOf(
  graph: DependencyGraph,
  service: number,
  spared: Uint8Array,
  shouldStop?: () => boolean,
): Pairs | undefined {
  const pairs: (readonly number[])[] = [];
  const searchedTo = searchSets(graph, service, spared, { order: 2, shouldStop }, (events) => pairs.push(events));
  return searchedTo >= 2 ? pairs : undefined;
}

interface Limits {
  readonly order: number;
  readonly maxVisits?: number;
  readonly shouldStop?: (() => boolean) | undefined;
}

/** Nodes between two questions to `shouldStop`: a few tenths of a millisecond. */
const VISITS = 1 << 13;

/**
 * Finds the cut sets of the lowest order from 2 on that has any, where none of order 1 is left, and gives the order that
 * it came to. The last round may have been cut short: then not all sets of the order after that were noted.
 */
function searchSets(
  graph: DependencyGraph,
  top: number,
  spared: Uint8Array,
  { order, maxVisits = Number.POSITIVE_INFINITY, shouldStop }: Limits,
  note: (events: readonly number[]) => void,
): number {
  const canFail = fallOfAll(graph, spared);
  if (canFail[top] === 0) return order;
  const state = allUp(graph);
  const forbidden = spared.slice();
  const supports = supportsIn(state, canFail);
  let spent = 0;
  let asked = 0;
  let found = false;
  for (let size = 2; size <= order; size++) {
    try {
      search([top], size, []);
    } catch (error) {
      if (!(error instanceof Exhausted)) throw error;
      return size - 1;
    }
    if (found) return size;
  }
  return order;

  /** Strikes each member of the support of `roots`, with what is `struck` already, until `left` more are. */
  function search(roots: readonly number[], left: number, struck: readonly number[]): void {
    const support = supports(roots);
    const members = support.events.filter((event) => forbidden[event] === 0);
    spend(support.visited);
    const mark = state.length;
    for (const event of members) {
      strike(state, event, canFail);
      spend(state.length - mark);
      if (state.fallen[top] === 1) {
        // Smaller sets would have been found in a round before.
        if (left === 1) {
          found = true;
          note([...struck, event]);
        }
      } else if (left > 2) search([top], left - 1, [...struck, event]);
      // The last event has to fell something that this one has weakened: else it would do without this one.
      else if (left === 2) search(weakened(mark), 1, [...struck, event]);
      undoTo(state, mark);
      // All sets with this event beside what is struck are seen.
      forbidden[event] = 1;
    }
    for (const event of members) forbidden[event] = 0;
  }

  /** What still stands and has lost an input since `mark`. */
  function weakened(mark: number): number[] {
    const nodes = new Set<number>();
    for (let at = mark; at < state.length; at++) {
      const node = state.trail[at] as number;
      for (let slot = graph.userStart[node] as number; slot < (graph.userStart[node + 1] as number); slot++) {
        const user = graph.users[slot] as number;
        if (state.fallen[user] === 0 && canFail[user] === 1) nodes.add(user);
      }
    }
    return [...nodes];
  }

  function spend(nodes: number): void {
    spent += nodes;
    if (spent > maxVisits) throw new Exhausted();
    if (shouldStop === undefined || spent < asked) return;
    asked = spent + VISITS;
    if (shouldStop()) throw new Exhausted();
  }
}

/** What falls if all that may happen does; nothing else can ever fall. */
function fallOfAll(graph: DependencyGraph, spared: Uint8Array): Uint8Array {
  const state = allUp(graph);
  for (let event = 0; event < graph.events.length; event++) if (spared[event] === 0) strike(state, event);
  return state.fallen;
}

interface Support {
  readonly events: readonly number[];
  readonly visited: number;
}

/**
 * Finds events that keep nodes up as things are: as long as none of them happens, they stay up, whatever else does.
 * Where something stands in for something else, what cannot fail is chosen first, then what is in the support already.
 */
function supportsIn({ graph, fallen }: FailureState, canFail: Uint8Array): (roots: readonly number[]) => Support {
  const { inputs, inputStart, threshold } = graph;
  const chosen = new Int32Array(graph.origins.length);
  let round = 0;
  return (roots) => {
    round += 1;
    const open = [...roots];
    for (const root of roots) chosen[root] = round;
    const events: number[] = [];
    let visited = 0;
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      visited += 1;
      if (node < graph.events.length) {
        events.push(node);
        continue;
      }
      const start = inputStart[node] as number;
      const end = inputStart[node + 1] as number;
      let needed = threshold[node] as number;
      if (needed === end - start) {
        for (let slot = start; slot < end; slot++) choose(inputs[slot] as number, open);
        continue;
      }
      // Free ones first: what cannot fail, and what is in the support anyway.
      for (let slot = start; slot < end && needed > 0; slot++) {
        const input = inputs[slot] as number;
        if (fallen[input] === 0 && isFree(input)) needed -= 1;
      }
      for (let slot = start; slot < end && needed > 0; slot++) {
        const input = inputs[slot] as number;
        if (fallen[input] === 1 || isFree(input)) continue;
        // An input that stands there twice counts twice.
        for (let other = slot; other < end; other++) if (inputs[other] === input) needed -= 1;
        choose(input, open);
      }
    }
    return { events, visited };
  };

  function isFree(input: number): boolean {
    return canFail[input] === 0 || chosen[input] === round;
  }

  function choose(input: number, open: number[]): void {
    if (canFail[input] === 0 || chosen[input] === round) return;
    chosen[input] = round;
    open.push(input);
  }
}
