import type { Analysis } from './analyse.ts';
import { compareNames } from './cut-set-family.ts';
import { cone, type DependencyGraph } from './dependency-graph.ts';
import { failureTree } from './failure-tree.ts';
import {
  type CutSetOptions,
  cutSetsOf,
  type MinimalCutSets,
  minimalCutSets,
  singlesOf,
  telling,
} from './minimal-cut-sets.ts';
import { probabilities, unavailabilityOf } from './quantities.ts';
import { type Pairs, pairsOf } from './smallest-cut-sets.ts';
import type { Exhausted } from './solve-module.ts';
import { type EngineBudget, type SolvedTree, solvedTree } from './solve-tree.ts';
import { ticker, unlessExhausted } from './ticker.ts';

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
  /** In the long run, exact; null where no component gives figures, and where the budget ended before the loss was known as a whole. */
  readonly unavailability: number | null;
  /** What of the budget leaves the unavailability unknown, if that does. */
  readonly quantitiesCut: Exhausted | false;
  /** Components that the service depends on and that count as never failing on their own, in the order of the text. */
  readonly withoutFigures: readonly string[];
  /** Of every component that the service depends on, by Birnbaum importance, then by name; empty without unavailability. */
  readonly importance: readonly Importance[];
}

const NO_QUANTITIES = { unavailability: null, importance: [] };

/**
 * The cut sets of every order and the quantities of one service, through decision diagrams. What the budget ends is
 * still true as far as it says it is complete: all cut sets of order 1 always, those of order 2 unless it was stopped.
 */
export function serviceFaults(analysis: Analysis, service: string, options: CutSetOptions = {}): ServiceFaults {
  const { graph } = analysis;
  const node = graph.nodeOf.get(service);
  if (node === undefined) {
    return {
      minimalCutSets: minimalCutSets(analysis, service),
      withoutFigures: [],
      quantitiesCut: false,
      ...NO_QUANTITIES,
    };
  }
  const singles = singlesOf(analysis, service);
  // The cut sets of higher order are those of the tree in which the events of order 1 never happen.
  const spared = new Uint8Array(graph.events.length);
  for (const event of singles) spared[event] = 1;
  let pairs: Pairs | undefined;
  const solved = solvedTree(failureTree(graph, node, spared), options, analysis, Number.POSITIVE_INFINITY, () => {
    pairs = pairsOf(graph, node, spared, options.shouldStop);
  });

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
  const figures = components.some((event) => q.get(event) !== undefined);
  const quantities =
    figures && solved.lossKnown
      ? unlessExhausted(() =>
          quantitiesOf(graph, singles, solved, components, (event) => q.get(event) ?? 0, telling(options)),
        )
      : undefined;
  return {
    minimalCutSets: cutSetsOf(graph, node, singles, spared, solved, telling(options), Number.POSITIVE_INFINITY, pairs),
    withoutFigures: components.filter((event) => q.get(event) === undefined).map((event) => nameOf(graph, event)),
    quantitiesCut:
      figures && quantities === undefined && ((solved.lossKnown ? undefined : solved.exhausted) ?? 'stopped'),
    ...(quantities ?? NO_QUANTITIES),
  };
}

const nameOf = (graph: DependencyGraph, event: number): string => graph.events[event]?.name ?? '';

function quantitiesOf(
  graph: DependencyGraph,
  singles: readonly number[],
  { top: rest }: SolvedTree,
  components: readonly number[],
  q: (event: number) => number,
  { shouldStop }: EngineBudget,
): Pick<ServiceFaults, 'unavailability' | 'importance'> {
  const { top, given } = probabilities(singles, rest, q, ticker(shouldStop));
  const ratio = (a: number, b: number) => (b === 0 ? null : a / b);
  const importance = components.map((event): Importance => {
    const { happened, never, difference } = given(event);
    return {
      event: nameOf(graph, event),
      birnbaum: difference,
      // Not 1 − never / top, which has no digits left for what is small; the difference times q is top − never.
      fussellVesely: top === 0 ? null : Math.min((difference * q(event)) / top, 1),
      riskAchievementWorth: ratio(happened, top),
      riskReductionWorth: ratio(top, never),
    };
  });
  return {
    unavailability: top,
    importance: importance.sort((a, b) => b.birnbaum - a.birnbaum || compareNames(a.event, b.event)),
  };
}
