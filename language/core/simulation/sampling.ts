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
  /** By pool: what it has been from the first sample that is not written yet on, and which that is. */
  readonly last: Readonly<Record<keyof ComponentTrace, Float64Array>>;
  readonly since: Int32Array;
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
    last: {
      up: new Float64Array(pools.length),
      starting: new Float64Array(pools.length),
      down: new Float64Array(pools.length),
      load: new Float64Array(pools.length),
      joined: new Float64Array(pools.length),
    },
    since: new Int32Array(pools.length),
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
  for (const index of state.program.sorts.serving) reading.load[index] = loadOf(state, index);
}

/**
 * Counts on the line are rounded from below upwards, so that they are whole and add up: up, up + starting, all. Most pools
 * stand still from sample to sample, so curves are written when they change, as far as they did not.
 */
function read(samples: Samples, state: State, before: Reading, after: Reading, part: number): void {
  const at = samples.next;
  const { pools } = state.program;
  const { up, starting, down, load, joined } = samples.last;
  for (let index = 0; index < pools.length; index++) {
    const exactUp = onLine(before.up, after.up, index, part);
    const upNow = Math.round(exactUp);
    const startingNow =
      (pools[index] as Pool).comeback === VACANT
        ? 0
        : Math.round(exactUp + onLine(before.starting, after.starting, index, part)) - upNow;
    const downNow = (state.size[index] as number) - upNow - startingNow;
    const loadNow = onLine(before.load, after.load, index, part);
    const joinedNow = Math.round(onLine(before.joined, after.joined, index, part));
    if (
      upNow === up[index] &&
      startingNow === starting[index] &&
      downNow === down[index] &&
      loadNow === load[index] &&
      joinedNow === joined[index]
    )
      continue;
    write(samples, index, at);
    up[index] = upNow;
    starting[index] = startingNow;
    down[index] = downNow;
    load[index] = loadNow;
    joined[index] = joinedNow;
  }
  for (let index = 0; index < samples.levels.length; index++) {
    (samples.levels[index] as Float64Array)[at] = onLine(before.levels, after.levels, index, part);
  }
}

/** The samples of a pool before `end` that are not written yet, all alike. */
function write({ components, last, since }: Samples, index: number, end: number): void {
  const from = since[index] as number;
  since[index] = end;
  if (from === end) return;
  const { up, starting, down, load, joined } = components[index] as ComponentTrace;
  stretch(up, last.up, index, from, end);
  stretch(starting, last.starting, index, from, end);
  stretch(down, last.down, index, from, end);
  stretch(load, last.load, index, from, end);
  stretch(joined, last.joined, index, from, end);
}

function stretch(curve: Float64Array, of: Float64Array, index: number, from: number, end: number): void {
  const value = of[index] as number;
  for (let at = from; at < end; at++) curve[at] = value;
}

/** The curves, once the last sample has been read. */
export function finished(samples: Samples): readonly ComponentTrace[] {
  samples.components.forEach((_, index) => {
    write(samples, index, samples.next);
  });
  return samples.components;
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
