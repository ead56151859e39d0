import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areTooSmall, arrangementFor, aspectFor } from '../../webview/application/recovery/arrangement.ts';
import { fitted, keptInSight, moved, revealing, whole, zoomed } from '../../webview/application/viewport/view.ts';
import { createViewports, pressViewportKey } from '../../webview/application/viewport/viewports.ts';

const picture = { width: 800, height: 400 };
const panel = { width: 424, height: 1000 };

describe('A picture in its viewport', () => {
  test('is fitted whole and in the middle, small ones not blown up', () => {
    expect(fitted(picture, panel)).toEqual({ scale: 0.5, x: 12, y: 400 });
    expect(fitted({ width: 100, height: 100 }, panel).scale).toBe(1.6);
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

  test('is cut off along no side that it fits into, and is moved no further than for that', () => {
    const number = fc.double({ min: -1e4, max: 1e4, noNaN: true });
    const scale = fc.double({ min: 0.05, max: 4, noNaN: true });
    fc.assert(
      fc.property(number, number, scale, (x, y, scale) => {
        const view = whole({ x, y, scale }, picture, panel);
        for (const [axis, length] of [['x', 'width'] as const, ['y', 'height'] as const]) {
          const [before, after] = [{ x, y }[axis], view[axis]];
          const room = panel[length] - picture[length] * scale;
          const nearest = room < 0 || (before >= 0 && before <= room) ? before : before < 0 ? 0 : room;
          expect(after).toBe(nearest);
        }
        expect(view.scale).toBe(scale);
      }),
    );
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
    const below = revealing(view, { x: 100, y: 1500, width: 50, height: 50 }, panel);
    expect([below.x + 125, below.y + 1525]).toEqual([panel.width / 2, panel.height / 2]);
    expect(revealing(view, { x: 100, y: 100, width: 50, height: 50 }, panel)).toBe(view);
    expect(revealing(view, { x: 700, y: 100, width: 50, height: 50 }, panel)).toEqual({ scale: 1, x: -513, y: 375 });
  });
});

describe('The pictures and figures of a recovery', () => {
  const tall = { width: 400, height: 800 };
  const wide = { width: 1200, height: 400 };
  const full = { width: 1600, height: 950 };
  const half = { width: 800, height: 950 };

  test('stand so that the pictures are seen larger', () => {
    expect(arrangementFor(full, [tall]).figures).toBe('beside');
    expect(arrangementFor(full, [wide]).figures).toBe('below');
    expect(arrangementFor({ ...half, width: 700 }, [tall]).figures).toBe('below');
  });

  test('compare broad pictures one below the other, and high ones side by side', () => {
    expect(arrangementFor(full, [wide, wide]).columns).toBe(1);
    expect(arrangementFor(full, [tall, tall]).columns).toBe(2);
    expect(arrangementFor(full, [tall, tall, tall, tall]).columns).toBe(4);
  });

  test('never show a picture smaller than side by side above the figures would', () => {
    const size = fc.record({ width: fc.integer({ min: 200, max: 3000 }), height: fc.integer({ min: 200, max: 3000 }) });
    const panels = fc.record({
      width: fc.integer({ min: 300, max: 2600 }),
      height: fc.integer({ min: 500, max: 1600 }),
      presenting: fc.boolean(),
    });
    fc.assert(
      fc.property(panels, fc.array(size, { minLength: 1, maxLength: 4 }), (panel, pictures) => {
        const { columns, scale } = arrangementFor(panel, pictures);
        expect(columns).toBeGreaterThanOrEqual(1);
        expect(columns).toBeLessThanOrEqual(pictures.length);
        const room = { width: panel.width / pictures.length, height: panel.height * 0.3 };
        const usual = Math.min(...pictures.map((picture) => fitted(picture, room).scale));
        if (panel.height > 1000) expect(scale).toBeGreaterThanOrEqual(usual / 1.1 - 1e-9);
      }),
    );
  });

  test('are shown one at a time where all together could not be read', () => {
    expect(areTooSmall(full, [tall, tall])).toBe(false);
    expect(areTooSmall(half, [tall, tall, tall, tall])).toBe(true);
    expect(areTooSmall(half, [tall])).toBe(false);
    // What is too small alone, too, is not hidden for it.
    const immense = { width: 900, height: 90_000 };
    expect(areTooSmall(half, [immense, immense])).toBe(false);
  });

  test('are laid out for the shape of the room that they will have', () => {
    expect(aspectFor(full, 1)).toBeLessThan(1.2);
    expect(aspectFor(full, 2)).toBeCloseTo(800 / (950 - 330 - 32), 5);
    expect(aspectFor({ width: 10, height: 10 }, 4)).toBeGreaterThan(0);
  });
});

test('Arrow keys go where they point: what lies there comes into sight', () => {
  const moves: Record<string, number[]> = {};
  for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
    const viewports = createViewports();
    viewports.join({
      zoom() {},
      fit() {},
      centre() {},
      still: () => undefined,
      pan: (dx, dy) => {
        moves[key] = [Math.sign(dx), Math.sign(dy)];
      },
    });
    expect(pressViewportKey(viewports, key)).toBe(true);
  }
  expect(moves).toEqual({ ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] });
  expect(pressViewportKey(createViewports(), 'constructor')).toBe(false);
});
