import { crashUp } from './holding.ts';
import { promote } from './joining.ts';
import type { Pool } from './program.ts';
import { type Random, uniform } from './random.ts';
import { chanceWithin, exp, logFactorial } from './real.ts';
import { binomial, poisson } from './samplers.ts';
import type { State } from './state.ts';

/**
 * Promotions in bulk. While a step's promotions all find a vacancy, when each of them comes does not matter. Near full
 * it does: one that finds no vacancy is no promotion, so the vacancies are a queue, and each half of a step is taken as
 * what a queue does in it (crashes and promotions in random order, never below none).
 */

/** The promotions of a step, between the two halves of its crashes; those for which it is too early are kept for its end. */
export function promoteWithin(state: State, pool: Pool, seconds: number): void {
  const { plan, random } = state;
  const i = pool.index;
  const sources = pool.promotedByShare ? (state.up[pool.source] as number) : 1;
  const count = poisson(random, pool.promotedPerSecond * sources * seconds);
  const before = (state.size[i] as number) - (state.upBefore[i] as number);
  plan.spare[i] = 0;
  if (count <= before) {
    promote(state, pool, count, seconds);
    return;
  }
  const first = binomial(random, count, 0.5);
  refill(state, pool, first, before, seconds);
  const later = count - first;
  if (later <= vacant(state, i)) promote(state, pool, later);
  else plan.spare[i] = later;
  plan.upMidway[i] = state.up[i] as number;
}

/** What was kept for the second half of a step, after the crashes of that half. */
export function promoteLate(state: State, pool: Pool, seconds: number): void {
  const { plan, size } = state;
  const i = pool.index;
  const count = plan.spare[i] as number;
  if (count === 0) return;
  plan.spare[i] = 0;
  refill(state, pool, count, (size[i] as number) - (plan.upMidway[i] as number), seconds);
}

/** Sources that came within the step promote for what is left of it, half of it on average. */
export function promoteMore(state: State, seconds: number): void {
  const { plan, program } = state;
  for (const i of program.sorts.promoted) {
    const pool = program.pools[i] as Pool;
    if (!pool.promotedByShare || !((plan.promoted[i] as number) > 0)) continue;
    const more = (state.up[pool.source] as number) - (state.upBefore[pool.source] as number);
    if (!(more > 0)) continue;
    const count = poisson(state.random, 0.5 * pool.promotedPerSecond * more * seconds);
    if ((plan.spare[i] as number) > 0) plan.spare[i] = (plan.spare[i] as number) + count;
    else promote(state, pool, count);
  }
}

const vacant = ({ size, up }: State, i: number): number => (size[i] as number) - (up[i] as number);

/**
 * `count` promotions of the half of a step that just went by, and the crashes of the same half, in random order. `before`
 * were vacant at its beginning. Who was promoted in that half may have crashed in it as well, after half of it on average.
 */
function refill(state: State, pool: Pool, count: number, before: number, seconds: number): void {
  const i = pool.index;
  const hazard = state.plan.hazard[i] as number;
  const promoted = Math.min(count, vacant(state, i));
  if (hazard > 0) crashUp(state, i, binomial(state.random, promoted, chanceWithin(0.25 * seconds * hazard)));
  const lost = Math.max(0, vacant(state, i) - before);
  const unused = Math.max(0, deepest(state.random, lost, count) - before);
  promote(state, pool, Math.min(count - unused, vacant(state, i)), seconds);
}

/**
 * How far below its beginning a walk of `ups` steps up and `downs` down comes at most, in random order. By the reflection
 * principle it comes to m or more with chance (ups! downs!) ÷ ((ups + m)! (downs − m)!), for m from downs − ups on.
 */
export function deepest(random: Random, ups: number, downs: number): number {
  const least = Math.max(0, downs - ups);
  if (ups === 0 || downs === 0) return least;
  const u = uniform(random);
  const all = logFactorial(ups) + logFactorial(downs);
  let low = least;
  let high = downs;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (exp(all - logFactorial(ups + middle) - logFactorial(downs - middle)) >= u) low = middle;
    else high = middle - 1;
  }
  return low;
}
