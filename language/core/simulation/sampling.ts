import { loadOf } from './load.ts';
import { type Pool, VACANT } from './program.ts';
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
    components: emptyTraces(pools.length, times.length),
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
  for (const { index } of state.program.sorts.serving) reading.load[index] = loadOf(state, index);
}

/** Counts on the line are rounded from below upwards, so that they are whole and add up: up, up + starting, all. */
function read(samples: Samples, state: State, before: Reading, after: Reading, part: number): void {
  const at = samples.next;
  const { pools } = state.program;
  for (let index = 0; index < pools.length; index++) {
    const trace = samples.components[index] as ComponentTrace;
    const up = onLine(before.up, after.up, index, part);
    const whole = Math.round(up);
    const ready =
      (pools[index] as Pool).comeback === VACANT
        ? whole
        : Math.round(up + onLine(before.starting, after.starting, index, part));
    trace.up[at] = whole;
    trace.starting[at] = ready - whole;
    trace.down[at] = (state.size[index] as number) - ready;
    trace.load[at] = onLine(before.load, after.load, index, part);
    trace.joined[at] = Math.round(onLine(before.joined, after.joined, index, part));
  }
  for (let index = 0; index < samples.levels.length; index++) {
    (samples.levels[index] as Float64Array)[at] = onLine(before.levels, after.levels, index, part);
  }
}

function onLine(before: Float64Array, after: Float64Array, index: number, part: number): number {
  const begin = before[index] as number;
  return part === 0 ? begin : begin + part * ((after[index] as number) - begin);
}

/** One piece of memory for all, which takes a fraction of the time that thousands of small ones do. */
function emptyTraces(pools: number, samples: number): ComponentTrace[] {
  const all = new Float64Array(5 * pools * samples);
  const piece = (at: number): Float64Array => all.subarray(at * samples, (at + 1) * samples);
  return Array.from({ length: pools }, (_, index) => ({
    up: piece(5 * index),
    starting: piece(5 * index + 1),
    down: piece(5 * index + 2),
    load: piece(5 * index + 3),
    joined: piece(5 * index + 4),
  }));
}
