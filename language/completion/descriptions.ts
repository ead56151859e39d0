import type { Analysis } from '../core/analysis/index.ts';
import { trafficControl } from '../core/analysis/index.ts';
import { needWords } from '../core/diagram/facts.ts';
import { countWords, durationWords, instanceWords, percentWords, shareRateWords } from '../core/diagram/index.ts';
import { type Component, componentsOf, type Need } from '../core/model/index.ts';
import { whatCompanyCan, whoRuns } from '../core/rules/words.ts';
import type { Element } from '../generated/ast.ts';
import type { LoweredArchitecture } from '../lowering/architecture.ts';
import { refillSentences } from './refill.ts';

/** What is known of an architecture; the analysis only while nothing in it is wrong. */
export interface Known {
  readonly lowered: LoweredArchitecture;
  readonly analysis?: Analysis;
}

/** What a reviewer asks about an element of one architecture, sentence by sentence. */
export function describeElement(element: Element, known: Known): string[] {
  switch (element.$type) {
    case 'Component':
      return describeComponent(element.name, known);
    case 'Group':
      return describeGroup(element.name, known);
    case 'Service':
      return describeService(element.name, known);
    case 'Hazard':
      return describeHazard(element.name, known);
  }
}

function describeComponent(name: string, { lowered, analysis }: Known): string[] {
  const { model } = lowered;
  const component = model.components.find((one) => one.name === name);
  if (!component) return [];
  const sentences = [
    `${capital(whoRuns(component))}. ${capital(whatCompanyCan(component.control))}.`,
    `${instanceWords(component.instances)}${component.group === undefined ? '' : `, in ${component.group}`}.`,
    ...needSentences(component.needs),
    ...component.serves.map(({ consumer, capacity }) => {
      const room = capacity * component.instances;
      const population = model.components.find((one) => one.name === consumer)?.instances;
      const of = population === undefined ? '' : `; there are ${countWords(population)}`;
      return `Serves ${countWords(capacity)} ${consumer} each: room for ${countWords(room)}${of}.`;
    }),
    ...refillSentences(model, component),
    ...limitSentences(component),
    ...component.exposures.map(({ hazard, share }) => `${hazard} takes ${percentWords(share)} of it.`),
  ];
  const { operator } = component;
  const alone = takesDown(analysis, name);
  const operated = operator === undefined ? [] : (takesDown(analysis, `operator:${operator}`, false) ?? []);
  return [
    ...sentences,
    ...(alone ?? []),
    ...operated.map((sentence) => sentence.replace('Takes', `${operator} takes`)),
  ];
}

function limitSentences({ overload, retry, mttfSeconds }: Component): string[] {
  const sentences: string[] = [];
  if (overload) {
    sentences.push(
      `Above ${percentWords(overload.limit)} load it loses ${shareRateWords(overload.lossPerSecond)} of its instances.`,
    );
  }
  if (retry) {
    const most = retry.maxSeconds > retry.firstSeconds ? `, doubling up to ${durationWords(retry.maxSeconds)}` : '';
    sentences.push(
      `An instance that is not let in tries again after ${durationWords(retry.firstSeconds)} on average${most}.`,
    );
  }
  if (mttfSeconds !== undefined) sentences.push(`Each instance fails every ${durationWords(mttfSeconds)} on average.`);
  return sentences;
}

function describeGroup(name: string, { lowered }: Known): string[] {
  const { model } = lowered;
  const inside = componentsOf(model, name);
  const group = model.groups.find((one) => one.name === name)?.group;
  return [
    ...(group === undefined ? [] : [`Stands in ${group}.`]),
    inside.length === 0 ? 'Holds no component.' : `Holds ${several(inside)}.`,
  ];
}

function describeService(name: string, { lowered, analysis }: Known): string[] {
  const { model } = lowered;
  const service = model.services.find((one) => one.name === name);
  if (!service) return [];
  const population = model.components.find((one) => one.name === service.population);
  const control = trafficControl(model, service);
  const carried = control && [
    ...(control.company > 0 ? [`${percentWords(control.company)} by the company`] : []),
    ...(control.users > 0 ? [`${percentWords(control.users)} by users`] : []),
    ...(control.vendor > 0 ? [`${percentWords(control.vendor)} by vendors`] : []),
  ];
  const alone = analysis?.singleFailures().filter(({ services }) => services.includes(name));
  const events = alone?.map(({ event }) => nameOfEvent(analysis?.graph.events[event]?.name ?? ''));
  return [
    ...(population ? [`For ${population.name}: ${instanceWords(population.instances)}.`] : []),
    ...needSentences(service.needs),
    ...(carried && carried.length > 0
      ? [
          `Its traffic is carried ${several(carried)} (${service.traffic.map(({ share, component }) => `${component} ${percentWords(share)}`).join(', ')}).`,
        ]
      : []),
    ...(events ? [lostWith(events)] : []),
  ];
}

function describeHazard(name: string, { lowered, analysis }: Known): string[] {
  const hit = lowered.model.components.flatMap(({ name: component, instances, exposures }) =>
    exposures
      .filter(({ hazard, share }) => hazard === name && share > 0)
      .map(({ share }) => `${component} (${percentWords(share)}, ${countWords(Math.round(share * instances))})`),
  );
  if (hit.length === 0) return ['Nothing is exposed to it.'];
  return [`Hits ${several(hit)}.`, ...(takesDown(analysis, name) ?? [])];
}

/** The services whose minimal cut set of order 1 an event is; undefined where that is not known. */
function takesDown(analysis: Analysis | undefined, event: string, saysNone = true): string[] | undefined {
  if (!analysis) return undefined;
  const index = analysis.graph.events.findIndex(({ name }) => name === event);
  const services = analysis.singleFailures().find((failure) => failure.event === index)?.services ?? [];
  if (services.length === 0) return saysNone ? ['Takes no service down alone.'] : [];
  return [`Takes ${several(services)} down alone.`];
}

function lostWith(events: readonly string[]): string {
  if (events.length === 0) return 'Nothing takes it down alone.';
  return events.length === 1
    ? `Lost with ${events[0]} alone.`
    : `Lost with any one of these alone: ${several(events)}.`;
}

const nameOfEvent = (name: string): string => name.replace(/^operator:/, 'the operator ');

const sentenceOfNeed = (need: Need): string => needWords(need.expression, (name) => name).replace(/^\((.*)\)$/, '$1');

function needSentences(needs: readonly Need[]): string[] {
  const known = needs.filter(({ expression }) => expression.kind === 'reference' || expression.operands.length > 0);
  const always = known.filter(({ toStart }) => !toStart).map(sentenceOfNeed);
  const toStart = known.filter((need) => need.toStart).map(sentenceOfNeed);
  return [
    ...(always.length > 0 ? [`Needs ${always.join('; and ')}.`] : []),
    ...(toStart.length > 0 ? [`Needs ${toStart.join('; and ')} to start.`] : []),
  ];
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** More names than these are no sentence. */
const MOST = 10;

export function several(names: readonly string[]): string {
  const shown = names.length > MOST ? [...names.slice(0, MOST), `${names.length - MOST} more`] : [...names];
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}
