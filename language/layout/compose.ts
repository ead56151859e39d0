import type { Box, ContainerBox, Diagram, Layout, Point, Route } from '../core/diagram/index.ts';
import { placeHeading } from './headings.ts';
import type { PartLayout } from './part-layout.ts';
import type { Part, Parts, Way } from './parts.ts';

/** The layouts of all parts, put into one another; without the hazards, which come last. */
export function layoutOf(diagram: Diagram, parts: Parts, layouts: ReadonlyMap<Part, PartLayout>): Layout {
  const origins = originsOf(parts, layouts);
  const places = new Map<string, Point>();
  for (const part of parts.all) {
    const origin = origins.get(part) ?? { x: 0, y: 0 };
    for (const [id, point] of layouts.get(part)?.children ?? []) places.set(id, sum(origin, point));
  }
  const nodes = diagram.nodes.flatMap(({ id, width, height }): Box[] => {
    const place = places.get(id);
    return place === undefined ? [] : [{ id, ...place, width, height }];
  });
  const own = diagram.edges.flatMap(({ id }): Route[] => {
    const way = parts.ways.get(id);
    return way === undefined ? [] : [routeOf(id, way, layouts, origins)];
  });
  const edges = [...own, ...routesAlong(diagram, own)];
  const sizes = new Map(parts.all.map((part) => [part.container?.id, layouts.get(part)]));
  const containers = diagram.containers.flatMap((container): ContainerBox[] => {
    const place = places.get(container.id);
    const size = sizes.get(container.id);
    if (place === undefined || size === undefined) return [];
    const box = { id: container.id, ...place, width: size.width, height: size.height };
    return [{ ...box, heading: placeHeading(container, box, edges).point }];
  });
  const root = layouts.get(parts.root);
  return { width: root?.width ?? 0, height: root?.height ?? 0, nodes, containers, edges };
}

function originsOf(parts: Parts, layouts: ReadonlyMap<Part, PartLayout>): Map<Part, Point> {
  const origins = new Map<Part, Point>([[parts.root, { x: 0, y: 0 }]]);
  for (const part of [...parts.all].reverse()) {
    const origin = origins.get(part);
    if (origin === undefined) continue;
    for (const child of part.children) {
      const place = layouts.get(part)?.children.get(child.id);
      if ('part' in child && place !== undefined) origins.set(child.part, sum(origin, place));
    }
  }
  return origins;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const sum = (a: Point, b: Point): Point => ({ x: round(a.x + b.x), y: round(a.y + b.y) });

function routeOf(
  id: string,
  way: Way,
  layouts: ReadonlyMap<Part, PartLayout>,
  origins: ReadonlyMap<Part, Point>,
): Route {
  const points: Point[] = [];
  let label: Route['label'];
  for (const { part, piece, turned } of way) {
    const origin = origins.get(part) ?? { x: 0, y: 0 };
    const drawn = layouts.get(part)?.pieces.get(piece);
    if (drawn === undefined) continue;
    const own = drawn.points.map((point) => sum(origin, point));
    points.push(...(turned ? own.reverse() : own));
    if (drawn.label !== undefined) label = { ...drawn.label, ...sum(origin, drawn.label) };
  }
  return { id, points: straightened(points), ...(label === undefined ? {} : { label }) };
}

/** A point that two pieces share, or that lies on a straight line, is said once. */
export function straightened(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const [before, last] = [kept.at(-2), kept.at(-1)];
    if (last !== undefined && last.x === point.x && last.y === point.y) continue;
    const onLine =
      before !== undefined &&
      last !== undefined &&
      ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y));
    if (onLine) kept.pop();
    kept.push(point);
  }
  return kept;
}

function routesAlong(diagram: Diagram, routes: readonly Route[]): Route[] {
  const byId = new Map(routes.map((route) => [route.id, route]));
  return diagram.edges.flatMap(({ id, along }) => {
    const route = along === undefined ? undefined : byId.get(along);
    return route === undefined ? [] : [{ id, points: route.points }];
  });
}
