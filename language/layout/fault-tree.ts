import type { ElkEdgeSection, ElkNode, ElkPort } from 'elkjs/lib/elk-api.js';
import type { Layout } from '../core/diagram/index.ts';
import type { FaultTree, TreeNode } from '../core/fault-tree/index.ts';
import { type Elk, newElk } from './elk.ts';

const MARGIN = 24;

/**
 * Places of the nodes of a fault tree, the top event first, and the lines from each gate to its inputs: all begin in the
 * middle of its lower edge, as fault trees are drawn, and end around the middle of the upper edge of what it asks for.
 * There each has a place of its own: lines that ended in one point would run together before it, and the inputs of two
 * gates would look like the inputs of both.
 */
export async function layOutFaultTree(tree: FaultTree, given?: Elk): Promise<Layout> {
  if (tree.nodes.length === 0) return { width: 0, height: 0, nodes: [], containers: [], edges: [] };
  const elk = given ?? newElk();
  const free = await layOut(tree, elk, false);
  // A reader looks for the inputs in the order of the text, as long as no more lines cross for it.
  const ordered = await layOut(tree, elk, true);
  return crossingsOf(ordered) <= crossingsOf(free) ? ordered : free;
}

/** With `ordered`, every row in the order of the nodes, whatever crosses. */
async function layOut({ nodes }: FaultTree, elk: Elk, ordered: boolean): Promise<Layout> {
  // Names may hold anything, so within the graph nodes go by number.
  const numbers = new Map(nodes.map(({ id }, at) => [id, at]));
  const edges = nodes.flatMap((node) => (node.kind === 'gate' ? inputsOf(node.id, node.inputs) : []));
  const entering = new Map<string, number[]>();
  for (const [at, { to }] of edges.entries()) entering.set(to, [...(entering.get(to) ?? []), at]);
  const graph: ElkNode = {
    id: 'tree',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'DOWN',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.padding': `[top=${MARGIN},left=${MARGIN},bottom=${MARGIN},right=${MARGIN}]`,
      'elk.spacing.nodeNode': '24',
      'elk.layered.spacing.nodeNodeBetweenLayers': '34',
      'elk.layered.spacing.edgeNodeBetweenLayers': '14',
      'elk.layered.spacing.edgeEdgeBetweenLayers': '10',
      'elk.spacing.edgeNode': '14',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.layered.crossingMinimization.forceNodeModelOrder': String(ordered),
      'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
      'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
      'elk.layered.nodePlacement.favorStraightEdges': 'false',
    },
    children: nodes.map((node, at) => elkNode(node, at, entering.get(node.id) ?? [])),
    edges: edges.map(({ from }, at) => ({
      id: `edge ${at}`,
      sources: [`out ${numbers.get(from)}`],
      targets: [`in ${at}`],
    })),
  };
  const { width = 0, height = 0, children = [], edges: routed = [] } = await elk.layout(graph);
  return {
    width,
    height,
    nodes: nodes.map(({ id, width: w, height: h }, at) => ({
      id,
      x: children[at]?.x ?? 0,
      y: children[at]?.y ?? 0,
      width: w,
      height: h,
    })),
    containers: [],
    edges: edges.map(({ id }, at) => ({ id, points: (routed[at]?.sections ?? []).flatMap(pointsOf) })),
  };
}

/** Places where two lines cross. Those that leave one gate do so in its own stem, and cross nothing of each other. */
function crossingsOf({ edges }: Layout): number {
  const stretches = edges.flatMap(({ points }, edge) =>
    points.slice(1).map((to, at) => ({ edge, from: points[at] ?? to, to })),
  );
  const upright = stretches.filter(({ from, to }) => from.x === to.x);
  const level = stretches.filter(({ from, to }) => from.y === to.y);
  const inside = (value: number, a: number, b: number): boolean => value > Math.min(a, b) && value < Math.max(a, b);
  const places = new Set<string>();
  for (const one of upright) {
    for (const other of level) {
      const meet = inside(one.from.x, other.from.x, other.to.x) && inside(other.from.y, one.from.y, one.to.y);
      if (one.edge !== other.edge && meet) places.add(`${one.from.x} ${other.from.y}`);
    }
  }
  return places.size;
}

/** An input that stands twice is drawn twice. No gate's id holds a blank. */
const inputsOf = (from: string, inputs: readonly string[]) =>
  inputs.map((to, at) => ({ id: `${from} ${at}`, from, to }));

const pointsOf = ({ startPoint, bendPoints = [], endPoint }: ElkEdgeSection) => [startPoint, ...bendPoints, endPoint];

/** Between two lines that end side by side, where the box is wide enough. */
const ENDS_APART = 10;
const CORNER = 10;

/** `entering` are the lines that end at it. */
function elkNode({ width, height }: TreeNode, at: number, entering: readonly number[]): ElkNode {
  const apart = Math.min(ENDS_APART, (width - 2 * CORNER) / entering.length);
  const port = (id: string, x: number, y: number, side: 'NORTH' | 'SOUTH'): ElkPort => ({
    id,
    x,
    y,
    width: 0,
    height: 0,
    layoutOptions: { 'elk.port.side': side },
  });
  return {
    id: `node ${at}`,
    width,
    height,
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
    ports: [
      ...entering.map((edge, index) =>
        port(`in ${edge}`, width / 2 + (index - (entering.length - 1) / 2) * apart, 0, 'NORTH'),
      ),
      port(`out ${at}`, width / 2, height, 'SOUTH'),
    ],
  };
}
