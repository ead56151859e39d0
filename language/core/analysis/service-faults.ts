import type { Analysis } from './analyse.ts';
import { compareNames, countBySize, setsOfSize } from './cut-set-family.ts';
import { BudgetExhausted } from './decision-diagram.ts';
import { cone, type DependencyGraph } from './dependency-graph.ts';
import { doubleFailures } from './double-failures.ts';
import { failureTree } from './failure-tree.ts';
import { probabilities, unavailabilityOf } from './quantities.ts';
import { type EngineBudget, type TopEvent, topEvent } from './top-event.ts';

/** Minimal cut sets of one service. */
export interface MinimalCutSets {
  /** How many there are of order 1, 2, …, as far as `completeToOrder` says. */
  readonly byOrder: readonly bigint[];
  /** The sum of `byOrder`. */
  readonly total: bigint;
  /** Whether every minimal cut set is counted. */
  readonly complete: boolean;
  /** The highest order of which all sets are counted; `Infinity` where `complete`. */
  readonly completeToOrder: number;
  /** Names of basic events; by order, then by name. The first of all that are counted. */
  readonly sets: readonly (readonly string[])[];
  /** Whether `sets` holds every set that is counted. */
  readonly allListed: boolean;
}

/** Importance of one component for one service. A ratio whose denominator is 0 is null. */
export interface Importance {
  readonly event: string;
  /** P(loss | it fails) − P(loss | it never fails). */
  readonly birnbaum: number;
  /** 1 − P(loss | it never fails) / P(loss): the share of the unavailability that hangs on it. */
  readonly fussellVesely: number | null;
  /** P(loss | it fails) / P(loss). */
  readonly riskAchievementWorth: number | null;
  /** P(loss) / P(loss | it never fails). */
  readonly riskReductionWorth: number | null;
}

/** What takes one service down, how often, and who weighs how much in it. Plain data: it holds no diagram. */
export interface ServiceFaults {
  readonly minimalCutSets: MinimalCutSets;
  /** In the long run, exact; null where no component gives figures, and where the cut sets are not complete. */
  readonly unavailability: number | null;
  /** Components that the service depends on and that count as never failing on their own, in the order of the text. */
  readonly withoutFigures: readonly string[];
  /** Of every component that the service depends on, by Birnbaum importance, then by name; empty without unavailability. */
  readonly importance: readonly Importance[];
}

export interface FaultOptions extends EngineBudget {
  /** How many cut sets are listed at most; 1,000 unless said. */
  readonly maxSets?: number;
}

const DEFAULT_MAX_SETS = 1000;

const NOTHING_FOUND: ServiceFaults = {
  minimalCutSets: { byOrder: [], total: 0n, complete: true, completeToOrder: Infinity, sets: [], allListed: true },
  unavailability: null,
  withoutFigures: [],
  importance: [],
};

/**
 * The cut sets of every order and the quantities of one service, through a decision diagram. What the budget ends is
 * still true as far as it says it is complete: all cut sets of order 1 always, those of order 2 unless it was stopped.
 */
export function serviceFaults(analysis: Analysis, service: string, options: FaultOptions = {}): ServiceFaults {
  const { graph } = analysis;
  const node = graph.nodeOf.get(service);
  if (node === undefined) return NOTHING_FOUND;
  const singles = analysis
    .singleFailures()
    .filter(({ services }) => services.includes(service))
    .map(({ event }) => event);
  // The cut sets of higher order are those of the tree in which the events of order 1 never happen.
  const spared = new Uint8Array(graph.events.length);
  for (const event of singles) spared[event] = 1;
  const tree = failureTree(graph, node, spared);
  const quick = topEvent(tree, 'quick', options);
  // A tree that defeats the quick attempts may defeat the others too, or their deadline: order 2 is made sure of first.
  const pairs = quick === 'nodes' ? doubleFailures(graph, node, singles, options.shouldStop) : undefined;
  const rest = pairs === undefined ? quick : topEvent(tree, 'thorough', options);

  const inside = cone(graph, [node]);
  const components = graph.events.flatMap(({ kind }, event) =>
    kind === 'component' && inside[event] === 1 ? [event] : [],
  );
  const models = new Map(analysis.architecture.components.toReversed().map((component) => [component.name, component]));
  const q = new Map<number, number | undefined>(
    components.map((event) => {
      const model = models.get(nameOf(graph, event));
      return [event, model && unavailabilityOf(model)];
    }),
  );
  const known = typeof rest !== 'string' && components.some((event) => q.get(event) !== undefined);
  return {
    minimalCutSets:
      typeof rest === 'string' ? lowOrders(graph, singles, pairs, options) : allOrders(graph, singles, rest, options),
    withoutFigures: components.filter((event) => q.get(event) === undefined).map((event) => nameOf(graph, event)),
    ...(known
      ? quantitiesOf(graph, singles, rest, components, (event) => q.get(event) ?? 0)
      : { unavailability: null, importance: [] }),
  };
}

