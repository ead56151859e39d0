import type { Architecture, Place, Scenario } from '../model/index.ts';
import { nearestRank } from './columns.ts';
import { compile } from './compiled.ts';
import { type ExaminedNumber, examinedNumbers } from './examined.ts';
import { type ModelNumber, scaled } from './numbers.ts';
import { type Partial, runPartial } from './partial.ts';
import type { HelpDelay, ScenarioNumber } from './scenario-numbers.ts';
import { judgePartial, SHARE_ASKED } from './summary.ts';
import type { RecoveryBand, RecoverySeconds, Verdict } from './trace.ts';

export interface SensitivityOptions {
  /** Runs by which expectations are judged, all with the seeds from `seed` on: what differs is the number, not the luck. */
  readonly runs: number;
  readonly seed: number;
  readonly shouldStop?: () => boolean;
  /** Numbers that are done, of how many. */
  readonly onProgress?: (done: number, of: number) => void;
}

export interface Sensitivity {
  /** False if it was stopped: then numbers are missing at the end. */
  readonly complete: boolean;
  /** By which expectations are judged, and of each variation. */
  readonly runs: number;
  readonly variedRuns: number;
  readonly firstSeed: number;
  /** By service: recovery to the level that is expected of it, or 95%, as the model is. */
  readonly services: Readonly<Record<string, RecoveryBand>>;
  /** By expectation, as the model is. */
  readonly verdicts: readonly Verdict[];
  readonly numbers: readonly NumberSensitivity[];
}

export interface NumberSensitivity extends Pick<ModelNumber, 'id' | 'about' | 'value'> {
  /** Whose it is; for a step of the scenario, whom that hits or helps. */
  readonly component: string;
  readonly what: ModelNumber['what'] | ScenarioNumber['what'] | HelpDelay['what'];
  /** Of a number of the model. */
  readonly place?: Place;
  /** At 0.8 and 1.2 of the value, as near as it can be. */
  readonly less: Variation;
  readonly more: Variation;
  /** By expectation: the value at which it just comes to hold, or, if it holds, just still does. */
  readonly turns: readonly Turn[];
}

export interface Variation {
  readonly value: number;
  readonly services: Readonly<Record<string, RecoveryBand>>;
}

export type Turn =
  /** `value` is the last on the side on which the expectation holds. */
  | { readonly kind: 'at'; readonly value: number }
  /** No value from a hundredth to a hundred times what it is changes whether it holds. */
  | { readonly kind: 'none' };

/**
 * Runs that an examination asks for; they are answered by what was kept of them, without curves, but sampled as ever:
 * where steps end is a matter of luck too, and what is told here is to be found again when it is written and run.
 */
export interface AskedRuns {
  readonly architecture: Architecture;
  readonly scenario: Scenario;
  readonly firstSeed: number;
  readonly runs: number;
}

/** Asks for runs one after the other, whoever makes them, and comes to a result. */
export type Examination<Result> = Generator<AskedRuns, Result, Partial>;

/**
 * How the recovery of each service moves with each number of the model and of the scenario's steps, and what value would
 * just meet (or just still meets) each expectation of the scenario. Every variation is run with the same seeds. Values are sought between a
 * hundredth and a hundred times what they are, to 1% or to the whole number and to three digits, on the understanding that whether an
 * expectation holds changes once on either side; if it does so on both, the nearer value is given.
 */
export function sensitivity(architecture: Architecture, scenario: Scenario, options: SensitivityOptions): Sensitivity {
  const { runs, seed, shouldStop, onProgress } = options;
  const asked = { scenario, runs, firstSeed: seed };
  const baseline = here(examineWhole(architecture, asked));
  const numbers = examinedNumbers(architecture, scenario);
  const found: NumberSensitivity[] = [];
  for (const number of numbers) {
    if (shouldStop?.()) break;
    found.push(here(examineNumber(number, baseline, asked)));
    onProgress?.(found.length, numbers.length);
  }
  const complete = found.length === numbers.length;
  return { complete, runs, variedRuns: variedRuns(runs), firstSeed: seed, ...baseline, numbers: found };
}

