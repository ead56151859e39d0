import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  asPlain,
  compile,
  merge,
  type Partial,
  run,
  runPartial,
  shardOf,
  simulate,
  summarise,
  summarisePartial,
  typicalSeed,
} from '../../language/core/simulation/index.ts';
import { asList, bytesOf, decodeSeries, encodeSeries, type Series } from '../../language/core/simulation/series.ts';
import { HOUR, PATCH_TUESDAY, SKYPE_2007 } from './build.ts';
import { systems } from './generate.ts';

const story = { ...PATCH_TUESDAY, horizonSeconds: 3 * HOUR };

/** As another machine would get it. */
const sent = (partial: Partial): Partial => JSON.parse(JSON.stringify(asPlain(partial))) as Partial;

const merged = (partials: readonly Partial[]): Partial => {
  const result = merge(partials);
  return result.kind === 'merged' ? result.partial : expect.fail();
};

describe('shards', () => {
  test('of any system merge to the bytes of one piece, in whatever order they come, through JSON', () => {
    fc.assert(
      fc.property(systems, fc.integer({ min: 1, max: 5 }), fc.nat(1000), ({ model, story: steps, seed }, of, order) => {
        const program = compile(model, steps, { everySeconds: steps.horizonSeconds / 20 });
        const whole = summarisePartial(runPartial(program, seed, 7), steps);
        const shards = Array.from({ length: of }, (_, index) => {
          const { firstSeed, runs } = shardOf(seed, 7, index + 1, of);
          return sent(runPartial(program, firstSeed, runs));
        });
        shards.push(...shards.splice(0, order % of));
        expect(JSON.stringify(summarisePartial(merged(shards), steps))).toBe(JSON.stringify(whole));
      }),
      { numRuns: 12, seed: 2007 },
    );
  });

  test('a summary of what was kept is that of the traces themselves', () => {
    const program = compile(SKYPE_2007, story);
    const traces = Array.from({ length: 12 }, (_, index) => run(program, index + 1));
    const kept = runPartial(program, 1, 12);
    expect(JSON.stringify(summarisePartial(kept, story))).toBe(JSON.stringify(summarise(traces, story)));
    // By a way of its own: the mean and the median of one quantity at one moment.
    const at = 100;
    const ups = traces.map((trace) => trace.components.Client?.up[at] ?? Number.NaN);
    const { mean, p50 } = summarisePartial(kept, story).components.Client?.up ?? expect.fail();
    expect(mean[at]).toBe(ups.reduce((sum, up) => sum + up, 0) / 12);
    expect(p50[at]).toBe(ups.sort((a, b) => a - b)[5]);
  });

  test('cover all seeds, none twice, in nearly equal parts', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 40 }), (seed, runs, of) => {
        const parts = Array.from({ length: of }, (_, index) => shardOf(seed, runs, index + 1, of));
        const seeds = parts.flatMap((part) => Array.from({ length: part.runs }, (_, at) => part.firstSeed + at));
        expect(seeds).toEqual(Array.from({ length: runs }, (_, at) => seed + at));
        const sizes = parts.map((part) => part.runs);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('that overlap count once; those of other scenarios are refused', () => {
    const program = compile(SKYPE_2007, story);
    const whole = runPartial(program, 1, 5);
    expect(merged([runPartial(program, 3, 3), runPartial(program, 1, 4)])).toEqual(whole);
    expect(merge([])).toEqual({ kind: 'refused', reason: 'nothing' });
    const other = runPartial(compile(SKYPE_2007, { ...story, horizonSeconds: 2 * HOUR }), 6, 1);
    expect(merge([whole, other])).toEqual({ kind: 'refused', reason: 'different' });
    expect(merge([other, whole])).toEqual({ kind: 'refused', reason: 'different' });
  });

  test('stop between two runs, and tell of each', () => {
    const told: number[] = [];
    const program = compile(SKYPE_2007, story);
    const partial = runPartial(program, 1, 50, {
      onRun: (done) => told.push(done),
      shouldStop: () => told.length >= 3,
    });
    expect(told).toEqual([1, 2, 3]);
    expect(partial.runs.map(({ seed }) => seed)).toEqual([1, 2, 3]);
  });

  test('stop within a run as well, at its next step, and keep whole runs only', () => {
    const program = compile(SKYPE_2007, story);
    const stoppedAfter = (most: number) => {
      let asked = 0;
      const partial = runPartial(program, 1, 3, { shouldStop: () => ++asked > most });
      return { asked, runs: partial.runs };
    };
    const { asked: all, runs } = stoppedAfter(Infinity);
    expect(runs).toEqual(runPartial(program, 1, 3).runs);
    // A 360th of the run is a step's most, so a run is asked no less often.
    expect(all).toBeGreaterThan(3 * 360);
    for (const most of [0, 1, 7, Math.floor(all / 2), all - 1]) {
      const stopped = stoppedAfter(most);
      expect(stopped.asked).toBe(most + 1);
      expect(stopped.runs).toEqual(runs.slice(0, stopped.runs.length));
      expect(stopped.runs.length).toBeLessThan(3);
    }
  });

  test('the run shown for all has the median recovery', () => {
    const program = compile(SKYPE_2007, { ...story, horizonSeconds: 72 * HOUR });
    const partial = runPartial(program, 1, 3);
    expect(typicalSeed(partial, 'Calling')).toBe(2);
    expect(typicalSeed(runPartial(program, 1, 0), 'Calling')).toBeUndefined();
    const back = [5, 3, 9, 1, 7].map((seconds, index) => ({
      seed: index + 1,
      services: [{ level: encodeSeries([]), lowest: 0, recovery: [seconds] }],
      components: [],
    }));
    expect(typicalSeed({ ...partial, services: ['S'], recoveryLevels: [0.95], runs: back }, 'S')).toBe(1);
  });
});

describe('samples that are kept', () => {
  test('come back to the bit, also through JSON', () => {
    const value = fc.oneof(
      fc.integer({ min: 0, max: 3 }),
      fc.nat(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constant(9.6e6),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(value, fc.integer({ min: 1, max: 9 }))), (runs) => {
        const samples = Float64Array.from(runs.flatMap(([one, count]) => Array<number>(count).fill(one)));
        const series = encodeSeries(samples);
        for (const one of [series, JSON.parse(JSON.stringify(asList(series))) as Series]) {
          const back = decodeSeries(one);
          // JSON knows no −0, and no quantity of a run is any.
          expect(back.every((sample, at) => sample === samples[at])).toBe(true);
          expect(back.length).toBe(samples.length);
        }
      }),
    );
  });

  test('of a count that stands still take two numbers', () => {
    const { up } = simulate(SKYPE_2007, { ...story, steps: [] }, 1).components.Client ?? expect.fail();
    expect(up.length).toBe(361);
    expect(bytesOf(encodeSeries(up))).toBe(8);
  });
});
