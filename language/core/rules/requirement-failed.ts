import {
  type BasicEvent,
  chainText,
  failureChains,
  isExternalEvent,
  minimalCutSets,
  smallestCutSets,
  stepsOf,
} from '../analysis/index.ts';
import { componentsOf, type Requirement } from '../model/index.ts';
import type { RelatedPlace } from './finding.ts';
import type { Observation, Rule, RuleContext } from './rule.ts';
import { listed } from './words.ts';

/** How many counterexamples a message shows. */
const SHOWN = 3;

export const requirementFailed: Rule = {
  defaultSeverity: 'error',
  says: 'A `require` does not hold: what it names takes the service down.',
  why: 'The team has said what the service must survive. As the architecture is now, a failure that it meant to be safe from takes the service down.',
  remedy:
    'Give the service a way that these failures leave open (`or` another component), or require less; or accept the finding with a reason and a date.',
  observe: (context) => [
    ...context.architecture.requirements.flatMap((requirement, index): Observation[] => {
      const { service } = requirement;
      const judgement = judgementOf(context, requirement);
      if (judgement === undefined) return [];
      const { message, related, severity } = judgement;
      return [
        {
          subject: service,
          about: [service],
          services: [service],
          ...(severity && { severity }),
          describe: () => ({ message, place: { kind: 'requirement', index }, related }),
        },
      ];
    }),
    ...context.lapsedRequirements.map(lapse),
  ],
};

/** Nobody can lose what is not there; but whoever reads the variant should know what is no longer asked for. */
function lapse({ service, survives }: Requirement): Observation {
  const what = survives.kind === 'lossOf' ? survives.name : failuresText(survives.count, survives.externalOnly);
  return {
    subject: service,
    about: [service],
    services: [],
    severity: 'information',
    describe: () => ({
      message:
        `That ${service} survives ${what} is required of the base and of nothing here: ${service} is left out. ` +
        'Require it of what users get instead, or leave it at that.',
      place: { kind: 'removal', element: service },
      related: [],
    }),
  };
}

interface Judgement {
  readonly message: string;
  readonly related: readonly RelatedPlace[];
  readonly severity?: 'information';
}

/** Undefined where the requirement holds. */
function judgementOf(context: RuleContext, { service, survives }: Requirement): Judgement | undefined {
  if (survives.kind === 'lossOf') return lossOf(context, service, survives.name);
  const { count, externalOnly } = survives;
  const found = counterexamples(context, service, count, (event) =>
    externalOnly ? isExternalEvent(event, context.components) : true,
  );
  const asked = failuresText(count, externalOnly);
  if (found.total > 0n) return broken(context, service, asked, found);
  return found.searchedTo >= count ? undefined : unknown(service, asked, found.searchedTo);
}

/** The smallest sets of failures that take a service down. */
interface Counterexamples {
  /** The first by name; none where there was time to count them and none to list them. */
  readonly sets: readonly (readonly string[])[];
  /** How many there are, or at least are, of that order. */
  readonly total: bigint;
  readonly isWhole: boolean;
  /** Of so many failures at once all are known. */
  readonly searchedTo: number;
}

/** Most are found by a search that takes no time; where there are too many for that, a diagram counts them. */
function counterexamples(
  { analysis }: RuleContext,
  service: string,
  order: number,
  among: (event: BasicEvent) => boolean,
): Counterexamples {
  const allowed = (event: number): boolean => among(analysis.graph.events[event] as BasicEvent);
  const { sets, total, searchedTo } = smallestCutSets(analysis, service, { order, allowed, atMost: SHOWN });
  const searched = { sets, total: BigInt(total), isWhole: searchedTo >= (sets[0]?.length ?? order), searchedTo };
  if (searched.isWhole) return searched;
  let asked = 0;
  const shouldStop = (): boolean => ++asked > MOST_ASKED;
  const query = { maxOrder: order, among, maxSets: SHOWN, maxNodes: MOST_NODES, shouldStop };
  const { byOrder, completeToOrder, sets: listed } = minimalCutSets(analysis, service, query);
  const least = byOrder.findIndex((count, at) => count > 0n && at < completeToOrder);
  if (least >= 0) {
    const first = listed.filter((set) => set.length === least + 1);
    const shown = first.length > 0 ? first : sets;
    return { sets: shown, total: byOrder[least] as bigint, isWhole: true, searchedTo: least + 1 };
  }
  return { ...searched, searchedTo: Math.max(searchedTo, Math.min(completeToOrder, order)) };
}

/** A tenth of a second, whatever the machine: what is found out must not hang on how fast it is. */
const MOST_NODES = 200_000;
const MOST_ASKED = 500;

const failuresText = (count: number, externalOnly: boolean): string =>
  `any ${count === 1 ? 'single' : count} ${externalOnly ? 'external ' : ''}${count === 1 ? 'failure' : 'failures'}`;

