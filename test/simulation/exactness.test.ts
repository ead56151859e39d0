import { describe, expect, test } from 'vitest';
import type { Action, Architecture, Scenario } from '../../language/core/model/index.ts';
import { type Compiled, compile, run, type Trace } from '../../language/core/simulation/index.ts';
import { add, architecture, component, crash, HOUR, MINUTE, restore, scenario, service } from './build.ts';

/**
 * The table "Exactness" of simulation.md, row by row: means over 200 seeds within 1% of the exact answer, or within
 * three standard errors if that is more.
 */
const SEEDS = 200;

const runs = (model: Architecture, story: Scenario, everySeconds = story.horizonSeconds / 40): Trace[] => {
  const program = compile(model, story, { everySeconds });
  return Array.from({ length: SEEDS }, (_, index) => run(program, index + 1));
};

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const variance = (values: readonly number[]): number => {
  const center = mean(values);
  return values.reduce((sum, one) => sum + (one - center) ** 2, 0) / (values.length - 1);
};

function checkMean(what: string, values: readonly number[], exact: number): void {
  const measured = mean(values);
  const error = Math.sqrt(variance(values) / values.length);
  if (process.env.FIGURES)
    console.log(
      `${what}: exact ${exact.toPrecision(6)}, measured ${measured.toPrecision(6)} ± ${error.toPrecision(2)} (${(((measured - exact) / exact) * 100).toFixed(3)}%)`,
    );
  expect(Math.abs(measured - exact), `${what}: exact ${exact}, measured ${measured} ± ${error}`).toBeLessThanOrEqual(
    Math.max(0.01 * Math.abs(exact), 3 * error),
  );
}

/** Mean up of a component at every sample after the first. */
function checkCurve(name: string, traces: readonly Trace[], exact: (seconds: number) => number): void {
  const times = traces[0]?.times ?? new Float64Array();
  for (let at = 1; at < times.length; at++) {
    const seconds = times[at] ?? 0;
    checkMean(
      `${name} up at ${seconds} s`,
      traces.map((trace) => trace.components[name]?.up[at] ?? Number.NaN),
      exact(seconds),
    );
  }
}

const recoveries = (traces: readonly Trace[], level: number): number[] =>
  traces.map((trace) => Object.values(trace.services)[0]?.recovery[trace.recoveryLevels.indexOf(level)] ?? Infinity);

describe('restart', () => {
  for (const count of [40, 1_000, 9_600_000]) {
    const model = architecture([component('X', count, { restarts: ['in', 10 * MINUTE] })], [service('S', [], 'X')]);
    const traces = runs(model, scenario(HOUR * 1.5, [[0, crash('X')]]));
    test(`${count} down, in T: up = N (1 − e^(−t/T)), binomial variance`, () => {
      const share = (seconds: number): number => 1 - Math.exp(-seconds / 600);
      checkCurve('X', traces, (seconds) => count * share(seconds));
      for (const at of [2, 5, 10]) {
        const p = share(traces[0]?.times[at] ?? 0);
        const measured = variance(traces.map((trace) => trace.components.X?.up[at] ?? 0));
        // The standard error of a variance from 200 draws is a tenth of it.
        expect(measured / (count * p * (1 - p))).toBeGreaterThan(0.7);
        expect(measured / (count * p * (1 - p))).toBeLessThan(1.3);
      }
    });
    if (count > 1_000) {
      test(`${count} down, in T: back to L after T ln 1/(1 − L)`, () => {
        for (const level of [0.5, 0.9, 0.95, 0.99])
          checkMean(`recovery ${level}`, recoveries(traces, level), -600 * Math.log(1 - level));
      });
    }
  }

  for (const count of [40, 1_000, 9_600_000]) {
    test(`${count} down, over T: up = N t ÷ T`, () => {
      const model = architecture([component('X', count, { restarts: ['over', HOUR] })], [service('S', [], 'X')]);
      const traces = runs(model, scenario(HOUR * 1.2, [[0, crash('X')]]));
      checkCurve('X', traces, (seconds) => count * Math.min(1, seconds / HOUR));
      if (count > 1_000)
        for (const level of [0.5, 0.9, 0.99]) checkMean(`recovery ${level}`, recoveries(traces, level), level * HOUR);
    });
  }

  test('after T: exactly then', () => {
    const model = architecture([component('X', 1_000, { restarts: ['after', HOUR] })], [service('S', [], 'X')]);
    const traces = runs(model, scenario(HOUR * 2, [[100, crash('X', 0.5)]]));
    expect(new Set(recoveries(traces, 0.99))).toEqual(new Set([HOUR]));
  });
});

