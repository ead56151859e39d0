import type { Scenario } from '../model/index.ts';
import type { Compiled } from './compiled.ts';
import { run, runUnless } from './run.ts';
import { asList, encodeSeries, type Series } from './series.ts';
import type { RecoverySeconds, Trace } from './trace.ts';

/** What one run adds to a summary, by the order of `Partial.services` and `Partial.components`. */
export interface RunPart {
  readonly seed: number;
  readonly services: readonly {
    readonly level: Series;
    readonly lowest: number;
    readonly recovery: readonly RecoverySeconds[];
  }[];
  readonly components: readonly {
    readonly up: Series;
    readonly starting: Series;
    readonly down: Series;
    readonly load: Series;
  }[];
}

/**
 * Some of the runs of a scenario on an architecture, as far as a summary needs them. Partial results of the same
 * scenario are merged with no loss, whoever made them: a summary of the whole is the same to the bit. Plain data.
 */
export interface Partial {
  readonly times: readonly number[];
  readonly firstStepSeconds: number;
  readonly horizonSeconds: number;
  readonly recoveryLevels: readonly number[];
  readonly services: readonly string[];
  readonly components: readonly string[];
  /** By ascending seed, none twice. */
  readonly runs: readonly RunPart[];
}

/** Of what all samples are kept, beside recoveries and lowest levels: those are all that expectations are judged by. */
export type Curves = 'all' | 'services' | 'none';

/**
 * Runs `count` seeds from `firstSeed` on, one at a time, and keeps of each what a summary needs. `shouldStop` is asked before
 * every step: a run that is under way then is left out.
 */
export function runPartial(
  compiled: Compiled,
  firstSeed: number,
  count: number,
  {
    onRun,
    shouldStop,
    curves = 'all',
  }: { onRun?: (done: number) => void; shouldStop?: () => boolean; curves?: Curves } = {},
): Partial {
  const runs: RunPart[] = [];
  for (let index = 0; index < count && !shouldStop?.(); index++) {
    const trace = shouldStop ? runUnless(compiled, firstSeed + index, shouldStop) : run(compiled, firstSeed + index);
    if (!trace) break;
    runs.push(partOf(trace, curves));
    onRun?.(index + 1);
  }
  return {
    times: Array.from(compiled.times),
    firstStepSeconds: compiled.firstStepSeconds,
    horizonSeconds: compiled.horizonSeconds,
    recoveryLevels: compiled.recoveryLevels,
    services: [...compiled.services],
    components: curves === 'all' ? [...compiled.components] : [],
    runs,
  };
}

/** The same of traces that are there already; undefined for none. */
export function partialOf(traces: readonly Trace[]): Partial | undefined {
  const [first] = traces;
  if (first === undefined) return undefined;
  return {
    times: Array.from(first.times),
    firstStepSeconds: first.firstStepSeconds,
    horizonSeconds: first.horizonSeconds,
    recoveryLevels: first.recoveryLevels,
    services: Object.keys(first.services),
    components: Object.keys(first.components),
    runs: inOrder(traces.map((trace) => partOf(trace, 'all'))),
  };
}

export type Merged =
  | { readonly kind: 'merged'; readonly partial: Partial }
  /** Nothing to merge, or results of different scenarios, architectures or samples. */
  | { readonly kind: 'refused'; readonly reason: 'nothing' | 'different' };

/** All the runs of some partial results; a seed that is in several of them counts once. */
export function merge(partials: readonly Partial[]): Merged {
  const [first] = partials;
  if (first === undefined) return { kind: 'refused', reason: 'nothing' };
  const { runs: _, ...frame } = first;
  const key = JSON.stringify(frame);
  for (const { runs, ...other } of partials) {
    const fits = runs.every(
      (one) => one.services.length === frame.services.length && one.components.length === frame.components.length,
    );
    if (!fits || JSON.stringify({ ...frame, ...other }) !== key) return { kind: 'refused', reason: 'different' };
  }
  return { kind: 'merged', partial: { ...frame, runs: inOrder(partials.flatMap(({ runs }) => runs)) } };
}

/** Seeds of shard `index` (1…of) of so many runs: the shards follow one another, and differ by one run at most. */
export function shardOf(
  firstSeed: number,
  runs: number,
  index: number,
  of: number,
): { readonly firstSeed: number; readonly runs: number } {
  const begin = Math.floor((runs * (index - 1)) / of);
  return { firstSeed: firstSeed + begin, runs: Math.floor((runs * index) / of) - begin };
}

/** With lists in place of typed arrays, so that JSON carries it. */
export const asPlain = (partial: Partial): Partial => ({
  ...partial,
  runs: partial.runs.map((one) => ({
    ...one,
    services: one.services.map((service) => ({ ...service, level: asList(service.level) })),
    components: one.components.map(({ up, starting, down, load }) => ({
      up: asList(up),
      starting: asList(starting),
      down: asList(down),
      load: asList(load),
    })),
  })),
});

/** The seed of the run to be shown for all: that with the median recovery of a service to a level. */
export function typicalSeed(partial: Partial, service: string | undefined, level = 0.95): number | undefined {
  const at = service === undefined ? -1 : partial.services.indexOf(service);
  const recovery = ({ services }: RunPart): number =>
    services[at]?.recovery[partial.recoveryLevels.indexOf(level)] ?? (at < 0 ? 0 : Infinity);
  const sorted = [...partial.runs].sort((a, b) => {
    const [left, right] = [recovery(a), recovery(b)];
    return left === right ? a.seed - b.seed : left - right;
  });
  return sorted[Math.floor((sorted.length - 1) / 2)]?.seed;
}

/** An empty one, for a scenario of which nothing has been run. */
export const emptyPartial = (scenario: Scenario): Partial => ({
  times: [],
  firstStepSeconds: scenario.steps[0]?.atSeconds ?? 0,
  horizonSeconds: scenario.horizonSeconds,
  recoveryLevels: [],
  services: [],
  components: [],
  runs: [],
});

const NO_SAMPLES: Series = { length: 0, repeats: false, values: [] };

const partOf = ({ seed, services, components }: Trace, curves: Curves): RunPart => ({
  seed,
  services: Object.values(services).map(({ level, lowest, recovery }) => ({
    level: curves === 'none' ? NO_SAMPLES : encodeSeries(level),
    lowest,
    recovery,
  })),
  components: (curves === 'all' ? Object.values(components) : []).map(({ up, starting, down, load }) => ({
    up: encodeSeries(up),
    starting: encodeSeries(starting),
    down: encodeSeries(down),
    load: encodeSeries(load),
  })),
});

function inOrder(runs: readonly RunPart[]): RunPart[] {
  const sorted = [...runs].sort((a, b) => a.seed - b.seed);
  return sorted.filter((one, at) => at === 0 || one.seed !== sorted[at - 1]?.seed);
}
