import type { BoardChild } from './board.ts';
import type { End, Part, Piece } from './parts.ts';
import { apart } from './placement.ts';

/** Where edges of one bundle pass a row. */
export interface Lane {
  /** Where it would best be, between where its edges come from and where they go. */
  readonly wish: number;
  /** How far to the one or the other side its edges come from and go to, added up. */
  lean: number;
  x: number;
}

export interface PlacedEnd {
  readonly child?: string;
  readonly port?: string;
  /** The side of the child, or of the part's own border, that it is at. */
  readonly side: 'first' | 'last';
  readonly x: number;
}

export interface Hops {
  readonly piece: Piece;
  /** Edges of one key run together. */
  readonly key: string;
  readonly start: PlacedEnd;
  readonly end: PlacedEnd;
  /** The channels that it runs along, one more than the lanes on which it passes rows. */
  readonly channels: readonly number[];
  readonly lanes: readonly Lane[];
}

interface OpenEnd {
  readonly child?: string;
  readonly port?: string;
  readonly side: 'first' | 'last';
  readonly channel: number;
  /** About where it will be. */
  readonly x: number;
}

interface Draft extends Omit<Hops, 'start' | 'end'> {
  readonly start: OpenEnd;
  readonly end: OpenEnd;
}

const PORT_GAP = 16;

/** Which gaps each piece passes; lanes and ends have their places when the rows have theirs. */
export function routeHops(
  part: Part,
  rows: readonly (readonly BoardChild[])[],
  middles: ReadonlyMap<string, number>,
  gap: number,
  beside: ReadonlySet<Piece>,
) {
  const rowOf = new Map(rows.flatMap((row, index) => row.map(({ id }) => [id, index] as const)));
  const children = new Map(rows.flatMap((row) => row.map((child) => [child.id, child] as const)));
  const lanes = new Map<string, Lane>();
  const lanesAt = new Map<string, Lane[]>();
  const gapMiddles = rows.map((row) => gapMiddlesOf(row, middles, gap));

  /** Between the rows, from 0 for what enters at the first border to one for each row. */
  const levelOf = ({ child, port }: End): number => {
    if (child !== undefined) return (rowOf.get(child) ?? 0) + 0.5;
    return part.ports.get(port ?? '')?.side === 'first' ? 0 : rows.length;
  };
  const open = (end: End, other: End): OpenEnd => {
    const { child, port } = end;
    if (child === undefined) {
      const side = part.ports.get(port ?? '')?.side ?? 'first';
      return { ...end, side, channel: side === 'first' ? 0 : rows.length, x: Number.NaN };
    }
    const row = rowOf.get(child) ?? 0;
    const box = children.get(child);
    const middle = middles.get(child) ?? 0;
    const fixed =
      port === undefined || box === undefined || 'node' in box.child ? undefined : box.child.part.ports.get(port);
    const side = fixed?.side ?? (levelOf(other) < levelOf(end) ? 'first' : 'last');
    const x = fixed === undefined ? middle : middle - (box?.across ?? 0) / 2 + (box?.ports.get(port ?? '') ?? 0);
    return { ...end, side, channel: side === 'first' ? row : row + 1, x };
  };

  const drafts = [...part.pieces.values()].flatMap((piece): Draft[] => {
    if (beside.has(piece)) return [];
    let start = open(piece.from, piece.to);
    let end = open(piece.to, piece.from);
    if (Number.isNaN(start.x)) start = { ...start, x: end.x };
    if (Number.isNaN(end.x)) end = { ...end, x: start.x };
    const step = start.channel <= end.channel ? 1 : -1;
    const count = Math.abs(end.channel - start.channel);
    const passed: Lane[] = [];
    const stops = [start.x];
    let x = start.x;
    for (let index = 0; index < count; index++) {
      const row = step > 0 ? start.channel + index : start.channel - 1 - index;
      // A step nearer to where it goes with each row.
      const wish = x + (end.x - x) / (count - index + 1);
      const place = nearest(gapMiddles[row] ?? [], wish);
      const id = `${row}|${place}|${piece.bundle}`;
      let lane = lanes.get(id);
      if (lane === undefined) {
        lane = { wish, lean: 0, x: wish };
        lanes.set(id, lane);
        const at = `${row}|${place}`;
        lanesAt.set(at, [...(lanesAt.get(at) ?? []), lane]);
      }
      passed.push(lane);
      x = gapMiddles[row]?.[place] ?? wish;
      stops.push(x);
    }
    stops.push(end.x);
    for (const [index, lane] of passed.entries()) {
      const at = stops[index + 1] ?? 0;
      lane.lean += within((stops[index] ?? 0) - at) + within((stops[index + 2] ?? 0) - at);
    }
    const channels = Array.from({ length: count + 1 }, (_, index) => start.channel + step * index);
    return [{ piece, key: piece.bundle, start, end, channels, lanes: passed }];
  });

  return {
    lanesIn: (row: number, place: number): Lane[] => lanesAt.get(`${row}|${place}`) ?? [],
    placeEnds: (placed: ReadonlyMap<string, number>): Hops[] => placeEnds(drafts, children, placed),
  };
}

/** Farther away is no more to the side. */
const MOST_LEAN = 200;
const within = (value: number): number => Math.max(-MOST_LEAN, Math.min(MOST_LEAN, value));