describe('admission', () => {
  for (const [count, servers, rate] of [
    [5_000, 2, 5],
    [400, 2, 0.05],
    [9_600_000, 40, 30],
  ] as const) {
    test(`${count} waiting, admits ${servers * rate} a second in all: drained at B ÷ R`, () => {
      const model = architecture(
        [component('Door', servers, { admits: { X: rate } }), component('X', count, { toStart: 'Door' })],
        [service('S', [], 'X')],
      );
      const drained = count / (servers * rate);
      const traces = runs(
        model,
        scenario(drained * 1.2, [
          [0, crash('X')],
          [drained * 0.1, restore('X')],
        ]),
      );
      // Instances are whole, and an idle limiter keeps one admission: one more or less than the straight line.
      for (const trace of traces) {
        trace.times.forEach((seconds, at) => {
          const exact = Math.min(count, Math.max(0, (seconds - drained * 0.1) * servers * rate));
          expect(Math.abs((trace.components.X?.up[at] ?? 0) - exact)).toBeLessThanOrEqual(1.001);
        });
      }
      checkMean(
        '90%',
        traces.map((trace) => trace.services.S?.recovery[1] ?? Infinity),
        drained,
      );
    });
  }
});

describe('promotion', () => {
  for (const [size, served] of [
    [2_000, 400],
    [30, 5],
  ] as const) {
    test(`${size} supernodes lost, promoted at r: served = min(N, k r t), full at n ÷ r`, () => {
      const rate = size / HOUR;
      const model = architecture(
        [
          component('Seed', 1),
          component('Super', size, { serves: { X: served }, promotedFrom: ['Seed', rate] }),
          component('X', size * served, { needs: 'Super' }),
        ],
        [service('S', 'Super', 'X')],
      );
      const traces = runs(model, scenario(HOUR * 0.9, [[0, crash('Super')]]));
      if (size > 100) checkCurve('X', traces, (seconds) => served * rate * seconds);
      else {
        // The Poisson process is cut off at n, which lowers the mean near the end.
        for (const at of [4, 10, 20]) {
          const seconds = traces[0]?.times[at] ?? 0;
          checkMean(
            'served',
            traces.map((trace) => trace.components.X?.up[at] ?? 0),
            served * rate * seconds,
          );
        }
      }
      if (size > 100) checkMean('half', recoveries(traces, 0.5), 0.5 * HOUR);
    });
  }

  for (const [first, served] of [
    [100, 20],
    [1, 4],
  ] as const) {
    test(`promoted at p% a minute of the served: grows from ${first} as e^(p k t) until full`, () => {
      const share = 0.01 / MINUTE;
      const horizon = Math.log(200) / (share * served);
      const model = architecture(
        [
          component('Super', first, { serves: { X: served }, promotedFrom: ['X', share, 'share'] }),
          component('X', first * served, { needs: 'Super' }),
        ],
        [service('S', 'Super', 'X')],
      );
      // Full from the start, then a thousand times more are wanted and wait.
      const traces = runs(
        model,
        scenario(horizon, [
          [0, add('Super', first * 999)],
          [0, add('X', first * served * 999)],
        ]),
      );
      checkCurve('X', traces, (seconds) => first * served * Math.exp(share * served * seconds));
    });
  }

  test('all supernodes lost, clients need one to be up, promotion from up clients: never', () => {
    const model = architecture(
      [
        component('Super', 100, { serves: { X: 50 }, promotedFrom: ['X', 0.1, 'share'] }),
        component('X', 4_000, { needs: 'Super', restarts: ['in', MINUTE] }),
      ],
      [service('S', 'Super', 'X')],
    );
    for (const trace of runs(model, scenario(10 * HOUR, [[HOUR, crash('Super')]]))) {
      expect(Array.from(trace.components.X?.up.subarray(4) ?? []).every((up) => up === 0)).toBe(true);
      expect(trace.services.S?.recovery).toEqual([null, null, null, null]);
      expect(trace.services.S?.lowest).toBe(0);
    }
  });
});

describe('churn', () => {
  for (const [count, fails, back] of [
    [20, HOUR, 10 * MINUTE],
    [2_000, HOUR, 10 * MINUTE],
    [1_000_000, HOUR, MINUTE],
    [1_000_000, 10 * MINUTE, 10 * MINUTE],
  ] as const) {
    for (const way of ['in', 'after', 'over'] as const) {
      test(`${count}, fails every ${fails} s, restarts ${way} ${back} s: A ÷ (A + B) in the long run`, () => {
        const model = architecture([component('X', count, { fails, restarts: [way, back] })], [service('S', [], 'X')]);
        const traces = runs(model, scenario(count > 10_000 ? 3 * HOUR : 5 * HOUR, []), 10 * MINUTE);
        const mttr = way === 'over' ? back / 2 : back;
        const late = traces.map((trace) => mean(Array.from(trace.components.X?.up.subarray(9) ?? [])));
        checkMean('up', late, (count * fails) / (fails + mttr));
        const down = traces.map((trace) => mean(Array.from(trace.components.X?.down.subarray(9) ?? [])));
        checkMean('down', down, (count * mttr) / (fails + mttr));
      });
    }
  }
});

