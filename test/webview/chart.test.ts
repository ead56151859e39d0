import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chartedServices,
  curvesOf,
  expectationLines,
  hasBand,
  timeTicks,
} from '../../webview/application/recovery/chart-data.ts';
import { cornersAlong, cornersAround, placedWords } from '../../webview/application/recovery/chart-labels.ts';
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

test('A band is spoken of only where the runs differ', () => {
  const curve = { title: '', p10: [1, 0.5], p50: [1, 0.6], p90: [1, 0.7] };
  const alike = { ...curve, p10: [1, 0.6], p90: [1, 0.6] };
  const curves = (...all: (typeof curve | undefined)[]) => ({ times: [0, 1], curves: all, ghosts: [] });
  expect(hasBand(curves(alike, undefined))).toBe(false);
  expect(hasBand(curves(alike, curve))).toBe(true);
  // On a flank that takes one of a hundred samples.
  const flat = Array.from({ length: 100 }, () => 1);
  const steep = { title: '', p10: flat.with(7, 0.4), p50: flat, p90: flat };
  expect(hasBand(curves(steep))).toBe(false);
});

describe('Words in the chart', () => {
  const area = { left: 0, top: 0, width: 400, height: 200 };
  const [width, height] = [60, 16];
  const crossed = ({ left, top }: { left: number; top: number }, line: readonly { x: number; y: number }[]): boolean =>
    // By many points of each piece: slow, and another way than that of the code.
    line.slice(1).some((to, at) => {
      const from = line[at] ?? to;
      return Array.from({ length: 401 }, (_, step) => step / 400).some((share) => {
        const x = from.x + (to.x - from.x) * share;
        const y = from.y + (to.y - from.y) * share;
        return x > left && x < left + width && y > top && y < top + height;
      });
    });

  test('stand beside their point where that is free', () => {
    const corners = cornersAround({ x: 100, y: 100 }, width, height, 8);
    expect(placedWords([{ width, height, corners }], area, { lines: [], spots: [] })).toEqual([
      { left: 108, top: 104, width, height },
    ]);
  });

  test('are crossed by no curve, if any of their places is not', () => {
    const point = fc.record({ x: fc.integer({ min: 0, max: 400 }), y: fc.integer({ min: 0, max: 200 }) });
    const curve = fc
      .array(point, { minLength: 2, maxLength: 6 })
      .map((points) => [...points].sort((a, b) => a.x - b.x));
    fc.assert(
      fc.property(point, curve, (at, line) => {
        const corners = [...cornersAround(at, width, height, 8), ...cornersAlong(at.y, [0, 400], width, height, 8)];
        const [spot] = placedWords([{ width, height, corners }], area, { lines: [line], spots: [] });
        expect(spot).toBeDefined();
        if (spot === undefined) return;
        expect(spot.left).toBeGreaterThanOrEqual(0);
        expect(spot.left + width).toBeLessThanOrEqual(400);
        const isFree = ([left, top]: readonly [number, number]) =>
          left >= 0 &&
          top >= 0 &&
          left + width <= 400 &&
          top + height <= 200 &&
          !crossed({ left: left - 1, top: top - 1 }, line) &&
          !crossed({ left: left + 1, top: top + 1 }, line);
        if (corners.some(isFree)) expect(crossed(spot, line)).toBe(false);
      }),
    );
  });

  test('never lie over one another where there is another place', () => {
    const corners = cornersAlong(100, [0, 400], width, height, 8);
    const wanted = Array.from({ length: 5 }, () => ({ width, height, corners }));
    const spots = placedWords(wanted, area, { lines: [], spots: [] });
    for (const [index, a] of spots.entries()) {
      for (const b of spots.slice(index + 1)) {
        expect(Math.abs(a.left - b.left) >= width || Math.abs(a.top - b.top) >= height).toBe(true);
      }
    }
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
      event(13, 'deadline', 'another deadline'),
      event(14, 'deadline', 'a third deadline'),
      event(90, 'back', 'back to 95%'),
    ];
    const placed = placedEvents(events, 400, 100);
    expect(placed.map(({ label }) => label?.row)).toEqual([0, 1, 2, 3, undefined, 0]);
  });

  test('leave no mark of any example without words, on half of a wide screen', () => {
    // Of the outage of October 2025: what crashes, three moments close to each other, and one that touches the next.
    const events = [
      event(1, 'step', "crash DynamoDB's name; crash EC2 hosts"),
      event(3.9, 'back', 'back to 100%'),
      event(5, 'deadline', '100% due'),
      event(6.5, 'back', 'back to 95%'),
      event(7, 'deadline', '95% due'),
    ];
    for (const { label } of placedEvents(events, 520, 18)) expect(label).toBeDefined();
  });

  test('of more than two things at a time name the first and count the others', () => {
    const steps = ['crash A', 'crash B', 'crash C'].map((text) => ({ atSeconds: 1, text }));
    const { scenario, ...others } = recovery();
    const [, step] = eventsOf({ ...others, scenario: { ...scenario, steps } });
    expect(step).toMatchObject({ text: 'crash A; crash B; crash C', short: 'crash A; 2 more' });
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
