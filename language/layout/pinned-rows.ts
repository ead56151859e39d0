import type { Box } from '../core/diagram/index.ts';
import type { Child, Part } from './parts.ts';
import { NODE_GAP, type RowOptions } from './rows.ts';

export interface PinnedRows {
  readonly rows: Child[][];
  /** Along their rows. */
  readonly middles: Map<string, number>;
  /** Where each row begins at the least; none for a new row. */
  readonly tops: (number | undefined)[];
  /** How far below its row's beginning each stood. */
  readonly offsets: Map<string, number>;
}

export interface PinnedOptions extends RowOptions {
  readonly place: (id: string) => Box | undefined;
  readonly down: boolean;
  /** Free before the first of a row. */
  readonly before: number;
}

interface Row {
  readonly members: Child[];
  readonly top: number | undefined;
}

/** The rows as they were; each new child where there is room, and where there is none in a row of its own. */
export function pinnedRowsOf(part: Part, options: PinnedOptions): PinnedRows {
  const { place, down, across, before } = options;
  const spans = part.children.flatMap((child) => {
    const box = place(child.id);
    if (box === undefined) return [];
    const [x, y, width, height] = down ? [box.x, box.y, box.width, box.height] : [box.y, box.x, box.height, box.width];
    // A part that has grown or shrunk has done so at its end: it begins where it began.
    const middle = x + ('part' in child ? across(child) : width) / 2;
    return [{ child, middle, end: x + width, top: y, bottom: y + height }];
  });
  spans.sort((a, b) => a.top - b.top);
  const middles = new Map(spans.map(({ child, middle }) => [child.id, middle]));
  const offsets = new Map<string, number>();
  const rows: Row[] = [];
  let bottom = Number.NEGATIVE_INFINITY;
  for (const span of spans) {
    const last = rows.at(-1);
    // What overlaps from row to row was never in two.
    if (last === undefined || span.top >= bottom) rows.push({ members: [span.child], top: span.top });
    else last.members.push(span.child);
    offsets.set(span.child.id, span.top - (rows.at(-1)?.top ?? span.top));
    bottom = Math.max(bottom, span.bottom);
  }
  // The whole picture may grow at its end, which moves nothing; a part as far as it reaches already.
  const reach = Math.max(before, ...spans.map(({ end }) => end));
  const limit = part.container === undefined ? Math.max(reach, options.room) * 1.25 : reach;
  for (const child of part.children)
    if (!middles.has(child.id)) insert(child, part, rows, middles, { ...options, limit });
  for (const { members } of rows) members.sort((a, b) => (middles.get(a.id) ?? 0) - (middles.get(b.id) ?? 0));
  return { rows: rows.map(({ members }) => members), middles, tops: rows.map(({ top }) => top), offsets };
}

function insert(
  child: Child,
  part: Part,
  rows: Row[],
  middles: Map<string, number>,
  { across, limit, before }: PinnedOptions & { readonly limit: number },
): void {
  const { above, below } = neighboursOf(child, part);
  const rowIndex = (id: string) => rows.findIndex(({ members }) => members.some((member) => member.id === id));
  const indexes = (ids: readonly string[]) => ids.map(rowIndex).filter((index) => index >= 0);
  const ordered = (holds: (order: number) => boolean) =>
    part.children.filter(({ order }) => holds(order)).map(({ id }) => id);
  const earlier = indexes([...above, ...ordered((order) => order < child.order)]);
  const later = indexes([...below, ...ordered((order) => order > child.order)]);
  const first = Math.max(0, ...earlier.map((index) => index + 1));
  const last = Math.min(rows.length - 1, ...later.map((index) => index - 1));
  const near = [...above, ...below].flatMap((id) => middles.get(id) ?? []);
  const wanted = meanOf(near);

  let best: { row: Row; middle: number; cost: number } | undefined;
  for (const row of rows.slice(first, Math.max(first, last + 1))) {
    const aim = wanted ?? meanOf(row.members.flatMap(({ id }) => middles.get(id) ?? [])) ?? before;
    const middle = spotIn(row.members, child, aim, middles, across, before, limit);
    if (middle === undefined) continue;
    const cost = Math.abs(middle - aim);
    if (best === undefined || cost < best.cost) best = { row, middle, cost };
  }
  if (best !== undefined) {
    best.row.members.push(child);
    middles.set(child.id, best.middle);
    return;
  }
  const at = earlier.length + later.length === 0 ? rows.length : Math.min(first, rows.length);
  rows.splice(at, 0, { members: [child], top: undefined });
  middles.set(child.id, Math.max(before + across(child) / 2, wanted ?? before + across(child) / 2));
}

const meanOf = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;

function neighboursOf({ id }: Child, { pieces }: Part): { above: string[]; below: string[] } {
  const [above, below]: [string[], string[]] = [[], []];
  for (const { from, to } of pieces.values()) {
    if (from.child === to.child) continue;
    if (from.child === id && to.child !== undefined) below.push(to.child);
    if (to.child === id && from.child !== undefined) above.push(from.child);
  }
  return { above, below };
}

/** The free place of a row that is nearest to where the child would like to stand. */
function spotIn(
  members: readonly Child[],
  child: Child,
  wanted: number,
  middles: ReadonlyMap<string, number>,
  across: (child: Child) => number,
  before: number,
  limit: number,
): number | undefined {
  const half = across(child) / 2;
  const taken = members
    .map((member) => ({ middle: middles.get(member.id) ?? 0, half: across(member) / 2 }))
    .sort((a, b) => a.middle - b.middle);
  let best: number | undefined;
  for (let index = 0; index <= taken.length; index++) {
    const [left, right] = [taken[index - 1], taken[index]];
    const least = (left === undefined ? before : left.middle + left.half + NODE_GAP) + half;
    const most = (right === undefined ? limit : right.middle - right.half - NODE_GAP) - half;
    if (least > most) continue;
    const middle = Math.min(most, Math.max(least, wanted));
    if (best === undefined || Math.abs(middle - wanted) < Math.abs(best - wanted)) best = middle;
  }
  return best;
}
