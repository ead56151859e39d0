/** One who stands in a row: its extent along the row. */
export interface Standing {
  readonly id: string;
  readonly across: number;
}

const SWEEPS = 6;

export interface PlacementOptions {
  /** By whom somebody would like to stand: their ids. */
  readonly linked: (id: string) => readonly string[];
  readonly gap: number;
  readonly room: number;
}

/**
 * An order for each row, and where the middles of all stand along it: sweep by sweep each row is sorted by the middles
 * of those that its members are linked to, and each member moves there as far as its neighbours let it.
 */
export function orderRows<Member extends Standing>(
  rows: readonly (readonly Member[])[],
  { linked, gap, room }: PlacementOptions,
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
  const wantedOf = ({ id }: Member): number => {
    const others = linked(id).flatMap((other) => middles.get(other) ?? []);
    const own = middles.get(id) ?? room / 2;
    return others.length === 0 ? own : others.reduce((sum, middle) => sum + middle, 0) / others.length;
  };
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const indexes = ordered.map((_, index) => (sweep % 2 === 0 ? index : ordered.length - 1 - index));
    for (const index of indexes) {
      const row = ordered[index] ?? [];
      const wanted = new Map(row.map((member) => [member.id, wantedOf(member)]));
      // Late sweeps keep the order, or two rows would go on swapping for ever.
      if (sweep < SWEEPS - 2) row.sort((a, b) => (wanted.get(a.id) ?? 0) - (wanted.get(b.id) ?? 0));
      settle(
        row,
        row.map(({ id }) => wanted.get(id) ?? 0),
      );
    }
  }
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
