import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fullShare, loadShare } from '../../language/core/diagram/index.ts';

const limits = fc.double({ min: 0.05, max: 50, noNaN: true });
const loads = fc.double({ min: 0, max: 200, noNaN: true });

describe('The bar of a load', () => {
  test('is as long as the load, up to what is full, whatever the limit', () => {
    fc.assert(
      fc.property(limits, limits, fc.double({ min: 0, max: 1, noNaN: true }), (limit, other, load) => {
        expect(loadShare({ limit }, load)).toBeCloseTo(load * fullShare({ limit }), 12);
        expect(fullShare({ limit })).toBe(fullShare({ limit: other }));
      }),
    );
  });

  test('is never shorter for more, and never longer than its room', () => {
    fc.assert(
      fc.property(limits, loads, loads, (limit, a, b) => {
        const [less, more] = [loadShare({ limit }, Math.min(a, b)), loadShare({ limit }, Math.max(a, b))];
        expect(less).toBeLessThanOrEqual(more);
        expect(less).toBeGreaterThanOrEqual(0);
        expect(more).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('passes the mark of the limit where the load does', () => {
    fc.assert(
      fc.property(limits, loads, (limit, load) => {
        const [bar, mark] = [loadShare({ limit }, load), loadShare({ limit }, limit)];
        expect(mark).toBeLessThan(0.95);
        if (load > limit * 1.001) expect(bar).toBeGreaterThan(mark);
        if (load < limit * 0.999) expect(bar).toBeLessThanOrEqual(mark);
      }),
    );
  });
});

test('A load that is no number takes no room', () => {
  expect(loadShare({ limit: 1 }, Number.NaN)).toBe(0);
  expect(loadShare({ limit: 1 }, -3)).toBe(0);
});
