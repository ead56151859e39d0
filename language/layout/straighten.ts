/**
 * The last pass over a composed picture. Parts are drawn one by one, so an edge that crosses a border meets its port
 * from two sides, and where these are a few pixels apart it has a kink that means nothing. Each small jog is taken out
 * by moving one of the two stretches beside it, where that runs into nothing and crosses nothing new. Nodes, containers
 * and headings stay where they are.
 */
import type { Diagram, Layout, Point, Route } from '../core/diagram/index.ts';
import { straightened } from './compose.ts';
import { placeHeading } from './headings.ts';
import { type Obstacles, obstaclesOf, type Stretch, stretchesOf } from './stretches.ts';

/** A longer jog is one that a reader takes for a way around something. */
const LONGEST_JOG = 160;
const MOST_PASSES = 6;
/** What is left of a jog, or of any other stretch, is at least this long. */
const LEAST_STRETCH = 14;

/** Beyond these a picture is seen from so far that no jog is, and the pass would take longer than all others. */
const MOST_EDGES = 200;

export function straighten(diagram: Diagram, layout: Layout): Layout {
  if (diagram.edges.length > MOST_EDGES) return layout;
  const drawn = new Set(diagram.edges.filter(({ along }) => along === undefined).map(({ id }) => id));
  let routes = layout.edges.filter(({ id }) => drawn.has(id));
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    for (const turned of [false, true]) routes = untwisted(diagram, { ...layout, edges: routes }, turned);
    const upright = passOver(diagram, { ...layout, edges: routes }, false);
    const level = passOver(diagram, { ...layout, edges: upright.routes }, true);
    routes = level.routes;
    if (pass > 0 && upright.moved + level.moved === 0) break;
  }
  const byId = new Map(routes.map((route) => [route.id, route]));
  const along = new Map(diagram.edges.map((edge) => [edge.id, edge.along]));
  const edges = layout.edges.map((route): Route => {
    const band = byId.get(along.get(route.id) ?? '');
    return byId.get(route.id) ?? { ...route, points: band?.points ?? route.points };
  });
  return { ...layout, edges, containers: headed(diagram, { ...layout, edges }) };
}

function headed(diagram: Diagram, layout: Layout): Layout['containers'] {
  const containers = new Map(diagram.containers.map((container) => [container.id, container]));
  return layout.containers.map((box) => {
    const container = containers.get(box.id);
    return container === undefined ? box : { ...box, heading: placeHeading(container, box, layout.edges).point };
  });
}

/** Over the upright stretches of all routes; with `turned`, over the level ones, as if the picture lay on its side. */
function passOver(diagram: Diagram, layout: Layout, turned: boolean): { routes: Route[]; moved: number } {
  const routes = layout.edges.map((route) => movable(route, turned));
  const jogs = jogsOf(routes);
  if (jogs.length === 0) return { routes: layout.edges, moved: 0 };
  const obstacles = obstaclesOf(diagram, layout, routes, turned);
  const touched = new Set<MovableRoute>();
  let moved = 0;
  for (const { route, at } of jogs) {
    if (touched.has(route)) continue;
    const [before, after] = [route.stretches[at - 1], route.stretches[at + 1]];
    if (before === undefined || after === undefined) continue;
    const shorterFirst = lengthOf(before) <= lengthOf(after) ? [before, after] : [after, before];
    for (const [index, stretch] of shorterFirst.entries()) {
      const to = shorterFirst[1 - index]?.from.x ?? 0;
      const group = obstacles.running(stretch);
      if (group.some(({ route: other }) => touched.has(other))) continue;
      if (!moveAll(group, to, obstacles)) continue;
      for (const { route: other } of group) touched.add(other);
      moved += 1;
      break;
    }
  }
  return { routes: routes.map((route) => settled(route, turned)), moved };
}

/** Two that begin or end side by side, and cross because each has the place of the other, change places. */
function untwisted(diagram: Diagram, layout: Layout, turned: boolean): Route[] {
  const routes = layout.edges.map((route) => movable(route, turned));
  const edges = new Map(diagram.edges.map((edge) => [edge.id, edge]));
  const sides = new Map<string, Stretch[]>();
  for (const { id, stretches } of routes) {
    const [edge, first, last] = [edges.get(id), stretches[0], stretches.at(-1)];
    if (edge === undefined || first === undefined || last === undefined || stretches.length < 3) continue;
    for (const [end, stretch, y] of [[edge.from, first, first.from.y] as const, [edge.to, last, last.to.y] as const]) {
      if (stretch.from.x !== stretch.to.x) continue;
      const side = `${end}|${y}`;
      sides.set(side, [...(sides.get(side) ?? []), stretch]);
    }
  }
  let obstacles: Obstacles | undefined;
  for (const stretches of sides.values()) {
    for (const [index, one] of stretches.entries()) {
      for (const other of stretches.slice(index + 1)) {
        if (one.route === other.route || one.from.x === other.from.x || !routesCross(one.route, other.route)) continue;
        obstacles ??= obstaclesOf(diagram, layout, routes, turned);
        exchange(one, other, obstacles);
      }
    }
  }
  return obstacles === undefined ? [...layout.edges] : routes.map((route) => settled(route, turned));
}

function routesCross({ stretches }: MovableRoute, { stretches: others }: MovableRoute): boolean {
  const inside = (value: number, a: number, b: number) => value > Math.min(a, b) && value < Math.max(a, b);
  const meet = (upright: Stretch, level: Stretch) =>
    inside(upright.from.x, level.from.x, level.to.x) && inside(level.from.y, upright.from.y, upright.to.y);
  return stretches.some((one) => others.some((other) => meet(one, other) || meet(other, one)));
}

