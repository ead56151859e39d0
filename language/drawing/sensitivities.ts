import { type Notation, readable, roundedInUnit, written } from '../core/diagram/index.ts';
import {
  examinedNumbers,
  type NumberSensitivity,
  type Said,
  type Sensitivity,
  type Variation,
} from '../core/simulation/index.ts';
import type { LoweredArchitecture } from '../lowering/architecture.ts';
import type { LoweredScenario } from '../lowering/scenario.ts';
import type { ReportedNumber, ReportedSensitivity } from '../protocol/runs.ts';
import { reportedNumber } from './numbers.ts';
import { words } from './recoveries.ts';

/** Three digits in the unit in which a reader is told a number of an architecture. */
export const saidIn =
  (lowered: LoweredArchitecture): Said =>
  (number, value, way) =>
    roundedInUnit(value, readable(value, reportedNumber(lowered, number).notation), way);

/** What the recovery of a scenario depends on, for a reader: what moves it most comes first. */
export function reportedSensitivity(
  lowered: LoweredArchitecture,
  { model, syntax }: LoweredScenario,
  { runs, firstSeed, services, verdicts, numbers }: Sensitivity,
): ReportedSensitivity {
  const all = new Map(examinedNumbers(lowered.model).map((number) => [number.id, number]));
  const reported = numbers.flatMap((found) => {
    const number = all.get(found.id);
    return number ? [{ found, number: reportedNumber(lowered, number) }] : [];
  });
  return {
    runs,
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
  readonly number: ReportedNumber;
}

/** The smallest change first; what the company would run itself stands last, for it changes who runs what. */
const remediesFor = (reported: readonly Found[], index: number): string[] =>
  reported
    .flatMap(({ found, number }) => {
      const turn = found.turns[index];
      if (turn?.kind !== 'at') return [];
      const distance = found.value === 0 ? Infinity : Math.abs(Math.log(turn.value / found.value));
      return [{ distance, words: remedyWords(found, number, turn.value) }];
    })
    .sort((left, right) => (left.distance === right.distance ? 0 : left.distance - right.distance))
    .map((one) => one.words);

/** "promote SuperNode 3.1 times faster (31/min)": what to do, and what to write. */
function remedyWords(
  { what, component, about = '', value }: NumberSensitivity,
  number: ReportedNumber,
  to: number,
): string {
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
  const said = readable(value, notation);
  return written(roundedInUnit(value, said), said);
};

/** By how much the median moves over all services, in shares of the run; "not within the run" is twice the run. */
function effectOf({ less, more }: NumberSensitivity, horizonSeconds: number): number {
  const seconds = ({ services }: Variation): number =>
    Object.values(services).reduce((sum, { p50 }) => sum + (p50 ?? 2 * horizonSeconds), 0);
  return Math.abs(seconds(more) - seconds(less)) / horizonSeconds;
}
