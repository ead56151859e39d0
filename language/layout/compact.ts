/**
 * Room that was left for edges which now run elsewhere: a stripe from border to border in which nothing stands and edges
 * only pass is made as narrow as the gap between two that have nothing between them. Everything keeps its order, and what
 * stood in line stays in line.
 */
import type { Diagram, Layout, Point } from '../core/diagram/index.ts';

/** What is left of a stripe between two nodes, and beside a border, a bend or words. */
const BETWEEN_NODES = 36;
const BESIDE_LINES = 28;
/** Of a heading, from its middle up and down. */
const HALF_HEADING = 12;

interface Taken {
  readonly from: number;
  readonly to: number;
  readonly isNode: boolean;
}

/** Sizes of nodes, words and headings stay as they are. */
export function compacted(diagram: Diagram, layout: Layout): Layout {
  return narrowed(diagram, narrowed(diagram, layout, 'y'), 'x');
}

type Axis = 'x' | 'y';
const EXTENT = { x: 'width', y: 'height' } as const;

function narrowed(diagram: Diagram, layout: Layout, axis: Axis): Layout {
  const extent = EXTENT[axis];
  const place = shifts(takenOf(diagram, layout, axis));
  const point = (at: Point): Point => ({ ...at, [axis]: place(at[axis]) });
  const box = <Moved extends Point & { readonly width: number; readonly height: number }>(moved: Moved): Moved => {
    const first = place(moved[axis]);
    return { ...moved, [axis]: first, [extent]: rounded(place(moved[axis] + moved[extent]) - first) };
  };
  return {
    ...layout,
    [extent]: place(layout[extent]),
    nodes: layout.nodes.map(box),
    containers: layout.containers.map((container) => ({ ...box(container), heading: point(container.heading) })),
    edges: layout.edges.map(({ id, points, label }) => ({
      id,
      points: points.map(point),
      ...(label && { label: box(label) }),
    })),
    ...(layout.hazards && { hazards: box(layout.hazards) }),
  };
}

/** Everything but edges that pass, along one axis. */
function takenOf(diagram: Diagram, layout: Layout, axis: Axis): Taken[] {
  const extent = EXTENT[axis];
  const at = (from: number, to = from, isNode = false): Taken => ({ from, to, isNode });
  const headingWidths = new Map(diagram.containers.map(({ id, headingWidth }) => [id, headingWidth]));
  return [
    at(0),
    at(layout[extent]),
    ...layout.nodes.map((box) => at(box[axis], box[axis] + box[extent], true)),
    ...layout.containers.flatMap((box) => [
      at(box[axis]),
      at(box[axis] + box[extent]),
      axis === 'y'
        ? at(box.heading.y - HALF_HEADING, box.heading.y + HALF_HEADING)
        : at(box.heading.x, box.heading.x + (headingWidths.get(box.id) ?? 0)),
    ]),
    ...(layout.hazards ? [at(layout.hazards[axis], layout.hazards[axis] + layout.hazards[extent])] : []),
    ...layout.edges.flatMap(({ points, label }) => [
      ...points.map((point) => at(point[axis])),
      ...(label ? [at(label[axis], label[axis] + label[extent])] : []),
    ]),
  ];
}

/** Where each coordinate is when all wide stripes are narrow. */
function shifts(taken: readonly Taken[]): (value: number) => number {
  const ordered = [...taken].sort((a, b) => a.from - b.from);
  const stripes: { readonly end: number; readonly removed: number }[] = [];
  let removed = 0;
  let last: Taken | undefined;
  for (const next of ordered) {
    if (last !== undefined && next.from > last.to) {
      const kept = last.isNode && next.isNode ? BETWEEN_NODES : BESIDE_LINES;
      const wide = Math.floor(next.from - last.to - kept);
      if (wide > 0) {
        removed += wide;
        stripes.push({ end: next.from, removed });
      }
    }
    if (last === undefined || next.to > last.to) last = next;
    // Where a node and a line end together, the line is nearer to what comes.
    else if (next.to === last.to && !next.isNode) last = next;
  }
  return (value) => {
    let shift = 0;
    for (const { end, removed: all } of stripes) {
      if (end > value) break;
      shift = all;
    }
    return rounded(value - shift);
  };
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
