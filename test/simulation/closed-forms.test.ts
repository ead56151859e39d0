import { describe, expect, test } from 'vitest';
import { simulate } from '../../language/core/simulation/index.ts';
import { checkMean, runs, upAt } from './averages.ts';
import { architecture, atLeast, component, crash, HOUR, MINUTE, or, restore, scenario, service } from './build.ts';
import { chance, simulateInstances } from './oracle/index.ts';

/** What follows from the rules beyond the table of simulation.md, worked out by hand. */

describe('a door at which attempts come at moments of their own', () => {
  // It keeps one admission. So from one to the next it takes the time of an admission, and then that of an attempt.
  for (const size of [100, 4_000]) {
    for (const attempts of [0.5, 2, 2.7, 4, 10]) {
      test(`lets in one each 1/μ + 1/λ: ${size} to be promoted, μ = 0.5, λ = ${attempts}`, () => {
        const admissions = 0.5;
        const each = 1 / attempts + 1 / admissions;
        const seconds = 0.6 * size * each;
        const model = architecture([
          component('Seed', 1),
          component('Door', 1, { admits: { Super: admissions } }),
          component('Super', size, { toStart: 'Door', promotedFrom: ['Seed', attempts] }),
        ]);
        const traces = runs(model, scenario(seconds, [[0, crash('Super')]]), seconds);
        // A renewal process, of which the first comes after 1/λ; to the next it takes (σ² + m²) ÷ 2m from any moment.
        const next = (attempts ** -2 + each ** 2) / (2 * each);
        checkMean(upAt(traces, 'Super', 1), (seconds + next - 1 / attempts) / each);
      });
    }
  }

  // Where those who wait try again, it keeps what it lets in within a second, and loses what is beyond while nobody comes.
  for (const part of [1, 2, 4, 8])
    test(`lets in μ ÷ (1 + e^(−(μ − 1) λ/μ) μ/λ) a second of those who try again: μ = 1.5, λ/μ = ${part}`, () => {
      const [size, admissions, seconds] = [1_000_000, 1.5, 900];
      const model = architecture([
        component('Door', 1, { admits: { X: admissions } }),
        component('X', size, { toStart: 'Door', retries: [size / (part * admissions)] }),
      ]);
      const story = scenario(seconds, [
        [0, crash('X')],
        [0, restore('X')],
      ]);
      const exact = (seconds * admissions) / (1 + Math.exp((1 - admissions) * part) / part);
      checkMean(upAt(runs(model, story, seconds), 'X', 1), exact);
    });

  for (const count of [2_000, 10_000])
    test(`and the fewer wait, the longer it is idle: t = (N − w) ÷ μ + T ln N ÷ w, N = ${count}`, () => {
      const [admissions, every] = [0.5, 1_000];
      const model = architecture([
        component('Door', 1, { admits: { X: admissions } }),
        component('X', count, { toStart: 'Door', retries: [every] }),
      ]);
      const horizon = count === 2_000 ? 2 * HOUR : 6 * HOUR;
      const story = scenario(horizon, [
        [0, crash('X')],
        [0, restore('X')],
      ]);
      const traces = runs(model, story, horizon / 4);
      for (const at of [1, 2, 4]) {
        const seconds = (at * horizon) / 4;
        let [low, high] = [1, count];
        while (high - low > 1e-6) {
          const waiting = (low + high) / 2;
          if ((count - waiting) / admissions + every * Math.log(count / waiting) > seconds) low = waiting;
          else high = waiting;
        }
        checkMean(upAt(traces, 'X', at), count - low);
      }
    });
});

describe('places', () => {
  for (const [size, each] of [
    [15, 10],
    [15_000, 10_000],
  ] as const) {
    test(`2 of three with room for ${each} each take ${size}, each where there is most room`, () => {
      const model = architecture([
        ...['A', 'B', 'C'].map((name) => component(name, 1, { serves: { X: each } })),
        component('X', size, { needs: atLeast(2, 'A', 'B', 'C') }),
      ]);
      const story = scenario(100, [
        [10, crash('X')],
        [20, restore('X')],
      ]);
      const { X, A, B, C } = simulate(model, story, 1, { everySeconds: 50 }).components;
      expect(X?.up[1]).toBe(size);
      expect([A, B, C].map((one) => one?.load[1])).toEqual([1, 1, 1]);
    });
  }

  test('are freed with the one that is lost', () => {
    // A goes, and with it everybody: they find their places at B free again, and A has none.
    const model = architecture(
      [
        component('A', 1, { serves: { X: 1_000 }, restarts: ['after', MINUTE] }),
        component('B', 4, { serves: { X: 250 } }),
        component('X', 1_000, { needs: ['A', 'B'] }),
      ],
      [service('S', ['A', 'B'], 'X')],
    );
    const { services } = simulate(model, scenario(10 * MINUTE, [[10, crash('A')]]), 1);
    expect(services.S?.recovery).toEqual([MINUTE, MINUTE, MINUTE, MINUTE]);
  });
});

