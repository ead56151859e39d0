import type { BasicEvent, FateGroup, Redundancy, SharedFate } from '../analysis/index.ts';
import type { NeedExpression } from '../model/index.ts';
import { needsOn } from './dependence.ts';
import type { RelatedPlace } from './finding.ts';
import { saidOnce } from './once.ts';
import type { Description, Observation, Rule, RuleContext } from './rule.ts';
import { listed, needText } from './words.ts';

export const sharedFate: Rule = {
  defaultSeverity: 'warning',
  says: 'All alternatives of a need fall by one and the same event, so that they are none.',
  why: 'The text says that one stands in for the other, and reviewers count on it. In the crash that matters both are gone at once: the redundancy was paid for and is not there.',
  remedy:
    'Make one of the alternatives independent of what takes them all: another operator, another site, no need in common. Or accept the finding with a reason and a date.',
  observe: (context) => context.analysis.sharedFates().map((fate) => observationOf(context, fate)),
};

function observationOf(context: RuleContext, fate: SharedFate): Observation {
  const { graph } = context.analysis;
  const { owner } = fate.redundancy;
  const nearest = fate.groups.flatMap((group) => group.nearest);
  const [only] = nearest;
  return {
    subject: owner,
    // What lies below the nearest event takes the alternatives through it. Of several nearest ones the team may have
    // thought of one: then the need itself has to be named.
    about: [owner, ...(nearest.length === 1 && only !== undefined ? [graph.events[only]?.name ?? ''] : [])],
    services: context.servicesLostWith([owner]),
    // Fates, and so their words, stay the same through all edits that no fault depends on.
    describe: () =>
      said(fate, [], () => describe(fate, (events) => events.map((event) => graph.events[event] as BasicEvent))),
  };
}

const said = saidOnce<SharedFate>();

/** A pointer to the nearest and to the way there: each is one more thing to find in the text and to tell at each keystroke. */
const RELATED = 2;

/** More ways to fall than these are not read. */
const MOST_GROUPS = 3;

function describe(fate: SharedFate, told: (events: readonly number[]) => BasicEvent[]): Description {
  const { groups, redundancy, ways } = fate;
  const { owner, expression, toStart, place } = redundancy;
  const how = ways.length === 0 ? '' : ` (${ways.map(({ text }) => text).join('; ')})`;
  const shown = groups.slice(0, MOST_GROUPS).map((group, at) => together(redundancy, group, told, at === 0 ? how : ''));
  const more = groups.length > MOST_GROUPS ? [`others together in ${groups.length - MOST_GROUPS} more ways`] : [];
  const perhaps = fate.isWhole ? [] : ['perhaps by other events'];
  const nearest = told(groups.flatMap((group) => group.nearest));
  const below = told(groups.flatMap((group) => group.below));
  return {
    message:
      `${owner} needs ${needText(expression)}${toStart ? ' to start' : ''}, but ${[...shown, ...more, ...perhaps].join(', and ')}: ` +
      `${whatIsLeft(redundancy, groups)}. ${remedy(redundancy, groups, [...nearest, ...below])}, or accept the finding.`,
    place,
    related: [
      ...nearest.flatMap(placesOf),
      ...needsOn(ways.map(({ steps }) => ({ steps, length: steps.length }))),
      ...below.flatMap(placesOf),
    ].slice(0, RELATED),
  };
}

/** `both fall together if Root is lost (East → Root; West → Root), and so if Deep is lost or Storm strikes`. */
function together(
  { alternatives }: Redundancy,
  { alternatives: fallen, nearest, below }: FateGroup,
  told: (events: readonly number[]) => BasicEvent[],
  how: string,
): string {
  const who =
    fallen.length < alternatives.length
      ? listed(fallen.map((at) => needText(alternatives[at] as NeedExpression, true)))
      : fallen.length === 2
        ? 'both'
        : `all ${fallen.length}`;
  const [first, then] = nearest.length > 0 ? [nearest, below] : [below, []];
  return `${who} fall together ${whenOf(told(first))}${how}${then.length === 0 ? '' : `, and so ${whenOf(told(then))}`}`;
}

/** What is left of the alternatives, whichever of the events happens. */
function whatIsLeft({ alternatives, needed }: Redundancy, groups: readonly FateGroup[]): string {
  const counts = new Set(groups.map(({ alternatives: fallen }) => alternatives.length - fallen.length));
  const [left = 0, ...others] = counts;
  if (others.length > 0) return `what is left is each time fewer than the ${needed} needed`;
  if (left === 0) return 'none stands in for another';
  return `${left === 1 ? 'the one left is' : `the ${left} left are`} fewer than the ${needed} needed`;
}

function remedy(
  { alternatives, needed }: Redundancy,
  groups: readonly FateGroup[],
  events: readonly BasicEvent[],
): string {
  // So many have to be left whichever of the events happens.
  const missing = Math.max(...groups.map(({ alternatives: fallen }) => needed - (alternatives.length - fallen.length)));
  return `Make ${missing === 1 ? 'one' : missing} of them independent of ${listed(events.map(nameOf))}`;
}

const nameOf = (event: BasicEvent): string => (event.kind === 'operator' ? event.operator : event.name);

/** `if Root is lost`, `if Storm strikes`, `if Amazon is gone`; of several, each with its own verb. */
function whenOf(events: readonly BasicEvent[]): string {
  const kinds = { component: [] as string[], hazard: [] as string[], operator: [] as string[] };
  for (const event of events) kinds[event.kind].push(nameOf(event));
  const parts: string[] = [];
  if (kinds.component.length > 0) parts.push(`if ${either(kinds.component)} is lost`);
  if (kinds.hazard.length > 0) parts.push(`if ${either(kinds.hazard)} strikes`);
  if (kinds.operator.length > 0) parts.push(`if ${either(kinds.operator)} is gone`);
  return parts.join(', or ');
}

function either(names: readonly string[]): string {
  const shown = names.length > 3 ? [...names.slice(0, 3), `one of ${names.length - 3} more`] : names;
  return shown.length === 1 ? (shown[0] as string) : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}

function placesOf(event: BasicEvent): RelatedPlace[] {
  switch (event.kind) {
    case 'component':
      return [
        { place: { kind: 'name', element: event.name }, message: `If ${event.name} is lost, they fall together` },
      ];
    case 'hazard':
      return [
        { place: { kind: 'name', element: event.name }, message: `If ${event.name} strikes, they fall together` },
      ];
    case 'operator':
      return event.strikes.slice(0, 3).map((element) => ({
        place: { kind: 'property', element, property: 'operator' },
        message: `${event.operator} runs ${element}`,
      }));
  }
}
