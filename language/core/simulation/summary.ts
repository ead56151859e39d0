import type { Expectation, Scenario } from '../model/index.ts';
import { emptyPartial, type Partial, partialOf, type RunPart } from './partial.ts';
import { decodeSeries, type Series } from './series.ts';
import type { Band, LowestBand, RecoveryBand, RecoverySeconds, Summary, Trace, Verdict } from './trace.ts';

/** An expectation holds if it holds in this share of the runs. */
export const SHARE_ASKED = 0.9;

/** What many runs of one scenario say together, in whatever order and from whatever shards they come. */
export const summarise = (traces: readonly Trace[], scenario: Scenario): Summary =>
  summarisePartial(partialOf(traces) ?? emptyPartial(scenario), scenario);

/**
 * The same of what was kept of the runs. They are in the order of their seeds, so that sums round alike; one quantity
 * after the other is taken out of its short form, so that it costs the memory of one.
 */
export function summarisePartial(partial: Partial, scenario: Scenario): Summary {
  const { runs, recoveryLevels } = partial;
  const services: Record<string, Summary['services'][string]> = Object.create(null);
  partial.services.forEach((name, index) => {
    const of = runs.map((one) => one.services[index] as RunPart['services'][number]);
    services[name] = {
      level: band(of.map(({ level }) => level)),
      lowest: lowestPercentiles(of.map(({ lowest }) => lowest)),
      recovery: recoveryLevels.map(
        (level, at): RecoveryBand => ({
          level,
          ...recoveryPercentiles(of.map(({ recovery }) => recovery[at] ?? null)),
        }),
      ),
    };
  });
  const components: Record<string, Summary['components'][string]> = Object.create(null);
  partial.components.forEach((name, index) => {
    const of = (quantity: keyof RunPart['components'][number]): Band =>
      band(runs.map((one) => (one.components[index] as RunPart['components'][number])[quantity]));
    components[name] = { up: of('up'), starting: of('starting'), down: of('down'), load: of('load') };
  });
  return {
    runs: runs.length,
    firstSeed: runs[0]?.seed ?? 0,
    horizonSeconds: partial.horizonSeconds,
    firstStepSeconds: partial.firstStepSeconds,
    times: partial.times,
    services,
    components,
    verdicts: judgePartial(partial, scenario),
  };
}

/** Judges a scenario's expectations by what was kept of its runs, with or without their curves. */
export const judgePartial = ({ services, recoveryLevels, runs }: Partial, scenario: Scenario): Verdict[] =>
  scenario.expectations.map((expectation) => {
    const index = services.indexOf(expectation.service);
    const kept = index < 0 ? [] : runs.map((one) => one.services[index] as RunPart['services'][number]);
    return judgeOne(expectation, kept, recoveryLevels.indexOf(expectation.level));
  });

/** Judges a scenario's expectations: each must hold in at least 90% of the runs. */
export const judge = (traces: readonly Trace[], scenario: Scenario): Verdict[] =>
  scenario.expectations.map((expectation) => {
    const runs = traces.map((trace) => trace.services[expectation.service]).filter((one) => one !== undefined);
    return judgeOne(expectation, runs, traces[0]?.recoveryLevels.indexOf(expectation.level) ?? -1);
  });

/** A service that is not there, and so has no runs, never fails; that its name is unknown is said elsewhere. */
function judgeOne(
  expectation: Expectation,
  runs: readonly { readonly lowest: number; readonly recovery: readonly RecoverySeconds[] }[],
  at: number,
): Verdict {
  if (expectation.kind === 'neverBelow') {
    const lowest = runs.map((one) => one.lowest);
    return verdict(
      lowest.map((one) => one >= expectation.level),
      nearestRank(lowest.sort(ascending), 0.1) ?? null,
    );
  }
  const times = runs.map((one) => one.recovery[at] ?? null);
  return verdict(
    times.map((time) => time !== null && time <= expectation.withinSeconds),
    nearestRank(times.sort(ascending), 0.9) ?? null,
  );
}

function verdict(held: readonly boolean[], measured: number | null): Verdict {
  const share = held.length === 0 ? 1 : held.filter((one) => one).length / held.length;
  return { holds: share >= SHARE_ASKED, share, measured };
}

/** The value at rank ⌈q·n⌉ of n sorted ones: always one of them, never between two. */
export function nearestRank<Value>(sorted: ArrayLike<Value>, q: number): Value | undefined {
  // The rounding of q·n must not push a whole rank to the next: 0.1 · 30 is 3.
  const rank = Math.ceil(q * sorted.length - 1e-9);
  return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
}

/** "Not within the run" is later than any time. */
const ascending = (a: RecoverySeconds, b: RecoverySeconds): number => (a ?? Infinity) - (b ?? Infinity) || 0;

function lowestPercentiles(levels: number[]): LowestBand {
  levels.sort(ascending);
  const at = (q: number): number => nearestRank(levels, q) ?? 1;
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}

function recoveryPercentiles(times: RecoverySeconds[]): Omit<RecoveryBand, 'level'> {
  times.sort(ascending);
  const at = (q: number): RecoverySeconds => nearestRank(times, q) ?? null;
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}

function band(series: readonly Series[]): Band {
  const curves = series.map((one) => decodeSeries(one));
  const samples = curves[0]?.length ?? 0;
  const result = { mean: [] as number[], p10: [] as number[], p50: [] as number[], p90: [] as number[] };
  const values = new Float64Array(curves.length);
  for (let at = 0; at < samples; at++) {
    let sum = 0;
    for (let run = 0; run < curves.length; run++) {
      const value = (curves[run] as Float64Array)[at] ?? 0;
      values[run] = value;
      sum += value;
    }
    values.sort();
    result.mean.push(sum / curves.length);
    result.p10.push(nearestRank(values, 0.1) ?? 0);
    result.p50.push(nearestRank(values, 0.5) ?? 0);
    result.p90.push(nearestRank(values, 0.9) ?? 0);
  }
  return result;
}
