import type { Analysis } from './analyse.ts';
import type { BasicEvent } from './basic-events.ts';
import { countByOrder, largestOrder } from './cut-set-counts.ts';
import { compareNames, compareSets, cutSetListing } from './cut-set-family.ts';
import type { DependencyGraph } from './dependency-graph.ts';
import { failureTree } from './failure-tree.ts';
import { type Pairs, pairsOf } from './smallest-cut-sets.ts';
import type { Exhausted } from './solve-module.ts';
import { DEFAULT_MAX_NODES, type EngineBudget, type SolvedTree, solvedTree } from './solve-tree.ts';
import { ticker, unlessExhausted } from './ticker.ts';

/** Minimal cut sets of one service. */
export interface MinimalCutSets {
  /** How many there are of order 1, 2, …, as far as `completeToOrder` says. */
  readonly byOrder: readonly bigint[];
  /** The sum of `byOrder`. */
  readonly total: bigint;
  /** Whether every minimal cut set is counted. */
  readonly complete: boolean;
  /** The highest order of which all sets are counted, at least 1; `Infinity` where `complete`. */
  readonly completeToOrder: number;
  /** What ended the search where that left sets to be found: more time would help only one that was stopped. */
  readonly endedBy?: Exhausted | undefined;
  /** Names of basic events; by order, then by name. The first of all that are counted. */
  readonly sets: readonly (readonly string[])[];
  /** Whether `sets` holds every set that is counted. */
  readonly allListed: boolean;
}

export interface CutSetOptions extends EngineBudget {
  /** How many cut sets are listed at most; 1,000 unless said. */
  readonly maxSets?: number;
  /** All of at most so many events are listed, even beyond `maxSets`; none for that reason unless said. */
  readonly allToOrder?: number;
  /** Asked instead of `shouldStop` once it is about what was found: to count and list it. The same unless said. */
  readonly shouldStopTelling?: () => boolean;
}

export interface CutSetQuery extends CutSetOptions {
  /** Larger cut sets are not wanted, and not paid for; all orders unless said. At least 1. */
  readonly maxOrder?: number;
  /** Only events of which this holds can happen, all others never do; every event unless said. */
  readonly among?: (event: BasicEvent) => boolean;
}

const DEFAULT_MAX_SETS = 1000;
const NONE: MinimalCutSets = {
  byOrder: [],
  total: 0n,
  complete: true,
  completeToOrder: Number.POSITIVE_INFINITY,
  sets: [],
  allListed: true,
};

/**
 * The minimal cut sets of one service, exact: of at most `maxOrder` events, and among those events only that `among`
 * allows. So "survives any 2 external failures" is `maxOrder: 2, among: isExternalEvent` without a set.
 *
 * Never throws. What the budget leaves is told by `completeToOrder`: whoever needs all sets of at most k events must
 * see that it is k or more. Order 1 is always complete. With `maxOrder: k` the result holds nothing larger, and is
 * `complete` only if it is known that there is nothing larger. A service that there is not has no cut sets.
 */
export function minimalCutSets(analysis: Analysis, service: string, query: CutSetQuery = {}): MinimalCutSets {
  const { graph } = analysis;
  const node = graph.nodeOf.get(service);
  if (node === undefined) return NONE;
  const allowed = ({ among }: CutSetQuery, event: number) =>
    among === undefined || among(graph.events[event] as BasicEvent);
  const singles = singlesOf(analysis, service).filter((event) => allowed(query, event));
  const spared = new Uint8Array(graph.events.length);
  for (const event of graph.events.keys()) if (!allowed(query, event)) spared[event] = 1;
  for (const event of singles) spared[event] = 1;
  const maxOrder = Math.max(1, Math.floor(query.maxOrder ?? Number.POSITIVE_INFINITY));
  let pairs: Pairs | undefined;
  const solved = solvedTree(failureTree(graph, node, spared), query, analysis, maxOrder, () => {
    pairs = pairsOf(graph, node, spared, query.shouldStop);
  });
  return cutSetsOf(graph, node, singles, spared, solved, telling(query), maxOrder, pairs);
}

/** The budget for telling what was found. */
export const telling = (options: CutSetOptions): CutSetOptions =>
  options.shouldStopTelling === undefined ? options : { ...options, shouldStop: options.shouldStopTelling };

/** The cut sets of order 1 of a service, by event. */
export function singlesOf(analysis: Analysis, service: string): number[] {
  return analysis
    .singleFailures()
    .filter(({ services }) => services.includes(service))
    .map(({ event }) => event);
}

