import { expect } from 'vitest';
import type { Architecture, Scenario } from '../../language/core/model/index.ts';
import { compile, run, type Trace } from '../../language/core/simulation/index.ts';
import { mean, variance } from './statistics.ts';

/** Runs with the first seeds, sampled every so many seconds. */
export function runs(model: Architecture, story: Scenario, everySeconds: number, seeds = 60): Trace[] {
  const program = compile(model, story, { everySeconds });
  return Array.from({ length: seeds }, (_, index) => run(program, index + 1));
}

/** Within 1%, or three standard errors if that is more. */
export function checkMean(values: readonly number[], exact: number, part = 0.01): void {
  const error = Math.sqrt(variance(values) / values.length);
  expect(Math.abs(mean(values) - exact), `${mean(values)}, exactly ${exact}`).toBeLessThanOrEqual(
    Math.max(part * exact, 3 * error),
  );
}

export const upAt = (traces: readonly Trace[], name: string, at: number): number[] =>
  traces.map((trace) => trace.components[name]?.up[at] ?? Number.NaN);
