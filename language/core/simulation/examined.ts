import type { Architecture, Scenario } from '../model/index.ts';
import { type ModelNumber, numbersOf } from './numbers.ts';
import { ownInstances } from './own.ts';
import {
  type HelpDelay,
  helpDelaysOf,
  type ScenarioNumber,
  scenarioNumbersOf,
  withHelpDelay,
  withScenarioNumbers,
} from './scenario-numbers.ts';

/** A number on which a recovery may depend, with what is run when another is tried in its place. */
export interface ExaminedNumber extends Pick<ModelNumber, 'id' | 'value' | 'measure' | 'whole' | 'most'> {
  readonly of:
    | { readonly kind: 'model'; readonly number: ModelNumber }
    | { readonly kind: 'step'; readonly number: ScenarioNumber | HelpDelay };
  readonly tried: (value: number) => { readonly architecture: Architecture; readonly scenario: Scenario };
}

/**
 * All numbers that are looked at: those of the model, what the company could run itself, and the scenario's own: how hard
 * it hits, how much help comes and when.
 */
export const examinedNumbers = (architecture: Architecture, scenario: Scenario): ExaminedNumber[] => [
  ...[...numbersOf(architecture), ...ownInstances(architecture)].map(
    (number): ExaminedNumber => ({
      ...partOf(number),
      whole: number.whole,
      of: { kind: 'model', number },
      tried: (value) => ({ architecture: number.replaced(value), scenario }),
    }),
  ),
  ...scenarioNumbersOf(scenario).map(
    (number): ExaminedNumber => ({
      ...partOf(number),
      whole: number.measure === 'count',
      of: { kind: 'step', number },
      tried: (value) => ({ architecture, scenario: withScenarioNumbers(scenario, [{ id: number.id, value }]) }),
    }),
  ),
  ...helpDelaysOf(scenario).map(
    (number): ExaminedNumber => ({
      ...partOf(number),
      whole: false,
      of: { kind: 'step', number },
      tried: (value) => ({ architecture, scenario: withHelpDelay(scenario, number, value) }),
    }),
  ),
];

const partOf = ({ id, value, measure, most }: Pick<ModelNumber, 'id' | 'value' | 'measure' | 'most'>) => ({
  id,
  value,
  measure,
  most,
});
