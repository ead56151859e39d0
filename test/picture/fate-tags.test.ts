import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diagramOf } from '../../language/core/diagram/index.ts';
import { createElkEngine } from '../../language/layout/index.ts';
import { fateCorners, fateWidth } from '../../webview/picture/index.ts';
import { anyArchitecture } from './architectures.ts';

const engine = createElkEngine();

test('A tag of failure mode covers the end of no edge where there is a place along the side that covers none', async () => {
  const width = fateWidth({ fate: 'lost' });
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(anyArchitecture, async (model) => {
      const diagram = diagramOf(model);
      const layout = await engine.layOut(diagram);
      const corners = fateCorners(diagram, layout);
      for (const box of layout.nodes) {
        const corner = corners.get(box.id);
        if (corner === undefined) continue;
        const bottom = box.y + box.height;
        const ends = layout.edges
          .flatMap(({ points }) => [points[0], points.at(-1)])
          .flatMap((end) => (end?.y === bottom && end.x >= box.x && end.x <= box.x + box.width ? [end.x] : []));
        const covers = (x: number) => ends.some((end) => end > x - 5 && end < x + width + 5);
        // Looked for pixel by pixel.
        let free = false;
        for (let x = box.x + 14; x <= box.x + box.width - 14 - width; x++) free ||= !covers(x - 1) && !covers(x + 1);
        if (covers(corner.x)) expect(free).toBe(false);
        else if (corner.x > box.x + 14) moved++;
      }
    }),
    { numRuns: 40 },
  );
  expect(moved).toBeGreaterThan(0);
});
