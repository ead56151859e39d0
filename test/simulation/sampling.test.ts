import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Architecture, Scenario } from '../../language/core/model/index.ts';
import { type ComponentTrace, compile, run, simulate, type Trace } from '../../language/core/simulation/index.ts';
import { VACANT } from '../../language/core/simulation/program.ts';
import { architecture, component, crash, HOUR, MINUTE, PATCH_TUESDAY, SKYPE_2007, scenario, service } from './build.ts';
import { systems } from './generate.ts';
import { scaledSystems } from './generate-small.ts';
import { mean } from './statistics.ts';

/** A trace is a function of architecture, scenario and seed: how often it is sampled is not among them. */

const QUANTITIES: readonly (keyof ComponentTrace)[] = ['up', 'starting', 'down', 'load', 'joined'];

/** Everything of a trace at its sample of that time, and what it says of the whole run. */
function seenAt(trace: Trace, seconds: number): unknown {
  const at = trace.times.indexOf(seconds);
  if (at < 0) throw new Error(`no sample at ${seconds} s`);
  const components = Object.entries(trace.components).map(([name, of]) => [name, QUANTITIES.map((one) => of[one][at])]);
  const services = Object.entries(trace.services).map(([name, of]) => [name, of.level[at], of.lowest, of.recovery]);
  return { components, services };
}

function checkSame(model: Architecture, story: Scenario, seed: number, coarse: number, times: number): void {
  const seldom = simulate(model, story, seed, { everySeconds: coarse * times });
  const often = simulate(model, story, seed, { everySeconds: coarse });
  for (const seconds of seldom.times) expect(seenAt(seldom, seconds)).toEqual(seenAt(often, seconds));
  const usual = simulate(model, story, seed);
  for (const seconds of [0, story.horizonSeconds]) expect(seenAt(usual, seconds)).toEqual(seenAt(often, seconds));
}

describe('however often it is sampled, a run is the same to the bit', () => {
  const often = fc.record({ every: fc.constantFrom(7, 15, 60, 613), times: fc.integer({ min: 2, max: 40 }) });

  test('any architecture under any scenario', () => {
    fc.assert(
      fc.property(systems, often, ({ model, story, seed }, { every, times }) =>
        checkSame(model, story, seed, every, times),
      ),
      { numRuns: 80, seed: 2007 },
    );
  }, 120_000);

  test('pools near what they can carry, of hundreds and thousands', () => {
    fc.assert(
      fc.property(scaledSystems(60), fc.nat(), often, ({ model, story }, seed, { every, times }) =>
        checkSame(model, story, seed, every, times),
      ),
      { numRuns: 60, seed: 2010 },
    );
  }, 120_000);

  test('the example of the language, at any minute', () => {
    const story = { ...PATCH_TUESDAY, horizonSeconds: 12 * HOUR };
    checkSame(SKYPE_2007, story, 1, MINUTE, 7);
    checkSame(SKYPE_2007, story, 2, 1, 613);
  });
});

describe('between two steps', () => {
  test('samples are whole, add up, and joins never become fewer', () => {
    fc.assert(
      fc.property(systems, ({ model, story, seed }) => {
        const program = compile(model, story, { everySeconds: 3.7 });
        const trace = run(program, seed);
        for (const { name, comeback } of program.programs.flatMap(({ pools }) => pools)) {
          const { up, starting, down, joined } = trace.components[name] ?? expect.fail();
          trace.times.forEach((_, at) => {
            for (const counts of [up, starting, down, joined]) {
              if (!((counts[at] ?? -1) >= 0 && Number.isInteger(counts[at]))) throw new Error(`${name}: ${counts[at]}`);
            }
            if (comeback === VACANT) expect(starting[at]).toBe(0);
            if (at > 0 && (joined[at] ?? 0) < (joined[at - 1] ?? 0)) throw new Error(`${name}: joins taken back`);
          });
        }
      }),
      { numRuns: 60, seed: 2007 },
    );
  }, 120_000);

  test('who comes back at exponential times is on the exact curve at every second', () => {
    const count = 100_000;
    const model = architecture([component('X', count, { restarts: ['in', HOUR] })], [service('S', [], 'X')]);
    const program = compile(model, scenario(40 * HOUR, [[MINUTE, crash('X')]]), { everySeconds: 20 });
    const traces = Array.from({ length: 40 }, (_, seed) => run(program, seed));
    for (let at = 4; at < 1000; at++) {
      const exact = count * (1 - Math.exp(-((program.times[at] ?? 0) - MINUTE) / HOUR));
      const measured = mean(traces.map((trace) => trace.components.X?.up[at] ?? 0));
      expect(Math.abs(measured / exact - 1), `at ${program.times[at]} s: ${measured}, exact ${exact}`).toBeLessThan(
        0.01,
      );
    }
  });

  test('what a scenario does is there at its own moment, and not before', () => {
    const model = architecture([component('X', 1_000)], [service('S', [], 'X')]);
    const { X } = simulate(model, scenario(HOUR, [[15, crash('X')]]), 1, { everySeconds: 1 }).components;
    expect(Array.from(X?.up.subarray(13, 17) ?? [])).toEqual([1_000, 1_000, 0, 0]);
  });
});
