/** What moves along an edge: points at even distances, from where they come to where they go. Pure. */
import type { Point } from '../../../language/core/diagram/index.ts';
import type { Size, View } from '../viewport/view.ts';

/** A straight piece of an edge on the screen, and how far along the edge it begins and ends. */
export interface Piece {
  readonly from: Point;
  readonly to: Point;
  readonly begin: number;
  readonly end: number;
}

/** The pieces of an edge that pass through the panel. */
export function piecesOf(route: readonly Point[], { x, y, scale }: View, panel: Size): Piece[] {
  const pieces: Piece[] = [];
  let begin = 0;
  for (const [index, corner] of route.slice(1).entries()) {
    const before = route[index] as Point;
    const from = { x: x + before.x * scale, y: y + before.y * scale };
    const to = { x: x + corner.x * scale, y: y + corner.y * scale };
    const end = begin + Math.hypot(to.x - from.x, to.y - from.y);
    const isSeen =
      Math.max(from.x, to.x) >= 0 &&
      Math.max(from.y, to.y) >= 0 &&
      Math.min(from.x, to.x) <= panel.width &&
      Math.min(from.y, to.y) <= panel.height;
    if (isSeen) pieces.push({ from, to, begin, end });
    begin = end;
  }
  return pieces;
}

const LEAST_SPACING = 22;
const MOST_POINTS = 700;

/** Points stand so far apart that there are no more than a page draws within a frame. */
export const spacingFor = (pieces: readonly Piece[]): number =>
  Math.max(LEAST_SPACING, pieces.reduce((sum, { begin, end }) => sum + end - begin, 0) / MOST_POINTS);

/** Calls `visit` with each point on the piece, when all have travelled so many pixels from the edge's beginning. */
export function eachPoint(
  { from, to, begin, end }: Piece,
  spacing: number,
  travelled: number,
  visit: (x: number, y: number) => void,
): void {
  const phase = travelled % spacing;
  for (let at = phase + Math.ceil((begin - phase) / spacing) * spacing; at < end; at += spacing) {
    const share = (at - begin) / (end - begin);
    visit(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
  }
}
