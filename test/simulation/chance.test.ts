import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createRandom, uniform } from '../../language/core/simulation/random.ts';
import {
  chanceAfterArrival,
  chanceWithin,
  exp,
  log,
  log1p,
  logFactorial,
} from '../../language/core/simulation/real.ts';
import { binomial, hypergeometric, poisson } from '../../language/core/simulation/samplers.ts';

const DRAWS = 100_000;

/** Pearson's test against exact chances: the statistic, as standard normal, is below 4.5. */
function checkDistribution(draw: () => number, chanceOf: (k: number) => number, from: number, to: number): void {
  const counts = new Map<number, number>();
  for (let i = 0; i < DRAWS; i++) {
    const k = draw();
    if (!(k >= from && k <= to && Number.isInteger(k))) throw new Error(`drew ${k}`);
    counts.set(k, (counts.get(k) ?? 0) + 1);
  }
  let statistic = 0;
  let cells = 0;
  for (const [k, count] of counts) {
    const expected = DRAWS * chanceOf(k);
    if (expected < 10) continue;
    statistic += (count - expected) ** 2 / expected;
    cells += 1;
  }
  expect((statistic - cells) / Math.sqrt(2 * cells)).toBeLessThan(4.5);
}

const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

describe('samplers', () => {
  for (const [n, p] of [
    [1, 0.3],
    [20, 0.5],
    [50, 0.1],
    [100, 0.9],
    [1_000, 0.03],
    [9_600_000, 0.000_01],
  ] as const) {
    test(`binomial ${n}, ${p}`, () => {
      const random = createRandom(n);
      const chance = (k: number): number => Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
      checkDistribution(() => binomial(random, n, p), chance, 0, n);
    });
  }
  for (const mean of [0.2, 5, 12, 300]) {
    test(`Poisson ${mean}`, () => {
      const random = createRandom(mean);
      checkDistribution(
        () => poisson(random, mean),
        (k) => Math.exp(k * Math.log(mean) - mean - logFactorial(k)),
        0,
        Infinity,
      );
    });
  }
  for (const [marked, plain, taken] of [
    [5, 10, 7],
    [17, 40, 20],
    [100, 50, 60],
    [50, 60, 70],
    [1_000, 3_000, 500],
  ] as const) {
    test(`hypergeometric ${marked}, ${plain}, ${taken}`, () => {
      const random = createRandom(marked);
      const chance = (k: number): number =>
        Math.exp(logChoose(marked, k) + logChoose(plain, taken - k) - logChoose(marked + plain, taken));
      checkDistribution(
        () => hypergeometric(random, marked, plain, taken),
        chance,
        Math.max(0, taken - plain),
        Math.min(marked, taken),
      );
    });
  }
  test('very large counts have the right mean and variance', () => {
    const random = createRandom(1);
    for (const [n, p] of [
      [9_600_000, 0.6],
      [1e12, 1e-3],
      [1e15, 0.25],
    ] as const) {
      const scaled = Array.from(
        { length: 20_000 },
        () => (binomial(random, n, p) - n * p) / Math.sqrt(n * p * (1 - p)),
      );
      const mean = scaled.reduce((sum, one) => sum + one, 0) / scaled.length;
      expect(Math.abs(mean)).toBeLessThan(0.03);
      expect(Math.abs(scaled.reduce((sum, one) => sum + one * one, 0) / scaled.length - 1)).toBeLessThan(0.04);
    }
  });
});

describe('functions of our own', () => {
  test('exp and log agree with the engine to a unit in the last places', () => {
    const random = createRandom(3);
    for (let i = 0; i < 2_000; i++) {
      const x = (uniform(random) - 0.5) * 1_400;
      expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-15 + (x < -700 ? 1 : 0));
      const y = Math.exp((uniform(random) - 0.5) * 100);
      expect(Math.abs(log(y) - Math.log(y))).toBeLessThan(1e-15 * Math.max(1, Math.abs(Math.log(y))));
      const z = 1 + (uniform(random) - 0.5) * 0.2;
      expect(Math.abs(log(z) - Math.log(z))).toBeLessThan(1e-16);
      const small = uniform(random) * 1e-3;
      expect(Math.abs(log1p(-small) / Math.log1p(-small) - 1)).toBeLessThan(1e-11);
      expect(Math.abs(chanceWithin(small) / -Math.expm1(-small) - 1)).toBeLessThan(1e-11);
      expect(Math.abs(chanceAfterArrival(small) / (small / 2 - small ** 2 / 6 + small ** 3 / 24) - 1)).toBeLessThan(
        1e-8,
      );
    }
    expect([exp(0), exp(-800), log(1), chanceWithin(0), chanceAfterArrival(0)]).toEqual([1, 0, 0, 0, 0]);
  });

  test('the stream is the same for ever', () => {
    const random = createRandom(2007);
    expect([uniform(random), uniform(random), uniform(random)]).toMatchInlineSnapshot(`
      [
        0.4920103651797564,
        0.9478871474547531,
        0.34834311497525106,
      ]
    `);
    expect(uniform(createRandom(1))).not.toBe(uniform(createRandom(1 + 2 ** 32)));
  });

  test('nothing whose last bits an engine may choose, no chance but the seed, no clock', () => {
    const folder = new URL('../../language/core/simulation/', import.meta.url);
    // ECMAScript fixes these to the last bit; all other functions of Math are "implementation-approximated" or chance.
    const exact = ['abs', 'ceil', 'floor', 'imul', 'max', 'min', 'round', 'sqrt', 'LOG2E', 'SQRT2'];
    for (const name of readdirSync(folder)) {
      const code = readFileSync(new URL(name, folder), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      const used = [...code.matchAll(/Math\.(\w+)/g)].map((match) => match[1] ?? '');
      expect({ name, others: used.filter((one) => !exact.includes(one)) }).toEqual({ name, others: [] });
      expect(code).not.toMatch(/\*\*|\bDate\b|performance|crypto/);
    }
  });
});
