import type { Analysis, BasicEvent, DependencyGraph } from '../analysis/index.ts';
import type { Labels } from '../diagram/index.ts';
import type { Cause, Spot } from './causes.ts';
import { type EventWords, speakerOf } from './event-words.ts';

/** Names and words of what stands in the fault trees of one architecture. */
export interface Naming {
  readonly labels: Labels;
  /** Whether it is an `and`, `or` or `k of` of the text, and no component or service. */
  readonly isNeed: (spot: Spot) => boolean;
  readonly idOf: (spot: Spot) => string;
  /** As an input of the gate at `user`. */
  readonly idOfCause: (cause: Cause, user: Spot) => string;
  /** The component or service that the words of the text belong to. */
  readonly elementOf: (node: number) => string | undefined;
  /** `Loss of SuperNode`, `No alternative left for Client`: no verb, for a title may be of one or of many. */
  readonly gateWords: (node: number) => string;
  /** `SuperNode: own failure`, `Mass reboot strikes`, `Carrier is gone`. */
  readonly eventWords: (event: number) => string;
  readonly eventOf: (event: number) => BasicEvent & { readonly words: EventWords };
}

export function namingOf(analysis: Analysis): Naming {
  const { graph } = analysis;
  const { labels, wordsOf } = speakerOf(analysis);
  const needId = (node: number): string => {
    const origin = graph.origins[node];
    if (origin?.kind === 'component' || origin?.kind === 'service') return origin.name;
    if (origin?.kind !== 'gate') return '';
    const { requirement, path } = origin;
    return `${requirement.owner}#${[requirement.kind === 'promotion' ? '' : requirement.index, ...path].join('.')}`;
  };
  const idOf = ({ node, above }: Spot): string =>
    above.length === 0 ? needId(node) : `${needId(node)}|${above.map(needId).join(',')}`;
  const eventOf = (event: number) => {
    const basic = graph.events[event] as BasicEvent;
    return { ...basic, words: wordsOf(basic) };
  };
  return {
    labels,
    isNeed: ({ node }) => graph.origins[node]?.kind === 'gate',
    idOf,
    idOfCause(cause, user) {
      if (cause.kind === 'gate') return idOf(cause.spot);
      if (cause.kind === 'circle') return `${idOf(user)}>${needId(cause.node)}`;
      return `!${graph.events[cause.event]?.name ?? ''}`;
    },
    elementOf: (node) => elementOf(graph, node),
    gateWords: (node) => gateWords(graph, node, labels),
    eventWords(event) {
      const { kind, name, words } = eventOf(event);
      if (kind === 'hazard') return `${words.label} strikes`;
      if (kind === 'operator') return `${words.label} is gone`;
      return hasOtherCauses(graph, name) ? `${words.label}: own failure` : `Loss of ${words.label}`;
    },
    eventOf,
  };
}

function elementOf(graph: DependencyGraph, node: number): string | undefined {
  const origin = graph.origins[node];
  if (origin?.kind === 'component' || origin?.kind === 'service') return origin.name;
  return origin?.kind === 'gate' ? origin.requirement.owner : undefined;
}

function gateWords(graph: DependencyGraph, node: number, labels: Labels): string {
  const label = labels(elementOf(graph, node) ?? '');
  if (graph.origins[node]?.kind !== 'gate') return `Loss of ${label}`;
  const inputs = (graph.inputStart[node + 1] as number) - (graph.inputStart[node] as number);
  const threshold = graph.threshold[node] as number;
  if (threshold === 1) return `No alternative left for ${label}`;
  if (threshold === inputs) return `One of ${inputs} together missing for ${label}`;
  return `Fewer than ${threshold} of ${inputs} left for ${label}`;
}

const hasOtherCauses = (graph: DependencyGraph, component: string): boolean => {
  const node = graph.nodeOf.get(component) ?? 0;
  return (graph.inputStart[node + 1] as number) - (graph.inputStart[node] as number) > 1;
};
