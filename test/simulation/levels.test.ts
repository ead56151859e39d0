import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NeedExpression } from '../../language/core/model/index.ts';
import { simulate } from '../../language/core/simulation/index.ts';
import { and, architecture, atLeast, component, crash, MINUTE, or, ref, scenario, service } from './build.ts';

/** The level of a service, from what is up: `and` is the least, `or` the sum up to 1, `k of` the k-th largest. */

const NAMES = ['A', 'B', 'C', 'D'];

/** k of what is said; a level counts as the k-th largest if k are no lower, and no k are higher. */
const kOf = (count: number, levels: readonly number[]): number =>
  levels.find(
    (one) =>
      levels.filter((other) => other >= one).length >= count && levels.filter((other) => other > one).length < count,
  ) ?? expect.fail();

describe('a service that needs k of four', () => {
  const lowest = (count: number, lost: number, served: boolean): number => {
    const traits = served ? { serves: { X: 25 } } : {};
    const model = architecture(
      [...NAMES.map((name) => component(name, 2, traits)), component('X', 50)],
      [service('S', atLeast(count, ...NAMES), 'X')],
    );
    const steps = NAMES.slice(0, lost).map((name) => [MINUTE, crash(name)] as const);
    return simulate(model, scenario(10 * MINUTE, steps), 1).services.S?.lowest ?? Number.NaN;
  };

  test('bears the loss of as many as it can do without, and of no more', () => {
    const borne = (count: number): number[] => [0, 1, 2, 3, 4].map((lost) => lowest(count, lost, false));
    expect(borne(1)).toEqual([1, 1, 1, 1, 0]);
    expect(borne(2)).toEqual([1, 1, 1, 0, 0]);
    expect(borne(3)).toEqual([1, 1, 0, 0, 0]);
    expect(borne(4)).toEqual([1, 0, 0, 0, 0]);
    for (const count of [1, 2, 3, 4])
      expect([0, 1, 2, 3, 4].map((lost) => lowest(count, lost, true))).toEqual(borne(count));
  });

  test('has the level of the k-th best of those that serve its population', () => {
    // Room for all, three quarters, half and a quarter of it.
    const model = (count: number) =>
      architecture(
        [
          ...[4, 3, 2, 1].map((instances, at) => component(NAMES[at] ?? '', instances, { serves: { X: 25 } })),
          component('X', 100),
        ],
        [service('S', atLeast(count, ...NAMES), 'X')],
      );
    const levels = [1, 2, 3, 4].map((count) => simulate(model(count), scenario(MINUTE, []), 1).services.S?.lowest);
    expect(levels).toEqual([1, 0.75, 0.5, 0.25]);
  });
});

const { need } = fc.letrec<{ need: NeedExpression }>((tie) => {
  const operands = (least: number) => fc.array(tie('need'), { minLength: least, maxLength: 4 });
  return {
    need: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 3, arbitrary: fc.constantFrom(...NAMES).map(ref) },
      operands(2).map((list) => and(...list)),
      operands(2).map((list) => or(...list)),
      fc
        .tuple(operands(3), fc.integer({ min: 1, max: 4 }))
        .map(([list, count]) => atLeast(Math.min(count, list.length), ...list)),
    ),
  };
});

test('rooms that are enough together are enough, whatever their shares', () => {
  for (const parts of [
    [1, 1, 1, 1, 1, 1],
    [7, 2, 1],
    [7, 1],
    [3, 3, 4],
    [1, 5, 1, 5, 1],
  ]) {
    const all = parts.reduce((sum, part) => sum + part, 0);
    const pools = parts.map((part, at) => component(`P${at}`, part, { serves: { U: 1 } }));
    const need = or(...pools.map(({ name }) => name));
    const model = architecture([...pools, component('U', all)], [service('S', need, 'U')]);
    const trace = simulate(model, scenario(MINUTE, []), 1);
    expect(trace.services.S?.lowest).toBe(1);
    expect(Array.from(trace.services.S?.level ?? []).every((one) => one === 1)).toBe(true);
    // What is left of them is what is left, too.
    const lost = simulate(model, scenario(MINUTE, [[1, crash('P0')]]), 1);
    expect(lost.services.S?.lowest).toBe((all - (parts[0] as number)) / all);
  }
});

test('any need has the level that its words say, at every sample', () => {
  const pool = fc.record({ instances: fc.integer({ min: 1, max: 12 }), room: fc.integer({ min: 0, max: 30 }) });
  fc.assert(
    fc.property(
      fc.array(pool, { minLength: 4, maxLength: 4 }),
      fc.array(need, { minLength: 1, maxLength: 2 }),
      fc.constantFrom(0.3, 0.7, 1),
      fc.integer({ min: 1, max: 1e6 }),
      (pools, needs, share, seed) => {
        const population = 100;
        const components = pools.map(({ instances, room }, at) =>
          component(NAMES[at] ?? '', instances, { ...(room > 0 && { serves: { X: room } }), restarts: ['in', MINUTE] }),
        );
        const model = architecture([...components, component('X', population)], [service('S', needs, 'X')]);
        const story = scenario(10 * MINUTE, [
          [MINUTE, crash('A', share)],
          [2 * MINUTE, crash('B', share)],
          [2 * MINUTE, crash('C', share)],
        ]);
        const trace = simulate(model, story, seed);
        const levelOf = (expression: NeedExpression, at: number): number => {
          if (expression.kind === 'reference') {
            const { room } = pools[NAMES.indexOf(expression.name)] ?? expect.fail();
            const up = trace.components[expression.name]?.up[at] ?? Number.NaN;
            return room === 0 ? Number(up > 0) : Math.min(1, (room * up) / population);
          }
          const levels = expression.operands.map((operand) => levelOf(operand, at));
          if (expression.kind === 'or')
            return Math.min(
              1,
              levels.reduce((sum, one) => sum + one, 0),
            );
          return kOf(expression.kind === 'atLeast' ? expression.count : levels.length, levels);
        };
        for (let at = 0; at < trace.times.length; at++) {
          const exact = kOf(
            needs.length,
            needs.map((one) => levelOf(one, at)),
          );
          expect(Math.abs((trace.services.S?.level[at] ?? Number.NaN) - exact)).toBeLessThan(1e-12);
        }
      },
    ),
    { numRuns: 150 },
  );
});
