import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrangementFor } from '../../webview/application/recovery/arrangement.ts';
import { fitted, keptInSight, moved, revealing, zoomed } from '../../webview/application/viewport/view.ts';

const picture = { width: 800, height: 400 };
const panel = { width: 424, height: 1000 };

describe('A picture in its viewport', () => {
  test('is fitted whole and in the middle, small ones not blown up', () => {
    expect(fitted(picture, panel)).toEqual({ scale: 0.5, x: 12, y: 400 });
    expect(fitted({ width: 100, height: 100 }, panel).scale).toBe(1.25);
    expect(fitted(picture, { width: 0, height: 0 }).scale).toBe(1);
  });

  test('zooms around the pointer, which stays over the same point of it', () => {
    const view = fitted(picture, panel);
    const around = { x: 100, y: 500 };
    const closer = zoomed(view, 2, around);
    const under = ({ x, y, scale }: typeof view) => [(around.x - x) / scale, (around.y - y) / scale];
    expect(under(closer)).toEqual(under(view));
    expect(closer.scale).toBe(1);
  });

  test('never leaves sight, however it is moved and zoomed', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(number, number, fc.double({ min: 0.01, max: 100, noNaN: true }), (dx, dy, by) => {
        const view = keptInSight(moved(zoomed(fitted(picture, panel), by, { x: 0, y: 0 }), dx, dy), picture, panel);
        expect(view.x).toBeLessThan(panel.width);
        expect(view.y).toBeLessThan(panel.height);
        expect(view.x + picture.width * view.scale).toBeGreaterThan(0);
        expect(view.y + picture.height * view.scale).toBeGreaterThan(0);
      }),
    );
  });

  test('moves to show a node only if the node is out of sight', () => {
    const view = { scale: 1, x: 0, y: 0 };
    expect(revealing(view, { x: 100, y: 100, width: 50, height: 50 }, panel)).toBe(view);
    expect(revealing(view, { x: 700, y: 100, width: 50, height: 50 }, panel)).toEqual({ scale: 1, x: -513, y: 375 });
  });
});

test('figures stand where the pictures are seen larger', () => {
  const tall = { width: 400, height: 800 };
  const wide = { width: 1200, height: 400 };
  expect(arrangementFor({ width: 1600, height: 900 }, [tall])).toBe('beside');
  expect(arrangementFor({ width: 1600, height: 900 }, [wide])).toBe('below');
  expect(arrangementFor({ width: 700, height: 900 }, [tall])).toBe('below');
});
