import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diagramOf } from '../../language/core/diagram/index.ts';
import { createElkEngine } from '../../language/layout/index.ts';
import { fateCorners, fateWidth } from '../../webview/picture/index.ts';
import { anyArchitecture } from './architectures.ts';

const engine = createElkEngine();

test('A tag of failure mode covers the end of no edge where there is a place for it that covers none', async () => {
  const width = fateWidth({ fate: 'lost' });
  let [moved, raised] = [0, 0];
  await fc.assert(
    fc.asyncProperty(anyArchitecture, async (model) => {
      const diagram = diagramOf(model);
      const layout = await engine.layOut(diagram);
      const corners = fateCorners(diagram, layout);
      for (const box of layout.nodes) {
        const corner = corners.get(box.id);
        if (corner === undefined) continue;
        const [top, bottom] = [box.y, box.y + box.height];
        const endsAt = (y: number): number[] =>
          layout.edges
            .flatMap(({ points }) => [points[0], points.at(-1)])
            .flatMap((end) => (end?.y === y && end.x >= box.x && end.x <= box.x + box.width ? [end.x] : []));
        const covers = (y: number, x: number) => endsAt(y).some((end) => end > x - 5 && end < x + width + 5);
        // Looked for pixel by pixel.
        const isFree = (y: number): boolean => {
          for (let x = box.x + 14; x <= box.x + box.width - 14 - width; x++)
            if (!covers(y, x - 1) && !covers(y, x + 1)) return true;
          return false;
        };
        const isRaised = corner.y < bottom;
        const inTheOpen = diagram.nodes.some(({ id, container }) => id === box.id && container === undefined);
        // What hangs below another node, of which nothing is seen here but that it may.
        const above = layout.nodes.filter(
          ({ id, x, y, width: wide }) =>
            diagram.nodes.some((node) => node.id === id && node.container === undefined && node.kind !== 'junction') &&
            y < top &&
            x < box.x + box.width &&
            x + wide > box.x,
        );
        const hangs = Math.max(Number.NEGATIVE_INFINITY, ...above.map(({ y, height }) => y + height + 14));
        if (isRaised) expect(corner.y - corner.above).toBeGreaterThan(hangs);
        if (covers(isRaised ? top : bottom, corner.x)) {
          expect([inTheOpen && hangs <= top - 18 && isFree(top), isFree(bottom)]).toEqual([false, false]);
        }
        if (isRaised) {
          expect([inTheOpen, isFree(bottom)]).toEqual([true, false]);
          raised++;
        } else if (corner.x > box.x + 14) moved++;
        // However large it is seen, it stays above the lower side or the upper one, and within the width of its node.
        expect([corner.x - corner.before, corner.x + corner.after]).toEqual([box.x, box.x + box.width]);
        expect(corner.above).toBeGreaterThanOrEqual(20);
        if (!isRaised) {
          const node = diagram.nodes.find(({ id }) => id === box.id);
          const title = Math.max(...(node?.lines ?? []).filter(({ role }) => role === 'title').map(({ y }) => y));
          expect(corner.y - corner.above).toBeGreaterThanOrEqual(box.y + title);
        }
      }
    }),
    { numRuns: 40 },
  );
  expect(moved).toBeGreaterThan(0);
  expect(raised).toBeGreaterThan(0);
});
