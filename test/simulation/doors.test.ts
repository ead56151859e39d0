import { describe, expect, test } from 'vitest';
import type { Component, NeedExpression } from '../../language/core/model/index.ts';
import { simulate } from '../../language/core/simulation/index.ts';
import { checkMean, runs, upAt } from './averages.ts';
import { add, and, architecture, atLeast, component, crash, or, ref, restore, scenario } from './build.ts';
import { chance } from './oracle/index.ts';

/** Who tries again and again is let in by `and` at the least, by `or` at the sum of what its servers let in. */

describe('with far more attempts than admissions, so many are let in a second', () => {
  const [P, Q, R] = ['P', 'Q', 'R'].map(ref) as [NeedExpression, NeedExpression, NeedExpression];
  // For the whole run P lets in 4 parts of ten of the crowd, Q and R 2 and 1.
  const rates: readonly (readonly [words: string, need: NeedExpression, parts: number])[] = [
    ['P', P, 4],
    ['P and Q', and(P, Q), 2],
    ['P or Q', or(P, Q), 6],
    ['P or Q or R', or(P, Q, R), 7],
    ['(P and R) or Q', or(and(P, R), Q), 3],
    ['(P or R) and Q', and(or(P, R), Q), 2],
    ['(Q or R) and P', and(or(Q, R), P), 3],
    ['2 of (P, Q, R)', atLeast(2, P, Q, R), 3],
  ];
  // One by one, and in steps of 100 s in which many thousands try.
  for (const [size, horizon, every] of [
    [120, 100, 0.01],
    [1e7, 36_000, 60],
  ] as const)
    for (const [words, need, parts] of rates)
      for (const kind of ['toStart', 'needs'] as const)
        test(`${kind} ${words}: ${parts} of ten of ${size}`, () => {
          const doors = (
            [
              ['P', 4],
              ['Q', 2],
              ['R', 1],
            ] as const
          ).map(([name, part]) => component(name, 10, { admits: { X: (0.01 * part * size) / horizon } }));
          const model = architecture([...doors, component('X', size, { [kind]: need, retries: [every] })]);
          const story = scenario(horizon, [
            [0, crash('X')],
            [0, restore('X')],
          ]);
          // From a moment on at which what was kept before is used up.
          const traces = runs(model, story, horizon / 10, 10);
          const early = upAt(traces, 'X', 2);
          const joined = upAt(traces, 'X', 10).map((up, at) => up - (early[at] ?? Number.NaN));
          checkMean(joined, 0.08 * parts * size, size > 120 ? 0.01 : 0.04);
        });
});

describe('what becomes free at several of which one is needed is taken by those who try, at all of them', () => {
  const serving = (rooms: readonly number[]): Component[] =>
    rooms.map((room, at) => component(`S${at}`, 1, { serves: { X: room } }));

  // In an hour nearly all of them try; so long is a step in a run of fifteen days.
  for (const every of [60, 3_600])
    test(`tried every ${every} s`, () => {
      const model = architecture([
        ...serving([50_000, 30_000, 20_000]),
        component('X', 100_000, { needs: or('S0', 'S1', 'S2'), retries: [every] }),
      ]);
      const story = scenario(360 * 3_600, [
        [3_600, crash('X')],
        [7_200, add('S0', 1)],
        [7_200, add('S1', 1)],
        [7_200, restore('X')],
      ]);
      const { X, S0, S1, S2 } = simulate(model, story, 1).components;
      expect([X?.up[1], X?.up[2]]).toEqual([0, 0]);
      const exact = 100_000 * (1 - Math.exp(-3_600 / every));
      expect(Math.abs((X?.up[3] ?? 0) / exact - 1)).toBeLessThan(0.01);
      // In proportion to the room of each: 100,000, 60,000 and 20,000.
      for (const server of [S0, S1, S2]) expect(server?.load[3]).toBeCloseTo((X?.up[3] ?? 0) / 180_000, 1);
    });
});

describe('one of several doors, each of which keeps one admission, lets in as attempts find them open', () => {
  /** Doors that fill at their rates, and attempts at exponential moments that take any of the open ones. */
  function admitted(rates: readonly number[], attemptsPerSecond: number, seconds: number): number {
    const random = chance(2007);
    const kept = rates.map(() => 1);
    let count = 0;
    for (let now = 0; ; ) {
      const next = -Math.log(1 - random()) / attemptsPerSecond;
      now += next;
      if (now > seconds) return count;
      rates.forEach((rate, at) => {
        kept[at] = Math.min(1, (kept[at] ?? 0) + rate * next);
      });
      const open = kept.flatMap((one, at) => (one >= 1 ? [at] : []));
      const chosen = open[Math.floor(random() * open.length)];
      if (chosen === undefined) continue;
      kept[chosen] = (kept[chosen] ?? 0) - 1;
      count += 1;
    }
  }

  for (const rates of [
    [0.25, 0.25],
    [0.5, 0.1],
    [0.2, 0.2, 0.2, 0.2, 0.2],
  ])
    for (const part of [0.5, 2, 4, 6, 12])
      test(`${rates} a second, ${part} attempts for each`, () => {
        const [size, seconds] = [1e7, 36_000];
        const attempts = part * rates.reduce((sum, rate) => sum + rate);
        const names = rates.map((_, at) => `Door${at}`);
        const model = architecture([
          ...rates.map((rate, at) => component(names[at] ?? '', 1, { admits: { X: rate } })),
          component('X', size, { toStart: or(...names), retries: [size / attempts] }),
        ]);
        const story = scenario(seconds, [
          [0, crash('X')],
          [0, restore('X')],
        ]);
        const exact = admitted(rates, attempts, 20 * seconds) / 20;
        checkMean(upAt(runs(model, story, seconds, 10), 'X', 1), exact);
      });
});
