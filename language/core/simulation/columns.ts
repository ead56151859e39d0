import type { Partial, RunPart } from './partial.ts';
import { decodeSeries, type Series } from './series.ts';
import type { Band, RecoverySeconds } from './trace.ts';

/** One quantity over some runs: at each moment its values, ascending; which run had which is forgotten. */
export interface Column {
  readonly moments: number;
  readonly runs: number;
  /** `runs` values for the first moment, then for the next. */
  readonly values: Float64Array;
}

/**
 * Some runs as far as a summary looks at them: quantity by quantity, in no order. Columns are made when they are asked
 * for, so that not all need be there at once.
 */
export interface Sample {
  readonly times: readonly number[];
  readonly firstStepSeconds: number;
  readonly horizonSeconds: number;
  readonly recoveryLevels: readonly number[];
  readonly runs: number;
  readonly services: readonly {
    readonly name: string;
    readonly level: () => Column;
    readonly lowest: readonly number[];
    /** By level of `recoveryLevels`. */
    readonly recovery: readonly (readonly RecoverySeconds[])[];
  }[];
  readonly components: readonly {
    readonly name: string;
    readonly up: () => Column;
    readonly starting: () => Column;
    readonly down: () => Column;
    readonly load: () => Column;
  }[];
}

export function sampleOf({ runs, services, components, ...frame }: Partial): Sample {
  const { recoveryLevels } = frame;
  return {
    ...frame,
    runs: runs.length,
    services: services.map((name, index) => {
      const of = runs.map((one) => one.services[index] as RunPart['services'][number]);
      return {
        name,
        level: () => columnOf(of.map(({ level }) => level)),
        lowest: of.map(({ lowest }) => lowest),
        recovery: recoveryLevels.map((_, at) => of.map(({ recovery }) => recovery[at] ?? null)),
      };
    }),
    components: components.map((name, index) => {
      const quantity = (key: keyof RunPart['components'][number]) => (): Column =>
        columnOf(runs.map((one) => (one.components[index] as RunPart['components'][number])[key]));
      return {
        name,
        up: quantity('up'),
        starting: quantity('starting'),
        down: quantity('down'),
        load: quantity('load'),
      };
    }),
  };
}

function columnOf(series: readonly Series[]): Column {
  const runs = series.length;
  const moments = series[0]?.length ?? 0;
  const values = new Float64Array(moments * runs);
  const curve = new Float64Array(moments);
  series.forEach((one, run) => {
    decodeSeries(one, curve);
    for (let moment = 0; moment < moments; moment++) values[moment * runs + run] = curve[moment] as number;
  });
  for (let moment = 0; moment < moments; moment++) values.subarray(moment * runs, (moment + 1) * runs).sort();
  return { moments, runs, values };
}

/**
 * Mean and percentiles of one quantity over several columns. Values are added up in their own order, so that the same
 * values give the same bits, in whatever parts they come.
 */
export function bandOver(columns: readonly Column[]): Band {
  const result = { mean: [] as number[], p10: [] as number[], p50: [] as number[], p90: [] as number[] };
  const filled = columns.filter(({ runs }) => runs > 0);
  const runs = filled.reduce((sum, one) => sum + one.runs, 0);
  const values = new Float64Array(runs);
  for (let moment = 0; moment < (filled[0]?.moments ?? 0); moment++) {
    let end = 0;
    for (const one of filled) {
      values.set(one.values.subarray(moment * one.runs, (moment + 1) * one.runs), end);
      end += one.runs;
    }
    if (filled.length > 1) values.sort();
    let sum = 0;
    for (let run = 0; run < runs; run++) sum += values[run] as number;
    result.mean.push(sum / runs);
    result.p10.push(nearestRank(values, 0.1) ?? 0);
    result.p50.push(nearestRank(values, 0.5) ?? 0);
    result.p90.push(nearestRank(values, 0.9) ?? 0);
  }
  return result;
}

/** The value at rank ⌈q·n⌉ of n sorted ones: always one of them, never between two. */
export function nearestRank<Value>(sorted: ArrayLike<Value>, q: number): Value | undefined {
  // The rounding of q·n must not push a whole rank to the next: 0.1 · 30 is 3.
  const rank = Math.ceil(q * sorted.length - 1e-9);
  return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
}