function exchange(one: Stretch, other: Stretch, obstacles: Obstacles): void {
  const [x, otherX] = [one.from.x, other.from.x];
  if (obstacles.running(one).length > 1 || obstacles.running(other).length > 1) return;
  if (!leavesSound(one, otherX, true) || !leavesSound(other, x, true)) return;
  const labels = [one.route.label, other.route.label];
  const around = [...new Set([one, other].flatMap(withNeighbours))];
  const crossed = obstacles.crossings(around) + Number(routesCross(one.route, other.route));
  put([one], otherX, obstacles);
  put([other], x, obstacles);
  const isSound = around.every((stretch) => obstacles.free(stretch, [one, other]));
  if (isSound && obstacles.crossings(around) + Number(routesCross(one.route, other.route)) < crossed) return;
  put([one], x, obstacles);
  put([other], otherX, obstacles);
  [one.route.label, other.route.label] = labels;
}

/** A route whose points are moved in place; all things that it is made of are known by it. */
export interface MovableRoute {
  readonly id: string;
  readonly points: Point[];
  /** One between each two points. */
  readonly stretches: readonly Stretch[];
  label: Route['label'];
}

function movable({ id, points, label }: Route, turned: boolean): MovableRoute {
  const own = points.map(({ x, y }) => (turned ? { x: y, y: x } : { x, y }));
  const route: MovableRoute & { stretches: Stretch[] } = {
    id,
    points: own,
    stretches: [],
    label: label && (turned ? sideways(label) : label),
  };
  route.stretches = stretchesOf(route);
  return route;
}

const sideways = ({ x, y, width, height }: NonNullable<Route['label']>): NonNullable<Route['label']> => ({
  x: y,
  y: x,
  width: height,
  height: width,
});

function settled({ id, points, label }: MovableRoute, turned: boolean): Route {
  const drawn = label && (turned ? sideways(label) : label);
  const straight = straightened(points.map(({ x, y }) => (turned ? { x: y, y: x } : { x, y })));
  return { id, points: straight, ...(drawn && { label: drawn }) };
}

const lengthOf = ({ from, to }: Stretch): number => Math.abs(from.x - to.x) + Math.abs(from.y - to.y);

/** Level stretches between two upright ones that go the same way, the shortest first. */
function jogsOf(routes: readonly MovableRoute[]): { route: MovableRoute; at: number }[] {
  const jogs = routes.flatMap((route) =>
    route.stretches.flatMap((stretch, at) => {
      const [before, after] = [route.stretches[at - 1], route.stretches[at + 1]];
      if (before === undefined || after === undefined || stretch.from.y !== stretch.to.y) return [];
      const length = lengthOf(stretch);
      const sameWay = (before.to.y - before.from.y) * (after.to.y - after.from.y) > 0;
      return sameWay && length > 0 && length <= LONGEST_JOG ? [{ route, at, length }] : [];
    }),
  );
  return jogs.sort((a, b) => a.length - b.length);
}

/** Edges that run together are moved together, or not at all. */
function moveAll(group: readonly Stretch[], to: number, obstacles: Obstacles): boolean {
  if (!group.every((stretch) => leavesSound(stretch, to) && obstacles.endsWithin(stretch, to))) return false;
  const from = group[0]?.from.x ?? 0;
  const around = [...new Set(group.flatMap(withNeighbours))];
  const labels = group.map(({ route }) => route.label);
  put(group, to, obstacles);
  if (around.every((stretch) => obstacles.free(stretch, group))) {
    const crossed = obstacles.crossings(around);
    if (crossed === 0) return true;
    put(group, from, obstacles);
    if (obstacles.crossings(around) >= crossed) {
      put(group, to, obstacles);
      return true;
    }
  }
  put(group, from, obstacles);
  for (const [index, { route }] of group.entries()) route.label = labels[index];
  return false;
}

const withNeighbours = ({ route, at }: Stretch): Stretch[] => route.stretches.slice(Math.max(0, at - 1), at + 2);

function put(group: readonly Stretch[], x: number, obstacles: Obstacles): void {
  for (const { from, to, route } of group) {
    const by = x - from.x;
    const { label } = route;
    const carried =
      label !== undefined &&
      Math.abs(label.x + label.width / 2 - from.x) < 1 &&
      label.y + label.height / 2 >= Math.min(from.y, to.y) &&
      label.y + label.height / 2 <= Math.max(from.y, to.y);
    if (carried) route.label = { ...label, x: label.x + by };
    from.x = x;
    to.x = x;
  }
  for (const stretch of new Set(group.flatMap(withNeighbours))) obstacles.moved(stretch);
}

/**
 * Neighbours go the way they went and keep a length that is seen, or are gone; unless they `mayTurn`: a jog, which is taken
 * out afterwards where it can be, is less to a reader than a crossing.
 */
function leavesSound({ route, at, from }: Stretch, to: number, mayTurn = false): boolean {
  const label = route.label;
  return [route.stretches[at - 1], route.stretches[at + 1]].every((neighbour, side) => {
    if (neighbour === undefined) return true;
    const far = side === 0 ? neighbour.from.x : neighbour.to.x;
    const [old, now] = [from.x - far, to - far];
    if (label !== undefined && Math.abs(label.y + label.height / 2 - neighbour.from.y) < 1) {
      const middle = label.x + label.width / 2;
      const carried = middle >= Math.min(from.x, far) && middle <= Math.max(from.x, far);
      if (carried && (middle < Math.min(to, far) || middle > Math.max(to, far))) return false;
    }
    return (
      mayTurn || now === 0 || (now * old > 0 && (Math.abs(now) >= LEAST_STRETCH || Math.abs(now) >= Math.abs(old)))
    );
  });
}
