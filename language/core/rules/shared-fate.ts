import { type BasicEvent, type Chain, chainText, type SharedFate, sharedFates } from '../analysis/index.ts';
import type { Component, Need, NeedExpression, Place, Service } from '../model/index.ts';
import { needsOn, RELATED_AT_MOST } from './dependence.ts';
import type { RelatedPlace } from './finding.ts';
import type { Description, Observation, Rule, RuleContext } from './rule.ts';
import { listed, needText } from './words.ts';

/** A need for alternatives, where it stands. */
interface Choice {
  readonly owner: string;
  readonly need: Need;
  readonly expression: NeedExpression;
  readonly alternatives: readonly NeedExpression[];
  readonly needed: number;
  readonly place: Place;
}

export const sharedFate: Rule = {
  defaultSeverity: 'warning',
  says: 'All alternatives of a need fall by one and the same event, so that they are none.',
  why: 'The text says that one stands in for the other, and reviewers count on it. In the crash that matters both are gone at once: the redundancy was paid for and is not there.',
  remedy:
    'Make one of the alternatives independent of what takes them all: another operator, another site, no need in common. Or accept the finding with a reason and a date.',
  observe: (context) => {
    const { architecture, analysis } = context;
    const fateOf = sharedFates(analysis.graph);
    return [...architecture.components, ...architecture.services].flatMap((owner) =>
      choicesOf(owner).flatMap((choice): Observation[] => {
        const fate = fateOf(choice.owner, choice.alternatives, choice.needed);
        return fate === undefined ? [] : [observationOf(context, choice, fate)];
      }),
    );
  },
};

/** Every `or` and `k of` of an element's needs that leaves a choice. */
function choicesOf({ name, needs }: Component | Service): Choice[] {
  const choices: Choice[] = [];
  for (const [index, need] of needs.entries()) collect(need.expression, need, index, []);
  return choices;

  function collect(expression: NeedExpression, need: Need, index: number, path: readonly number[]): void {
    if (expression.kind === 'reference') return;
    const alternatives = expression.kind === 'or' ? flattened(expression) : expression.operands;
    const needed = expression.kind === 'atLeast' ? expression.count : 1;
    if (expression.kind !== 'and' && needed < alternatives.length) {
      const place: Place = { kind: 'need', element: name, index, path };
      choices.push({ owner: name, need, expression, alternatives, needed, place });
    }
    for (const [at, operand] of expression.operands.entries()) {
      // `A or (B or C)` is one choice among three.
      if (expression.kind === 'or' && operand.kind === 'or') {
        for (const [inner, one] of operand.operands.entries()) collect(one, need, index, [...path, at, inner]);
      } else collect(operand, need, index, [...path, at]);
    }
  }
}

const flattened = (expression: NeedExpression): NeedExpression[] =>
  expression.kind === 'or' ? expression.operands.flatMap(flattened) : [expression];

function observationOf(context: RuleContext, choice: Choice, { events, struck, chains }: SharedFate): Observation {
  const { graph } = context.analysis;
  const told = events.map((event) => graph.events[event] as BasicEvent);
  const [only] = told;
  return {
    subject: choice.owner,
    // Of several events the team may have thought of one: then the need itself has to be named.
    about: [choice.owner, ...(told.length === 1 && only !== undefined ? [only.name] : [])],
    services: context.servicesLostWith([choice.owner]),
    describe: () => describe(choice, told, struck, chains),
  };
}

function describe(
  { owner, need, expression, alternatives, needed, place }: Choice,
  events: readonly BasicEvent[],
  struck: readonly (readonly number[])[],
  ways: readonly Chain[],
): Description {
  const fallen = (struck[0] ?? []).map((at) => alternatives[at] as NeedExpression);
  const chains = ways.filter(({ steps }) => steps.length > 0);
  const paths = chains.slice(0, 3).map(chainText);
  const how = paths.length === 0 ? '' : ` (${paths.join('; ')})`;
  const left = alternatives.length - fallen.length;
  const falls =
    fallen.length === 1
      ? 'it falls'
      : `${left === 0 ? (fallen.length === 2 ? 'both' : `all ${fallen.length}`) : listed(fallen.map((one) => needText(one, true)))} fall together`;
  // So many have to be left whichever of the events happens.
  const missing = Math.max(...struck.map((some) => needed - (alternatives.length - some.length)));
  const rest =
    left === 0
      ? 'none stands in for another'
      : `${left === 1 ? 'the one left is' : `the ${left} left are`} fewer than the ${needed} needed`;
  return {
    message:
      `${owner} needs ${needText(expression)}${need.toStart ? ' to start' : ''}, but ${falls} ${whenOf(events)}${how}: ${rest}. ` +
      `Make ${missing === 1 ? 'one' : missing} of them independent of ${listed(events.map(nameOf))}, or accept the finding.`,
    place,
    related: [...events.flatMap(placesOf), ...needsOn(chains)].slice(0, RELATED_AT_MOST),
  };
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
