import { compile, run, runPartial, summarisePartial, typicalSeed } from '../../language/core/simulation/index.ts';
import type { SimulationJob, SimulationResult } from '../../language/workers/jobs.ts';

/** A study as one loop over its seeds: what any way of cutting it up must come to. */
export function inOnePiece(job: SimulationJob): SimulationResult {
  const { architecture, scenario, runs, firstSeed, everySeconds } = job;
  const program = compile(architecture, scenario, everySeconds === undefined ? {} : { everySeconds });
  const partial = runPartial(program, firstSeed, runs, { curves: 'services' });
  const seed = typicalSeed(partial, architecture.services[0]?.name) ?? firstSeed;
  return { summary: summarisePartial(partial, scenario), typical: run(program, seed) };
}
