import type { Box, Container, Point, Route } from '../core/diagram/index.ts';
import { HEADING_HEIGHT, HEADING_LEFT } from './graph.ts';

/** Between a heading and an edge beside it. */
export const AIR = 14;

export interface PlacedHeading {
  readonly point: Point;
  /** How much farther right the first edge would have to enter for the heading to stand free; 0 where it does. */
  readonly lacking: number;
  /** How much farther the container would have to reach for it to stand free behind the last edge. */
  readonly lackingAfter: number;
}

/**
 * Edges enter a container through the room of its heading: the heading stands in the first gap that holds it,
 * and where none does, where it covers the fewest.
 */
export function placeHeading(container: Container, box: Box, edges: readonly Route[]): PlacedHeading {
  const height = HEADING_HEIGHT[container.kind];
  const left = box.x + HEADING_LEFT[container.kind];
  const right = box.x + box.width - HEADING_LEFT[container.kind];
  const y = box.y + height / 2;
  const taken = edges
    .flatMap(({ points }) => spansAcross(points, box, height))
    .filter(({ to, from }) => to > box.x && from < box.x + box.width)
    .sort((a, b) => a.from - b.from);

  const last = Math.max(left, right - container.headingWidth);
  const starts = [left, ...taken.map(({ to }) => to + AIR), last].filter((start) => start >= left && start <= last);
  const covered = (start: number) =>
    taken.filter(({ from, to }) => from < start + container.headingWidth + AIR && to > start - AIR).length;
  const x = starts.reduce((best, start) => (covered(start) < covered(best) ? start : best), left);
  const first = taken[0]?.from ?? right;
  if (covered(x) === 0) return { point: { x, y }, lacking: 0, lackingAfter: 0 };
  const end = Math.max(left, ...taken.map(({ to }) => to));
  return {
    point: { x, y },
    lacking: left + container.headingWidth + AIR - first,
    lackingAfter: end + AIR + container.headingWidth - right,
  };
}

/** The stretches, from left to right, that edges take of the heading's room. */
function spansAcross(points: readonly Point[], box: Box, height: number): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  for (const [index, point] of points.entries()) {
    const next = points[index + 1];
    if (next === undefined) break;
    const top = Math.min(point.y, next.y);
    const bottom = Math.max(point.y, next.y);
    if (bottom <= box.y || top >= box.y + height) continue;
    spans.push({ from: Math.min(point.x, next.x), to: Math.max(point.x, next.x) });
  }
  return spans;
}
