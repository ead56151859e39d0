/**
 * Better orders of rows than sweeps find: members change places, and whole rows are turned, as long as that makes the
 * edges shorter or fewer of them cross.
 */
import type { Pull, Standing } from './placement.ts';

export interface SearchOptions {
  readonly pullsOf: (id: string) => readonly Pull[];
  readonly gap: number;
  /** Where each member stands now. */
  readonly middles: ReadonlyMap<string, number>;
}

/** A crossing is worth a way as long as this. */
const CROSSING = 160;
/** Two of a row that are not neighbours are joined by a way around those between them. */
const AROUND = 240;
const MOST_PASSES = 4;
/** Pairs of links that are compared, at the most: what would take more changes neighbours only, or nothing. */
const MOST_WORK = 600_000;

interface Link {
  readonly from: number;
  readonly to: number;
  /** Where it ends, from the middles of the two. */
  readonly fromBy: number;
  readonly toBy: number;
}

/** A link that leaves the part, from `from` to some place along the rows. */
interface Leaving {
  readonly from: number;
  readonly aim: number;
}

/** The rows in the order found, the given ones where nothing is better. Deterministic. */
export function searchOrder<Member extends Standing>(
  rows: readonly (readonly Member[])[],
  { pullsOf, gap, middles }: SearchOptions,
): Member[][] {
  const found = rows.map((row) => [...row]);
  const members = rows.flat();
  const index = new Map(members.map(({ id }, at) => [id, at]));
  const links = members.flatMap(({ id }, from) =>
    pullsOf(id).flatMap(({ to: other, own, other: toBy }): Link[] => {
      const to = index.get(other ?? '');
      return to === undefined || to <= from ? [] : [{ from, to, fromBy: own, toBy }];
    }),
  );
  const leaving = members.flatMap(({ id }, from) =>
    pullsOf(id).flatMap(({ to, own, other }): Leaving[] => (to === undefined ? [{ from, aim: other - own }] : [])),
  );
  // A row's links are at the most as many as it has members, times the mean; each is held against all.
  const workOf = (moves: (row: readonly Member[]) => number): number =>
    MOST_PASSES *
    rows.reduce(
      (sum, row) => sum + moves(row) * Math.ceil((2 * links.length * row.length) / members.length) * links.length,
      0,
    );
  const everywhere = workOf(({ length }) => length * length) <= MOST_WORK;
  if (links.length === 0 || (!everywhere && workOf(({ length }) => length) > MOST_WORK)) return found;

  const rowOf = rows.flatMap((row, at) => row.map(() => at));
  const placeIn = new Array<number>(members.length).fill(0);
  const xs = members.map(({ id }) => middles.get(id) ?? 0);
  const starts = rows.map((row) => {
    const first = row[0];
    return first === undefined ? 0 : (middles.get(first.id) ?? 0) - first.across / 2;
  });
  const put = (row: number): void => {
    let left = starts[row] ?? 0;
    for (const [place, { id, across }] of (found[row] ?? []).entries()) {
      const at = index.get(id) ?? 0;
      placeIn[at] = place;
      xs[at] = left + across / 2;
      left += across + gap;
    }
  };
  for (const row of found.keys()) put(row);
  const cost = costOf(links, leaving, rowOf, placeIn, xs);

  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let better = false;
    for (const row of found.keys()) {
      const order = found[row] ?? [];
      let least = cost(row);
      const attempt = (next: Member[]): boolean => {
        const old = found[row] ?? [];
        found[row] = next;
        put(row);
        const now = cost(row);
        if (now < least - 1) {
          least = now;
          better = true;
          return true;
        }
        found[row] = old;
        put(row);
        return false;
      };
      if (order.length > 2) attempt([...order].reverse());
      for (let from = 0; from < order.length; from++) {
        for (let to = 0; to < order.length; to++) {
          if (everywhere ? to !== from : to === from + 1) attempt(moved(found[row] ?? [], from, to));
        }
      }
    }
    if (!better) break;
  }
  return found;
}

function moved<Member>(row: readonly Member[], from: number, to: number): Member[] {
  const rest = row.filter((_, at) => at !== from);
  return [...rest.slice(0, to), row[from] as Member, ...rest.slice(to)];
}

/** What the links of a row cost as its members stand now. It is asked thousands of times: no objects in its loops. */
function costOf(
  links: readonly Link[],
  leaving: readonly Leaving[],
  rowOf: readonly number[],
  placeIn: readonly number[],
  xs: readonly number[],
): (changed: number) => number {
  const row = (member: number): number => rowOf[member] ?? 0;
  const ordered = links.map((link): Link => {
    const { from, to, fromBy, toBy } = link;
    return row(from) <= row(to) ? link : { from: to, to: from, fromBy: toBy, toBy: fromBy };
  });
  const first = Int32Array.from(ordered, ({ from }) => row(from));
  const last = Int32Array.from(ordered, ({ to }) => row(to));
  const begin = new Float64Array(ordered.length);
  const end = new Float64Array(ordered.length);
  const ofRow = new Map<number, number[]>();
  for (const link of ordered.keys()) {
    for (const each of new Set([first[link] as number, last[link] as number])) {
      ofRow.set(each, [...(ofRow.get(each) ?? []), link]);
    }
  }
  return (changed) => {
    let sum = 0;
    for (const { from, aim } of leaving) if (row(from) === changed) sum += Math.abs((xs[from] ?? 0) - aim);
    for (const [link, { from, to, fromBy, toBy }] of ordered.entries()) {
      begin[link] = (xs[from] ?? 0) + fromBy;
      end[link] = (xs[to] ?? 0) + toBy;
    }
    for (const link of ofRow.get(changed) ?? []) {
      sum += lengthOf(link);
      for (let other = 0; other < ordered.length; other++) {
        const isOwn = first[other] === changed || last[other] === changed;
        if ((other > link || !isOwn) && cross(link, other)) sum += CROSSING;
      }
    }
    return sum;
  };

  function lengthOf(link: number): number {
    const { from, to } = ordered[link] as Link;
    const across = Math.abs((begin[link] as number) - (end[link] as number));
    if (first[link] !== last[link]) return across;
    return Math.abs((placeIn[from] ?? 0) - (placeIn[to] ?? 0)) === 1 ? 0 : across + AROUND;
  }

  /** Whether two links change sides between the first and the last of the rows that both of them pass. */
  function cross(one: number, other: number): boolean {
    const top = Math.max(first[one] as number, first[other] as number);
    const bottom = Math.min(last[one] as number, last[other] as number);
    return top < bottom && (at(one, top) - at(other, top)) * (at(one, bottom) - at(other, bottom)) < 0;
  }

  /** Where a link is when it passes a row. */
  function at(link: number, passed: number): number {
    const from = first[link] as number;
    const start = begin[link] as number;
    return start + (((end[link] as number) - start) * (passed - from)) / Math.max(1, (last[link] as number) - from);
  }
}
