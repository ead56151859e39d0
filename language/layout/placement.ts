import { searchOrder } from './row-search.ts';

/** One who stands in a row: its extent along the row. */
export interface Standing {
  readonly id: string;
  readonly across: number;
}

/** One edge's wish: to run straight. */
export interface Pull {
  /** At whom the edge ends; absent where it leaves the part. */
  readonly to?: string;
  /** From the member's own middle to where the edge begins. */
  readonly own: number;
  /** From the other's middle to where the edge ends; from the beginning of the row where there is no other. */
  readonly other: number;
}

const SORTING_SWEEPS = 4;
/** They keep the order, or two rows would go on swapping for ever. */
const SETTLING_SWEEPS = 4;

export interface PlacementOptions {
  /** Where somebody would like to stand. */
  readonly pullsOf: (id: string) => readonly Pull[];
  readonly gap: number;
  readonly room: number;
}

/**
 * An order for each row, and where the middles of all stand along it: sweep by sweep each row is sorted by the middles
 * of those that its members are linked to, and each member moves there as far as its neighbours let it.
 */
export function orderRows<Member extends Standing>(
  rows: readonly (readonly Member[])[],
  { pullsOf, gap, room }: PlacementOptions,
): { rows: Member[][]; middles: Map<string, number> } {
  const ordered = rows.map((row) => [...row]);
  const middles = new Map<string, number>();
  const settle = (row: readonly Member[], wanted: readonly number[]) => {
    const gaps = row.map(() => gap);
    for (const [index, middle] of apart(row, wanted, gaps, room).entries()) middles.set(row[index]?.id ?? '', middle);
  };
  for (const row of ordered)
    settle(
      row,
      row.map(() => room / 2),
    );
  const rowOf = new Map(rows.flatMap((row, index) => row.map(({ id }) => [id, index] as const)));
  /** Those of its own row say nothing about where along the row it should stand, but for the one right beside it. */
  const wantedOf = (member: Member, before?: Member, after?: Member): number => {
    const others = pullsOf(member.id).flatMap(({ to, own, other }) => {
      if (to === undefined) return [other - own];
      const middle = middles.get(to);
      if (middle === undefined) return [];
      if (rowOf.get(to) !== rowOf.get(member.id)) return [middle + other - own];
      const [side, neighbour] = to === before?.id ? [1, before] : to === after?.id ? [-1, after] : [0, undefined];
      return neighbour === undefined ? [] : [middle + side * ((neighbour.across + member.across) / 2 + gap)];
    });
    const own = middles.get(member.id) ?? room / 2;
    return others.length === 0 ? own : others.reduce((sum, middle) => sum + middle, 0) / others.length;
  };
  const sweep = (count: number, sorting: boolean) => {
    for (let each = 0; each < count; each++) {
      const indexes = ordered.map((_, index) => (each % 2 === 0 ? index : ordered.length - 1 - index));
      for (const index of indexes) {
        const row = ordered[index] ?? [];
        const wanted = new Map(
          row.map((member, at) => [member.id, sorting ? wantedOf(member) : wantedOf(member, row[at - 1], row[at + 1])]),
        );
        if (sorting) row.sort((a, b) => (wanted.get(a.id) ?? 0) - (wanted.get(b.id) ?? 0));
        settle(
          row,
          row.map(({ id }) => wanted.get(id) ?? 0),
        );
      }
    }
  };
  sweep(SORTING_SWEEPS, true);
  for (const [index, row] of searchOrder(ordered, { pullsOf, gap, middles }).entries()) {
    // A row in another order stands where it stood until it is settled.
    const start = Math.min(...row.map(({ id, across }) => (middles.get(id) ?? 0) - across / 2));
    const changed = row.some((member, place) => member !== ordered[index]?.[place]);
    ordered[index] = row;
    let left = start;
    if (changed)
      for (const { id, across } of row) {
        middles.set(id, left + across / 2);
        left += across + gap;
      }
  }
  sweep(SETTLING_SWEEPS, false);
  return { rows: ordered, middles };
}

/**
 * The middles nearest to those wanted, by least squares, that keep the order and the gaps: pool adjacent violators
 * (isotonic regression; Barlow et al. 1972) over what is wanted, less the room that those before take. All within
 * `room` as far as the row fits into it. `gaps` holds for each member the room before it; the first one's counts not.
 */
export function apart(
  row: readonly Standing[],
  wanted: readonly number[],
  gaps: readonly number[],
  room: number,
): number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const [index, { across }] of row.entries()) {
    const before = row[index - 1];
    if (before !== undefined) offset += before.across / 2 + (gaps[index] ?? 0) + across / 2;
    offsets.push(offset);
  }
  const blocks: { sum: number; count: number }[] = [];
  for (const [index, middle] of wanted.entries()) {
    let block = { sum: middle - (offsets[index] ?? 0), count: 1 };
    for (let last = blocks.at(-1); last !== undefined; last = blocks.at(-1)) {
      if (last.sum / last.count <= block.sum / block.count) break;
      block = { sum: block.sum + last.sum, count: block.count + last.count };
      blocks.pop();
    }
    blocks.push(block);
  }
  const least = (row[0]?.across ?? 0) / 2;
  const most = Math.max(least, room - (row.at(-1)?.across ?? 0) / 2 - offset);
  const bases = blocks.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count));
  return bases.map((base, index) => Math.min(most, Math.max(least, base)) + (offsets[index] ?? 0));
}