/** Of so many runs it is plain enough which number moves a recovery more than another, and about where it turns. */
const MOST_VARIED = 20;
export const variedRuns = (runs: number): number => Math.min(runs, MOST_VARIED);

/** The part of a sensitivity that is of the model as it is. */
export type Baseline = Pick<Sensitivity, 'services' | 'verdicts'>;

/** The value that a reader is told instead of one: not below it (`up`) or not above it (`down`). */
export type Said = (number: ExaminedNumber, value: number, way: 'up' | 'down') => number;

interface Asked extends Pick<AskedRuns, 'scenario' | 'runs' | 'firstSeed'> {
  /** With three digits in the units of the model, unless given. */
  readonly said?: Said;
}

const withThreeDigits: Said = ({ whole }, value, way) => {
  let step = 1;
  while (value >= 1000 * step) step *= 10;
  while (!whole && value > 0 && value < 100 * step) step /= 10;
  const steps = way === 'up' ? Math.ceil(value / step - 1e-9) : Math.floor(value / step + 1e-9);
  return Number((steps * step).toPrecision(12));
};

export function* examineWhole(architecture: Architecture, asked: Asked): Examination<Baseline> {
  const whole = yield { ...ofRuns(asked), architecture };
  const varied = { ...whole, runs: whole.runs.slice(0, variedRuns(asked.runs)) };
  return { services: recoveriesOf(varied, asked.scenario), verdicts: judgePartial(whole, asked.scenario) };
}

export function* examineNumber(
  number: ExaminedNumber,
  { services, verdicts }: Baseline,
  asked: Asked,
): Examination<NumberSensitivity> {
  const { scenario } = asked;
  const { value, id } = number;
  function* vary(factor: number): Examination<Variation> {
    // Of what there is none there is nothing less or more by a share.
    const other = value === 0 ? value : scaled(number, factor);
    if (other === value) return { value, services };
    const varied = yield { ...ofRuns(asked), runs: variedRuns(asked.runs), ...triedWith(number, other, asked) };
    return { value: other, services: recoveriesOf(varied, scenario) };
  }
  const less = yield* vary(0.8);
  const more = yield* vary(1.2);
  const turns: Turn[] = [];
  for (const [index, expectation] of scenario.expectations.entries()) {
    const one = { ...asked, scenario: { ...scenario, expectations: [expectation] } };
    turns.push(yield* findTurn(number, verdicts[index]?.holds ?? true, one));
  }
  return { id, ...subjectOf(number), value, less, more, turns };
}

function subjectOf({ of }: ExaminedNumber): Pick<NumberSensitivity, 'component' | 'what' | 'about' | 'place'> {
  if (of.kind === 'step') return { component: of.number.target, what: of.number.what };
  const { component, what, about, place } = of.number;
  return { component, place, what, ...(about !== undefined && { about }) };
}

/** What is run with another value, judged by the expectations that are asked about. */
function triedWith(
  number: ExaminedNumber,
  value: number,
  { scenario: { expectations } }: Asked,
): Pick<AskedRuns, 'architecture' | 'scenario'> {
  const { architecture, scenario } = number.tried(value);
  return { architecture, scenario: { ...scenario, expectations } };
}

/** An examination with the runs that it asks for made here. */
export function here<Result>(examination: Examination<Result>): Result {
  let step = examination.next();
  while (!step.done) {
    const { architecture, scenario, firstSeed, runs } = step.value;
    step = examination.next(runPartial(compile(architecture, scenario), firstSeed, runs, { curves: 'none' }));
  }
  return step.value;
}

const levelFor = (service: string, { expectations }: Scenario): number =>
  expectations.find((one) => one.kind === 'backTo' && one.service === service)?.level ?? 0.95;

function recoveriesOf({ services, recoveryLevels, runs }: Partial, scenario: Scenario): Record<string, RecoveryBand> {
  const byService: Record<string, RecoveryBand> = Object.create(null);
  services.forEach((name, index) => {
    const level = levelFor(name, scenario);
    const at = recoveryLevels.indexOf(level);
    const times = runs
      .map((one) => one.services[index]?.recovery[at] ?? null)
      .sort((a, b) => (a ?? Infinity) - (b ?? Infinity) || 0);
    const rank = (q: number): RecoverySeconds => nearestRank(times, q) ?? null;
    byService[name] = { level, p10: rank(0.1), p50: rank(0.5), p90: rank(0.9) };
  });
  return byService;
}

