import type { Admission, Component, Promotion, Restart } from '../core/model/index.ts';

/**
 * Times in seconds after which all of a pool that is empty is there again, in closed form: what the text's own numbers
 * lead to before load, needs and retries have their say. Undefined where that never happens.
 */

/** Of `instances` promoted at a constant rate: n / r. */
export function promotionSeconds(instances: number, rate: Promotion['rate'], source: number): number | undefined {
  // Those who are promoted leave the source, which has to last.
  if (instances > source) return undefined;
  if (rate.kind === 'count') return finite(instances / rate.perSecond);
  // A share p of what is left of N a second: N (1 − e^(−p t)) = n.
  return finite(-Math.log1p(-instances / source) / rate.perSecond);
}

/** Of all consumers let in by all instances at once: N / (r n). */
export const admissionSeconds = (consumers: number, { ratePerSecond }: Admission, component: Component) =>
  finite(consumers / (ratePerSecond * component.instances));

/**
 * Of independent exponential restarts, the expected time of the last of n: T (1 + 1/2 + … + 1/n). A time that the text
 * says itself (`after`, `over`) is not said again.
 */
export function restartSeconds(instances: number, { distribution, seconds }: Restart): number | undefined {
  return distribution === 'exponential' && instances > 1 ? finite(seconds * harmonic(instances)) : undefined;
}

const EULER = 0.5772156649015329;

/** The n-th harmonic number; beyond a few by its expansion, exact to 1e-10. */
function harmonic(n: number): number {
  if (n > 100) return Math.log(n) + EULER + 1 / (2 * n) - 1 / (12 * n * n);
  let sum = 0;
  for (let index = 1; index <= n; index++) sum += 1 / index;
  return sum;
}

const finite = (seconds: number): number | undefined => (Number.isFinite(seconds) && seconds > 0 ? seconds : undefined);
