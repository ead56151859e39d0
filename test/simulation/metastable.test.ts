import { describe, expect, test } from 'vitest';
import type { Component } from '../../language/core/model/index.ts';
import { compile, run, summarise } from '../../language/core/simulation/index.ts';
import { architecture, HOUR, MINUTE, PATCH_TUESDAY, SKYPE_2007 } from './build.ts';

/** Skype in August 2007 with other supernodes: r promoted a minute, with or without `overloads`. */
function skype(perMinute: number, overloads: boolean, story = PATCH_TUESDAY, runs = 9) {
  const components = SKYPE_2007.components.map((component): Component => {
    if (component.name !== 'SuperNode') return component;
    const { overload, ...rest } = component;
    return {
      ...rest,
      promotion: { source: 'Client', rate: { kind: 'count', perSecond: perMinute / MINUTE } },
      ...(overloads && overload && { overload }),
    };
  });
  const program = compile(architecture(components, SKYPE_2007.services), story);
  return summarise(
    Array.from({ length: runs }, (_, index) => run(program, index + 1)),
    story,
  );
}

describe('Skype, August 2007', () => {
  test('few survivors are overloaded and crash as fast as new ones are promoted: it never comes back', () => {
    const summary = skype(10, true);
    expect(summary.services.Calling?.recovery.map(({ p50 }) => p50)).toEqual([null, null, null, null]);
    // Promotions a minute ÷ the share lost a minute: 10 ÷ 5%.
    const late = summary.components.SuperNode?.up.mean.slice(180) ?? [];
    expect(Math.abs(late.reduce((sum, up) => sum + up, 0) / late.length - 200)).toBeLessThan(2);
    expect(summary.verdicts.map(({ holds, share }) => ({ holds, share }))).toEqual([
      { holds: false, share: 0 },
      { holds: false, share: 0 },
    ]);
  });

  test('promoted fast enough, it does', () => {
    const summary = skype(2_000, true);
    expect(summary.services.Calling?.recovery.every(({ p90 }) => p90 !== null)).toBe(true);
  });

  test('without the overload, twice the promotion rate halves the time to get back', () => {
    // 21,600 of the 24,000 that 9.6 million need are short of what is left: promotion alone is the limit.
    const back = (perMinute: number): number =>
      skype(perMinute, false).services.Calling?.recovery.find(({ level }) => level === 0.95)?.p50 ?? Number.NaN;
    const [slow, fast] = [back(10), back(20)];
    expect(slow / HOUR).toBeGreaterThan(30);
    expect(slow / fast).toBeCloseTo(2, 1);
  });
});
