import type { ElkExtendedEdge, ElkNode, LayoutOptions as ElkOptions } from 'elkjs/lib/elk-api.js';
import type { Container, Diagram, DiagramEdge, DiagramNode } from '../core/diagram/index.ts';

/**
 * ELK knows things by their place in the diagram's lists and never by name, so that no name can mean anything
 * to it, and renaming moves nothing.
 */
export const nodeKey = (index: number): string => `n${index}`;
export const containerKey = (index: number): string => `c${index}`;
export const edgeKey = (index: number): string => `e${index}`;

export const HEADING_HEIGHT = { zone: 40, group: 32 } as const;
export const HEADING_LEFT = { zone: 12, group: 12 } as const;
const BOTTOM = 20;

const ROOT_OPTIONS: ElkOptions = {
  'elk.algorithm': 'layered',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.randomSeed': '1',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.padding': '[top=24,left=24,bottom=24,right=24]',
  // Users meet services first, then what they run themselves, then the company, then its vendors.
  'elk.partitioning.activate': 'true',
  // Of the outermost level only: within a container ELK 0.12 fails on it (eclipse-elk/elk#724, #1173).
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
};

/** Inherited by no one in ELK: said again in every container. */
const SPACING_OPTIONS: ElkOptions = {
  'elk.spacing.nodeNode': '36',
  'elk.spacing.edgeNode': '24',
  'elk.spacing.edgeEdge': '16',
  'elk.spacing.edgeLabel': '6',
  'elk.spacing.labelNode': '12',
  'elk.spacing.labelLabel': '8',
  'elk.spacing.componentComponent': '36',
  'elk.layered.spacing.nodeNodeBetweenLayers': '36',
  'elk.layered.spacing.edgeNodeBetweenLayers': '18',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '14',
  'elk.layered.edgeLabels.sideSelection': 'SMART_DOWN',
};

/**
 * The straightest placement costs more than the square of the nodes (500 take a minute), so it is for pictures
 * that are seen whole; the largest, which nobody reads whole, get one sweep against crossings.
 */
const effortFor = (nodeCount: number): ElkOptions => ({
  'elk.layered.nodePlacement.strategy': nodeCount <= 80 ? 'NETWORK_SIMPLEX' : 'BRANDES_KOEPF',
  ...(nodeCount <= 80 ? { 'elk.layered.nodePlacement.favorStraightEdges': 'true' } : {}),
  ...(nodeCount > 250 ? { 'elk.layered.thoroughness': '1' } : {}),
});

const PARTITIONS = { service: 0, junction: 1, users: 2, company: 3, vendor: 4 } as const;

/** How much more room a container wants at its left, so that its heading stands beside the edges that enter. */
export type HeadingRoom = ReadonlyMap<string, number>;

/** Everything but hazards, which stand in a strip of their own. */
export function elkGraphOf(
  diagram: Diagram,
  direction: 'down' | 'right',
  headingRoom: HeadingRoom = new Map(),
): ElkNode {
  const inner = {
    ...SPACING_OPTIONS,
    ...effortFor(diagram.nodes.length),
    'elk.direction': direction === 'right' ? 'RIGHT' : 'DOWN',
  };
  const root: ElkNode = { id: 'root', layoutOptions: { ...ROOT_OPTIONS, ...inner }, children: [], edges: [] };

  const containers = new Map<string, ElkNode>();
  const parentOf = (container: string | undefined): ElkNode =>
    (container === undefined ? undefined : containers.get(container)) ?? root;

  // Services come first in the diagram's nodes and stand in no zone: they meet the users above all zones.
  const addNodes = (kinds: readonly DiagramNode['kind'][]) => {
    for (const [index, node] of diagram.nodes.entries()) {
      if (kinds.includes(node.kind)) parentOf(node.container).children?.push(elkNode(index, node));
    }
  };
  addNodes(['service']);
  for (const [index, container] of diagram.containers.entries()) {
    const elk = elkContainer(index, container, inner, headingRoom.get(container.id) ?? 0);
    containers.set(container.id, elk);
    parentOf(container.container).children?.push(elk);
  }
  addNodes(['component', 'junction']);

  const keys = new Map(diagram.nodes.map((node, index) => [node.id, nodeKey(index)]));
  root.edges = diagram.edges.flatMap((edge, index) => elkEdge(index, edge, keys));
  return root;
}

function elkNode(index: number, node: DiagramNode): ElkNode {
  const partition = node.kind === 'junction' ? PARTITIONS.junction : PARTITIONS.service;
  return {
    id: nodeKey(index),
    width: node.width,
    height: node.height,
    ...(node.container === undefined ? { layoutOptions: { 'elk.partitioning.partition': String(partition) } } : {}),
  };
}

function elkContainer(index: number, container: Container, inner: ElkOptions, headingRoom: number): ElkNode {
  const top = HEADING_HEIGHT[container.kind];
  const side = container.kind === 'zone' ? 32 : 16;
  const least = container.headingWidth + 2 * HEADING_LEFT[container.kind];
  return {
    id: containerKey(index),
    children: [],
    layoutOptions: {
      ...inner,
      'elk.padding': `[top=${top},left=${side + headingRoom},bottom=${BOTTOM},right=${side}]`,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${least}, 0)`,
      ...(container.kind === 'zone' ? { 'elk.partitioning.partition': String(PARTITIONS[container.party]) } : {}),
    },
  };
}

function elkEdge(index: number, edge: DiagramEdge, keys: ReadonlyMap<string, string>): ElkExtendedEdge[] {
  // What runs along another edge is given that one's route.
  if (edge.along !== undefined) return [];
  const source = keys.get(edge.from);
  const target = keys.get(edge.to);
  if (source === undefined || target === undefined) return [];
  const elk: ElkExtendedEdge = { id: edgeKey(index), sources: [source], targets: [target] };
  if (edge.label !== undefined) {
    const { text, width, height } = edge.label;
    const layoutOptions = { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' };
    elk.labels = [{ id: `${elk.id}l`, text, width, height, layoutOptions }];
  }
  return [elk];
}
