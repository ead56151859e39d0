import { expect, test } from 'vitest';
import type { Architecture, Scenario } from '../../language/core/model/index.ts';
import { compile, run } from '../../language/core/simulation/index.ts';
import { chance, simulateInstances } from './oracle/index.ts';
import { chanceOfDistance, chanceOfMeans, distance, mean } from './statistics.ts';

const RUNS = 400;
/** Of all comparisons of a system together, the chance that any is worse than this (Bonferroni). */
const FALSE_ALARM = 0.001;

/** A test: no comparison of so many runs is worse than chance makes it. */
export function checkAgrees(name: string, model: Architecture, story: Scenario, oracleRuns = RUNS): void {
  test(name, () => {
    const compared = compareWithOracle(model, story, RUNS, oracleRuns);
    compared.sort((a, b) => a.chance - b.chance);
    if (process.env.FIGURES) console.log(`${name}: ${compared.length}, the worst ${JSON.stringify(compared[0])}`);
    expect(compared.filter(({ chance }) => chance < FALSE_ALARM / compared.length)).toEqual([]);
  });
}

export interface Comparison {
  readonly what: string;
  /** The chance of so large a difference, were both of one distribution. */
  readonly chance: number;
  readonly words: string;
  /** How far the simulator's mean is from the oracle's, as a part of it; 0 for a distribution. */
  readonly error: number;
}

const rounded = (value: number): number => Number(value.toPrecision(9));

/**
 * Runs of the simulator against runs of the oracle: recovery times, lowest levels, instances up and load at four
 * moments, each by distribution and by mean.
 */
export function compareWithOracle(model: Architecture, story: Scenario, runs: number, oracleRuns = runs): Comparison[] {
  const program = compile(model, story, { everySeconds: story.horizonSeconds / 4 });
  const times = Array.from(program.times);
  const simulated = Array.from({ length: runs }, (_, seed) => run(program, seed + 1));
  const real = Array.from({ length: oracleRuns }, (_, seed) =>
    simulateInstances(model, story, program.recoveryLevels, times, chance(seed + 1)),
  );
  const found: Comparison[] = [];
  const compare = (what: string, inBulk: readonly number[], oneByOne: readonly number[]): void => {
    // What differs in the last digit only is the same.
    const [a, b] = [inBulk.map(rounded), oneByOne.map(rounded)];
    const d = distance(a, b);
    found.push({ what, chance: chanceOfDistance(d, a.length, b.length), words: `D = ${d.toFixed(3)}`, error: 0 });
    if ([...a, ...b].every(Number.isFinite)) {
      const words = `means ${mean(a).toPrecision(5)} and ${mean(b).toPrecision(5)}`;
      found.push({
        what: `mean ${what}`,
        chance: chanceOfMeans(a, b),
        words,
        error: Math.abs(mean(a) - mean(b)) / mean(b),
      });
    }
  };
  for (const { name } of model.services) {
    program.recoveryLevels.forEach((level, at) => {
      compare(
        `${name} back to ${level}`,
        simulated.map((trace) => trace.services[name]?.recovery[at] ?? Infinity),
        real.map((result) => result.recovery[name]?.[at] ?? Infinity),
      );
    });
    compare(
      `lowest ${name}`,
      simulated.map((trace) => trace.services[name]?.lowest ?? 1),
      real.map((result) => result.lowest[name] ?? 1),
    );
  }
  for (const { name, admits } of model.components) {
    // Joins without retries come all at once or one by one, and a load of joins a second tells how; so it is left out.
    const retries = admits.every(({ consumer }) => model.components.some((one) => one.name === consumer && one.retry));
    for (const quantity of retries ? (['up', 'load'] as const) : (['up'] as const)) {
      for (const at of [1, 2, 3, 4]) {
        compare(
          `${name} ${quantity} at sample ${at}`,
          simulated.map((trace) => trace.components[name]?.[quantity][at] ?? -1),
          real.map((result) => result[quantity][name]?.[at] ?? -1),
        );
      }
    }
  }
  return found;
}
