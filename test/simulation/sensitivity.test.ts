import { describe, expect, test } from 'vitest';
import type { Architecture, Expectation } from '../../language/core/model/index.ts';
import { type NumberSensitivity, type Sensitivity, sensitivity } from '../../language/core/simulation/index.ts';
import { numbersOf } from '../../language/core/simulation/numbers.ts';
import { helpDelaysOf, withHelpDelay } from '../../language/core/simulation/scenario-numbers.ts';
import {
  add,
  architecture,
  component,
  crash,
  HOUR,
  MINUTE,
  or,
  restore,
  SKYPE_2007,
  scenario,
  service,
} from './build.ts';

const options = { runs: 20, seed: 1 };

const numberOf = ({ numbers }: Sensitivity, name: string, what: NumberSensitivity['what']): NumberSensitivity =>
  numbers.find((one) => one.component === name && one.what === what) ?? expect.fail();

const backWithin = (withinSeconds: number, level = 0.9): Expectation => ({
  kind: 'backTo',
  service: 'S',
  level,
  withinSeconds,
});

const turnOf = ({ turns }: NumberSensitivity, index = 0): number => {
  const turn = turns[index] ?? expect.fail();
  return turn.kind === 'at' ? turn.value : expect.fail();
};

/** Nobody is served until supernodes have been promoted, at `perMinute` from one seed: half is back after n ÷ 2 r. */
const promoted = (perMinute: number): Architecture =>
  architecture(
    [
      component('Seed', 1),
      component('Super', 20_000, { party: 'users', serves: { X: 10 }, promotedFrom: ['Seed', perMinute / MINUTE] }),
      component('X', 200_000, { needs: 'Super' }),
    ],
    [service('S', 'Super', 'X')],
  );

