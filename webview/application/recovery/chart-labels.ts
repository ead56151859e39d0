/** Where the words of a chart stand: beside what they name, and where no curve and no other words run through them. Pure. */
import type { Point } from '../viewport/view.ts';

export interface Spot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What words are not to stand on. */
export interface Obstacles {
  /** From left to right. */
  readonly lines: readonly (readonly Point[])[];
  readonly spots: readonly Spot[];
}

export interface WantedWords {
  readonly width: number;
  readonly height: number;
  /** Upper left corners, the best first. */
  readonly corners: readonly (readonly [left: number, top: number])[];
}

/** One spot for each, within the area: the first that is free, or else the one that least runs through. */
export function placedWords(wanted: readonly WantedWords[], area: Spot, { lines, spots }: Obstacles): Spot[] {
  const taken = [...spots];
  return wanted.map(({ width, height, corners }) => {
    let best: Spot | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const [left, top] of corners) {
      const spot = { left, top, width, height };
      if (!isWithin(spot, area)) continue;
      const hits = hitsOf(spot, lines, taken);
      if (hits >= least) continue;
      best = spot;
      least = hits;
      if (hits === 0) break;
    }
    const [left, top] = corners[0] ?? [area.left, area.top];
    const chosen = best ?? pushedInto({ left, top, width, height }, area);
    taken.push(chosen);
    return chosen;
  });
}

/** Around a point: to its right and left, below and above, near and then farther. */
export function cornersAround({ x, y }: Point, width: number, height: number, gap: number): [number, number][] {
  const lefts = [x + gap, x - gap - width];
  const tops = [y + gap / 2, y - gap / 2 - height];
  const farther = [1, 2, 3, 4, 5].flatMap((rows) => tops.map((top, at) => top + (at === 0 ? 1 : -1) * rows * height));
  return [...tops, ...farther].flatMap((top) => lefts.map((left): [number, number] => [left, top]));
}

/** Along a level line, from its right end to its left: above the line, and below it. */
export function cornersAlong(
  y: number,
  [from, to]: readonly [number, number],
  width: number,
  height: number,
  gap: number,
): [number, number][] {
  const steps = 12;
  const tops = [y - gap / 2 - height, y + gap / 2];
  return Array.from({ length: steps + 1 }, (_, step) => to - width - ((to - width - from) * step) / steps).flatMap(
    (left) => tops.map((top): [number, number] => [left, top]),
  );
}

const isWithin = (spot: Spot, area: Spot): boolean =>
  spot.left >= area.left &&
  spot.top >= area.top &&
  spot.left + spot.width <= area.left + area.width &&
  spot.top + spot.height <= area.top + area.height;

const pushedInto = (spot: Spot, area: Spot): Spot => ({
  ...spot,
  left: Math.max(area.left, Math.min(spot.left, area.left + area.width - spot.width)),
  top: Math.max(area.top, Math.min(spot.top, area.top + area.height - spot.height)),
});

/** Words over words are worse than words over a line. */
const SPOT_HITS = 1000;

function hitsOf(spot: Spot, lines: Obstacles['lines'], spots: readonly Spot[]): number {
  let hits = spots.filter((other) => overlap(spot, other)).length * SPOT_HITS;
  for (const line of lines) {
    for (let at = firstFrom(line, spot.left); at < line.length; at++) {
      const from = line[at - 1] ?? line[at];
      const to = line[at];
      if (from === undefined || to === undefined || from.x > spot.left + spot.width) break;
      if (passes(from, to, spot)) hits++;
    }
  }
  return hits;
}

/** The first point that is no farther left. */
function firstFrom(line: readonly Point[], x: number): number {
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((line[middle]?.x ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

const overlap = (a: Spot, b: Spot): boolean =>
  a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;

/** Whether any of the straight piece lies within the spot: what is left of it after each side has cut off its own. */
function passes(from: Point, to: Point, { left, top, width, height }: Spot): boolean {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  let [first, last] = [0, 1];
  for (const [along, room] of [
    [-dx, from.x - left],
    [dx, left + width - from.x],
    [-dy, from.y - top],
    [dy, top + height - from.y],
  ] as const) {
    if (along === 0) {
      if (room < 0) return false;
    } else if (along < 0) first = Math.max(first, room / along);
    else last = Math.min(last, room / along);
    if (first > last) return false;
  }
  return true;
}
