import type { Box, Diagram, Layout, Point } from '../core/diagram/index.ts';
import { AIR } from './headings.ts';
import type { MovableRoute } from './straighten.ts';

/** From one point of a route to the next; the points are those of the route, and move with them. */
export interface Stretch {
  readonly route: MovableRoute;
  /** Its place in the route. */
  readonly at: number;
  readonly from: Point;
  readonly to: Point;
}

export const stretchesOf = (route: MovableRoute): Stretch[] =>
  route.points.slice(1).map((to, at) => ({ route, at, from: route.points[at] as Point, to }));

/** What stretches may not come near to, and what they cross. */
export interface Obstacles {
  /** All that run where this one does, itself among them. */
  running(stretch: Stretch): Stretch[];
  /** Whether an upright stretch at `x` would still begin and end on the sides of its nodes. */
  endsWithin(stretch: Stretch, x: number): boolean;
  /** Whether it keeps off nodes, borders, words and other edges, or comes no nearer to these than it was. */
  free(stretch: Stretch, group: readonly Stretch[]): boolean;
  /** How many stretches of other routes these cross. */
  crossings(stretches: readonly Stretch[]): number;
  /** To be called after the points of a stretch have moved. */
  moved(stretch: Stretch): void;
}

interface Rectangle {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const NODE_AIR = 9;
const BORDER_AIR = 7;
const WORDS_AIR = 4;
const EDGE_AIR = 8;
/** Between the ends of two that run along one line. */
const ENDS_AIR = 4;
/** Half of the widest band of traffic. */
const HALF_BAND = 8;
/** From the end of a node's side. */
const CORNER = 11;
/** Stretches are looked up by cells of this size. */
const CELL = 128;
/** Farther down than any picture reaches. */
const MOST_CELLS = 100_000;

export function obstaclesOf(
  diagram: Diagram,
  layout: Layout,
  routes: readonly MovableRoute[],
  turned: boolean,
): Obstacles {
  const boxOf = ({ x, y, width, height }: Omit<Box, 'id'>): Rectangle =>
    turned
      ? { left: y, right: y + height, top: x, bottom: x + width }
      : { left: x, right: x + width, top: y, bottom: y + height };
  const nodes = new Map(layout.nodes.map((box) => [box.id, boxOf(box)]));
  const frames = layout.containers.map(boxOf);
  const headingWidths = new Map(diagram.containers.map(({ id, headingWidth }) => [id, headingWidth]));
  const headings = layout.containers.map(({ id, heading }) =>
    boxOf({ x: heading.x - AIR, y: heading.y - 12, width: (headingWidths.get(id) ?? 0) + 2 * AIR, height: 24 }),
  );
  const edges = new Map(diagram.edges.map((edge) => [edge.id, edge]));
  const kinds = new Map(diagram.nodes.map(({ id, kind }) => [id, kind]));
  /** Those that leave a junction stand closer, as it is small. */
  const halfOf = ({ route }: Stretch): number => {
    const edge = edges.get(route.id);
    return edge?.kind === 'traffic' ? HALF_BAND : kinds.get(edge?.from ?? '') === 'junction' ? 0 : 1;
  };
  const boxes = cells<Rectangle>();
  for (const box of nodes.values()) boxes.put(box, box);
  const strip = layout.hazards && boxOf(layout.hazards);
  if (strip !== undefined) boxes.put(strip, strip);
  const lines = cells<Stretch>();
  for (const { stretches } of routes) for (const stretch of stretches) lines.put(stretch, extentOf(stretch, 0));
  const labelled = routes.filter(({ label }) => label !== undefined);

  const before = new Map<Stretch, Rectangle>();
  const wasAt = (stretch: Stretch): Rectangle => before.get(stretch) ?? extentOf(stretch, 0);
  for (const { stretches } of routes) for (const stretch of stretches) before.set(stretch, extentOf(stretch, 0));

  const running = (stretch: Stretch): Stretch[] => {
    const found = new Set([stretch]);
    for (const one of found) {
      const own = extentOf(one, 0);
      for (const other of lines.near(own)) {
        const beside = isUpright(other) && other.from.x === one.from.x;
        if (beside && overlapAlong(own, extentOf(other, 0), true) > 1) found.add(other);
      }
    }
    return [...found];
  };

  const offNodes = (stretch: Stretch): boolean => {
    const own = extentOf(stretch, 0);
    const { route, at } = stretch;
    const edge = edges.get(route.id);
    // At its end, a stretch touches the node that it is for.
    const ends = [at === 0 ? edge?.from : undefined, at === route.stretches.length - 1 ? edge?.to : undefined];
    const touched = ends.map((id) => nodes.get(id ?? ''));
    return boxes
      .near(grown(own, NODE_AIR))
      .every((box) => touched.includes(box) || gap(own, box) >= Math.min(NODE_AIR, gap(wasAt(stretch), box)));
  };

  const offBorders = (stretch: Stretch): boolean => {
    const own = extentOf(stretch, 0);
    const grazes = (at: Rectangle) => (frame: Rectangle) =>
      isUpright(stretch)
        ? overlapOf(at.top, at.bottom, frame.top, frame.bottom) > 0 &&
          [frame.left, frame.right].some((x) => Math.abs(x - at.left) < BORDER_AIR)
        : overlapOf(at.left, at.right, frame.left, frame.right) > 0 &&
          [frame.top, frame.bottom].some((y) => Math.abs(y - at.top) < BORDER_AIR);
    return !frames.some((frame) => grazes(own)(frame) && !grazes(wasAt(stretch))(frame));
  };

  const offWords = (stretch: Stretch, group: readonly Stretch[]): boolean => {
    const own = grown(extentOf(stretch, 0), halfOf(stretch));
    const old = grown(wasAt(stretch), halfOf(stretch));
    // Two that change places come no nearer to a heading than the two were.
    const were = [old, ...group.map((one) => grown(wasAt(one), halfOf(one)))];
    if (headings.some((heading) => within(own, heading) && !were.some((place) => within(place, heading)))) return false;
    const others = labelled.filter(({ id }) => id !== stretch.route.id);
    const labelOf = ({ label }: MovableRoute): Rectangle => {
      const { x, y, width, height } = label ?? { x: 0, y: 0, width: 0, height: 0 };
      return grown({ left: x, right: x + width, top: y, bottom: y + height }, WORDS_AIR);
    };
    if (others.some((route) => within(own, labelOf(route)) && !within(old, labelOf(route)))) return false;
    if (stretch.route.label === undefined) return true;
    const label = labelOf(stretch.route);
    return (
      !others.some((route) => within(label, labelOf(route))) &&
      !lines.near(label).some((line) => line.route !== stretch.route && within(extentOf(line, 0), label)) &&
      !boxes.near(label).some((box) => within(label, box)) &&
      !headings.some((heading) => within(label, heading))
    );
  };

  const offEdges = (stretch: Stretch, group: readonly Stretch[]): boolean => {
    const own = extentOf(stretch, 0);
    const half = halfOf(stretch);
    const reach = EDGE_AIR + half + HALF_BAND;
    const upright = isUpright(stretch);
    return lines.near(grown(own, reach)).every((other) => {
      if (other.route === stretch.route || isUpright(other) !== upright || isPoint(other)) return true;
      if (group.some(({ route }) => route === other.route)) return true;
      const its = extentOf(other, 0);
      const apart = upright ? Math.abs(its.left - own.left) : Math.abs(its.top - own.top);
      if (apart >= EDGE_AIR + half + halfOf(other) || overlapAlong(own, its, upright) <= -ENDS_AIR) return true;
      const [was, itWas] = [wasAt(stretch), wasAt(other)];
      const wasApart = upright ? Math.abs(itWas.left - was.left) : Math.abs(itWas.top - was.top);
      return apart >= wasApart && overlapAlong(was, itWas, upright) > -ENDS_AIR;
    });
  };

  return {
    running,
    endsWithin({ route, at }, x) {
      const edge = edges.get(route.id);
      const ends = [...(at === 0 ? [edge?.from] : []), ...(at === route.stretches.length - 1 ? [edge?.to] : [])].map(
        (id) => nodes.get(id ?? ''),
      );
      return ends.every((box) => {
        if (box === undefined) return false;
        const corner = Math.min(CORNER, (box.right - box.left) / 4);
        return x >= box.left + corner && x <= box.right - corner;
      });
    },
    free: (stretch, group) =>
      isPoint(stretch) ||
      (offNodes(stretch) && offBorders(stretch) && offWords(stretch, group) && offEdges(stretch, group)),
    crossings(stretches) {
      let count = 0;
      const own = new Set(stretches);
      for (const stretch of stretches) {
        for (const other of lines.near(extentOf(stretch, 0))) {
          if (other.route !== stretch.route && !own.has(other) && crosses(stretch, other)) count++;
        }
      }
      return count;
    },
    moved: (stretch) => lines.put(stretch, extentOf(stretch, 0)),
  };
}

const isUpright = ({ from, to }: Stretch): boolean => from.x === to.x && from.y !== to.y;
const isPoint = ({ from, to }: Stretch): boolean => from.x === to.x && from.y === to.y;

function extentOf({ from, to }: Stretch, by: number): Rectangle {
  return grown(
    {
      left: Math.min(from.x, to.x),
      right: Math.max(from.x, to.x),
      top: Math.min(from.y, to.y),
      bottom: Math.max(from.y, to.y),
    },
    by,
  );
}

const grown = ({ left, right, top, bottom }: Rectangle, by: number): Rectangle => ({
  left: left - by,
  right: right + by,
  top: top - by,
  bottom: bottom + by,
});

const overlapOf = (from: number, to: number, otherFrom: number, otherTo: number): number =>
  Math.min(to, otherTo) - Math.max(from, otherFrom);

/** How far two parallel stretches run beside each other. */
const overlapAlong = (a: Rectangle, b: Rectangle, upright: boolean): number =>
  upright ? overlapOf(a.top, a.bottom, b.top, b.bottom) : overlapOf(a.left, a.right, b.left, b.right);

/** Between the two; below 0 where they overlap. */
const gap = (a: Rectangle, b: Rectangle): number =>
  -Math.min(overlapOf(a.left, a.right, b.left, b.right), overlapOf(a.top, a.bottom, b.top, b.bottom));

const within = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

function crosses(one: Stretch, other: Stretch): boolean {
  if (isPoint(one) || isPoint(other)) return crossesWhereStraight(one, other) || crossesWhereStraight(other, one);
  if (isUpright(one) === isUpright(other)) return false;
  const [upright, level] = isUpright(one) ? [one, other] : [other, one];
  return isBetween(upright.from.x, level.from.x, level.to.x) && isBetween(level.from.y, upright.from.y, upright.to.y);
}

/** Where a jog has gone, a point is left that lies within one line: what runs over it crosses that line. */
function crossesWhereStraight(one: Stretch, point: Stretch): boolean {
  const [before, after] = [point.route.stretches[point.at - 1], point.route.stretches[point.at + 1]];
  if (isPoint(one) || !isPoint(point) || before === undefined || after === undefined) return false;
  const upright = isUpright(one);
  if (isPoint(before) || isPoint(after) || isUpright(before) === upright || isUpright(after) === upright) return false;
  const { x, y } = point.from;
  return upright
    ? x === one.from.x && isBetween(y, one.from.y, one.to.y)
    : y === one.from.y && isBetween(x, one.from.x, one.to.x);
}

const isBetween = (value: number, a: number, b: number): boolean =>
  a < b ? value > a && value < b : value > b && value < a;

/** Things by where they are. */
function cells<Thing>() {
  interface Entry {
    readonly thing: Thing;
    /** The number of the last question that it was an answer to. */
    asked: number;
  }
  const byCell = new Map<number, Entry[]>();
  const entries = new Map<Thing, Entry>();
  let questions = 0;
  const forCells = ({ left, right, top, bottom }: Rectangle, visit: (key: number) => void): void => {
    const [lastX, lastY] = [Math.floor(right / CELL), Math.floor(bottom / CELL)];
    for (let x = Math.floor(left / CELL); x <= lastX; x++)
      for (let y = Math.floor(top / CELL); y <= lastY; y++) visit(x * MOST_CELLS + y);
  };
  return {
    /** Where it was before it stays on the list: whoever looks it up looks at where it is. */
    put(thing: Thing, at: Rectangle): void {
      const entry = entries.get(thing) ?? { thing, asked: 0 };
      entries.set(thing, entry);
      forCells(at, (key) => {
        const found = byCell.get(key);
        if (found === undefined) byCell.set(key, [entry]);
        else if (!found.includes(entry)) found.push(entry);
      });
    },
    near(at: Rectangle): Thing[] {
      questions += 1;
      const things: Thing[] = [];
      forCells(at, (key) => {
        for (const entry of byCell.get(key) ?? []) {
          if (entry.asked === questions) continue;
          entry.asked = questions;
          things.push(entry.thing);
        }
      });
      return things;
    },
  };
}
