import { createWalks, lookBetween, type Walks } from './between.ts';
import { levelsOf } from './levels.ts';
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
  readonly walks: Walks;
}

export function createWatch(program: Program, seed: number): Watch {
  return {
    levels: new Float64Array(program.services.length).fill(1),
    lowest: new Float64Array(program.services.length).fill(Infinity),
    below: program.services.map(() => new Uint8Array(program.recoveryLevels.length)),
    back: program.services.map(() => new Float64Array(program.recoveryLevels.length)),
    seconds: 0,
    begun: program.moments.length === 0,
    walks: createWalks(program, seed),
  };
}

/** Notes the levels now. If they were reached gradually since the last look, crossings lie on the way between. */
export function observe(watch: Watch, state: State, gradual: boolean): void {
  const { levels, walks } = watch;
  const { recoveryLevels, firstStepSeconds } = state.program;
  const now = state.seconds;
  walks.before.set(levels);
  levelsOf(state, state.up, levels);
  if (watch.begun) {
    for (let index = 0; index < levels.length; index++) {
      const level = levels[index] as number;
      const before = walks.before[index] as number;
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
    if (gradual && now > watch.seconds) lookBetween(walks, state, watch, watch.seconds);
  }
  watch.seconds = now;
}

/** Recovery times of one service, at the end of the run. */
export const recoveryOf = (watch: Watch, service: number): RecoverySeconds[] =>
  Array.from(watch.back[service] ?? [], (seconds, at) => (watch.below[service]?.[at] === 1 ? null : seconds));
