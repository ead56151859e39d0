/** What makes a picture hard to follow, counted: the same for every way of laying it out. */
import type { Box, Diagram, Layout, Point } from '../../language/core/diagram/index.ts';

export interface Measures {
  /** Pairs of stretches of different edges that cross; edges that run together count once. */
  readonly crossings: number;
  readonly bends: number;
  /** Of all edges, in pixels. */
  readonly length: number;
  /** Between two stretches that go the same way, a sidestep that runs past nothing. */
  readonly jogs: number;
  /** How far edges with no end in common run over each other, in pixels. */
  readonly confused: number;
  /** Of all nodes, as a share of the picture. */
  readonly filled: number;
}

interface Line {
  readonly edge: string;
  readonly from: Point;
  readonly to: Point;
}

export function measuresOf(diagram: Diagram, layout: Layout): Measures {
  const along = new Set(diagram.edges.flatMap((edge) => (edge.along === undefined ? [] : [edge.id])));
  const routes = layout.edges.filter(({ id }) => !along.has(id));
  const lines = routes.flatMap(({ id, points }): Line[] =>
    points.slice(1).map((to, index) => ({ edge: id, from: points[index] ?? to, to })),
  );
  const area = layout.nodes.reduce((sum, { width, height }) => sum + width * height, 0);
  return {
    crossings: crossingsOf(lines),
    bends: routes.reduce((sum, { points }) => sum + Math.max(0, points.length - 2), 0),
    length: Math.round(lines.reduce((sum, { from, to }) => sum + Math.abs(from.x - to.x) + Math.abs(from.y - to.y), 0)),
    jogs: jogsOf(layout).length,
    confused: Math.round(confusedOf(diagram, lines)),
    filled: area / (layout.width * layout.height),
  };
}

function crossingsOf(lines: readonly Line[]): number {
  const upright = lines.filter(({ from, to }) => from.x === to.x);
  const level = lines.filter(({ from, to }) => from.y === to.y);
  const places = new Set<string>();
  for (const one of upright) {
    const [top, bottom] = [Math.min(one.from.y, one.to.y), Math.max(one.from.y, one.to.y)];
    for (const other of level) {
      if (one.edge === other.edge) continue;
      const { y } = other.from;
      const [left, right] = [Math.min(other.from.x, other.to.x), Math.max(other.from.x, other.to.x)];
      if (y > top && y < bottom && one.from.x > left && one.from.x < right) places.add(`${one.from.x}|${y}`);
    }
  }
  return places.size;
}

function confusedOf(diagram: Diagram, lines: readonly Line[]): number {
  const ends = new Map(diagram.edges.map(({ id, from, to }) => [id, { from, to }]));
  const strangers = (one: string, other: string): boolean =>
    ends.get(one)?.from !== ends.get(other)?.from && ends.get(one)?.to !== ends.get(other)?.to;
  let length = 0;
  for (const axis of ['x', 'y'] as const) {
    const across = axis === 'x' ? 'y' : 'x';
    const byPlace = new Map<number, Line[]>();
    for (const line of lines) {
      if (line.from[axis] !== line.to[axis] || line.from[across] === line.to[across]) continue;
      byPlace.set(line.from[axis], [...(byPlace.get(line.from[axis]) ?? []), line]);
    }
    for (const beside of byPlace.values()) {
      for (const [index, one] of beside.entries()) {
        for (const other of beside.slice(index + 1)) {
          if (!strangers(one.edge, other.edge)) continue;
          const first = Math.max(
            Math.min(one.from[across], one.to[across]),
            Math.min(other.from[across], other.to[across]),
          );
          const last = Math.min(
            Math.max(one.from[across], one.to[across]),
            Math.max(other.from[across], other.to[across]),
          );
          length += Math.max(0, last - first);
        }
      }
    }
  }
  return length;
}

export interface Jog {
  readonly edge: string;
  readonly length: number;
  readonly at: Point;
}

/** Sidesteps of up to `longest` pixels that would be gone if one of the stretches beside them stood in line with the other. */
export function jogsOf({ edges, nodes }: Layout, longest = 120): Jog[] {
  return edges.flatMap(({ id, points }) =>
    points.flatMap((at, index): Jog[] => {
      const [before, next, after] = [points[index - 1], points[index + 1], points[index + 2]];
      if (before === undefined || next === undefined || after === undefined) return [];
      const length = Math.abs(at.x - next.x) + Math.abs(at.y - next.y);
      const level = at.y === next.y;
      const [first, second] = level ? [at.y - before.y, after.y - next.y] : [at.x - before.x, after.x - next.x];
      if (length === 0 || length > longest || first * second <= 0) return [];
      const ways: Point[][] = level
        ? [
            [
              { x: next.x, y: before.y },
              { x: next.x, y: after.y },
            ],
            [
              { x: at.x, y: before.y },
              { x: at.x, y: after.y },
            ],
          ]
        : [
            [
              { x: before.x, y: next.y },
              { x: after.x, y: next.y },
            ],
            [
              { x: before.x, y: at.y },
              { x: after.x, y: at.y },
            ],
          ];
      const passes = ways.some(([from, to]) => !nodes.some((node) => through(from as Point, to as Point, node)));
      return passes ? [{ edge: id, length, at }] : [];
    }),
  );
}

const through = (a: Point, b: Point, box: Box): boolean =>
  Math.max(a.x, b.x) > box.x + 1 &&
  Math.min(a.x, b.x) < box.x + box.width - 1 &&
  Math.max(a.y, b.y) > box.y + 1 &&
  Math.min(a.y, b.y) < box.y + box.height - 1;
