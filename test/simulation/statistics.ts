/** What the tests of distributions share. */

export const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

export const variance = (values: readonly number[]): number => {
  const center = mean(values);
  return values.reduce((sum, one) => sum + (one - center) ** 2, 0) / (values.length - 1);
};

/** Largest distance between two empirical distributions (Kolmogorov–Smirnov). */
export function distance(a: readonly number[], b: readonly number[]): number {
  const left = [...a].sort((x, y) => x - y || 0);
  const right = [...b].sort((x, y) => x - y || 0);
  let most = 0;
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const value = Math.min(left[i] as number, right[j] as number);
    while (i < left.length && (left[i] as number) === value) i += 1;
    while (j < right.length && (right[j] as number) === value) j += 1;
    most = Math.max(most, Math.abs(i / left.length - j / right.length));
  }
  return most;
}

/** The chance of a distance so large or larger between samples of one distribution (Stephens 1970); with ties, at most. */
export function chanceOfDistance(d: number, n: number, m: number): number {
  const root = Math.sqrt((n * m) / (n + m));
  const x = (root + 0.12 + 0.11 / root) * d;
  if (x < 0.3) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) sum += 2 * (-1) ** (k - 1) * Math.exp(-2 * k * k * x * x);
  return Math.min(1, Math.max(0, sum));
}

/** The chance of means so far apart or farther, by the normal distribution and the variance of both together. */
export function chanceOfMeans(a: readonly number[], b: readonly number[]): number {
  const difference = Math.abs(mean(a) - mean(b));
  if (difference < 1e-9) return 1;
  const pooled = ((a.length - 1) * variance(a) + (b.length - 1) * variance(b)) / (a.length + b.length - 2);
  if (!(pooled > 0)) return 0;
  return complement(difference / Math.sqrt(pooled * (1 / a.length + 1 / b.length)));
}

/** Two-sided tail of the normal distribution (Abramowitz & Stegun 7.1.26 would do to 1e-7; the tail needs a fraction). */
function complement(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z > 3) {
    let fraction = z;
    for (let k = 40; k >= 1; k--) fraction = z + k / fraction;
    return (2 * density) / fraction;
  }
  let term = z;
  let sum = z;
  for (let k = 1; k < 100; k++) {
    term *= (z * z) / (2 * k + 1);
    sum += term;
  }
  return Math.max(0, 1 - 2 * density * sum);
}
