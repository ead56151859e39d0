import type { Pool } from './program.ts';

/**
 * Pools of which all that happens comes one by one. In bulk a dip between two looks at a step's ends is not seen, and
 * where a few instances are a percent it moves the time to get back.
 */

/** Pools of so few instances are never drawn in bulk. */
const SMALL = 128;
/** Nor are pools of so few that crash by themselves, as long as a run of all of them looks at no more pools than that. */
const MODERATE = 5_000;
const MOST_LOOKS = 60_000;

/** By pool: up to so many instances it goes event by event. Those of fewest instances come first. */
export function mostSingly(pools: readonly Pool[], horizonSeconds: number, atMost = MODERATE): Float64Array {
  const most = new Float64Array(pools.length).fill(SMALL);
  const moderate = pools
    .filter(
      ({ instances, hazardPerSecond, retries }) =>
        instances > SMALL && instances <= atMost && hazardPerSecond > 0 && !retries,
    )
    .sort((a, b) => a.instances - b.instances || a.index - b.index);
  let looks = 0;
  for (const { index, instances, hazardPerSecond } of moderate) {
    // Each is lost once by the scenario, and as often as it crashes by itself; and comes back as often. Each time one looks at all.
    looks += 2 * instances * (1 + hazardPerSecond * horizonSeconds) * pools.length;
    if (looks > MOST_LOOKS) break;
    most[index] = MODERATE;
  }
  return most;
}
