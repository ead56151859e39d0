import type { Architecture, Component, NeedExpression } from '../model/index.ts';
import { shortened } from './measure.ts';
import { countWords, durationWords, percentWords, rateWords, shareRateWords } from './words.ts';

/** A title that is longer is no name any more: nobody reads it, and the picture would be of nothing else. */
export const LONGEST_LABEL = 200;
/** Where a label stands on one line. */
export const LONGEST_LINE = 60;

/** The name that readers know a thing by: its title, or its name where it has none. */
export type Labels = (name: string) => string;

const LEFTWARDS = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * As it is read in a line of other words: a name that is written from right to left would draw numbers and signs behind
 * it to its other side, but for a mark that has no width.
 */
export function labelWords(name: string): string {
  const short = shortened(name, LONGEST_LABEL);
  return LEFTWARDS.test(short) ? `${short}\u200e` : short;
}

export function labelsOf(architecture: Architecture): Labels {
  const titles = new Map<string, string>();
  for (const things of [architecture.components, architecture.groups, architecture.services, architecture.hazards]) {
    for (const { name, title } of things)
      if (title !== undefined && title.trim() !== '') titles.set(name, labelWords(title));
  }
  return (name) => titles.get(name) ?? labelWords(name);
}

export const PARTY_WORDS = { company: 'Company', users: 'Users', vendor: 'Vendor' } as const;

const CONTROL_WORDS = {
  full: 'under full control of the company',
  physical: 'the company has the machines in hand',
  programmatic: 'the company commands the software',
  none: 'beyond the control of the company',
} as const;

/** Control is said only where it is not what the party leads one to expect. */
function controlFact(component: Component): string[] {
  const usual = component.party === 'company' ? 'full' : 'none';
  return component.control === usual ? [] : [CONTROL_WORDS[component.control]];
}

/** What a reviewer asks about a component, one line each. Promotion is said on its edge. */
export function componentFacts(component: Component, labels: Labels): string[] {
  const { restart, overload, retry, mttfSeconds } = component;
  return [
    ...controlFact(component),
    ...component.serves.map(({ consumer, capacity }) => `serves ${countWords(capacity)} ${labels(consumer)}`),
    ...component.admits.map(({ consumer, ratePerSecond }) => `admits ${rateWords(ratePerSecond)} ${labels(consumer)}`),
    ...(restart === undefined ? [] : [restartFact(restart)]),
    ...(overload === undefined
      ? []
      : [`above ${percentWords(overload.limit)} load loses ${shareRateWords(overload.lossPerSecond)}`]),
    ...(retry === undefined ? [] : [retryFact(retry)]),
    ...(mttfSeconds === undefined ? [] : [`fails every ${durationWords(mttfSeconds)}`]),
  ];
}

function restartFact(restart: NonNullable<Component['restart']>): string {
  const word = { exponential: 'in', fixed: 'after', uniform: 'over' }[restart.distribution];
  return `restarts ${word} ${durationWords(restart.seconds)}`;
}

function retryFact({ firstSeconds, maxSeconds }: NonNullable<Component['retry']>): string {
  const first = `retries every ${durationWords(firstSeconds)}`;
  return maxSeconds > firstSeconds ? `${first} up to ${durationWords(maxSeconds)}` : first;
}

export function promotionWords(promotion: NonNullable<Component['promotion']>): string {
  const { kind, perSecond } = promotion.rate;
  return kind === 'count' ? rateWords(perSecond) : shareRateWords(perSecond);
}

/** The need in the words of the language, with titles for names. */
export function needWords(need: NeedExpression, labels: Labels): string {
  if (need.kind === 'reference') return labels(need.name);
  const operands = need.operands.map((operand) => needWords(operand, labels));
  return need.kind === 'atLeast' ? `${need.count} of (${operands.join(', ')})` : `(${operands.join(` ${need.kind} `)})`;
}