test('the first of many is back at the first attempt, also where the door lets in few', () => {
  const [size, every] = [200, 25];
  const model = architecture(
    [
      component('Door', 1, { admits: { X: 0.9 } }),
      component('X', size, { toStart: 'Door', retries: [every, 4 * every] }),
    ],
    [service('S', 'X')],
  );
  const story = scenario(HOUR, [
    [10, crash('X')],
    [20, restore('X')],
  ]);
  const first = runs(model, story, 400).map(({ services }) => (services.S?.recovery[0] ?? Number.NaN) - 10);
  // Exponential with the sum of their rates, so the deviation is the mean.
  checkMean(first, every / size);
});

describe('a service that needs one of many is back with the first of them', () => {
  for (const size of [200, 1_000_000])
    for (const restarts of ['in', 'over'] as const)
      test(`of ${size}, restarts ${restarts} an hour: after an hour ÷ ${size}, to every level`, () => {
        const model = architecture([component('X', size, { restarts: [restarts, HOUR] })], [service('S', 'X')]);
        const traces = runs(model, scenario(2 * HOUR, [[HOUR, crash('X')]]), 400);
        checkMean(
          traces.map(({ services }) => services.S?.recovery[0] ?? Number.NaN),
          HOUR / size,
        );
        for (const { services } of traces) expect(new Set(services.S?.recovery).size).toBe(1);
      });
});

describe('doors of which several are needed', () => {
  // Each lets in one a second; whoever needs two of three takes two of the three admissions that there are.
  for (const size of [60, 600, 60_000])
    test(`two of three let ${size} in at half of what the three do together`, () => {
      const rate = size / 600;
      const model = architecture(
        [
          ...['A', 'B', 'C'].map((name) => component(name, 1, { admits: { X: rate } })),
          component('X', size, { toStart: atLeast(2, 'A', 'B', 'C') }),
        ],
        [service('S', [], 'X')],
      );
      const story = scenario(HOUR, [
        [0, crash('X')],
        [0, restore('X')],
      ]);
      const back = (seconds: number, level: number): number => seconds / ((level * size) / (1.5 * rate));
      const { recovery } = simulate(model, story, 1).services.S ?? expect.fail();
      // What they keep at first is let in at once.
      for (const [at, level] of [0.5, 0.9, 0.95, 0.99].entries())
        expect(Math.abs(back(recovery[at] ?? Number.NaN, level) - 1)).toBeLessThan(size === 60 ? 0.15 : 0.015);
      if (size > 600) return;
      const one = simulateInstances(model, story, [0.5, 0.9, 0.95, 0.99], [HOUR], chance(1)).recovery.S ?? [];
      one.forEach((seconds, at) => {
        expect(Math.abs(seconds / (recovery[at] ?? Number.NaN) - 1)).toBeLessThan(0.02);
      });
    });
});

test('also in a circle of needs, who waits for room joins at the moment at which there is some', () => {
  const model = architecture(
    [component('Server', 10, { needs: 'Client', serves: { Client: 2 } }), component('Client', 20, { needs: 'Server' })],
    [service('S', 'Server', 'Client')],
  );
  const story = scenario(HOUR, [
    [10, { kind: 'add', target: 'Client', count: 20 }],
    [70, { kind: 'add', target: 'Server', count: 10 }],
  ]);
  const { services } = simulate(model, story, 1);
  expect(services.S).toMatchObject({ lowest: 0.5, recovery: [0, MINUTE, MINUTE, MINUTE] });
});

test('steps of one moment are one: nobody joins between them', () => {
  const model = architecture([
    component('A', 1, { serves: { X: 100 } }),
    component('B', 1, { serves: { X: 100 } }),
    component('X', 100, { needs: or('A', 'B') }),
  ]);
  const story = scenario(100, [
    [10, crash('A')],
    [10, crash('B')],
  ]);
  const { X } = simulate(model, story, 1, { everySeconds: 100 }).components;
  expect([X?.up[1], X?.joined[1]]).toEqual([0, 0]);
});

test('above its limit by a hundredth, a pool loses e^(−q t), all the time', () => {
  const [size, limit, loss] = [20_000, 1.5, 0.1 / MINUTE];
  const model = architecture([
    component('X', size, { serves: { C: 10 }, overloads: [limit, loss] }),
    component('C', size * 10 * limit * 1.01, { needs: 'X' }),
  ]);
  const traces = runs(model, scenario(30, []), 30);
  const lost = upAt(traces, 'X', 1).map((up) => size - up);
  checkMean(lost, size * (1 - Math.exp(-loss * 30)));
});

test('the lowest level and the way back count from the first step on, its own change included', () => {
  const model = architecture(
    [component('A', 3, { serves: { X: 20 } }), component('X', 100, { needs: 'A' })],
    [service('S', 'A', 'X')],
  );
  const story = scenario(100, [[50, { kind: 'add', target: 'A', count: 2 }]]);
  expect(simulate(model, story, 1).services.S).toMatchObject({ lowest: 1, recovery: [0, 0, 0, 0] });
});
