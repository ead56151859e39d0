import type { Program } from './program.ts';
import { run } from './run.ts';
import type { Trace } from './trace.ts';

/**
 * Runs with the seeds firstSeed … firstSeed + runs − 1, one at a time: whoever takes them can show each, count them
 * as progress, and stop between any two by taking no more.
 */
export function* runMany(program: Program, firstSeed: number, runs: number): Generator<Trace, void, undefined> {
  for (let index = 0; index < runs; index++) yield run(program, firstSeed + index);
}
