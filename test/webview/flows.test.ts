import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachPoint, type Piece, piecesOf, spacingFor } from '../../webview/application/recovery/flows.ts';

const panel = { width: 800, height: 600 };
const coordinate = fc.integer({ min: -2000, max: 3000 });
const point = fc.record({ x: coordinate, y: coordinate });
const route = fc.array(point, { minLength: 2, maxLength: 8 });
const view = fc.record({ x: coordinate, y: coordinate, scale: fc.double({ min: 0.05, max: 4, noNaN: true }) });

/** Every point of an edge, seen or not, by walking along it in one go. */
function walked(corners: readonly { x: number; y: number }[], spacing: number, travelled: number) {
  const found: { x: number; y: number }[] = [];
  let next = travelled % spacing;
  let before = 0;
  for (const [index, to] of corners.slice(1).entries()) {
    const from = corners[index] as { x: number; y: number };
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    for (; next < before + length; next += spacing) {
      const share = (next - before) / length;
      found.push({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share });
    }
    before += length;
  }
  return found;
}

const drawn = (pieces: readonly Piece[], spacing: number, travelled: number) => {
  const found: { x: number; y: number }[] = [];
  for (const piece of pieces) eachPoint(piece, spacing, travelled, (x, y) => found.push({ x, y }));
  return found;
};

const isSeen = ({ x, y }: { x: number; y: number }): boolean => x >= 0 && y >= 0 && x <= 800 && y <= 600;

describe('what flows along an edge', () => {
  it('stands wherever a walk along the whole edge finds it in the panel', () => {
    fc.assert(
      fc.property(
        route,
        view,
        fc.integer({ min: 22, max: 90 }),
        fc.integer({ min: 0, max: 9999 }),
        (way, at, gap, travelled) => {
          const onScreen = way.map(({ x, y }) => ({ x: at.x + x * at.scale, y: at.y + y * at.scale }));
          const round = (points: readonly { x: number; y: number }[]) =>
            points.filter(isSeen).map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
          const expected = round(walked(onScreen, gap, travelled));
          const found = round(drawn(piecesOf(way, at, panel), gap, travelled));
          // A point at the panel's very edge, or at a corner, may fall to either side.
          expect(Math.abs(found.length - expected.length)).toBeLessThanOrEqual(way.length);
          const there = new Set(found);
          expect(expected.filter((each) => !there.has(each)).length).toBeLessThanOrEqual(
            way.length + expected.length / 20,
          );
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });

  it('comes no closer than can be told apart, and is no more than a page draws in a frame', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(route, view), { maxLength: 200 }), (edges) => {
        const pieces = edges.flatMap(([way, at]) => piecesOf(way, at, panel));
        const spacing = spacingFor(pieces);
        expect(spacing).toBeGreaterThanOrEqual(22);
        expect(drawn(pieces, spacing, 5).length).toBeLessThanOrEqual(700 + pieces.length);
      }),
      { seed: 7, numRuns: 50 },
    );
  });
});
