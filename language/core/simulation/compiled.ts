import type { Architecture, Scenario } from '../model/index.ts';
import { islandsOf } from './islands.ts';
import { compileProgram, type Program, type SimulationOptions } from './program.ts';

/** An architecture under a scenario, compiled once and run for any number of seeds. */
export interface Compiled extends Pick<Program, 'times' | 'firstStepSeconds' | 'horizonSeconds' | 'recoveryLevels'> {
  /** A program for each part that has nothing to do with the others; at least one. */
  readonly programs: readonly Program[];
  readonly services: readonly string[];
  /** In the order of the text. */
  readonly components: readonly string[];
}

/** Unknown names never fail and are never hit; nothing throws. */
export function compile(architecture: Architecture, scenario: Scenario, options: SimulationOptions = {}): Compiled {
  const programs = islandsOf(architecture).map((island, stream) => compileProgram(island, scenario, options, stream));
  const { times, firstStepSeconds, horizonSeconds, recoveryLevels } = programs[0] as Program;
  return {
    programs,
    services: programs.flatMap(({ services }) => services.map(({ name }) => name)),
    components: architecture.components.map(({ name }) => name),
    times,
    firstStepSeconds,
    horizonSeconds,
    recoveryLevels,
  };
}
