/**
 * The board: a part laid out by its rows alone, for the many and for those that are to stay where they are. Between
 * two rows lies a channel, in which edges run along the rows, each on a track; they pass a row in the gaps between
 * its members, each on a lane. So no edge runs through a node, whatever stands where; and it takes time in proportion
 * to what is drawn. Coordinates: `x` along the rows, `y` from row to row.
 */
import type { Point } from '../core/diagram/index.ts';
import { besideOf, heightOf, offsetOf } from './board-beside.ts';
import { type Lane, routeHops } from './board-hops.ts';
import { type Segment, tracksOf } from './board-tracks.ts';
import type { PartLayout } from './part-layout.ts';
import type { Child, Part } from './parts.ts';
import { apart } from './placement.ts';

export interface BoardChild {
  readonly child: Child;
  readonly id: string;
  readonly across: number;
  readonly along: number;
  /** Of a part: where along it each port is. */
  readonly ports: ReadonlyMap<string, number>;
}

/** Free at the first and the last row, and before and after each row. */
export interface Padding {
  readonly first: number;
  readonly last: number;
  readonly before: number;
  readonly after: number;
}

export interface BoardOptions {
  readonly gap: number;
  readonly room: number;
  readonly padding: Padding;
  /** Where rows began before, from the part's border; all is then to stay where it was. */
  readonly tops?: readonly (number | undefined)[];
  /** How far below its row's beginning each stood before; else all stand around the row's middle. */
  readonly offsets?: ReadonlyMap<string, number>;
}

const OUTER_LANE = 16;
const ROW_AIR = 18;
/** What is out of line by more is so on purpose. */
const MOST_ALIGNED = 36;
/** Where a row has gone, those below stay; where a whole part was folded they come nearer. */
const MOST_LEFT_FREE = 240;

