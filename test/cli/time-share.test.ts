import { describe, expect, it } from 'vitest';
import { type Share, timeShares } from '../../language/cli/time-share.ts';

describe('a time limit that several questions share', () => {
  /** Answers questions that take so many seconds each; when each was told to stop finding, and to stop telling. */
  function answered(limit: number, takes: readonly number[]): [number, number][] {
    let now = 100;
    const share = timeShares(limit, takes.length, () => now);
    const until = (stop: Share['shouldStop'], end: number) => {
      while (now < end && !stop()) now += 0.25;
      return now - 100;
    };
    return takes.map((seconds) => {
      const { shouldStop, shouldStopTelling } = share();
      const end = now + seconds;
      return [until(shouldStop, end), until(shouldStopTelling, end)];
    });
  }

  it('is all for one question, some of it for telling what was found', () => {
    expect(answered(100, [1000])).toEqual([[70, 100]]);
  });

  it('gives each half of what is left, and the last one all', () => {
    expect(answered(160, [1000, 1000, 1000]).map(([, told]) => told)).toEqual([80, 120, 160]);
  });

  it('leaves what easy ones do not need for those behind them', () => {
    expect(answered(100, [1, 1, 1000])).toEqual([
      [1, 1],
      [2, 2],
      [70.75, 100],
    ]);
  });
});