describe('the recovery time moves with a number as its closed form does', () => {
  test('with promotions, inversely; the value that would just meet an expectation is the one that the form gives', () => {
    const story = scenario(10 * HOUR, [[0, crash('Super')]], [backWithin(2 * HOUR, 0.5)]);
    // At 50 a minute half of 20,000 take 200 minutes; 120 are allowed, so 83⅓ a minute are needed.
    const result = sensitivity(promoted(50), story, options);
    expect(result.complete).toBe(true);
    expect(result.verdicts[0]?.holds).toBe(false);
    const now = result.services.S?.p50 ?? Number.NaN;
    expect(now / MINUTE / 200).toBeCloseTo(1, 1);
    const rate = numberOf(result, 'Super', 'promotions');
    expect(rate.place).toEqual({ kind: 'property', element: 'Super', property: 'promoted' });
    expect((rate.less.services.S?.p50 ?? 0) / now).toBeCloseTo(1 / 0.8, 1);
    expect((rate.more.services.S?.p50 ?? 0) / now).toBeCloseTo(1 / 1.2, 1);
    expect(Math.abs((turnOf(rate) * MINUTE) / (10_000 / 120) - 1)).toBeLessThan(0.03);
  });

  test('with the restart time, in proportion; L is reached after T ln 1/(1 − L)', () => {
    const model = architecture([component('X', 1_000_000, { restarts: ['in', 10 * MINUTE] })], [service('S', [], 'X')]);
    const story = scenario(5 * HOUR, [[0, crash('X')]], [backWithin(HOUR, 0.9), backWithin(10 * MINUTE, 0.9)]);
    const restart = numberOf(sensitivity(model, story, options), 'X', 'restart time');
    const exact = (seconds: number): number => seconds * Math.log(10);
    for (const { value, services } of [restart.less, restart.more])
      expect(Math.abs((services.S?.p50 ?? 0) / exact(value) - 1)).toBeLessThan(0.01);
    // The first holds, and does up to HOUR ÷ ln 10; the second is missed, and would hold from 10 min ÷ ln 10 on down.
    expect(Math.abs(turnOf(restart, 0) / (HOUR / Math.log(10)) - 1)).toBeLessThan(0.02);
    expect(Math.abs(turnOf(restart, 1) / ((10 * MINUTE) / Math.log(10)) - 1)).toBeLessThan(0.02);
  });

  test('with admissions and those who admit, alike; whole numbers are found to the one', () => {
    const model = architecture(
      [component('Door', 10, { admits: { X: 5 } }), component('X', 36_000, { toStart: 'Door' })],
      [service('S', [], 'X')],
    );
    // 36,000 at 50 a second take 12 min; within 5 min, 90% of them need 108 a second, or 22 doors.
    const story = scenario(
      HOUR,
      [
        [0, crash('X')],
        [0, restore('X')],
      ],
      [backWithin(5 * MINUTE, 0.9)],
    );
    const result = sensitivity(model, story, options);
    expect(turnOf(numberOf(result, 'Door', 'instances'))).toBe(22);
    expect(Math.abs(turnOf(numberOf(result, 'Door', 'admissions')) / 10.8 - 1)).toBeLessThan(0.011);
    expect(numberOf(result, 'Door', 'admissions').place).toEqual({ kind: 'admits', element: 'Door', index: 0 });
  });

  test('and every value that would meet an expectation does so when it is put in, where luck decides as well', () => {
    // Half an hour is the mean of the restarts, so whether 95% of the room is there in time differs from run to run.
    const model = architecture(
      [
        component('Hub', 50, { serves: { X: 20_000 }, restarts: ['in', HOUR / 2] }),
        component('X', 900_000, { needs: 'Hub' }),
      ],
      [service('S', 'Hub', 'X')],
    );
    const story = scenario(6 * HOUR, [[0, crash('Hub')]], [backWithin(HOUR / 2, 0.95)]);
    const asked = { runs: 40, seed: 1 };
    const result = sensitivity(model, story, asked);
    expect(result.verdicts[0]?.holds).toBe(false);
    const turning = result.numbers.filter(({ turns }) => turns[0]?.kind === 'at');
    expect(turning.map(({ component: name, what }) => `${name} ${what}`)).toContain('Hub capacity');
    for (const found of turning) {
      const number = numbersOf(model).find(({ id }) => id === found.id);
      if (number === undefined) continue;
      const value = turnOf(found);
      expect(Number(value.toPrecision(3))).toBeCloseTo(value, 9);
      const changed = sensitivity(number.replaced(value), story, { ...asked, shouldStop: () => true });
      expect(changed.verdicts[0]?.holds, `${found.id} ${value}`).toBe(true);
    }
  });

  test('with instances that the company would run itself, as room does: at once as many as have a place', () => {
    // Within a minute some 50 are promoted: for half of 200,000 the company must have room for all but 500.
    const story = scenario(HOUR, [[0, crash('Super')]], [backWithin(MINUTE, 0.5)]);
    const own = numberOf(sensitivity(promoted(50), story, options), 'Super', 'own instances');
    expect(turnOf(own)).toBeGreaterThan(9_900);
    expect(turnOf(own)).toBeLessThanOrEqual(10_000);
    expect([own.value, own.less.value, own.more.value]).toEqual([0, 0, 0]);
  });

  test('not at all where it plays no part: no value would do', () => {
    const story = scenario(HOUR, [[0, crash('Super')]], [backWithin(MINUTE, 0.5)]);
    const seeds = numberOf(sensitivity(promoted(50), story, options), 'Seed', 'instances');
    expect(seeds.turns).toEqual([{ kind: 'none' }]);
    expect(seeds.less.services).toEqual(seeds.more.services);
  });
});

