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

/** What the links of a row cost as its members stand now. */
function costOf(
  links: readonly Link[],
  leaving: readonly Leaving[],
  rowOf: readonly number[],
  placeIn: readonly number[],
  xs: readonly number[],
) {
  const ordered = links.map((link): Link => {
    const { from, to, fromBy, toBy } = link;
    return (rowOf[from] ?? 0) <= (rowOf[to] ?? 0) ? link : { from: to, to: from, fromBy: toBy, toBy: fromBy };
  });
  const ofRow = new Map<number, number[]>();
  for (const [at, { from, to }] of ordered.entries()) {
    for (const row of new Set([rowOf[from] ?? 0, rowOf[to] ?? 0])) ofRow.set(row, [...(ofRow.get(row) ?? []), at]);
  }
  const x = (at: number): number => xs[at] ?? 0;
  const row = (at: number): number => rowOf[at] ?? 0;
  const lengthOf = ({ from, to, fromBy, toBy }: Link): number => {
    const across = Math.abs(x(from) + fromBy - x(to) - toBy);
    if (row(from) !== row(to)) return across;
    return Math.abs((placeIn[from] ?? 0) - (placeIn[to] ?? 0)) === 1 ? 0 : across + AROUND;
  };
  const cross = (one: Link, other: Link): boolean => {
    const first = Math.max(row(one.from), row(other.from));
    const last = Math.min(row(one.to), row(other.to));
    if (first >= last) return false;
    return (at(one, first) - at(other, first)) * (at(one, last) - at(other, last)) < 0;
  };
  /** Where a link is when it passes a row. */
  const at = ({ from, to, fromBy, toBy }: Link, passed: number): number => {
    const [begin, end] = [x(from) + fromBy, x(to) + toBy];
    return begin + ((end - begin) * (passed - row(from))) / Math.max(1, row(to) - row(from));
  };
  return (changed: number): number => {
    const own = ofRow.get(changed) ?? [];
    const isOwn = new Set(own);
    let sum = 0;
    for (const { from, aim } of leaving) if (row(from) === changed) sum += Math.abs(x(from) - aim);
    for (const one of own) {
      const link = ordered[one] as Link;
      sum += lengthOf(link);
      for (const [other, against] of ordered.entries()) {
        if (other <= one && isOwn.has(other)) continue;
        if (other !== one && cross(link, against)) sum += CROSSING;
      }
    }
    return sum;
  };
}