describe('overload', () => {
  for (const [load, lost, limit] of [
    [0.9, 0.3, 1.2],
    [0.9, 0.2, 1.2],
    [0.5, 0.7, 1.6],
    [0.5, 0.65, 1.6],
  ] as const) {
    for (const size of [30, 20_000]) {
      const survives = load / (1 - lost) <= limit;
      test(`share ${lost} of ${size} at load ${load} lost, overloads above ${limit}: survivors ${survives ? 'stay' : 'fall'}`, () => {
        const model = architecture(
          [
            component('X', size, { serves: { C: 10 }, overloads: [limit, 1 / MINUTE] }),
            component('C', Math.round(size * 10 * load), { needs: 'X' }),
          ],
          [service('S', 'X', 'C')],
        );
        for (const trace of runs(model, scenario(2 * HOUR, [[0, crash('X', lost)]]))) {
          const up = trace.components.X?.up ?? new Float64Array();
          const survivors = up[0] ?? 0;
          // By chance the share that is hit may lie on the other side: judged by what was left.
          const falls = (size * load) / survivors > limit;
          expect(up[up.length - 1] === survivors).toBe(!falls);
          if (falls && load <= limit) expect(up[up.length - 1]).toBe(0);
        }
      });
    }
  }
});

describe('retries', () => {
  const shut: readonly (readonly [number, Action])[] = [
    [0, crash('Door')],
    [0, crash('X')],
    [0, restore('X')],
  ];
  for (const count of [50, 40_000]) {
    const model = architecture([component('Door', 1), component('X', count, { toStart: 'Door', retries: [30, 1800] })]);

    test(`${count}, every 30 s up to 30 min, none let in: mean time of the n-th attempt 30, 90, 210, 450 s`, () => {
      [30, 90, 210, 450, 930, 1890].forEach((exact, at) => {
        // So long that all have made the attempt.
        const program = compile(model, scenario(16 * exact, shut));
        const means = Array.from({ length: SEEDS }, (_, seed) => meanAttemptSeconds(program, seed + 1, at + 1));
        checkMean(`attempt ${at + 1}`, means, exact);
      });
    });

    test(`${count}, the same, let in from a moment on: who has tried by then is up`, () => {
      // Opened at t, with nothing else to hinder, the door lets everybody in at his next attempt: so the time to get
      // back tells how many refusals there were. Compared with the chain of exponential times itself.
      for (const opened of [30, 90, 210, 450, 930]) {
        const reopened = runs(model, scenario(opened + 900, [...shut, [opened, restore('Door')]]), 30);
        for (const after of [30, 120, 600]) {
          checkMean(
            `up ${after} s after the door opened at ${opened} s`,
            reopened.map((trace) => trace.components.X?.up[(opened + after) / 30] ?? 0),
            count * attemptedBy(opened, after),
          );
        }
      }
    });
  }
});

/** Who has been refused n times has made n attempts: the mean time of the n-th is the area above the share that has. */
function meanAttemptSeconds(program: Compiled, seed: number, n: number): number {
  let area = 0;
  let before = { seconds: 0, share: 1 };
  run(program, seed, ({ program: { pools }, seconds, waiting, size }) => {
    const x = pools.findIndex(({ name }) => name === 'X');
    const levels: number[] = Array.from(waiting[x] ?? []);
    const left = levels.reduce((sum, count, level) => (level < n ? sum + count : sum), 0);
    const share = seconds === 0 ? 1 : left / (size[x] ?? Number.NaN);
    area += (seconds - before.seconds) * 0.5 * (before.share + share);
    before = { seconds, share };
  });
  expect(before.share).toBeLessThan(0.01);
  return area;
}

/** The share that tries in (opened, opened + after] at least once, by integrating the chain of attempts in small steps. */
function attemptedBy(opened: number, after: number): number {
  const means = [30, 60, 120, 240, 480, 960, 1800];
  let levels: number[] = means.map((_, at) => (at === 0 ? 1 : 0));
  const step = 0.1;
  const flow = (from: readonly number[]): number[] =>
    from.map((share, at) => {
      const out = at === means.length - 1 ? 0 : share / (means[at] ?? 1);
      const into = at === 0 ? 0 : (from[at - 1] ?? 0) / (means[at - 1] ?? 1);
      return into - out;
    });
  for (let t = 0; t < opened - step / 2; t += step) {
    const half = flow(levels).map((rate, at) => (levels[at] ?? 0) + (rate * step) / 2);
    levels = flow(half).map((rate, at) => (levels[at] ?? 0) + rate * step);
  }
  return levels.reduce((sum, share, at) => sum + share * (1 - Math.exp(-after / (means[at] ?? 1))), 0);
}