describe('the recovery time moves with a number of the scenario as its closed form does', () => {
  test('with the share that crashes: what is down is f e^(−t/T)', () => {
    const model = architecture([component('X', 1_000_000, { restarts: ['in', 10 * MINUTE] })], [service('S', [], 'X')]);
    const story = scenario(5 * HOUR, [[HOUR, crash('X', 0.5)]], [backWithin(10 * MINUTE)]);
    const result = sensitivity(model, story, options);
    const share = numberOf(result, 'X', 'share crashed');
    const exact = (part: number): number => 10 * MINUTE * Math.log(part / 0.1);
    for (const { value, services } of [share.less, share.more])
      expect(Math.abs((services.S?.p50 ?? 0) / exact(value) - 1)).toBeLessThan(0.01);
    expect([share.value, share.less.value, share.more.value]).toEqual([0.5, 0.4, 0.6]);
    // No more is down after one mean time than e times what may be.
    expect(Math.abs(turnOf(share) / (0.1 * Math.E) - 1)).toBeLessThan(0.02);
  });

  const hubs = architecture(
    [
      component('Super', 1_000, { party: 'users', serves: { X: 10 } }),
      component('Own', 1, { serves: { X: 10 } }),
      component('X', 10_000, { needs: or('Super', 'Own') }),
    ],
    [service('S', or('Super', 'Own'), 'X')],
  );

  test('with the instances that are added, to the one: as many as half of all have room at', () => {
    const story = scenario(
      5 * HOUR,
      [
        [HOUR, crash('Super')],
        [2 * HOUR, add('Own', 400)],
      ],
      [backWithin(2 * HOUR, 0.5)],
    );
    const added = numberOf(sensitivity(hubs, story, options), 'Own', 'instances added');
    expect(added.less.services.S?.p50).toBeNull();
    expect(added.more.value).toBe(480);
    // 500 have room for half; one has been there before.
    expect(turnOf(added)).toBe(499);
  });

  test('with how long after the first step help comes, one to one', () => {
    const story = scenario(
      5 * HOUR,
      [
        [HOUR, crash('Super')],
        [3 * HOUR, restore('Super')],
      ],
      [backWithin(HOUR, 0.5)],
    );
    const result = sensitivity(hubs, story, options);
    const delay = numberOf(result, 'Super', 'delay of restoring');
    expect(result.services.S?.p50).toBe(2 * HOUR);
    expect([delay.value, delay.less.value, delay.more.value]).toEqual([2 * HOUR, 1.6 * HOUR, 2.4 * HOUR]);
    expect(delay.less.services.S?.p50).toBeCloseTo(1.6 * HOUR, 6);
    expect(delay.more.services.S?.p50).toBeCloseTo(2.4 * HOUR, 6);
    expect(Math.abs(turnOf(delay) / HOUR - 1)).toBeLessThan(0.02);
    expect(turnOf(delay)).toBeLessThanOrEqual(HOUR);
    expect(delay.place).toBeUndefined();
  });

  test('what helps may come before what else happens, and never before the first step or after the end', () => {
    const story = scenario(4 * HOUR, [
      [HOUR, crash('Super', 0.5)],
      [2 * HOUR, crash('Own')],
      [3 * HOUR, restore('Super')],
    ]);
    const [delay] = helpDelaysOf(story);
    if (!delay) return expect.fail();
    const after = (seconds: number) =>
      withHelpDelay(story, delay, seconds).steps.map(({ atSeconds, action: { kind } }) => [kind, atSeconds / HOUR]);
    expect(after(HOUR / 2)).toEqual([
      ['crash', 1],
      ['restore', 1.5],
      ['crash', 2],
    ]);
    expect(after(9 * HOUR)).toEqual([
      ['crash', 1],
      ['crash', 2],
      ['restore', 4],
    ]);
    expect(helpDelaysOf(scenario(HOUR, [[0, restore('Super')]]))).toEqual([]);
  });
});

describe('numbers', () => {
  test('are all those of the model, each at its place, and each put in its place', () => {
    const numbers = numbersOf(SKYPE_2007);
    expect(numbers.map(({ component: name, what }) => `${name}: ${what}`)).toEqual([
      'LoginServer: instances',
      'LoginServer: admissions',
      'LoginServer: restart time',
      'Client: instances',
      'Client: restart time',
      'Client: first retry',
      'Client: longest retry',
      'Client: share exposed',
      'SuperNode: instances',
      'SuperNode: capacity',
      'SuperNode: promotions',
      'SuperNode: overload limit',
      'SuperNode: overload loss',
      'SuperNode: share exposed',
    ]);
    for (const { component: name, what, value, replaced } of numbers) {
      expect(replaced(value)).toEqual(SKYPE_2007);
      const changed = numbersOf(replaced(value * 0.9));
      expect(
        changed.filter((one, at) => one.value !== numbers[at]?.value).map((one) => [one.component, one.what]),
      ).toEqual([[name, what]]);
    }
  });

  test('that are shares stay below 100%, and counts whole and above 0', () => {
    const model = architecture(
      [component('X', 2, { exposed: { H: 0.9 }, restarts: ['in', MINUTE] })],
      [service('S', [], 'X')],
    );
    const story = scenario(HOUR, [[0, { kind: 'strike', hazard: 'H' }]]);
    const result = sensitivity(model, story, options);
    expect(numberOf(result, 'X', 'share exposed').more.value).toBe(1);
    expect(numberOf(result, 'X', 'instances').less.value).toBe(2);
  });
});

test('it stops where it is told to, and says so', () => {
  const told: string[] = [];
  const story = scenario(HOUR, [[0, crash('Super')]]);
  const result = sensitivity(promoted(50), story, {
    ...options,
    shouldStop: () => told.length >= 2,
    onProgress: (done, of) => told.push(`${done} of ${of}`),
  });
  expect(told).toEqual(['1 of 7', '2 of 7']);
  expect(result.complete).toBe(false);
  expect(result.numbers.length).toBe(2);
});