const ofRuns = ({ scenario, runs, firstSeed }: Asked) => ({ scenario, runs, firstSeed });

/** Whether the one expectation holds; few runs where those show already that it does not. */
function* holds(number: ExaminedNumber, value: number, asked: Asked): Examination<boolean> {
  const { scenario, runs, firstSeed } = asked;
  const ask = { ...ofRuns(asked), ...triedWith(number, value, asked) };
  const few = Math.min(runs, Math.floor(runs * (1 - SHARE_ASKED) + 1e-9) + 1);
  const first = yield { ...ask, runs: few };
  // If all of these are missed, too many are, whatever the others come to.
  if (judgePartial(first, scenario)[0]?.share === 0) return false;
  if (few === runs) return judgePartial(first, scenario)[0]?.holds ?? true;
  const others = yield { ...ask, firstSeed: firstSeed + few, runs: runs - few };
  return judgePartial({ ...first, runs: [...first.runs, ...others.runs] }, scenario)[0]?.holds ?? true;
}

const WIDEST = 100;
/** Values are found to this part of themselves. */
const PRECISION = 0.01;

function* findTurn(number: ExaminedNumber, holdsNow: boolean, asked: Asked): Examination<Turn> {
  function* turned(value: number): Examination<boolean> {
    return (yield* holds(number, value, { ...asked, runs: variedRuns(asked.runs) })) !== holdsNow;
  }
  const found: number[] = [];
  for (const end of endsOf(number)) {
    let far = end;
    if (far === number.value || !(yield* turned(far))) continue;
    let near = number.value;
    while (Math.abs(far - near) > (number.whole ? 1 : PRECISION * Math.min(far, near))) {
      // What there is none of is far below one in the logarithm.
      const between = near === 0 ? Math.sqrt(far) / 2 : Math.sqrt(near * far);
      const middle = number.whole ? wholeBetween(between, near, far) : between;
      if (yield* turned(middle)) far = middle;
      else near = middle;
    }
    found.push(yield* confirmed(number, { from: holdsNow ? near : far, to: holdsNow ? number.value : end }, asked));
  }
  const [first, second] = found;
  if (first === undefined) return { kind: 'none' };
  const distance = (value: number): number => Math.max(value / number.value, number.value / value);
  return { kind: 'at', value: second !== undefined && distance(second) < distance(first) ? second : first };
}

/** A value next to one that holds is so much farther on. */
const MARGIN = 0.02;

/**
 * The first value on the way that is told as it is, and at which the expectation holds by all runs, as it does a little
 * farther on: between runs that hold and runs that do not, luck decides from value to value.
 */
function* confirmed(
  number: ExaminedNumber,
  { from, to }: { readonly from: number; readonly to: number },
  asked: Asked,
): Examination<number> {
  const { said = withThreeDigits } = asked;
  const [way, factor] = to > from ? (['up', 1 + MARGIN] as const) : (['down', 1 / (1 + MARGIN)] as const);
  const isBeyond = (value: number): boolean => (way === 'up' ? value >= to : value <= to);
  let value = said(number, from, way);
  let holdsHere = !isBeyond(value) && (yield* holds(number, value, asked));
  while (!isBeyond(value)) {
    const next = said(number, value * factor, way);
    const holdsNext = isBeyond(next) || (yield* holds(number, next, asked));
    if (holdsHere && holdsNext) return value;
    [value, holdsHere] = [next, holdsNext];
  }
  return to;
}

/** Of what there is none, a million are the most that are thought of. */
const MOST_OWN = 1_000_000;

const endsOf = (number: ExaminedNumber): number[] =>
  number.value === 0 ? [MOST_OWN] : [scaled(number, 1 / WIDEST), scaled(number, WIDEST)];

/** A whole number strictly between two that are more than one apart. */
function wholeBetween(value: number, a: number, b: number): number {
  const [low, high] = a < b ? [a, b] : [b, a];
  return Math.min(high - 1, Math.max(low + 1, Math.round(value)));
}
