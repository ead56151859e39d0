import type { Scenario } from '../model/index.ts';
import type {
  Band,
  ComponentTrace,
  LowestBand,
  RecoveryBand,
  RecoverySeconds,
  Summary,
  Trace,
  Verdict,
} from './trace.ts';

/** An expectation holds if it holds in this share of the runs. */
export const SHARE_ASKED = 0.9;

/**
 * What many runs of one scenario say together. Runs may be given in any order and from any shards: they are put in the
 * order of their seeds first, so that sums round alike.
 */
export function summarise(traces: readonly Trace[], scenario: Scenario): Summary {
  const runs = [...traces].sort((a, b) => a.seed - b.seed);
  const first = runs[0];
  if (first === undefined) return emptySummary(scenario);
  const services: Record<string, Summary['services'][string]> = Object.create(null);
  for (const name of Object.keys(first.services)) {
    services[name] = {
      level: band(runs.map((trace) => trace.services[name]?.level ?? NO_SAMPLES)),
      lowest: lowestPercentiles(runs, name),
      recovery: first.recoveryLevels.map(
        (level, at): RecoveryBand => ({ level, ...recoveryPercentiles(runs, name, at) }),
      ),
    };
  }
  const components: Record<string, Summary['components'][string]> = Object.create(null);
  for (const name of Object.keys(first.components)) {
    const of = (quantity: keyof ComponentTrace): Band =>
      band(runs.map((trace) => trace.components[name]?.[quantity] ?? NO_SAMPLES));
    components[name] = { up: of('up'), starting: of('starting'), down: of('down'), load: of('load') };
  }
  return {
    runs: runs.length,
    firstSeed: first.seed,
    horizonSeconds: first.horizonSeconds,
    firstStepSeconds: first.firstStepSeconds,
    times: Array.from(first.times),
    services,
    components,
    verdicts: judge(runs, scenario),
  };
}

/** Judges a scenario's expectations: each must hold in at least 90% of the runs. */
export function judge(traces: readonly Trace[], scenario: Scenario): Verdict[] {
  return scenario.expectations.map((expectation): Verdict => {
    const { service, level } = expectation;
    // A service that is not there never fails; that its name is unknown is said elsewhere.
    const runs = traces.filter((trace) => trace.services[service] !== undefined);
    if (expectation.kind === 'neverBelow') {
      const lowest = runs.map((trace) => trace.services[service]?.lowest ?? 1);
      return verdict(
        lowest.map((one) => one >= level),
        nearestRank(lowest.sort(ascending), 0.1) ?? null,
      );
    }
    const times = runs.map((trace) => trace.services[service]?.recovery[trace.recoveryLevels.indexOf(level)] ?? null);
    return verdict(
      times.map((time) => time !== null && time <= expectation.withinSeconds),
      nearestRank(times.sort(ascending), 0.9) ?? null,
    );
  });
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

const NO_SAMPLES = new Float64Array(0);

/** "Not within the run" is later than any time. */
const ascending = (a: RecoverySeconds, b: RecoverySeconds): number => (a ?? Infinity) - (b ?? Infinity) || 0;

function lowestPercentiles(runs: readonly Trace[], service: string): LowestBand {
  const sorted = runs.map((trace) => trace.services[service]?.lowest ?? 1).sort(ascending);
  const at = (q: number): number => nearestRank(sorted, q) ?? 1;
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}

function recoveryPercentiles(runs: readonly Trace[], service: string, at: number): Omit<RecoveryBand, 'level'> {
  const sorted = runs.map((trace) => trace.services[service]?.recovery[at] ?? null).sort(ascending);
  return {
    p10: nearestRank(sorted, 0.1) ?? null,
    p50: nearestRank(sorted, 0.5) ?? null,
    p90: nearestRank(sorted, 0.9) ?? null,
  };
}

function band(curves: readonly Float64Array[]): Band {
  const samples = curves[0]?.length ?? 0;
  const result = { mean: [] as number[], p10: [] as number[], p50: [] as number[], p90: [] as number[] };
  const values = new Float64Array(curves.length);
  for (let at = 0; at < samples; at++) {
    let sum = 0;
    for (let run = 0; run < curves.length; run++) {
      const value = curves[run]?.[at] ?? 0;
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

const emptySummary = (scenario: Scenario): Summary => ({
  runs: 0,
  firstSeed: 0,
  horizonSeconds: scenario.horizonSeconds,
  firstStepSeconds: scenario.steps[0]?.atSeconds ?? 0,
  times: [],
  services: {},
  components: {},
  verdicts: judge([], scenario),
});
