import { type Random, uniform } from './random.ts';
import { exp, log, log1p, logFactorial, stirlingRemainder } from './real.ts';

/** Counts drawn exactly, in time that does not grow with the count. */

/** How many of n happen, each with chance p. Inversion for small means, else BTRS (Hörmann 1993). */
export function binomial(random: Random, n: number, p: number): number {
  if (!(n > 0) || !(p > 0)) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - binomialOfLess(random, n, 1 - p);
  return binomialOfLess(random, n, p);
}

function binomialOfLess(random: Random, n: number, p: number): number {
  if (n === 1) return uniform(random) < p ? 1 : 0;
  if (n * p < 10) return binomialByInversion(random, n, p);
  const deviation = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const c = n * p + 0.5;
  const certain = 0.92 - 4.2 / b;
  for (;;) {
    const u = uniform(random) - 0.5;
    let v = uniform(random);
    const edge = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / edge + b) * u + c);
    if (edge >= 0.07 && v <= certain) return k;
    if (k < 0 || k > n) continue;
    const odds = p / (1 - p);
    const alpha = (2.83 + 5.1 / b) * deviation;
    const mode = Math.floor((n + 1) * p);
    v = log((v * alpha) / (a / (edge * edge) + b));
    const bound =
      (mode + 0.5) * log((mode + 1) / (odds * (n - mode + 1))) +
      (n + 1) * log((n - mode + 1) / (n - k + 1)) +
      (k + 0.5) * log((odds * (n - k + 1)) / (k + 1)) +
      stirlingRemainder(mode) +
      stirlingRemainder(n - mode) -
      stirlingRemainder(k) -
      stirlingRemainder(n - k);
    if (v <= bound) return k;
  }
}

function binomialByInversion(random: Random, n: number, p: number): number {
  let u = uniform(random);
  // Bernoulli's inequality: (1 − p)^n is no less than that, and mostly there is no need to know it better.
  if (u <= 1 - n * p) return 0;
  const odds = p / (1 - p);
  const none = exp(n * log1p(-p));
  for (;;) {
    let chance = none;
    let k = 0;
    while (u > chance && k <= 120) {
      u -= chance;
      k += 1;
      chance *= (odds * (n - k + 1)) / k;
    }
    if (k <= 120 && k <= n) return k;
    // Beyond 120 lies nothing but the rounding of the sum: draw anew.
    u = uniform(random);
  }
}

/** So many of a kind that nobody outside its pool would notice the noise of how they divide. */
const PLENTY = 10_000;

/**
 * How many of n go one way within a pool's own book-keeping, which shows outside only in the sum: drawn as a binomial
 * while there are few, else the mean, rounded by chance, so that it is exact on average.
 */
export const portion = (random: Random, n: number, p: number): number =>
  n < PLENTY ? binomial(random, n, p) : Math.min(n, Math.floor(n * p + uniform(random)));

/** The same for `taken` out of n, `marked` of them of one kind. */
export const portionTaken = (random: Random, marked: number, plain: number, taken: number): number =>
  marked < PLENTY || plain < PLENTY || taken < PLENTY
    ? hypergeometric(random, marked, plain, taken)
    : Math.min(
        marked,
        taken,
        Math.max(taken - plain, Math.floor((marked / (marked + plain)) * taken + uniform(random))),
      );

/** Events of a Poisson process with this mean. Inversion for small means, else PTRS (Hörmann 1993). */
export function poisson(random: Random, mean: number): number {
  if (!(mean > 0)) return 0;
  if (mean < 10) {
    const none = exp(-mean);
    for (;;) {
      let u = uniform(random);
      let chance = none;
      let k = 0;
      while (u > chance && k <= 120) {
        u -= chance;
        k += 1;
        chance *= mean / k;
      }
      if (k <= 120) return k;
    }
  }
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const certain = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = uniform(random) - 0.5;
    const v = uniform(random);
    const edge = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / edge + b) * u + mean + 0.43);
    if (edge >= 0.07 && v <= certain) return k;
    if (k < 0 || (edge < 0.013 && v > edge)) continue;
    const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
    if (log((v * inverseAlpha) / (a / (edge * edge) + b)) <= -mean + k * log(mean) - logFactorial(k)) return k;
  }
}

/** How many of `taken` drawn from marked + plain without putting back are marked. */
export function hypergeometric(random: Random, marked: number, plain: number, taken: number): number {
  if (marked <= 0 || taken <= 0) return 0;
  if (plain <= 0) return taken;
  const all = marked + plain;
  if (taken >= all) return marked;
  // Symmetries bring the number of draws down: marked and taken change places, and so do taken and left.
  const left = all - taken;
  const fewest = Math.min(marked, plain, taken, left);
  if (fewest <= 16) {
    if (fewest === taken) return oneByOne(random, marked, plain, taken);
    if (fewest === left) return marked - oneByOne(random, marked, plain, left);
    if (fewest === marked) return oneByOne(random, taken, left, marked);
    return taken - oneByOne(random, taken, left, plain);
  }
  const share = marked / all;
  const mean = taken * share;
  // Beyond this the logarithms of factorials are not exact to a unit; neither would anybody see one.
  if (all > 1e12) return Math.max(taken - plain, Math.min(marked, taken, Math.floor(mean + uniform(random))));
  return hypergeometricByTransform(random, marked, plain, taken);
}

function oneByOne(random: Random, marked: number, plain: number, taken: number): number {
  let rest = marked;
  let all = marked + plain;
  for (let i = 0; i < taken; i++) {
    if (uniform(random) * all < rest) rest -= 1;
    all -= 1;
  }
  return marked - rest;
}

/**
 * Transformed rejection as for the binomial, which a hypergeometric is the nearer to the normal than: most draws are
 * accepted without a logarithm. The symmetries bring it to the form in which fewest are marked and taken.
 */
function hypergeometricByTransform(random: Random, marked: number, plain: number, taken: number): number {
  const all = marked + plain;
  const few = Math.min(marked, plain);
  const sample = Math.min(taken, all - taken);
  const p = few / all;
  const deviation = Math.sqrt((sample * p * (1 - p) * (all - sample)) / (all - 1));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const c = sample * p + 0.5;
  const certain = 0.92 - 4.2 / b;
  for (;;) {
    const u = uniform(random) - 0.5;
    const v = uniform(random);
    const edge = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / edge + b) * u + c);
    if (k < 0 || k > few || k > sample) continue;
    if (edge < 0.07 || v > certain) {
      const alpha = (2.83 + 5.1 / b) * deviation;
      const mode = Math.floor(((sample + 1) * (few + 1)) / (all + 2));
      const bound = logWeight(all, few, sample, mode) - logWeight(all, few, sample, k);
      if (log((v * alpha) / (a / (edge * edge) + b)) > bound) continue;
    }
    const here = marked <= plain ? k : sample - k;
    return sample === taken ? here : marked - here;
  }
}

/** −log of the chance of k, but for a constant. */
const logWeight = (all: number, few: number, sample: number, k: number): number =>
  logFactorial(k) + logFactorial(few - k) + logFactorial(sample - k) + logFactorial(all - few - sample + k);
