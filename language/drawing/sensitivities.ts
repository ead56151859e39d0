import { type Notation, readable, roundedInUnit, written, writtenSpan } from '../core/diagram/index.ts';
import {
  type ExaminedNumber,
  examinedNumbers,
  type NumberSensitivity,
  type Said,
  type Sensitivity,
  type Variation,
} from '../core/simulation/index.ts';
import type { LoweredArchitecture } from '../lowering/architecture.ts';
import type { LoweredScenario } from '../lowering/scenario.ts';
import type { ReportedNumber, ReportedSensitivity } from '../protocol/runs.ts';
import { reportedExamined } from './numbers.ts';
import { words } from './recoveries.ts';

/** Three digits in the unit in which a reader is told a number of an architecture or a scenario. */
export const saidIn =
  (lowered: LoweredArchitecture, scenario: LoweredScenario): Said =>
  (number, value, way) =>
    roundedInUnit(value, readable(value, reportedExamined(lowered, scenario, number).notation), way);

/** What the recovery of a scenario depends on, for a reader: what moves it most comes first. */
export function reportedSensitivity(
  lowered: LoweredArchitecture,
  scenario: LoweredScenario,
  { runs, variedRuns, firstSeed, services, verdicts, numbers }: Sensitivity,
): ReportedSensitivity {
  const { model, syntax } = scenario;
  const all = new Map(examinedNumbers(lowered.model, model).map((number) => [number.id, number]));
  const reported = numbers.flatMap((found) => {
    const number = all.get(found.id);
    return number ? [{ found, of: number.of, number: reportedExamined(lowered, scenario, number) }] : [];
  });
  return {
    runs,
    variedRuns,
    firstSeed,
    services: { ...services },
    expectations: verdicts.map((verdict, index) => ({
      text: words(syntax.expectations[index]?.$cstNode?.text),
      ...verdict,
      remedies: verdict.holds ? [] : remediesFor(reported, index),
    })),
    numbers: reported
      .map(({ found, number }) => ({
        number,
        less: { ...found.less, services: { ...found.less.services }, text: near(found.less.value, number.notation) },
        more: { ...found.more, services: { ...found.more.services }, text: near(found.more.value, number.notation) },
        turns: found.turns.map((turn, index) => {
          if (turn.kind === 'none') return null;
          const holdsNow = verdicts[index]?.holds ?? true;
          return { value: turn.value, text: roughly(turn.value, found.value, number.notation, holdsNow) };
        }),
        effect: effectOf(found, model.horizonSeconds),
      }))
      .sort((left, right) => right.effect - left.effect)
      .map(({ effect: _, ...one }) => one),
  };
}

interface Found {
  readonly found: NumberSensitivity;
  readonly of: ExaminedNumber['of'];
  readonly number: ReportedNumber;
}

/**
 * The smallest change first. What the company would run itself stands behind, for it changes who runs what, and last how
 * hard the scenario hits, which nobody chooses.
 */
const remediesFor = (reported: readonly Found[], index: number): string[] =>
  reported
    .flatMap((one) => {
      const { found } = one;
      const turn = found.turns[index];
      if (turn?.kind !== 'at') return [];
      const rank = found.what === 'own instances' ? 1 : found.what === 'share crashed' ? 2 : 0;
      const distance = rank === 1 ? 0 : Math.abs(Math.log(turn.value / found.value));
      return [{ rank, distance, words: remedyWords(one, turn.value) }];
    })
    .sort((left, right) => left.rank - right.rank || left.distance - right.distance)
    .map((one) => one.words);

/** "promote SuperNode 3.1 times faster (31/min)": what to do, and what to write. */
function remedyWords({ found, of, number }: Found, to: number): string {
  const { what, component, about = '', value } = found;
  const at = of.kind === 'step' ? writtenSpan(of.number.atSeconds) : '';
  const text = roughly(to, value, number.notation, false);
  const now = number.text;
  const times = (ratio: number): string =>
    ratio >= 1 ? `${timesWords(ratio)} times faster` : `${timesWords(1 / ratio)} times slower`;
  switch (what) {
    case 'instances':
      return `have ${text} ${component} instead of ${now}`;
    case 'own instances':
      return `run ${text} ${component} yourself`;
    case 'capacity':
      return `let each ${component} serve ${text} ${about} instead of ${now}`;
    case 'admissions':
      return `admit ${about} at ${component} ${times(to / value)} (${text})`;
    case 'restart time':
      return `restart ${component} ${times(value / to)} (${text})`;
    case 'promotions':
      return `promote ${component} ${times(to / value)} (${text})`;
    case 'overload limit':
      return `let ${component} bear a load of ${text} instead of ${now}`;
    case 'overload loss':
      return `lose ${text} of overloaded ${component} instead of ${now}`;
    case 'first retry':
      return `let ${component} retry first after ${text} instead of ${now}`;
    case 'longest retry':
      return `let ${component} retry every ${text} at the longest instead of ${now}`;
    case 'time to failure':
      return `have ${component} fail every ${text} instead of ${now}`;
    case 'share exposed':
      return `expose ${text} of ${component} to ${about} instead of ${now}`;
    case 'share crashed':
      return `no more than ${text} of ${component} crashed at ${at} instead of ${now}`;
    case 'instances added':
      return `add ${text} ${component} at ${at} instead of ${now}`;
    case 'delay of restoring':
      return `restore ${component} ${text} after the first step, not ${now}`;
    case 'delay of adding':
      return `add to ${component} ${text} after the first step, not ${now}`;
  }
}

const timesWords = (ratio: number): string => (ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(ratio >= 1.995 ? 1 : 2));

/**
 * Three digits of a value at which an expectation turns, rounded to the side on which it holds: away from the present
 * value if it does not hold now, else towards it.
 */
function roughly(value: number, from: number, notation: Notation, holdsNow: boolean): string {
  const said = readable(value, notation);
  return written(roundedInUnit(value, said, value > from !== holdsNow ? 'up' : 'down'), said);
}

/** What was varied was exactly so much; what is said of it is short. */
const near = (value: number, notation: Notation): string => {
  // No text may hold a count of none, and so there is no way of writing it there.
  if (value === 0 && notation.measure === 'count') return '0';
  const said = readable(value, notation);
  return written(roundedInUnit(value, said), said);
};

/** By how much the median moves over all services, in shares of the run; "not within the run" is twice the run. */
function effectOf({ less, more }: NumberSensitivity, horizonSeconds: number): number {
  const seconds = ({ services }: Variation): number =>
    Object.values(services).reduce((sum, { p50 }) => sum + (p50 ?? 2 * horizonSeconds), 0);
  return Math.abs(seconds(more) - seconds(less)) / horizonSeconds;
}