/** The middle of each gap of a row, those before its first and after its last member included. */
function gapMiddlesOf(row: readonly BoardChild[], middles: ReadonlyMap<string, number>, gap: number): number[] {
  const edge = (child: BoardChild | undefined, side: -1 | 1): number | undefined =>
    child === undefined ? undefined : (middles.get(child.id) ?? 0) + (side * child.across) / 2;
  return Array.from({ length: row.length + 1 }, (_, place) => {
    const left = edge(row[place - 1], 1);
    const right = edge(row[place], -1);
    if (left === undefined && right === undefined) return 0;
    if (left === undefined) return (right ?? 0) - gap / 2;
    if (right === undefined) return left + gap / 2;
    return (left + right) / 2;
  });
}

function nearest(places: readonly number[], wish: number): number {
  let best = 0;
  for (const [index, place] of places.entries()) {
    if (Math.abs(place - wish) < Math.abs((places[best] ?? 0) - wish)) best = index;
  }
  return best;
}

/** Along each side of a node in the order of where they go; a part's ports are where its own layout has put them. */
function placeEnds(
  drafts: readonly Draft[],
  children: ReadonlyMap<string, BoardChild>,
  middles: ReadonlyMap<string, number>,
): Hops[] {
  const fixedX = ({ child, port }: OpenEnd): number | undefined => {
    const box = child === undefined || port === undefined ? undefined : children.get(child);
    const at = box?.ports.get(port ?? '');
    return box === undefined || at === undefined ? undefined : (middles.get(box.id) ?? 0) - box.across / 2 + at;
  };
  const aimOf = (draft: Draft, which: 'start' | 'end'): number => {
    const lane = which === 'start' ? draft.lanes[0] : draft.lanes.at(-1);
    if (lane !== undefined) return lane.x;
    const other = which === 'start' ? draft.end : draft.start;
    return fixedX(other) ?? middles.get(other.child ?? '') ?? other.x;
  };
  // One place for all of a bundle on the same side of the same child, or of the border.
  const groups = new Map<string, Map<string, { aims: number[]; owner: OpenEnd }>>();
  const slotOf = (end: OpenEnd, draft: Draft, which: 'start' | 'end') => ({
    group: `${end.child ?? ''}|${end.side}`,
    // A loop has two ends on one side.
    slot:
      end.child === undefined
        ? (end.port ?? '')
        : draft.start.child === draft.end.child
          ? `${draft.key}|${which}`
          : draft.key,
  });
  for (const draft of drafts) {
    for (const which of ['start', 'end'] as const) {
      const end = draft[which];
      if (fixedX(end) !== undefined) continue;
      const { group, slot } = slotOf(end, draft, which);
      const slots = groups.get(group) ?? new Map<string, { aims: number[]; owner: OpenEnd }>();
      groups.set(group, slots);
      const entry = slots.get(slot) ?? { aims: [], owner: end };
      entry.aims.push(aimOf(draft, which));
      slots.set(slot, entry);
    }
  }
  const xs = new Map<string, number>();
  for (const [group, slots] of groups) {
    const ordered = [...slots].map(([slot, { aims, owner }]) => ({
      slot,
      owner,
      aim: aims.reduce((sum, aim) => sum + aim, 0) / aims.length,
    }));
    ordered.sort((a, b) => a.aim - b.aim);
    const box = children.get(ordered[0]?.owner.child ?? '');
    for (const [slot, x] of box === undefined ? alongBorder(ordered) : alongSide(ordered, box, middles)) {
      xs.set(`${group}|${slot}`, x);
    }
  }
  const place = (end: OpenEnd, draft: Draft, which: 'start' | 'end'): PlacedEnd => {
    const { group, slot } = slotOf(end, draft, which);
    return { ...end, x: fixedX(end) ?? xs.get(`${group}|${slot}`) ?? end.x };
  };
  return drafts.map((draft) => ({
    ...draft,
    start: place(draft.start, draft, 'start'),
    end: place(draft.end, draft, 'end'),
  }));
}

interface Aim {
  readonly slot: string;
  readonly aim: number;
}

/** As near to where it goes as the others and the corners let it. */
function alongSide(ordered: readonly Aim[], box: BoardChild, middles: ReadonlyMap<string, number>): [string, number][] {
  const left = (middles.get(box.id) ?? 0) - box.across / 2;
  const corner = Math.min(24, box.across / 4);
  const room = box.across - 2 * corner;
  const gap = Math.min(24, room / Math.max(1, ordered.length - 1));
  const points = ordered.map(({ slot }) => ({ id: slot, across: 0 }));
  const wanted = ordered.map(
    ({ aim }) =>
      (Math.abs(aim - left - box.across / 2) > box.across / 2
        ? left + box.across / 2 + Math.sign(aim - left - box.across / 2) * gap
        : aim) -
      left -
      corner,
  );
  const gaps = ordered.map(() => gap);
  return apart(points, wanted, gaps, room).map((x, index) => [ordered[index]?.slot ?? '', left + corner + x]);
}

function alongBorder(ordered: readonly Aim[]): [string, number][] {
  const points = ordered.map(({ slot }) => ({ id: slot, across: 0 }));
  const least = Math.min(...ordered.map(({ aim }) => aim)) - ordered.length * PORT_GAP;
  const gaps = ordered.map(() => PORT_GAP);
  const wanted = ordered.map(({ aim }) => aim - least);
  return apart(points, wanted, gaps, Number.MAX_SAFE_INTEGER).map((x, index) => [
    ordered[index]?.slot ?? '',
    least + x,
  ]);
}