export function boardOf(
  part: Part,
  rows: readonly (readonly BoardChild[])[],
  wantedMiddles: ReadonlyMap<string, number>,
  { gap, room, padding, tops, offsets }: BoardOptions,
): PartLayout {
  const beside = besideOf(part, rows, offsets);
  const hops = routeHops(part, rows, wantedMiddles, gap, new Set(beside.keys()));

  // Gaps are as wide as their lanes ask for, and only now do the members of a row know where they stand.
  const middles = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    const gaps = row.map((_, place) => Math.max(gap, lanesWidth(hops.lanesIn(index, place).length) + 2 * OUTER_LANE));
    const wanted = row.map(({ id }) => wantedMiddles.get(id) ?? room / 2);
    const stand = apart(row, wanted, gaps, room);
    const inLine = tops === undefined ? apart(row, aligned(stand, rows[index - 1] ?? [], middles), gaps, room) : stand;
    for (const [place, middle] of inLine.entries()) middles.set(row[place]?.id ?? '', middle);
  }
  for (const [index, row] of rows.entries()) {
    for (let place = 0; place <= row.length; place++) placeLanes(hops.lanesIn(index, place), row, place, middles);
  }
  const ends = hops.placeEnds(middles);

  const segments: Segment[][] = Array.from({ length: rows.length + 1 }, () => []);
  for (const { piece, start, end, lanes, channels, key } of ends) {
    const xs = [start.x, ...lanes.map(({ x }) => x), end.x];
    const label = piece.label;
    for (const [index, channel] of channels.entries()) {
      const [from, to] = [xs[index] ?? 0, xs[index + 1] ?? 0];
      const labelled = label !== undefined && index === 0 ? label : undefined;
      // What came from an earlier channel came through the row between them.
      const fromAbove = index === 0 ? isAbove(start) : (channels[index - 1] ?? 0) < channel;
      const toAbove = index === channels.length - 1 ? isAbove(end) : (channels[index + 1] ?? 0) < channel;
      const ends = { from, to, fromAbove, toAbove };
      segments[channel]?.push({ piece: piece.id, index, key, ...ends, ...(labelled && { label: labelled }) });
    }
  }

  let y = padding.first;
  const rowTops: number[] = [];
  const trackYs = new Map<string, number>();
  for (let channel = 0; channel <= rows.length; channel++) {
    const { height, offsets } = tracksOf(segments[channel] ?? []);
    const outer = channel === 0 || channel === rows.length;
    const air = height === 0 ? (outer ? 0 : 2 * ROW_AIR) : (outer ? 10 : ROW_AIR) + ROW_AIR;
    const begin = y + (height === 0 ? 0 : channel === 0 ? 10 : ROW_AIR);
    for (const [id, offset] of offsets) trackYs.set(`${channel}|${id}`, begin + offset);
    y += height + air;
    if (channel === rows.length) break;
    y = Math.max(y, Math.min(tops?.[channel] ?? 0, y + MOST_LEFT_FREE));
    rowTops.push(y);
    y += heightOf(rows[channel] ?? []);
  }
  const height = Math.ceil(y + padding.last);

  const boxes = new Map<string, { x: number; y: number; across: number; along: number }>();
  const rowOf = new Map(rows.flatMap((row, index) => row.map(({ id }) => [id, index] as const)));
  for (const [index, row] of rows.entries()) {
    const rowHeight = heightOf(row);
    for (const child of row) {
      const { id, across, along } = child;
      const top = (rowTops[index] ?? 0) + offsetOf(child, rowHeight, offsets);
      boxes.set(id, { x: (middles.get(id) ?? 0) - across / 2, y: top, across, along });
    }
  }
  const yOfEnd = (end: { readonly child?: string; readonly side: 'first' | 'last' }): number => {
    const box = end.child === undefined ? undefined : boxes.get(end.child);
    if (box === undefined) return end.side === 'first' ? 0 : height;
    return end.side === 'first' ? box.y : box.y + box.along;
  };

  const pieces = new Map<string, { points: Point[]; label?: Point & { width: number; height: number } }>();
  for (const { piece, start, end, lanes, channels } of ends) {
    const xs = [start.x, ...lanes.map(({ x }) => x), end.x];
    const points: Point[] = [{ x: start.x, y: yOfEnd(start) }];
    for (const [index, channel] of channels.entries()) {
      const trackY = trackYs.get(`${channel}|${piece.id}|${index}`) ?? 0;
      points.push({ x: xs[index] ?? 0, y: trackY }, { x: xs[index + 1] ?? 0, y: trackY });
    }
    points.push({ x: end.x, y: yOfEnd(end) });
    const { label } = piece;
    const middle = ((xs[0] ?? 0) + (xs[1] ?? 0)) / 2;
    const trackY = trackYs.get(`${channels[0]}|${piece.id}|0`) ?? 0;
    const drawn = label && { ...sizeOf(label), x: middle - label.width / 2, y: trackY - label.height / 2 };
    pieces.set(piece.id, { points, ...(drawn && { label: drawn }) });
  }
  for (const [piece, { left, right, below }] of beside) {
    const [from, to] = [boxes.get(left), boxes.get(right)];
    const y = (rowTops[rowOf.get(left) ?? 0] ?? 0) + below;
    const points = [
      { x: (from?.x ?? 0) + (from?.across ?? 0), y },
      { x: to?.x ?? 0, y },
    ];
    pieces.set(piece.id, { points: piece.from.child === left ? points : points.reverse() });
  }
  const ports = new Map<string, Point>();
  for (const { start, end } of ends) {
    for (const each of [start, end]) {
      if (each.child === undefined && each.port !== undefined) ports.set(each.port, { x: each.x, y: yOfEnd(each) });
    }
  }
  return within({ boxes, ports, pieces, height }, padding, tops !== undefined);
}

