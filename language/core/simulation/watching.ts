import type { Level } from './levels.ts';
import type { Program } from './program.ts';
import type { State } from './state.ts';
import type { RecoverySeconds } from './trace.ts';

/** What is seen of the services at every step: lowest levels and the way back. */
export interface Watch {
  readonly levels: Float64Array;
  readonly lowest: Float64Array;
  /** By service, then by recovery level: 1 while below, and since when it is not, after the first step. */
  readonly below: readonly Uint8Array[];
  readonly back: readonly Float64Array[];
  seconds: number;
  /** Whether the scenario's first step has been done. */
  begun: boolean;
}

export function createWatch(program: Program): Watch {
  return {
    levels: new Float64Array(program.services.length).fill(1),
    lowest: new Float64Array(program.services.length).fill(Infinity),
    below: program.services.map(() => new Uint8Array(program.recoveryLevels.length)),
    back: program.services.map(() => new Float64Array(program.recoveryLevels.length)),
    seconds: 0,
    begun: program.moments.length === 0,
  };
}

/** Notes the levels now. If they were reached gradually since the last look, crossings lie on the line between. */
export function observe(watch: Watch, state: State, gradual: boolean): void {
  const { program } = state;
  const { recoveryLevels, firstStepSeconds } = program;
  const now = state.seconds;
  for (let index = 0; index < program.services.length; index++) {
    const service = program.services[index] as Program['services'][number];
    let level = 1;
    for (const need of service.needs) level = Math.min(level, levelOf(state, watch, need, service.population));
    if (service.population >= 0) level = Math.min(level, populationLevel(state, service.population));
    const before = watch.levels[index] as number;
    watch.levels[index] = level;
    if (!watch.begun) continue;
    if (level < (watch.lowest[index] as number)) watch.lowest[index] = level;
    const below = watch.below[index] as Uint8Array;
    for (let at = 0; at < recoveryLevels.length; at++) {
      const asked = recoveryLevels[at] as number;
      if (level < asked) below[at] = 1;
      else if (below[at] === 1) {
        below[at] = 0;
        const share = gradual && level > before ? (asked - before) / (level - before) : 1;
        (watch.back[index] as Float64Array)[at] = watch.seconds + share * (now - watch.seconds) - firstStepSeconds;
      }
    }
  }
  watch.seconds = now;
}

/** Recovery times of one service, at the end of the run. */
export const recoveryOf = (watch: Watch, service: number): RecoverySeconds[] =>
  Array.from(watch.back[service] ?? [], (seconds, at) => (watch.below[service]?.[at] === 1 ? null : seconds));

/** The share of a population that is served: nobody is, while what it goes on needing does not function. */
const populationLevel = (state: State, pool: number): number =>
  state.functions[pool] === 1 ? Math.min(1, (state.up[pool] as number) / (state.size[pool] as number)) : 0;

function levelOf(state: State, watch: Watch, level: Level, population: number): number {
  switch (level.kind) {
    case 'pool': {
      if (state.functions[level.pool] === 0) return 0;
      if (level.capacity === 0 || population < 0) return 1;
      return Math.min(1, (level.capacity * (state.up[level.pool] as number)) / (state.size[population] as number));
    }
    case 'service':
      return watch.levels[level.service] as number;
    case 'always':
      return 1;
    case 'least': {
      let least = 1;
      for (const operand of level.operands) least = Math.min(least, levelOf(state, watch, operand, population));
      return least;
    }
    case 'sum': {
      let sum = 0;
      for (const operand of level.operands) sum += levelOf(state, watch, operand, population);
      return Math.min(1, sum);
    }
    case 'largest': {
      const levels = level.operands.map((operand) => levelOf(state, watch, operand, population));
      return levels.sort((a, b) => b - a)[level.count - 1] ?? 0;
    }
  }
}
