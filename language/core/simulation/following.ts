import { type Random, uniform } from './random.ts';
import { chanceWithin } from './real.ts';
import { binomial } from './samplers.ts';

/**
 * The middle of a part of a step, of a pool whose instances try again: who comes back waited before, so that gains
 * follow losses, by the time that waiting takes. All that is known of the part is what it began with, what came to wait
 * in it and how many wait at its end. The middle is drawn as if nothing were known of the end, and the end with it; then
 * the middle is moved by as much as the drawn end misses the known one, times what the two have in common: given the end,
 * it is drawn so exactly where all are normal (Matheron's rule; Journel & Huijbregts, Mining Geostatistics, 1978).
 */

/** Of a part of the step, in instances; `kicked` of them lost their places by so many blows. */
export interface Wait {
  readonly waiting: number;
  readonly fresh: number;
  readonly kicked: number;
  readonly blows: number;
  readonly gains: number;
}

/** A half of the part is no longer than so, in times that waiting takes: order no longer matters. */
const LITTLE = 0.01;
/** So often a middle is drawn anew whose end is not the known one, where that is so rarely needed. */
const TRIES = 60;
const NARROW = 9;

const half = { fresh: 0, kicked: 0, blows: 0, gains: 0 };

/** What of it falls into the first half; `x` is half of the part ÷ the mean time that waiting takes. Overwritten by the next. */
export function firstHalf(random: Random, wait: Wait, x: number): Readonly<typeof half> {
  const { waiting, fresh, kicked, blows, gains } = wait;
  if (x < LITTLE) {
    half.fresh = binomial(random, fresh, 0.5);
    half.gains = binomial(random, gains, 0.5);
    half.blows = blows > 0 ? binomial(random, blows, 0.5) : 0;
    half.kicked = kickedBy(wait, half.blows);
    return half;
  }
  // Who waits still does after a half with chance `stay`, and who came in it with chance `left`.
  const stay = 1 - chanceWithin(x);
  const left = chanceWithin(x) / x;
  const known = waiting + kicked + fresh - gains;
  const coming = 0.5 * (kicked + fresh);
  const each = blows > 0 ? kicked / blows : 0;
  const middleVariance = waiting * stay * (1 - stay) + coming * left * (1 - left);
  const blowVariance = 0.25 * each * each * blows;
  const delay = left * (1 - stay);
  const endVariance =
    stay * stay * middleVariance +
    (waiting * stay + coming * left) * stay * (1 - stay) +
    coming * left * (1 - left) +
    delay * delay * blowVariance;
  for (let tries = endVariance <= NARROW ? TRIES : 1; tries > 0; tries--) {
    half.fresh = binomial(random, fresh, 0.5);
    half.blows = blows > 0 ? binomial(random, blows, 0.5) : 0;
    half.kicked = kickedBy(wait, half.blows);
    const came = half.kicked + half.fresh;
    const middle = binomial(random, waiting, stay) + binomial(random, came, left);
    half.gains = waiting + came - middle;
    const missed = known - binomial(random, middle, stay) - binomial(random, kicked + fresh - came, left);
    if (missed === 0 || endVariance === 0) break;
    if (tries > 1) continue;
    const part = missed / endVariance;
    if (blows > 0) {
      const moved = (half.kicked - part * delay * blowVariance) / each;
      half.blows = Math.min(blows, Math.max(0, Math.floor(moved + uniform(random))));
      half.kicked = kickedBy(wait, half.blows);
    }
    const wanted = Math.max(0, middle + part * (stay * middleVariance - left * delay * blowVariance));
    half.gains = Math.floor(waiting + half.kicked + half.fresh - wanted + uniform(random));
  }
  // What is drawn must leave the second half what it is known to have come to.
  half.gains = Math.max(0, Math.min(gains, waiting + half.kicked + half.fresh, half.gains));
  return half;
}

const kickedBy = ({ kicked, blows }: Wait, some: number): number =>
  blows > 0 ? Math.round((kicked * some) / blows) : 0;

/** Halvings of the rates that are possible; and by how many standard deviations fewer come than would if all were let in. */
const HALVINGS = 24;
const SPREAD = 4;

/**
 * The rate at which those who waited came back in a part of the step, a second: that at which `gains` are to be expected,
 * and no more than `most`, at which they try.
 */
export function rateOfReturn({ waiting, fresh, kicked, blows, gains }: Wait, seconds: number, most: number): number {
  const expected = (rate: number): number => {
    const x = rate * seconds;
    const chance = chanceWithin(x);
    return waiting * chance + (x > 0 ? (kicked + fresh) * (1 - chance / x) : 0);
  };
  const free = expected(most);
  const each = blows > 0 ? kicked / blows : 0;
  if (free - SPREAD * Math.sqrt(free * Math.max(1, each)) <= gains) return most;
  let low = 0;
  let high = most;
  for (let at = 0; at < HALVINGS; at++) {
    const rate = 0.5 * (low + high);
    if (expected(rate) < gains) low = rate;
    else high = rate;
  }
  return 0.5 * (low + high);
}
