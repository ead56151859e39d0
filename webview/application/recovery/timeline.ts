/** What a recovery says at a moment: pure look-ups, so that going back in time costs what going on does. */

import type { Recovery } from '../../../language/protocol/pictures.ts';
import type { PoolState, RecoveryState } from '../../picture/index.ts';

export type Result = Recovery['results'][number];
export type Pool = Result['pools'][number];

/** A place between two samples: `share` of the way from the one to the other. */
export interface Moment {
  readonly before: number;
  readonly after: number;
  readonly share: number;
}

/**
 * `times` ascend. Between two samples values run in a straight line; but where a step of the scenario lies between them
 * they hold until the step and then jump, for a crash is no slope. A sample at the very time of a step shows what the
 * step has left.
 */
export function momentAt(times: readonly number[], steps: readonly number[], atSeconds: number): Moment {
  const last = Math.max(0, times.length - 1);
  const before = Math.min(last, Math.max(0, countUpTo(times, atSeconds) - 1));
  const after = Math.min(last, before + 1);
  const from = times[before] ?? 0;
  const to = times[after] ?? 0;
  if (atSeconds <= from || to <= from) return { before, after: before, share: 0 };
  if (atSeconds >= to) return { before: after, after, share: 0 };
  const step = steps.findLast((seconds) => seconds > from && seconds <= to);
  if (step === undefined) return { before, after, share: (atSeconds - from) / (to - from) };
  const held = atSeconds < step ? before : after;
  return { before: held, after: held, share: 0 };
}

/** How many of the ascending numbers are no greater than `most`. */
function countUpTo(numbers: readonly number[], most: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function valueAt(values: readonly number[], { before, after, share }: Moment): number {
  const from = values[before] ?? 0;
  return share === 0 ? from : from + ((values[after] ?? from) - from) * share;
}

/** Instances are whole. */
export const poolAt = (pool: Pool, moment: Moment): PoolState => ({
  up: Math.round(valueAt(pool.up, moment)),
  starting: Math.round(valueAt(pool.starting, moment)),
  down: Math.round(valueAt(pool.down, moment)),
  load: Math.round(valueAt(pool.load, moment) * 100) / 100,
});

/** All pools and levels of the run that is played. */
export function stateAt(result: Result, steps: readonly number[], atSeconds: number): RecoveryState {
  const moment = momentAt(result.times, steps, atSeconds);
  return {
    pools: Object.fromEntries(result.pools.map((pool) => [pool.name, poolAt(pool, moment)])),
    levels: Object.fromEntries(result.services.map(({ name, played }) => [name, valueAt(played, moment)])),
  };
}

/** Whether instances join or are promoted at the moment. */
export function isJoining(pool: Pool, { before, after }: Moment): boolean {
  const until = after === before ? before : after;
  const since = after === before ? before - 1 : before;
  return (pool.joined[until] ?? 0) > (pool.joined[since] ?? pool.joined[until] ?? 0);
}

/** Values at other times than their own. */
export const resampled = (
  values: readonly number[],
  times: readonly number[],
  steps: readonly number[],
  wanted: readonly number[],
): number[] => wanted.map((seconds) => valueAt(values, momentAt(times, steps, seconds)));
