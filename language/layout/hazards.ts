import type { Box, Diagram } from '../core/diagram/index.ts';

const MARGIN = 24;
const PADDING = 16;
const HEADING = 36;
const GAP = 16;

interface Strip {
  readonly width: number;
  readonly height: number;
  readonly nodes: Box[];
  readonly box?: Box;
}

/** Hazards come from outside: they stand below all zones, in rows no wider than the picture. */
export function hazardStrip(diagram: Diagram, width: number, height: number): Strip {
  const hazards = diagram.nodes.filter(({ kind }) => kind === 'hazard');
  if (hazards.length === 0) return { width, height, nodes: [] };
  const widest = Math.max(...hazards.map((hazard) => hazard.width));
  const pictureWidth = Math.max(width, widest + 2 * (MARGIN + PADDING));
  const right = pictureWidth - MARGIN - PADDING;

  const nodes: Box[] = [];
  let x = MARGIN + PADDING;
  let y = height + HEADING;
  let rowHeight = 0;
  let used = 0;
  for (const hazard of hazards) {
    if (x + hazard.width > right && rowHeight > 0) {
      x = MARGIN + PADDING;
      y += rowHeight + GAP;
      rowHeight = 0;
    }
    nodes.push({ id: hazard.id, x, y, width: hazard.width, height: hazard.height });
    used = Math.max(used, x + hazard.width);
    x += hazard.width + GAP;
    rowHeight = Math.max(rowHeight, hazard.height);
  }
  const bottom = y + rowHeight + PADDING;
  const box = { id: 'hazards', x: MARGIN, y: height, width: used + PADDING - MARGIN, height: bottom - height };
  return { width: pictureWidth, height: bottom + MARGIN, nodes, box };
}
