import type { Expectation, Scenario } from '../model/index.ts';
import { bandOver, nearestRank, type Sample, sampleOf } from './columns.ts';
import { emptyPartial, type Partial, partialOf } from './partial.ts';
import type { Band, RecoveryBand, RecoverySeconds, Summary, Trace, Verdict } from './trace.ts';

/** An expectation holds if it holds in this share of the runs. */
export const SHARE_ASKED = 0.9;

/** What many runs of one scenario say together, in whatever order and from whatever shards they come. */
export const summarise = (traces: readonly Trace[], scenario: Scenario): Summary =>
  summarisePartial(partialOf(traces) ?? emptyPartial(scenario), scenario);

/** The same of what was kept of the runs. */
export const summarisePartial = (partial: Partial, scenario: Scenario): Summary =>
  summariseSamples([sampleOf(partial)], scenario, partial.runs[0]?.seed);

/**
 * The same of several parts of the runs, which must be of one scenario. One quantity after the other is taken out of
 * the parts, so that it costs the memory of one.
 */
export function summariseSamples(parts: readonly Sample[], scenario: Scenario, firstSeed = 0): Summary {
  const [first] = parts;
  const services: Record<string, Summary['services'][string]> = Object.create(null);
  const judged: Record<string, Judged> = Object.create(null);
  first?.services.forEach(({ name }, index) => {
    const of = parts.map((part) => part.services[index] as Sample['services'][number]);
    const lowest = of.flatMap((one) => one.lowest).sort(ascending);
    const recovery = first.recoveryLevels.map((_, at) => of.flatMap((one) => one.recovery[at] ?? []).sort(ascending));
    judged[name] = { lowest, recovery };
    services[name] = {
      level: bandOver(of.map(({ level }) => level())),
      lowest: percentiles(lowest, 1),
      recovery: first.recoveryLevels.map(
        (level, at): RecoveryBand => ({
          level,
          ...percentiles(recovery[at] ?? [], null),
        }),
      ),
    };
  });
  const components: Record<string, Summary['components'][string]> = Object.create(null);
  first?.components.forEach(({ name }, index) => {
    const of = (quantity: 'up' | 'starting' | 'down' | 'load'): Band =>
      bandOver(parts.map((part) => (part.components[index] as Sample['components'][number])[quantity]()));
    components[name] = { up: of('up'), starting: of('starting'), down: of('down'), load: of('load') };
  });
  return {
    runs: parts.reduce((sum, { runs }) => sum + runs, 0),
    firstSeed,
    horizonSeconds: first?.horizonSeconds ?? scenario.horizonSeconds,
    firstStepSeconds: first?.firstStepSeconds ?? 0,
    times: first?.times ?? [],
    services,
    components,
    verdicts: scenario.expectations.map((expectation) =>
      judgeOne(expectation, judged[expectation.service], first?.recoveryLevels ?? []),
    ),
  };
}

/** Judges a scenario's expectations by what was kept of its runs, with or without their curves. */
export const judgePartial = ({ services, recoveryLevels, runs }: Partial, scenario: Scenario): Verdict[] =>
  scenario.expectations.map((expectation) => {
    const index = services.indexOf(expectation.service);
    const kept = index < 0 ? [] : runs.flatMap((one) => one.services[index] ?? []);
    return judgeOne(expectation, judgedBy(kept, recoveryLevels), recoveryLevels);
  });

/** Judges a scenario's expectations: each must hold in at least 90% of the runs. */
export const judge = (traces: readonly Trace[], scenario: Scenario): Verdict[] => {
  const recoveryLevels = traces[0]?.recoveryLevels ?? [];
  return scenario.expectations.map((expectation) => {
    const runs = traces.flatMap((trace) => trace.services[expectation.service] ?? []);
    return judgeOne(expectation, judgedBy(runs, recoveryLevels), recoveryLevels);
  });
};

/** What the runs of a service are judged by, ascending. */
interface Judged {
  readonly lowest: readonly number[];
  readonly recovery: readonly (readonly RecoverySeconds[])[];
}

const judgedBy = (
  runs: readonly { readonly lowest: number; readonly recovery: readonly RecoverySeconds[] }[],
  recoveryLevels: readonly number[],
): Judged => ({
  lowest: runs.map(({ lowest }) => lowest).sort(ascending),
  recovery: recoveryLevels.map((_, at) => runs.map(({ recovery }) => recovery[at] ?? null).sort(ascending)),
});

/** A service that is not there, and so has no runs, never fails; that its name is unknown is said elsewhere. */
function judgeOne(
  expectation: Expectation,
  { lowest, recovery }: Judged = { lowest: [], recovery: [] },
  recoveryLevels: readonly number[],
): Verdict {
  if (expectation.kind === 'neverBelow') {
    // The tenth percentile counted from above: as many runs as are asked for come to no less.
    const missing = Math.floor(lowest.length * (1 - SHARE_ASKED) + 1e-9);
    return verdict(
      lowest.map((one) => one >= expectation.level),
      lowest[missing] ?? null,
    );
  }
  const times = recovery[recoveryLevels.indexOf(expectation.level)] ?? lowest.map(() => null);
  return verdict(
    times.map((time) => time !== null && time <= expectation.withinSeconds),
    nearestRank(times, 0.9) ?? null,
  );
}

function verdict(held: readonly boolean[], measured: number | null): Verdict {
  const share = held.length === 0 ? 1 : held.filter((one) => one).length / held.length;
  return { holds: share >= SHARE_ASKED, share, measured };
}

/** "Not within the run" is later than any time. */
const ascending = (a: RecoverySeconds, b: RecoverySeconds): number => (a ?? Infinity) - (b ?? Infinity) || 0;

const percentiles = <Value>(sorted: readonly Value[], none: Value): { p10: Value; p50: Value; p90: Value } => {
  const at = (q: number): Value => (sorted.length === 0 ? none : (nearestRank(sorted, q) as Value));
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
};
