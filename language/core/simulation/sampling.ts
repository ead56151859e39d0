import { loadOf } from './load.ts';
import { VACANT } from './program.ts';
import type { State } from './state.ts';
import type { ComponentTrace } from './trace.ts';
import type { Watch } from './watching.ts';

/**
 * Sample times are no part of a run: they only read it, so that a run is the same however often it is looked at. Steps
 * end where the run itself wants them to, and at each 360th of it; a sample between is read off the line from what was
 * there when the step began to what was reached gradually by its end. Crossings are read off the same line (watching.ts),
 * so curves and recovery times agree.
 */
export interface Samples {
  readonly times: Float64Array;
  readonly components: readonly ComponentTrace[];
  readonly levels: readonly Float64Array[];
  /** The first sample that is not read yet. */
  next: number;
  readonly before: Reading;
  readonly after: Reading;
}

/** What can be read at one moment, by pool, and by service for levels. */
interface Reading {
  seconds: number;
  readonly up: Float64Array;
  readonly starting: Float64Array;
  readonly load: Float64Array;
  readonly joined: Float64Array;
  readonly levels: Float64Array;
}

export function createSamples({ program }: State): Samples {
  const { times, pools, services } = program;
  const reading = (): Reading => ({
    seconds: 0,
    up: new Float64Array(pools.length),
    starting: new Float64Array(pools.length),
    load: new Float64Array(pools.length),
    joined: new Float64Array(pools.length),
    levels: new Float64Array(services.length),
  });
  return {
    times,
    components: pools.map(() => emptyTrace(times.length)),
    levels: services.map(() => new Float64Array(times.length)),
    next: 0,
    before: reading(),
    after: reading(),
  };
}

/** Notes where a step begins, if a sample may fall within it: one before `untilSeconds`. */
export function beginStep(samples: Samples, state: State, watch: Watch, untilSeconds: number): void {
  if (nextOf(samples) < untilSeconds) take(samples.before, state, watch);
}

/** Reads the samples between the last step's begin and now; if what there is now was not reached gradually, of the begin. */
export function readWithin(samples: Samples, state: State, watch: Watch, gradual: boolean): void {
  if (nextOf(samples) >= state.seconds) return;
  const { before, after } = samples;
  if (gradual) take(after, state, watch);
  for (; nextOf(samples) < state.seconds; samples.next++) {
    const part = gradual ? (nextOf(samples) - before.seconds) / (after.seconds - before.seconds) : 0;
    read(samples, state, before, after, part);
  }
}

/** Reads the samples of this moment, once all that happens at it has happened. */
export function readNow(samples: Samples, state: State, watch: Watch): void {
  if (nextOf(samples) > state.seconds) return;
  take(samples.before, state, watch);
  for (; nextOf(samples) <= state.seconds; samples.next++) read(samples, state, samples.before, samples.before, 0);
}

const nextOf = ({ times, next }: Samples): number => times[next] ?? Infinity;

function take(reading: Reading, state: State, watch: Watch): void {
  reading.seconds = state.seconds;
  reading.up.set(state.up);
  reading.starting.set(state.starting);
  reading.joined.set(state.joined);
  reading.levels.set(watch.levels);
  for (const { index, serves } of state.program.pools)
    reading.load[index] = serves.length > 0 ? loadOf(state, index) : 0;
}

/** Counts on the line are rounded from below upwards, so that they are whole and add up: up, up + starting, all. */
function read(samples: Samples, state: State, before: Reading, after: Reading, part: number): void {
  const at = samples.next;
  const line = (of: 'up' | 'starting' | 'load' | 'joined' | 'levels', index: number): number => {
    const begin = before[of][index] as number;
    return part === 0 ? begin : begin + part * ((after[of][index] as number) - begin);
  };
  for (const { index, comeback } of state.program.pools) {
    const trace = samples.components[index] as ComponentTrace;
    const up = Math.round(line('up', index));
    const ready = comeback === VACANT ? up : Math.round(line('up', index) + line('starting', index));
    trace.up[at] = up;
    trace.starting[at] = ready - up;
    trace.down[at] = (state.size[index] as number) - ready;
    trace.load[at] = line('load', index);
    trace.joined[at] = Math.round(line('joined', index));
  }
  for (let index = 0; index < samples.levels.length; index++) {
    (samples.levels[index] as Float64Array)[at] = line('levels', index);
  }
}

const emptyTrace = (samples: number): ComponentTrace => ({
  up: new Float64Array(samples),
  starting: new Float64Array(samples),
  down: new Float64Array(samples),
  load: new Float64Array(samples),
  joined: new Float64Array(samples),
});
