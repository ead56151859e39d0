import type { LoadBar } from './schema.ts';

/** Of the bar, as far as what is full reaches: so much of it is the same for all, whatever limit they bear. */
const FULL_SHARE = 0.72;
const LIMIT_SHARE = 0.92;

/**
 * How much of the bar a load fills, 0 to 1, where 1 is all that there is room for. Up to that the bar is as long as the
 * load; beyond it, where some go on up to a limit, it is drawn together, for that may be many times as much.
 */
export function loadShare({ limit }: Pick<LoadBar, 'limit'>, load: number): number {
  if (!(load > 0)) return 0;
  if (load <= 1) return load * FULL_SHARE;
  const beyond = LIMIT_SHARE - FULL_SHARE;
  const most = Math.max(limit, LEAST_BEYOND);
  return Math.min(1, FULL_SHARE + ((load - 1) / (most - 1)) * beyond);
}

const LEAST_BEYOND = 1.5;

/** Where on the bar all that there is room for is taken. */
export const fullShare = (load: Pick<LoadBar, 'limit'>): number => loadShare(load, 1);
