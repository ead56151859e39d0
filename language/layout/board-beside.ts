/** Edges between two that stand side by side run straight from one to the other, and take no channel. */
import type { BoardChild } from './board.ts';
import type { Part, Piece } from './parts.ts';

export interface Beside {
  readonly left: string;
  readonly right: string;
  /** From the beginning of their row. */
  readonly below: number;
}

/** Between two edges of one pair, and from an edge to a corner. */
const PITCH = 18;
const CORNER = 14;

type Offsets = ReadonlyMap<string, number> | undefined;

export const heightOf = (row: readonly BoardChild[]): number => Math.max(0, ...row.map(({ along }) => along));

/** How far below its row's beginning a child stands: where it stood, else around the row's middle. */
export const offsetOf = ({ id, along }: BoardChild, rowHeight: number, offsets: Offsets): number =>
  Math.min(offsets?.get(id) ?? Math.round((rowHeight - along) / 2), rowHeight - along);

/** Those without words and bands, as far as the sides that face each other have room for them. */
export function besideOf(part: Part, rows: readonly (readonly BoardChild[])[], offsets: Offsets): Map<Piece, Beside> {
  const nextTo = new Map(
    rows.flatMap((row) =>
      row.slice(1).map((right, index) => [keyOf(row[index]?.id, right.id), { row, index }] as const),
    ),
  );
  const pairs = new Map<string, Piece[]>();
  for (const piece of part.pieces.values()) {
    const { from, to, label, broad } = piece;
    if (from.port !== undefined || to.port !== undefined || label !== undefined || broad === true) continue;
    const key = keyOf(from.child, to.child);
    if (nextTo.has(key)) pairs.set(key, [...(pairs.get(key) ?? []), piece]);
  }
  const found = new Map<Piece, Beside>();
  for (const [key, pieces] of pairs) {
    const { row = [], index = 0 } = nextTo.get(key) ?? {};
    const [left, right] = [row[index], row[index + 1]];
    if (left === undefined || right === undefined) continue;
    const rowHeight = heightOf(row);
    const sides = [left, right].map((child) => {
      const top = offsetOf(child, rowHeight, offsets);
      // A junction is lower than two corners.
      const corner = Math.min(CORNER, child.along / 2);
      return { first: top + corner, last: top + child.along - corner };
    });
    const [first, last] = [Math.max(...sides.map((side) => side.first)), Math.min(...sides.map((side) => side.last))];
    const begin = (first + last - (pieces.length - 1) * PITCH) / 2;
    if (begin < first) continue;
    for (const [at, piece] of pieces.entries()) {
      found.set(piece, { left: left.id, right: right.id, below: begin + at * PITCH });
    }
  }
  return found;
}

/** The same for a pair, whichever is named first. */
const keyOf = (one = '', other = ''): string => JSON.stringify([one, other].sort());
