import { digits, inOrder, type Notation, roundedInUnit, written, writtenSpan } from '../core/diagram/index.ts';
import type { Quantity } from '../core/model/index.ts';
import {
  type ExaminedNumber,
  type HelpDelay,
  type ModelNumber,
  numbersOf,
  type ScenarioNumber,
  scenarioNumbersOf,
} from '../core/simulation/index.ts';
import type { LoweredArchitecture } from '../lowering/architecture.ts';
import { type NumberSource, numberSource, stepNumberSource } from '../lowering/numbers.ts';
import type { LoweredScenario } from '../lowering/scenario.ts';
import type { ReportedNumber } from '../protocol/runs.ts';

/** The numbers of an architecture for a reader who asks "what if", in the order of the text. */
export const reportedNumbers = (lowered: LoweredArchitecture): ReportedNumber[] =>
  numbersOf(lowered.model).map((number) => reportedNumber(lowered, number));

export function reportedNumber(lowered: LoweredArchitecture, number: ModelNumber): ReportedNumber {
  const { component, what, place } = number;
  const source = numberSource(lowered, component, what, 'index' in place ? place.index : 0);
  const title = inOrder(lowered.model.components.find(({ name }) => name === component)?.title ?? component);
  return { component, title, words: quantityWords(number, lowered), ...valueWithin(number, source) };
}

/** The numbers of a scenario's steps, under its own name. */
export const reportedScenarioNumbers = (scenario: LoweredScenario): ReportedNumber[] =>
  scenarioNumbersOf(scenario.model).map((number) => reportedStepNumber(scenario, number));

/** A number that a sensitivity tried, of the architecture or of the scenario. */
export const reportedExamined = (
  lowered: LoweredArchitecture,
  scenario: LoweredScenario,
  { of }: ExaminedNumber,
): ReportedNumber =>
  of.kind === 'model' ? reportedNumber(lowered, of.number) : reportedStepNumber(scenario, of.number);

function reportedStepNumber(scenario: LoweredScenario, number: ScenarioNumber | HelpDelay): ReportedNumber {
  const { step, measure } = number;
  return {
    component: scenario.model.name,
    title: inOrder(scenario.model.title ?? scenario.model.name),
    words: stepWords(number),
    // The text says at what time of the run help comes, not how long after the first step.
    ...valueWithin(number, measure === 'duration' ? undefined : stepNumberSource(scenario, step)),
  };
}

function stepWords({ what, target, atSeconds }: ScenarioNumber | HelpDelay): string {
  const step = `at ${writtenSpan(atSeconds)}, ${target}:`;
  switch (what) {
    case 'share crashed':
      return `${step} crash`;
    case 'instances added':
      return `${step} add`;
    case 'delay of restoring':
      return `${step} restore, delay from the first step`;
    case 'delay of adding':
      return `${step} add, delay from the first step`;
  }
}

function valueWithin(
  { id, value, measure, most }: Pick<ModelNumber, 'id' | 'value' | 'measure' | 'most'>,
  source: NumberSource | undefined,
): Omit<ReportedNumber, 'component' | 'title' | 'words'> {
  const notation: Notation = { measure, unit: source?.unit ?? unitOf(value, measure) };
  const ends = ([1 / WIDEST, WIDEST] as const).map((factor) => roundedInUnit(value * factor, notation));
  return {
    id,
    value,
    text: written(value, notation),
    notation,
    least: Math.max(measure === 'count' ? 1 : 0, Math.min(value, ends[0] ?? value)),
    most: Math.min(most, Math.max(value, ends[1] ?? value)),
    ...(source && {
      source: { uri: source.uri, range: source.range, before: source.before, after: source.after },
    }),
  };
}

/** Where no text says it: hours or minutes if that takes few digits, so that nobody reads `9000 s`. */
function unitOf(value: number, measure: Notation['measure']): Notation['unit'] {
  if (measure !== 'duration') return 's';
  const isShort = (unit: Notation['unit']): boolean => digits(value, { measure, unit }).length <= 4;
  return (['h', 'min'] as const).find(isShort) ?? 's';
}

/** A slider goes so many times down and up from the value that is written. */
const WIDEST = 20;

/** The words of the language before the number. */
export function quantityWords(
  { what, about = '', component }: { readonly what: Quantity; readonly about?: string; readonly component: string },
  { model }: LoweredArchitecture,
): string {
  switch (what) {
    case 'instances':
      return 'instances';
    case 'own instances':
      return 'run by yourself beside them:';
    case 'capacity':
      return `serves ${about}`;
    case 'admissions':
      return `admits ${about}`;
    case 'restart time': {
      const distribution = model.components.find(({ name }) => name === component)?.restart?.distribution;
      return `restarts ${{ exponential: 'in', fixed: 'after', uniform: 'over' }[distribution ?? 'exponential']}`;
    }
    case 'promotions':
      return `promoted from ${about} at`;
    case 'overload limit':
      return 'overloads above';
    case 'overload loss':
      return 'losing above its limit';
    case 'first retry':
      return 'retries every';
    case 'longest retry':
      return 'retries up to';
    case 'time to failure':
      return 'fails every';
    case 'share exposed':
      return `exposed to ${about}`;
  }
}
