import { describe, expect, test } from 'vitest';
import {
  advanced,
  defaultSpeed,
  soughtTo,
  speedsFor,
  startOf,
  toggled,
  withSpeed,
} from '../../webview/application/recovery/clock.ts';
import { eventAt, eventsOf, nextEvent, previousEvent } from '../../webview/application/recovery/events.ts';
import { recovery } from './samples.ts';

const HOUR = 3600;

describe('The clock', () => {
  const playing = withSpeed(startOf(72 * HOUR, true), HOUR);

  test('goes as fast as its speed says, and stops at the end', () => {
    expect(advanced(playing, 0.5)).toMatchObject({ atSeconds: 1800, playing: true });
    expect(advanced(playing, 100)).toMatchObject({ atSeconds: 72 * HOUR, playing: false });
    expect(advanced({ ...playing, playing: false }, 1).atSeconds).toBe(0);
  });

  test('begins again from the end, and goes on from anywhere else', () => {
    const end = advanced(playing, 100);
    expect(toggled(end)).toMatchObject({ atSeconds: 0, playing: true });
    expect(toggled(soughtTo(end, HOUR))).toMatchObject({ atSeconds: HOUR, playing: true });
  });

  test('stops where it is sent, within the run', () => {
    expect(soughtTo(playing, HOUR)).toMatchObject({ atSeconds: HOUR, playing: false });
    expect(soughtTo(playing, -1).atSeconds).toBe(0);
    expect(soughtTo(playing, Number.NaN).atSeconds).toBe(0);
    expect(soughtTo(playing, 1e9).atSeconds).toBe(72 * HOUR);
  });

  test('plays a whole run in about half a minute', () => {
    for (const horizon of [600, 2 * HOUR, 8 * HOUR, 72 * HOUR, 30 * 24 * HOUR]) {
      const seconds = horizon / defaultSpeed(horizon);
      expect(seconds).toBeGreaterThan(15);
      expect(seconds).toBeLessThan(60);
    }
    expect(defaultSpeed(72 * HOUR)).toBe(2 * HOUR);
  });

  test('has at least one speed for any run', () => {
    for (const horizon of [0, 0.001, 1, 1e15]) expect(speedsFor(horizon).length).toBeGreaterThan(0);
  });
});

describe('The events of a recovery', () => {
  const events = eventsOf(recovery());
  test('what a service does before the first step is no way back', () => {
    const [first] = recovery().results;
    const played = [1, 0.5, 1, 1, 1, 1];
    const services = (first?.services ?? []).map((service) => ({ ...service, played }));
    const kinds = eventsOf(recovery({ services })).map(({ kind }) => kind);
    expect(kinds).not.toContain('back');
  });

  test('are its steps, what was expected, and what came', () => {
    expect(events).toEqual([
      { atSeconds: 0, kind: 'start', text: 'Everything is up', short: 'Everything is up' },
      { atSeconds: 25, kind: 'step', text: 'crash Client', short: 'crash Client' },
      { atSeconds: 45, kind: 'deadline', text: 'Calling should be back to 95%', short: '95% due' },
      { atSeconds: 50, kind: 'back', text: 'Calling is back to 95%', short: 'back to 95%', result: 0 },
    ]);
  });

  test('name the architecture where there are several, and stand together where they coincide', () => {
    const both = eventsOf(recovery({}, { title: 'Hosted' }));
    expect(both.map(({ text }) => text)).toEqual([
      'Everything is up',
      'crash Client',
      'Calling should be back to 95%',
      'Telephony: Calling is back to 95%; Hosted: Calling is back to 95%',
    ]);
    expect(both.at(-1)?.result).toBeUndefined();
  });

  test('are gone through one by one in both directions', () => {
    expect(nextEvent(events, 0)?.atSeconds).toBe(25);
    expect(nextEvent(events, 25)?.atSeconds).toBe(45);
    expect(nextEvent(events, 50)).toBeUndefined();
    expect(previousEvent(events, 30)?.atSeconds).toBe(25);
    expect(previousEvent(events, 25)?.atSeconds).toBe(0);
    expect(previousEvent(events, 0)).toBeUndefined();
    expect(eventAt(events, 44)?.kind).toBe('step');
  });
});
