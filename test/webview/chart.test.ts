import { describe, expect, test } from 'vitest';
import {
  chartedServices,
  curvesOf,
  expectationLines,
  timeTicks,
} from '../../webview/application/recovery/chart-data.ts';
import { contrastOf, parseColour, type Rgb, readable } from '../../webview/application/recovery/colours.ts';
import { placedEvents } from '../../webview/application/recovery/event-labels.ts';
import { eventsOf, type TimelineEvent } from '../../webview/application/recovery/events.ts';
import { recovery, result } from './samples.ts';

describe('The chart', () => {
  test('puts architectures with other sample times on one axis', () => {
    const [service] = result.services;
    const coarse = service && { ...service, p10: [1, 0, 1], p50: [1, 0, 1], p90: [1, 0, 1] };
    const { times, curves } = curvesOf(
      recovery({}, { times: [0, 30, 50], services: coarse ? [coarse] : [] }),
      'Calling',
    );
    expect(times).toEqual(result.times);
    expect(curves[0]?.p50).toEqual(result.services[0]?.p50);
    expect(curves[1]?.p50).toEqual([1, 1, 1, 0, 0.5, 1]);
  });

  test('has no curve where an architecture has no such service', () => {
    expect(curvesOf(recovery({}, { services: [] }), 'Calling').curves[1]).toBeUndefined();
  });

  test('draws each expectation once, from the first step on', () => {
    expect(expectationLines(recovery({}, {}), 'Calling')).toEqual([
      { kind: 'backTo', level: 0.95, fromSeconds: 25, toSeconds: 45 },
      { kind: 'neverBelow', level: 0.2, fromSeconds: 25, toSeconds: 50 },
    ]);
  });

  test('begins with the service that something is expected of', () => {
    const [calling] = result.services;
    const services = calling ? [{ ...calling, name: 'Chat', title: 'Chatting' }, calling] : [];
    expect(chartedServices([{ ...result, services }])).toEqual([
      { name: 'Calling', title: 'Calling' },
      { name: 'Chat', title: 'Chatting' },
    ]);
  });

  test('has round times from the first step on, as many as there is room for', () => {
    const hours = (pixels: number) => timeTicks(3600, 12 * 3600, pixels).map((seconds) => seconds / 3600);
    expect(hours(400)).toEqual([1, 3, 5, 7, 9, 11]);
    expect(hours(250)).toEqual([1, 4, 7, 10]);
    expect(timeTicks(0, 0, 500)).toEqual([0]);
    for (const horizon of [1e-9, 1, 7200, 1e15]) expect(timeTicks(1, horizon, 400).length).toBeLessThan(15);
  });
});

describe('Labels of events', () => {
  const event = (atSeconds: number, kind: TimelineEvent['kind'], short: string): TimelineEvent => ({
    atSeconds,
    kind,
    text: short,
    short,
  });

  test('never lie over one another, and the least important give way', () => {
    const events = [
      event(10, 'step', 'a rather long step'),
      event(11, 'step', 'another long step'),
      event(12, 'deadline', 'a deadline'),
      event(90, 'back', 'back to 95%'),
    ];
    const placed = placedEvents(events, 400, 100);
    expect(placed.map(({ label }) => label?.row)).toEqual([0, 1, undefined, 0]);
  });

  test('stay within the time line', () => {
    const [last] = placedEvents([event(99, 'step', 'the last step')], 300, 100);
    expect(last?.label?.x).toBeLessThan(297);
    expect(placedEvents(eventsOf(recovery()), 0, 0).every(({ label }) => label === undefined)).toBe(true);
  });
});

describe('Colours', () => {
  const white: Rgb = [255, 255, 255];
  const black: Rgb = [0, 0, 0];

  test('are read as themes write them', () => {
    expect(['#89D185', '#fff', '#0078d4cc', 'rgb(1, 2, 3)', 'rgba(1 2 3 / 50%)'].map(parseColour)).toEqual([
      [137, 209, 133],
      [255, 255, 255],
      [0, 120, 212],
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(['', 'red', 'rgb(a, b, c)', '#12', 'rgb(300, 0, 0)'].map(parseColour)).toEqual(Array(5).fill(undefined));
  });

  test('go towards the foreground until they stand out', () => {
    const yellow: Rgb = [191, 136, 3];
    expect(contrastOf(yellow, white)).toBeLessThan(4.5);
    expect(contrastOf(readable(yellow, white, black, 4.5), white)).toBeGreaterThanOrEqual(4.5);
    expect(readable(black, white, black, 4.5)).toEqual(black);
    expect(contrastOf(black, white)).toBe(21);
  });
});