/** Those that stand nearly below another stand right below it. */
function aligned(
  stand: readonly number[],
  above: readonly BoardChild[],
  middles: ReadonlyMap<string, number>,
): number[] {
  return stand.map((middle) => {
    const nearest = above.reduce<number | undefined>((found, { id }) => {
      const other = middles.get(id) ?? Number.POSITIVE_INFINITY;
      return found === undefined || Math.abs(other - middle) < Math.abs(found - middle) ? other : found;
    }, undefined);
    return nearest !== undefined && Math.abs(nearest - middle) <= MOST_ALIGNED ? nearest : middle;
  });
}

/** Whether a channel is left upwards for this end: the last side of a child looks down on it, the part's first border too. */
const isAbove = ({ child, side }: { readonly child?: string; readonly side: 'first' | 'last' }): boolean =>
  (child === undefined) === (side === 'first');

const sizeOf = ({ width, height }: { width: number; height: number }) => ({ width, height });

/** Many lanes stand closer, so that a gap stays a gap. */
const lanePitch = (count: number): number => (count <= 8 ? 12 : Math.max(3, 96 / count));
const lanesWidth = (count: number): number => (count === 0 ? 0 : (count - 1) * lanePitch(count));

function placeLanes(
  lanes: readonly Lane[],
  row: readonly BoardChild[],
  place: number,
  middles: ReadonlyMap<string, number>,
): void {
  const pitch = lanePitch(lanes.length);
  const before = row[place - 1];
  const after = row[place];
  const left = before === undefined ? undefined : (middles.get(before.id) ?? 0) + before.across / 2;
  const right = after === undefined ? undefined : (middles.get(after.id) ?? 0) - after.across / 2;
  const width = lanesWidth(lanes.length);
  let first = 0;
  if (left !== undefined && right !== undefined) {
    // In a wide gap lanes stand where they would like to.
    const wish = lanes.reduce((sum, lane) => sum + lane.wish, 0) / Math.max(1, lanes.length) - width / 2;
    first = Math.min(right - OUTER_LANE - width, Math.max(left + OUTER_LANE, wish));
  } else if (left !== undefined) first = Math.max(left + OUTER_LANE, (lanes[0]?.wish ?? 0) - width / 2);
  else if (right !== undefined) first = Math.min(right - OUTER_LANE - width, (lanes[0]?.wish ?? 0) - width / 2);
  for (const [index, lane] of [...lanes].sort((a, b) => a.lean - b.lean || a.wish - b.wish).entries())
    lane.x = first + index * pitch;
}

interface Drawn {
  readonly boxes: ReadonlyMap<string, { x: number; y: number; across: number; along: number }>;
  readonly ports: ReadonlyMap<string, Point>;
  readonly pieces: ReadonlyMap<string, { points: Point[]; label?: Point & { width: number; height: number } }>;
  readonly height: number;
}

/** Moved so that nothing is before the padding. */
function within({ boxes, ports, pieces, height }: Drawn, { before, after }: Padding, pinned: boolean): PartLayout {
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const reach = (from: number, to: number) => {
    left = Math.min(left, from);
    right = Math.max(right, to);
  };
  for (const { x, across } of boxes.values()) reach(x, x + across);
  for (const { points, label } of pieces.values()) {
    for (const { x } of points) reach(x, x);
    if (label !== undefined) reach(label.x, label.x + label.width);
  }
  if (left > right) [left, right] = [0, 0];
  // What is to stay moves only as far as something else would leave the part.
  const shift = pinned ? Math.max(0, before - left) : before - left;
  const at = ({ x, y }: Point): Point => ({ x: Math.round((x + shift) * 10) / 10, y: Math.round(y * 10) / 10 });
  return {
    width: Math.ceil(right + shift + after),
    height,
    children: new Map([...boxes].map(([id, box]) => [id, at(box)])),
    ports: new Map([...ports].map(([id, point]) => [id, at(point)])),
    pieces: new Map(
      [...pieces].map(([id, { points, label }]) => [
        id,
        { points: points.map(at), ...(label && { label: { ...label, ...at(label) } }) },
      ]),
    ),
  };
}
