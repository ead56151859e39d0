import type { Box, Diagram, Layout, Route } from '../core/diagram/index.ts';

/** Width by height that a picture is to have at the least: that of a projector, near enough. */
export const LEAST_ASPECT = 1.25;

const MARGIN = 24;
const PADDING = 16;
const HEADING = 36;
const GAP = 16;
/** Between the strip and what stands above or beside it. */
const AIR = 20;
/** What makes a picture larger by less does not take hazards out of the row below everything. */
const WORTH_MOVING = 1.02;

interface Strip {
  readonly width: number;
  readonly height: number;
  readonly nodes: Box[];
  readonly box?: Box;
}

/** What is drawn already: all that the strip may not cover. */
interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly obstacles: readonly Omit<Box, 'id'>[];
}

interface Arrangement {
  readonly columns: number;
  readonly left: number;
}

/** The layout of all else, and the hazards of the diagram below it or beside what is lowest of it. */
export function withHazards(
  diagram: Diagram,
  layout: Layout,
  { aspect = LEAST_ASPECT, before }: { readonly aspect?: number | undefined; readonly before?: Layout | undefined },
): Layout {
  const { width, height, nodes, containers, edges } = layout;
  const drawn = { width, height, obstacles: [...nodes, ...containers, ...edges.flatMap(extentsOf)] };
  const strip = hazardStrip(diagram, drawn, aspect, before && hazardsOf(diagram, before));
  return {
    ...layout,
    width: strip.width,
    height: strip.height,
    nodes: [...nodes, ...strip.nodes],
    ...(strip.box && { hazards: strip.box }),
  };
}

const hazardsOf = ({ nodes }: Diagram, before: Layout): Box[] => {
  const hazards = new Set(nodes.flatMap(({ id, kind }) => (kind === 'hazard' ? [id] : [])));
  return before.nodes.filter(({ id }) => hazards.has(id));
};

/** Of each line from corner to corner, and of the words on it. */
const extentsOf = ({ points, label }: Route): Omit<Box, 'id'>[] => [
  ...points.slice(1).map((to, index) => {
    const from = points[index] ?? to;
    const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
    return { x, y, width: Math.abs(from.x - to.x), height: Math.abs(from.y - to.y) };
  }),
  ...(label === undefined ? [] : [label]),
];

/**
 * Hazards come from outside: they stand below what is above them, where the picture is then seen largest in a frame of
 * `aspect` (width by height), in a row as long as can be. In a picture that was seen `before` they stay in their columns.
 */
function hazardStrip(diagram: Diagram, drawn: Drawn, aspect: number, before?: readonly Box[]): Strip {
  const hazards = diagram.nodes.filter(({ kind }) => kind === 'hazard');
  if (hazards.length === 0) return { width: drawn.width, height: drawn.height, nodes: [] };
  const kept = before && arrangementOf(before);
  if (kept !== undefined) return stripOf(hazards, kept, drawn);
  // No strip reaches farther up than the tallest, so only what is as low is in its way or stands beside it.
  const highest = drawn.height - MARGIN - heightOf(rowHeightsOf(hazards, 1));
  const low = { ...drawn, obstacles: drawn.obstacles.filter(({ y, height }) => y + height + AIR > highest) };
  const lefts = new Set([MARGIN, ...low.obstacles.map(({ x, width }) => x + width + AIR)]);
  const strips = hazards.flatMap((_, index) => {
    const columns = hazards.length - index;
    const right = drawn.width - MARGIN - widthOf(hazards, columns);
    return [MARGIN, Math.max(MARGIN, right), ...lefts].map((left) => stripOf(hazards, { columns, left }, low));
  });
  const scale = ({ width, height }: Strip) => Math.min(aspect / width, 1 / height);
  return strips.reduce((best, strip) => (scale(strip) > scale(best) * WORTH_MOVING ? strip : best));
}

type Sized = Pick<Box, 'id' | 'width' | 'height'>;

const columnWidths = (hazards: readonly Sized[], columns: number): number[] =>
  Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...hazards.filter((_hazard, index) => index % columns === column).map(({ width }) => width)),
  );

const widthOf = (hazards: readonly Sized[], columns: number): number =>
  columnWidths(hazards, columns).reduce((sum, width) => sum + width + GAP, -GAP) + 2 * PADDING;

const rowsOf = (hazards: readonly Sized[], columns: number): Sized[][] =>
  Array.from({ length: Math.ceil(hazards.length / columns) }, (_, row) =>
    hazards.slice(row * columns, (row + 1) * columns),
  );

const rowHeightsOf = (hazards: readonly Sized[], columns: number): number[] =>
  rowsOf(hazards, columns).map((row) => Math.max(...row.map(({ height }) => height)));

const heightOf = (rowHeights: readonly number[]): number =>
  rowHeights.reduce((sum, each) => sum + each + GAP, HEADING + PADDING - GAP);

function stripOf(hazards: readonly Sized[], { columns, left }: Arrangement, drawn: Drawn): Strip {
  const widths = columnWidths(hazards, columns);
  const width = widthOf(hazards, columns);
  const rows = rowsOf(hazards, columns);
  const rowHeights = rowHeightsOf(hazards, columns);
  const height = heightOf(rowHeights);
  const above = drawn.obstacles.filter((box) => box.x < left + width + AIR && box.x + box.width > left - AIR);
  const free = Math.max(MARGIN, ...above.map((box) => box.y + box.height + AIR));
  const top = Math.max(free, drawn.height - MARGIN - height);
  const nodes: Box[] = [];
  let y = top + HEADING;
  for (const [index, row] of rows.entries()) {
    let x = left + PADDING;
    for (const [column, hazard] of row.entries()) {
      nodes.push({ id: hazard.id, x, y, width: hazard.width, height: hazard.height });
      x += (widths[column] ?? 0) + GAP;
    }
    y += (rowHeights[index] ?? 0) + GAP;
  }
  return {
    width: Math.max(drawn.width, left + width + MARGIN),
    height: Math.max(drawn.height, top + height + MARGIN),
    nodes,
    box: { id: 'hazards', x: left, y: top, width, height },
  };
}

function arrangementOf(before: readonly Box[]): Arrangement | undefined {
  const [first] = before;
  if (first === undefined) return undefined;
  const columns = before.filter(({ y }) => y === first.y).length;
  return { columns, left: Math.min(...before.map(({ x }) => x)) - PADDING };
}