const nameOf = (graph: DependencyGraph, event: number): string => graph.events[event]?.name ?? '';

function allOrders(
  graph: DependencyGraph,
  singles: readonly number[],
  rest: TopEvent,
  options: FaultOptions,
): MinimalCutSets {
  const [, ...higher] = countBySize(rest.diagram, rest.cutSets);
  // The tree of the rest has no cut set of order 1, for the events that are one never happen in it.
  const byOrder = [BigInt(singles.length), ...higher.slice(1)];
  while (byOrder.at(-1) === 0n) byOrder.pop();
  const sets = listed(graph, singles, rest, byOrder.length, options.maxSets ?? DEFAULT_MAX_SETS);
  const total = byOrder.reduce((sum, count) => sum + count, 0n);
  return { byOrder, total, complete: true, completeToOrder: Infinity, sets, allListed: BigInt(sets.length) === total };
}

/** Without a diagram: what the spread of failures alone tells. */
function lowOrders(
  graph: DependencyGraph,
  singles: readonly number[],
  pairs: readonly (readonly [number, number])[] | undefined,
  options: FaultOptions,
): MinimalCutSets {
  const name = (event: number) => nameOf(graph, event);
  const sets = [
    ...singles.map((event) => [name(event)]).sort(compareSets),
    ...(pairs ?? []).map((pair) => pair.map(name).sort(compareNames)).sort(compareSets),
  ];
  const listed = sets.slice(0, options.maxSets ?? DEFAULT_MAX_SETS);
  return {
    byOrder: [singles, ...(pairs === undefined ? [] : [pairs])].map(({ length }) => BigInt(length)),
    total: BigInt(sets.length),
    complete: false,
    completeToOrder: pairs === undefined ? 1 : 2,
    sets: listed,
    allListed: listed.length === sets.length,
  };
}

function listed(
  graph: DependencyGraph,
  singles: readonly number[],
  { diagram, order, cutSets }: TopEvent,
  highestOrder: number,
  atMost: number,
): string[][] {
  const sets = singles
    .map((event) => [nameOf(graph, event)])
    .sort(compareSets)
    .slice(0, atMost);
  const names = order.map((event) => nameOf(graph, event));
  try {
    for (let size = 2; size <= highestOrder && sets.length < atMost; size++) {
      for (const set of setsOfSize(diagram, cutSets, size, names)) {
        if (sets.length >= atMost) break;
        sets.push(set);
      }
    }
  } catch (error) {
    // Listing costs nodes as well. What is listed by then are still the first of all, and `allListed` says the rest.
    if (!(error instanceof BudgetExhausted)) throw error;
  }
  return sets;
}

function compareSets(a: readonly string[], b: readonly string[]): number {
  for (const [at, name] of a.entries()) {
    const order = compareNames(name, b[at] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

function quantitiesOf(
  graph: DependencyGraph,
  singles: readonly number[],
  rest: TopEvent,
  components: readonly number[],
  q: (event: number) => number,
): Pick<ServiceFaults, 'unavailability' | 'importance'> {
  const { top, given } = probabilities(singles, rest, q);
  const ratio = (a: number, b: number) => (b === 0 ? null : a / b);
  const importance = components.map((event): Importance => {
    const { happened, never, difference } = given(event);
    return {
      event: nameOf(graph, event),
      birnbaum: difference,
      fussellVesely: top === 0 ? null : 1 - never / top,
      riskAchievementWorth: ratio(happened, top),
      riskReductionWorth: ratio(top, never),
    };
  });
  return {
    unavailability: top,
    importance: importance.sort((a, b) => b.birnbaum - a.birnbaum || compareNames(a.event, b.event)),
  };
}
