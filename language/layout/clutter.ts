import type { Diagram, Layout } from '../core/diagram/index.ts';

/** A reader loses a line at a crossing as easily as over so many pixels. */
export const CROSSING = 160;

/** How hard the edges are to follow, in pixels: how long they are, and how often they cross. */
export function clutterOf(diagram: Diagram, { edges }: Layout): number {
  const along = new Set(diagram.edges.flatMap((edge) => (edge.along === undefined ? [] : [edge.id])));
  const upright: { x: number; first: number; last: number }[] = [];
  const level: { y: number; first: number; last: number }[] = [];
  let length = 0;
  for (const { id, points } of edges) {
    if (along.has(id)) continue;
    for (const [index, to] of points.entries()) {
      const from = points[index - 1] ?? to;
      length += Math.abs(from.x - to.x) + Math.abs(from.y - to.y);
      if (from.x !== to.x) level.push({ y: to.y, first: Math.min(from.x, to.x), last: Math.max(from.x, to.x) });
      else if (from.y !== to.y) upright.push({ x: to.x, first: Math.min(from.y, to.y), last: Math.max(from.y, to.y) });
    }
  }
  level.sort((a, b) => a.y - b.y);
  // Edges that run together cross once what they cross.
  const crossed = new Set<string>();
  for (const { x, first, last } of upright) {
    for (const other of level) {
      if (other.y >= last) break;
      if (other.y > first && x > other.first && x < other.last) crossed.add(`${x}|${other.y}`);
    }
  }
  return length + CROSSING * crossed.size;
}
