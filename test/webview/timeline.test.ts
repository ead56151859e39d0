import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isJoining, momentAt, poolAt, valueAt } from '../../webview/application/recovery/timeline.ts';
import { result } from './samples.ts';

const { times } = result;
const pool = result.pools[0] as (typeof result.pools)[number];
const steps = [25];
const upAt = (seconds: number, at: readonly number[] = steps) => valueAt(pool.up, momentAt(times, at, seconds));

describe('Between samples', () => {
  test('values run in a straight line', () => {
    expect([30, 32, 35, 40, 45, 50].map((seconds) => upAt(seconds))).toEqual([0, 10, 25, 50, 75, 100]);
  });

  test('they hold until a step, and jump at it', () => {
    expect([20, 24.9, 25, 29, 30].map((seconds) => upAt(seconds))).toEqual([100, 100, 0, 0, 0]);
  });

  test('a sample at the time of a step shows what the step has left', () => {
    expect([29.9, 30, 35].map((seconds) => upAt(seconds, [30]))).toEqual([100, 0, 25]);
  });

  test('before the first and after the last there is nothing new', () => {
    expect([-5, 0, 50, 1e9].map((seconds) => upAt(seconds))).toEqual([100, 100, 100, 100]);
  });

  test('values are never beyond those of the samples', () => {
    fc.assert(
      fc.property(fc.double({ min: -10, max: 60, noNaN: true }), (seconds) => {
        expect(upAt(seconds)).toBeGreaterThanOrEqual(0);
        expect(upAt(seconds)).toBeLessThanOrEqual(100);
      }),
    );
  });

  test('no samples, or too few of one pool, are no reason to fail', () => {
    expect(valueAt([], momentAt([], [], 3))).toBe(0);
    expect(valueAt([7], momentAt(times, steps, 45))).toBe(0);
    fc.assert(
      fc.property(fc.array(fc.double()), fc.array(fc.double()), fc.double(), fc.array(fc.double()), (...given) => {
        const [anyTimes, anySteps, at, values] = given;
        valueAt(values, momentAt(anyTimes, anySteps, at));
      }),
    );
  });
});

describe('A pool', () => {
  test('is counted in whole instances', () => {
    expect(poolAt(pool, momentAt(times, steps, 33.33))).toEqual({ up: 17, starting: 17, down: 67, load: 0 });
  });

  test('joins while its count of joins grows', () => {
    const joining = [0, 15, 25, 30, 31, 45, 50].map((seconds) => isJoining(pool, momentAt(times, steps, seconds)));
    expect(joining).toEqual([false, false, false, false, true, true, true]);
  });
});