function broken(
  context: RuleContext,
  service: string,
  asked: string,
  { sets, total, isWhole, searchedTo }: Counterexamples,
): Judgement {
  const [first = []] = sets;
  const more = total - BigInt(sets.length);
  const events = first.flatMap((name) => context.analysis.graph.events.find((event) => event.name === name) ?? []);
  const others = [
    ...sets.slice(1).map((set) => set.map(wordOf).join(' with ')),
    ...(more > 0n ? [`${isWhole ? '' : 'at least '}${more} more`] : []),
  ];
  const so =
    others.length === 0 || first.length === 0
      ? ''
      : `; so ${others.length === 1 && total === 2n ? 'does' : 'do'} ${listed(others)}`;
  const how =
    first.length === 1
      ? `${wordOf(first[0] as string)} alone takes it down${pathTo(context, first[0] as string, service)}`
      : first.length === 0
        ? `${total} combinations of ${searchedTo} take it down`
        : `${all(first.map(wordOf))} together take it down`;
  return {
    message: `${service} has to survive ${asked}, but ${how}${so}. Add a fallback that does not fall with ${first.length === 1 && others.length === 0 ? 'it' : 'them'}, or require less.`,
    related: events.flatMap((event) =>
      placeOf(event, events.length === 1 ? `takes ${service} down` : 'is one of them'),
    ),
  };
}

/** Every one: whoever is to check a counterexample has to know all of it. */
const all = (names: readonly string[]): string => `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

const unknown = (service: string, asked: string, searchedTo: number): Judgement => ({
  severity: 'information',
  message:
    `Whether ${service} survives ${asked} could not be found out: there are too many combinations. ` +
    `${searchedTo === 0 ? '' : `It does survive ${searchedTo === 1 ? 'every single one' : `any ${searchedTo}`}. `}` +
    `Require fewer at once to be sure.`,
  related: [],
});

/** A component or a hazard; of a group, all its components at once. */
function lossOf(context: RuleContext, service: string, name: string): Judgement | undefined {
  const { architecture, servicesLostWith } = context;
  const isGroup = architecture.groups.some((group) => group.name === name);
  const lost = isGroup ? componentsOf(architecture, name) : [name];
  const falls = (names: readonly string[]): boolean => servicesLostWith(names).includes(service);
  if (!falls(lost)) return undefined;
  const enough = isGroup ? leastOf(lost, falls) : lost;
  const isHazard = architecture.hazards.some((hazard) => hazard.name === name);
  const path = enough.length === 1 ? pathTo(context, enough[0] as string, service) : '';
  const how = isGroup
    ? `with it ${enough.length === 1 ? 'goes' : 'go'} ${listed(enough)}, and without ${enough.length === 1 ? 'it' : 'them'} ${service} is lost${path}`
    : `is lost ${isHazard ? 'if it strikes' : 'with it'}${path}`;
  return {
    message:
      `${service} has to survive ${isHazard ? name : `the loss of ${name}`}, but ${how}. ` +
      `Add a fallback outside of ${isHazard ? `${name}'s reach` : name}, or require less.`,
    related: [name, ...(isGroup ? enough : [])].slice(0, 6).map((element) => ({
      place: { kind: 'name', element },
      message: element === name ? 'This must be survived.' : `${element} is lost with ${name}`,
    })),
  };
}

/** Leaves out what is not needed for the fall, one after the other: no member of what is left can be spared. */
function leastOf(names: readonly string[], falls: (names: readonly string[]) => boolean): readonly string[] {
  // Halves first: of a large group mostly one or two components matter.
  let kept = names;
  for (let size = Math.ceil(names.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length; ) {
      const rest = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (rest.length < kept.length && falls(rest)) kept = rest;
      else at += size;
    }
  }
  return kept;
}

function pathTo({ analysis }: RuleContext, name: string, service: string): string {
  const event = analysis.graph.events.findIndex((one) => one.name === name);
  const [chain] = event < 0 ? [] : failureChains(analysis.graph, event, [service]);
  return chain === undefined || stepsOf(chain).length === 0 ? '' : ` (${chainText(chain)})`;
}

const OPERATOR = 'operator:';
const wordOf = (event: string): string => (event.startsWith(OPERATOR) ? event.slice(OPERATOR.length) : event);

const placeOf = (event: BasicEvent, does: string): RelatedPlace[] =>
  event.kind === 'operator'
    ? [
        {
          place: { kind: 'property', element: event.strikes[0] as string, property: 'operator' },
          message: `${event.operator} runs ${listed(event.strikes)}`,
        },
      ]
    : [{ place: { kind: 'name', element: event.name }, message: `${event.name} ${does}` }];
