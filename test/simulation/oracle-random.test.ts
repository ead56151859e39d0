import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Comparison, compareWithOracle } from './agreement.ts';
import { type SmallSystem, scaledSystems, smallSystems } from './generate-small.ts';

/** Of all comparisons together, the chance that any is worse than this (Bonferroni). */
const FALSE_ALARM = 0.001;

const sample = (systems: fc.Arbitrary<SmallSystem>, numRuns: number): SmallSystem[] =>
  fc.sample(systems, { seed: Number(process.env.P2PARCH_SEED) || 20070816, numRuns });

function compareAll(systems: readonly SmallSystem[], runs: number): Comparison[] {
  const compared = systems.flatMap(({ model, story }, index) =>
    compareWithOracle(model, story, runs).map((one) => ({ ...one, what: `system ${index}, ${one.what}` })),
  );
  compared.sort((a, b) => a.chance - b.chance);
  if (process.env.FIGURES)
    console.log(`${compared.length} comparisons, the worst: ${JSON.stringify(compared.slice(0, 5), null, 1)}`);
  return compared;
}

test('random systems of all shapes agree with the instance-by-instance event simulation', () => {
  const compared = compareAll(sample(smallSystems, 16), 200);
  expect(compared.length).toBeGreaterThan(1000);
  expect(compared.filter(({ chance }) => chance < FALSE_ALARM / compared.length)).toEqual([]);
}, 300_000);

test('what is drawn in bulk has its means to 1%, pools of 20 to 960', () => {
  const compared = compareAll(sample(scaledSystems(20), 4), 40);
  expect(compared.filter(({ chance, error }) => chance < FALSE_ALARM / compared.length && error > 0.01)).toEqual([]);
}, 300_000);
