/** What one run leaves behind, and what many runs say together. Times are seconds, levels 0…1. */

/** Seconds after the first step, or null for "not within the run". */
export type RecoverySeconds = number | null;

export interface ComponentTrace {
  /** Instances at each sample time. `down` counts the vacant places of a promoted component. */
  readonly up: Float64Array;
  readonly starting: Float64Array;
  readonly down: Float64Array;
  /** Load as simulation.md rule 5 defines it; 0 where nothing is served or admitted. */
  readonly load: Float64Array;
  /** Joins (for a promoted component: promotions) since the beginning. */
  readonly joined: Float64Array;
}

export interface ServiceTrace {
  readonly level: Float64Array;
  /** Lowest level from the first step on, at any moment, not only at samples. */
  readonly lowest: number;
  /** By level asked for, in the order of `Trace.recoveryLevels`. */
  readonly recovery: readonly RecoverySeconds[];
}

/** One run: a pure function of (architecture, scenario, seed). */
export interface Trace {
  readonly seed: number;
  /** Sample times, from 0 to the horizon, both included. */
  readonly times: Float64Array;
  readonly firstStepSeconds: number;
  readonly horizonSeconds: number;
  readonly recoveryLevels: readonly number[];
  readonly components: Readonly<Record<string, ComponentTrace>>;
  readonly services: Readonly<Record<string, ServiceTrace>>;
}

/** Median and 10–90% band over runs (nearest rank), and the mean. */
export interface Band {
  readonly mean: readonly number[];
  readonly p10: readonly number[];
  readonly p50: readonly number[];
  readonly p90: readonly number[];
}

/** Lowest levels from the first step on, at any moment, over runs. */
export interface LowestBand {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

export interface RecoveryBand {
  readonly level: number;
  readonly p10: RecoverySeconds;
  readonly p50: RecoverySeconds;
  readonly p90: RecoverySeconds;
}

/** How an expectation fared. */
export interface Verdict {
  readonly holds: boolean;
  /** Share of the runs in which it held. */
  readonly share: number;
  /** `backTo`: the 90th percentile of the recovery time; `neverBelow`: the 10th percentile of the lowest level. */
  readonly measured: number | null;
}

/** Many runs of one scenario on one architecture. */
export interface Summary {
  readonly runs: number;
  readonly firstSeed: number;
  readonly horizonSeconds: number;
  readonly firstStepSeconds: number;
  readonly times: readonly number[];
  readonly services: Readonly<
    Record<string, { readonly level: Band; readonly lowest: LowestBand; readonly recovery: readonly RecoveryBand[] }>
  >;
  readonly components: Readonly<
    Record<string, { readonly up: Band; readonly starting: Band; readonly down: Band; readonly load: Band }>
  >;
  /** In the order of the scenario's expectations. */
  readonly verdicts: readonly Verdict[];
}
