import type { Child, Part } from './parts.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface RowOptions {
  /** A child's extent along its row, and from row to row. */
  readonly across: (child: Child) => number;
  readonly along: (child: Child) => number;
  /** How long rows may be. */
  readonly room: number;
  /** From the first row to the last: what is more puts neighbouring ranks into one row. */
  readonly depth?: number;
  /** Whether it is too high as it is: then ranks that would be seen whole are put together, too. */
  readonly flat?: boolean;
}

export const NODE_GAP = 36;
/** Room between two rows, edges and all: a guess, for only the finished picture knows. */
export const ROW_GAP = 90;

/** The same where many edges run. */
const CROWDED_GAP = 180;

/** A part of fewer rows is seen whole, however narrow it is. */
const MOST_ROWS_KEPT = 5;

/** Of its room, how long a row may become where that saves another. */
const MOST_STRETCHED = 1.5;

export interface Rows {
  readonly rows: Child[][];
  /** Whether ELK may draw them: it keeps no two ranks in a row, and puts all that no one in the part needs into one. */
  readonly layered: boolean;
}

/**
 * Who stands in a row with whom, from the first row to the last: those of a rank together, in as many rows as they
 * need within `room`, and those that no one in the part is linked to where there is most room. A part that would be
 * much higher than wide puts neighbouring ranks into one row where they fit.
 */
export function rowsOf(part: Part, options: RowOptions): Rows {
  const { across, along, room } = options;
  // In the whole picture even what no one needs has its place by who controls it.
  const linked = part.container === undefined ? new Set(part.children.map(({ id }) => id)) : linkedChildren(part);
  const ranked = new Map<number, Child[]>();
  for (const child of part.children) {
    if (!linked.has(child.id)) continue;
    const rank = part.ranks.get(child.id) ?? 0;
    const row = ranked.get(rank);
    if (row === undefined) ranked.set(rank, [child]);
    else row.push(child);
  }
  const byRank = [...ranked].sort(([a], [b]) => a - b).flatMap(([, children]) => wrapped(children, across, room));
  const heightOf = (rows: readonly Child[][]) =>
    rows.reduce((sum, row) => sum + Math.max(...row.map(along)) + CROWDED_GAP, -CROWDED_GAP);
  // The whole picture says who controls what from the top to the bottom, whatever its shape.
  const simple = !options.flat && byRank.length <= MOST_ROWS_KEPT && !part.children.some((child) => 'part' in child);
  const kept = part.container === undefined || simple;
  const rows = kept ? byRank : merged(part, byRank, options, heightOf);
  const unlinked = part.children.filter(({ id }) => !linked.has(id));
  const layered = rows.length === byRank.length && extent(unlinked, across) <= MOST_STRETCHED * room;
  return { rows: withUnlinked(rows, part, linked, across, room), layered };
}

function linkedChildren({ pieces }: Part): Set<string> {
  const linked = new Set<string>();
  for (const { from, to } of pieces.values()) {
    if (from.child === undefined || to.child === undefined || from.child === to.child) continue;
    linked.add(from.child).add(to.child);
  }
  return linked;
}

export const extent = (row: readonly Child[], across: (child: Child) => number): number =>
  row.reduce((sum, child) => sum + across(child) + NODE_GAP, -NODE_GAP);

/** In rows of about the same extent, the order kept. */
function wrapped(children: readonly Child[], across: (child: Child) => number, room: number): Child[][] {
  const count = Math.max(1, Math.ceil(extent(children, across) / Math.max(room, 1)));
  const share = extent(children, across) / count;
  const rows: Child[][] = [[]];
  let used = 0;
  for (const child of children) {
    const last = rows.at(-1) as Child[];
    if (last.length > 0 && used + across(child) / 2 > share) {
      rows.push([child]);
      used = across(child) + NODE_GAP;
    } else {
      last.push(child);
      used += across(child) + NODE_GAP;
    }
  }
  return rows;
}

/** Neighbours with the fewest links between them first, until the part is no higher than wide. */
function merged(
  part: Part,
  rows: readonly Child[][],
  { across, room, depth = room }: RowOptions,
  heightOf: (rows: readonly Child[][]) => number,
): Child[][] {
  const merging = rows.map((row) => [...row]);
  while (heightOf(merging) > depth) {
    const links = linksBelow(part, merging);
    let best: number | undefined;
    for (const [index, upper] of merging.entries()) {
      const lower = merging[index + 1];
      if (lower === undefined || extent([...upper, ...lower], across) > room) continue;
      if (best === undefined || (links[index] ?? 0) < (links[best] ?? 0)) best = index;
    }
    if (best === undefined) break;
    const [lower = []] = merging.splice(best + 1, 1);
    merging[best]?.push(...lower);
  }
  return merging;
}

/** How many links there are between each row and the next. */
function linksBelow({ pieces }: Part, rows: readonly (readonly Child[])[]): number[] {
  const rowOf = new Map(rows.flatMap((row, index) => row.map(({ id }) => [id, index] as const)));
  const links = rows.map(() => 0);
  for (const { from, to } of pieces.values()) {
    const [start, end] = [rowOf.get(from.child ?? ''), rowOf.get(to.child ?? '')];
    if (start === undefined || end === undefined || Math.abs(start - end) !== 1) continue;
    const upper = Math.min(start, end);
    links[upper] = (links[upper] ?? 0) + 1;
  }
  return links;
}

/** What only comes in from outside stands at the first side, what only goes out at the last. */
function withUnlinked(
  rows: Child[][],
  part: Part,
  linked: ReadonlySet<string>,
  across: (child: Child) => number,
  room: number,
): Child[][] {
  const entered = new Set(
    [...part.pieces.values()].flatMap(({ from, to }) => (from.child === undefined ? [to.child] : [])),
  );
  const taken = new Map(rows.map((row) => [row, extent(row, across)]));
  let first = 0;
  for (const child of part.children) {
    if (linked.has(child.id)) continue;
    const order = entered.has(child.id) ? rows : [...rows].reverse();
    const free = (row: Child[]) => room - (taken.get(row) ?? 0) - NODE_GAP - across(child);
    const best = order.reduce<Child[] | undefined>(
      (found, row) => (free(row) >= 0 && (found === undefined || free(row) > free(found)) ? row : found),
      undefined,
    );
    const row = best ?? [];
    row.push(child);
    taken.set(row, extent(row, across));
    if (best === undefined && entered.has(child.id)) rows.splice(first++, 0, row);
    else if (best === undefined) rows.push(row);
  }
  return rows;
}

/** How wide a picture of so much content is, at `aspect` (width by height). */
export function roomFor(sizes: readonly Size[], aspect: number): number {
  const area = sizes.reduce((sum, { width, height }) => sum + (width + NODE_GAP) * (height + ROW_GAP), 0);
  const widest = sizes.reduce((most, { width }) => Math.max(most, width), 0);
  return Math.max(widest, Math.sqrt(area * aspect));
}