/**
 * Counts and lists what was found: `singles`, and what is in `solved`, the tree in which `spared` events never happen.
 * `known`: the pairs of that tree, if they were looked for before.
 */
export function cutSetsOf(
  graph: DependencyGraph,
  node: number,
  singles: readonly number[],
  spared: Uint8Array,
  solved: SolvedTree,
  options: CutSetOptions,
  maxOrder: number,
  known?: Pairs,
): MinimalCutSets {
  const name = (event: number) => graph.events[event]?.name ?? '';
  const atMost = options.maxSets ?? DEFAULT_MAX_SETS;
  const { allToOrder = 0 } = options;
  const first = singles.map((event) => [name(event)]).sort(compareSets);
  // Where no more than pairs were found, they were found already.
  const isMore = solved.completeToOrder > (known === undefined ? 1 : 2);
  const counted = isMore ? higherOrders(solved, maxOrder, options) : undefined;
  if (counted === undefined) {
    const pairs = maxOrder > 1 ? (known ?? pairsOf(graph, node, spared, options.shouldStop)) : undefined;
    const second = (pairs ?? []).map((pair) => pair.map(name).sort(compareNames)).sort(compareSets);
    return summary([first.length, ...(pairs === undefined ? [] : [second.length])].map(BigInt), {
      completeToOrder: pairs === undefined ? 1 : 2,
      endedBy: solved.exhausted ?? 'stopped',
      sets: [...first, ...second].slice(0, Math.max(atMost, leastListed([first.length, second.length], allToOrder))),
    });
  }
  const byOrder = [BigInt(singles.length), ...counted.higher];
  const most = Math.max(atMost, leastListed(byOrder, allToOrder));
  return summary(byOrder, {
    completeToOrder: counted.completeToOrder,
    endedBy: solved.exhausted,
    sets: listed(first, byOrder, solved, name, most, options),
  });
}

/** So many are listed however many were asked for; but nobody reads a million. */
const leastListed = (byOrder: readonly (number | bigint)[], allToOrder: number): number =>
  Math.min(
    LISTED_AT_MOST,
    byOrder.slice(0, allToOrder).reduce<number>((sum, count) => sum + Number(count), 0),
  );
const LISTED_AT_MOST = 1_000_000;

function summary(
  counts: readonly bigint[],
  { completeToOrder, endedBy, sets }: Pick<MinimalCutSets, 'completeToOrder' | 'endedBy' | 'sets'>,
): MinimalCutSets {
  const byOrder = [...counts];
  while (byOrder.at(-1) === 0n) byOrder.pop();
  const total = byOrder.reduce((sum, count) => sum + count, 0n);
  const complete = completeToOrder === Number.POSITIVE_INFINITY;
  const allListed = BigInt(sets.length) === total;
  return { byOrder, total, complete, completeToOrder, ...(!complete && endedBy && { endedBy }), sets, allListed };
}

/** The counts from order 2 on; undefined where there was no time to count. */
function higherOrders(
  { top, completeToOrder }: SolvedTree,
  maxOrder: number,
  options: EngineBudget,
): { higher: readonly bigint[]; completeToOrder: number } | undefined {
  if (top === undefined) return { higher: [], completeToOrder };
  const most = Math.min(completeToOrder, maxOrder);
  const counts = unlessExhausted(() => countByOrder(top, most, ticker(options.shouldStop)));
  if (counts === undefined) return undefined;
  // The tree of the rest has no cut set of order 1, for the events that are one never happen in it.
  const higher = counts.slice(2);
  const all = completeToOrder === Number.POSITIVE_INFINITY && largestOrder(top) <= most;
  return { higher, completeToOrder: all ? completeToOrder : most };
}

function listed(
  singles: readonly string[][],
  byOrder: readonly bigint[],
  { top }: SolvedTree,
  name: (event: number) => string,
  atMost: number,
  options: EngineBudget,
): string[][] {
  const sets = singles.slice(0, atMost);
  if (top === undefined) return sets;
  const budget = { maxNodes: options.maxNodes ?? DEFAULT_MAX_NODES, shouldStop: options.shouldStop };
  // Listing costs as well. What is listed when the budget ends are still the first of all, and `allListed` says the rest.
  if (sets.length >= atMost) return sets;
  unlessExhausted(() => {
    const list = cutSetListing(top, name, budget);
    for (const [at, total] of byOrder.entries()) {
      if (at === 0 || total === 0n) continue;
      list(sets, at + 1, total, atMost - sets.length);
      if (sets.length >= atMost) return;
    }
  });
  return sets;
}
