import type { ElkEdgeSection, ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import type { Box, ContainerBox, Diagram, Layout, Point, Route } from '../core/diagram/index.ts';
import { containerKey, edgeKey, nodeKey } from './graph.ts';
import { hazardStrip } from './hazards.ts';
import { placeHeading } from './headings.ts';

/** What ELK answered, in the diagram's own ids. */
export function layoutOf(diagram: Diagram, root: ElkNode): Layout {
  const placed = new Map<string, ElkNode>();
  const visit = (node: ElkNode) => {
    placed.set(node.id, node);
    for (const child of node.children ?? []) visit(child);
  };
  visit(root);
  const routed = new Map((root.edges ?? []).map((edge) => [edge.id, edge]));

  const nodes = diagram.nodes.flatMap((node, index) => boxes(node.id, placed.get(nodeKey(index))));
  const own = diagram.edges.flatMap((edge, index) => routes(edge.id, routed.get(edgeKey(index))));
  const edges = [...own, ...routesAlong(diagram, own)];
  const containers = diagram.containers.flatMap((container, index): ContainerBox[] =>
    boxes(container.id, placed.get(containerKey(index))).map((box) => ({
      ...box,
      heading: placeHeading(container, box, edges).point,
    })),
  );
  const strip = hazardStrip(diagram, Math.ceil(root.width ?? 0), Math.ceil(root.height ?? 0));
  return {
    width: strip.width,
    height: strip.height,
    nodes: [...nodes, ...strip.nodes],
    containers,
    edges,
    ...(strip.box === undefined ? {} : { hazards: strip.box }),
  };
}

const round = (value: number | undefined): number => Math.round((value ?? 0) * 10) / 10;

function boxes(id: string, node: ElkNode | undefined): Box[] {
  if (node === undefined) return [];
  return [{ id, x: round(node.x), y: round(node.y), width: round(node.width), height: round(node.height) }];
}

function routes(id: string, edge: ElkExtendedEdge | undefined): Route[] {
  if (edge === undefined) return [];
  const points = joined(edge.sections ?? []).map(({ x, y }) => ({ x: round(x), y: round(y) }));
  const label = edge.labels?.[0];
  if (label === undefined) return [{ id, points }];
  const { x, y, width, height } = label;
  return [{ id, points, label: { x: round(x), y: round(y), width: round(width), height: round(height) } }];
}

function routesAlong(diagram: Diagram, routes: readonly Route[]): Route[] {
  return diagram.edges.flatMap(({ id, along }) =>
    routes.filter((route) => route.id === along).map(({ points }) => ({ id, points })),
  );
}

/** Sections one after the other; a point that two of them share, or that lies on a straight line, is said once. */
function joined(sections: readonly ElkEdgeSection[]): Point[] {
  const points = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]);
  return points.filter((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (before === undefined) return true;
    if (before.x === point.x && before.y === point.y) return false;
    if (after === undefined) return true;
    return !((before.x === point.x && point.x === after.x) || (before.y === point.y && point.y === after.y));
  });
}
