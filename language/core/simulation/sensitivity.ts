import type { Architecture, Expectation, Place, Scenario } from '../model/index.ts';
import { nearestRank } from './columns.ts';
import { type ModelNumber, numbersOf, scaled } from './numbers.ts';
import { compile } from './program.ts';
import { run } from './run.ts';
import { judge, SHARE_ASKED } from './summary.ts';
import type { RecoveryBand, RecoverySeconds, Trace, Verdict } from './trace.ts';

export interface SensitivityOptions {
  /** Runs of each variation, all with the seeds from `seed` on: what differs is the number, not the luck. */
  readonly runs: number;
  readonly seed: number;
  readonly shouldStop?: () => boolean;
  /** Numbers that are done, of how many. */
  readonly onProgress?: (done: number, of: number) => void;
}

export interface Sensitivity {
  /** False if it was stopped: then numbers are missing at the end. */
  readonly complete: boolean;
  readonly runs: number;
  readonly firstSeed: number;
  /** By service: recovery to the level that is expected of it, or 95%, as the model is. */
  readonly services: Readonly<Record<string, RecoveryBand>>;
  /** By expectation, as the model is. */
  readonly verdicts: readonly Verdict[];
  readonly numbers: readonly NumberSensitivity[];
}

export interface NumberSensitivity {
  readonly component: string;
  readonly place: Place;
  readonly what: ModelNumber['what'];
  readonly value: number;
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
 * How the recovery of each service moves with each number of the model, and what value would just meet (or just still
 * meets) each expectation of the scenario. Every variation is run with the same seeds. Values are sought between a
 * hundredth and a hundred times what they are, to 1% or to the whole number, on the understanding that whether an
 * expectation holds changes once on either side; if it does so on both, the nearer value is given.
 */
export function sensitivity(architecture: Architecture, scenario: Scenario, options: SensitivityOptions): Sensitivity {
  const { runs, seed, shouldStop, onProgress } = options;
  const levels = new Map(architecture.services.map(({ name }) => [name, levelFor(name, scenario)]));
  const simulateAll = (model: Architecture): Trace[] => {
    const program = compile(model, scenario, { everySeconds: scenario.horizonSeconds });
    return Array.from({ length: runs }, (_, index) => run(program, seed + index));
  };
  const recoveries = (traces: readonly Trace[]): Record<string, RecoveryBand> => {
    const byService: Record<string, RecoveryBand> = Object.create(null);
    for (const [name, level] of levels) byService[name] = recoveryBand(traces, name, level);
    return byService;
  };

  const whole = simulateAll(architecture);
  const verdicts = judge(whole, scenario);
  const numbers = numbersOf(architecture);
  const found: NumberSensitivity[] = [];
  for (const number of numbers) {
    if (shouldStop?.()) break;
    const vary = (factor: number): Variation => {
      const value = scaled(number, factor);
      return { value, services: recoveries(value === number.value ? whole : simulateAll(number.replaced(value))) };
    };
    const { component, place, what, value } = number;
    const [less, more] = [vary(0.8), vary(1.2)];
    const turns = scenario.expectations.map((expectation, index) =>
      findTurn(number, verdicts[index]?.holds ?? true, (model) => holds(model, scenario, expectation, options)),
    );
    found.push({ component, place, what, value, less, more, turns });
    onProgress?.(found.length, numbers.length);
  }
  return {
    complete: found.length === numbers.length,
    runs,
    firstSeed: seed,
    services: recoveries(whole),
    verdicts,
    numbers: found,
  };
}

const levelFor = (service: string, { expectations }: Scenario): number =>
  expectations.find((one) => one.kind === 'backTo' && one.service === service)?.level ?? 0.95;

function recoveryBand(traces: readonly Trace[], service: string, level: number): RecoveryBand {
  const at = traces[0]?.recoveryLevels.indexOf(level) ?? -1;
  const times = traces
    .map((trace) => trace.services[service]?.recovery[at] ?? null)
    .sort((a, b) => (a ?? Infinity) - (b ?? Infinity) || 0);
  const rank = (q: number): RecoverySeconds => nearestRank(times, q) ?? null;
  return { level, p10: rank(0.1), p50: rank(0.5), p90: rank(0.9) };
}

/** Whether an expectation holds; no more runs than it takes to know. */
function holds(
  model: Architecture,
  scenario: Scenario,
  expectation: Expectation,
  { runs, seed }: SensitivityOptions,
): boolean {
  const one = { ...scenario, expectations: [expectation] };
  const program = compile(model, one, { everySeconds: scenario.horizonSeconds });
  let missed = 0;
  for (let index = 0; index < runs; index++) {
    if (!judge([run(program, seed + index)], one)[0]?.holds) missed += 1;
    if ((runs - missed) / runs < SHARE_ASKED) return false;
    if ((index + 1 - missed) / runs >= SHARE_ASKED) return true;
  }
  return true;
}

const WIDEST = 100;
/** Values are found to this part of themselves. */
const PRECISION = 0.01;

function findTurn(number: ModelNumber, holdsNow: boolean, holdsWith: (model: Architecture) => boolean): Turn {
  const turned = (value: number): boolean => holdsWith(number.replaced(value)) !== holdsNow;
  const found: number[] = [];
  for (const factor of [1 / WIDEST, WIDEST]) {
    let far = scaled(number, factor);
    if (far === number.value || !turned(far)) continue;
    let near = number.value;
    while (Math.abs(far - near) > (number.whole ? 1 : PRECISION * Math.min(far, near))) {
      const between = Math.sqrt(near * far);
      const middle = number.whole ? wholeBetween(between, near, far) : between;
      if (turned(middle)) far = middle;
      else near = middle;
    }
    found.push(holdsNow ? near : far);
  }
  const [first, second] = found;
  if (first === undefined) return { kind: 'none' };
  const distance = (value: number): number => Math.max(value / number.value, number.value / value);
  return { kind: 'at', value: second !== undefined && distance(second) < distance(first) ? second : first };
}

/** A whole number strictly between two that are more than one apart. */
function wholeBetween(value: number, a: number, b: number): number {
  const [low, high] = a < b ? [a, b] : [b, a];
  return Math.min(high - 1, Math.max(low + 1, Math.round(value)));
}
