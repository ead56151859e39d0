/**
 * One pool that crashes by itself and comes back after exponential times, as a chain of births and deaths (Gillespie's
 * direct method on two counts): for pools too large to be simulated instance by instance. Part of the process of
 * simulation.md, and exact.
 */
export interface Churn {
  readonly instances: number;
  readonly lifeSeconds: number;
  readonly restartSeconds: number;
  /** Share crashed at the beginning. */
  readonly crashed: number;
  readonly horizonSeconds: number;
}

/** When `level` of all are up to stay, Infinity for "not within the run"; and the lowest level. */
export function followCounts(
  { instances, lifeSeconds, restartSeconds, crashed, horizonSeconds }: Churn,
  level: number,
  random: () => number,
): { readonly back: number; readonly lowest: number } {
  let up = 0;
  for (let i = 0; i < instances; i++) if (random() >= crashed) up += 1;
  let back = up < level * instances ? Infinity : 0;
  let lowest = up;
  for (let seconds = 0; ; ) {
    const deaths = up / lifeSeconds;
    const births = (instances - up) / restartSeconds;
    seconds -= Math.log(1 - random()) / (deaths + births);
    if (seconds > horizonSeconds) return { back, lowest: lowest / instances };
    up += random() * (deaths + births) < deaths ? -1 : 1;
    if (up < lowest) lowest = up;
    if (up < level * instances) back = Infinity;
    else if (back === Infinity) back = seconds;
  }
}
