import { describe, expect, test } from 'vitest';
import type { Component } from '../../language/core/model/index.ts';
import type { Trace } from '../../language/core/simulation/index.ts';
import { checkMean, runs, upAt } from './averages.ts';
import { architecture, component, crash, MINUTE, or, scenario, service, type Traits } from './build.ts';

/** Who is promoted joins what it needs itself, as anybody does: in bulk as one by one. */

const SIZES = [40, 4_000];

describe('promotion stops where the promoted needs have no room', () => {
  for (const size of SIZES) {
    const rate = size / 100;
    const half = size / 2;
    const checkFills = (name: string, hubs: readonly Component[], traits: Traits, room: number): void =>
      test(`${name}: ${room} of ${size}`, () => {
        const model = architecture([
          component('Seed', 1),
          ...hubs,
          component('Super', size, { ...traits, promotedFrom: ['Seed', rate] }),
        ]);
        const traces = runs(model, scenario(400, [[0, crash('Super')]]), 10);
        for (const at of [1, 2, 4]) checkMean(upAt(traces, 'Super', at), Math.min(room, 10 * at * rate));
        for (const trace of traces) checkNeverAbove(trace, room);
        for (const up of upAt(traces, 'Super', 40)) expect(up).toBe(room);
      });

    checkFills('at one', [component('Hub', 2, { serves: { Super: size / 4 } })], { needs: 'Hub' }, half);
    checkFills(
      'at the fuller of two',
      [component('Hub', 1, { serves: { Super: half } }), component('Yard', 1, { serves: { Super: size } })],
      { needs: ['Yard', 'Hub'] },
      half,
    );
    checkFills(
      'at both of two',
      [component('Hub', 1, { serves: { Super: half } }), component('Yard', 1, { serves: { Super: size / 4 } })],
      { needs: or('Yard', 'Hub') },
      0.75 * size,
    );
  }
});

function checkNeverAbove({ components }: Trace, room: number): void {
  for (const up of components.Super?.up.subarray(1) ?? []) expect(up).toBeLessThanOrEqual(room);
}

describe('promotion waits for what the promoted needs', () => {
  for (const size of SIZES)
    for (const traits of [{ needs: 'Core' }, { toStart: 'Core' }] as const)
      test(`${Object.keys(traits)}: none of ${size} before it is back, and from then on r a second`, () => {
        const rate = size / 1_000;
        const model = architecture([
          component('Seed', 1),
          component('Core', 1, { restarts: ['after', 5 * MINUTE] }),
          component('Super', size, { ...traits, promotedFrom: ['Seed', rate] }),
        ]);
        const story = scenario(900, [
          [0, crash('Core')],
          [0, crash('Super')],
        ]);
        const traces = runs(model, story, 50);
        for (const trace of traces)
          expect(Array.from(trace.components.Super?.up.subarray(1, 7) ?? [])).toEqual([0, 0, 0, 0, 0, 0]);
        for (const at of [8, 12, 18]) checkMean(upAt(traces, 'Super', at), rate * (50 * at - 300));
      });

  test('what it needs is lost again meanwhile: it stays as it is', () => {
    const model = architecture(
      [
        component('Seed', 1),
        component('Core', 1),
        component('Super', 4_000, { needs: 'Core', promotedFrom: ['Seed', 10] }),
      ],
      [service('S', 'Super')],
    );
    const story = scenario(600, [
      [0, crash('Super')],
      [100, crash('Core')],
    ]);
    for (const { components, services } of runs(model, story, 100)) {
      const up = Array.from(components.Super?.up.subarray(1) ?? []);
      expect(new Set(up).size).toBe(1);
      expect(Math.abs((up[0] ?? 0) - 1_000)).toBeLessThan(200);
      expect(services.S?.level.at(-1)).toBe(0);
    }
  });
});

describe('a pool promoted from a promoted pool', () => {
  // dA/dt = a, dB/dt = b A: from nothing, A = a t and B = a b t² ÷ 2, until one of them is full.
  for (const size of SIZES)
    test(`by share of it grows as a b t² ÷ 2: ${size}`, () => {
      const [a, b] = [size / 2_000, 1 / 1_000];
      const model = architecture([
        component('Seed', 1),
        component('Relay', size, { promotedFrom: ['Seed', a] }),
        component('Super', size, { promotedFrom: ['Relay', b, 'share'] }),
      ]);
      const story = scenario(900, [
        [0, crash('Relay')],
        [0, crash('Super')],
      ]);
      const traces = runs(model, story, 100, 200);
      for (const at of [3, 6, 9]) {
        checkMean(upAt(traces, 'Relay', at), a * 100 * at);
        checkMean(upAt(traces, 'Super', at), (a * b * (100 * at) ** 2) / 2);
      }
    });

  // The first of A comes after an exponential time of mean 1 ÷ a; B grows by b a second from then on.
  for (const size of SIZES)
    test(`by count has to wait for the first of it: ${size}`, () => {
      const [a, b] = [0.02, size / 1_000];
      const model = architecture([
        component('Seed', 1),
        component('Relay', size, { promotedFrom: ['Seed', a] }),
        component('Super', size, { promotedFrom: ['Relay', b] }),
      ]);
      const story = scenario(500, [
        [0, crash('Relay')],
        [0, crash('Super')],
      ]);
      const traces = runs(model, story, 100, 200);
      for (const at of [1, 3, 5]) {
        const seconds = 100 * at;
        checkMean(upAt(traces, 'Super', at), b * (seconds - (1 - Math.exp(-a * seconds)) / a));
      }
    });
});
