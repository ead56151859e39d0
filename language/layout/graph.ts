import type { ElkExtendedEdge, ElkNode, LayoutOptions as ElkOptions, ElkPort } from 'elkjs/lib/elk-api.js';
import type { PartLayout } from './part-layout.ts';
import type { Child, End, Part, Port } from './parts.ts';
import { NODE_GAP } from './rows.ts';

/** Which way needs point. */
export type Direction = 'down' | 'right';

export const HEADING_HEIGHT = { zone: 40, group: 32 } as const;
export const HEADING_LEFT = { zone: 12, group: 12 } as const;
const PADDING = { picture: 24, zone: 28, group: 16 } as const;
const BOTTOM = 20;

/** Farther apart than any node is high, so that ELK takes each row for a layer of its own. */
const ROW_DISTANCE = 1_000_000;

const OPTIONS: ElkOptions = {
  'elk.algorithm': 'layered',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.randomSeed': '1',
  'elk.portConstraints': 'FIXED_SIDE',
  'elk.separateConnectedComponents': 'false',
  // Rows are ours: they are stable, and no wider than the picture is to be.
  'elk.layered.layering.strategy': 'INTERACTIVE',
  'elk.layered.cycleBreaking.strategy': 'INTERACTIVE',
  'elk.spacing.nodeNode': String(NODE_GAP),
  'elk.spacing.edgeNode': '20',
  'elk.spacing.edgeEdge': '14',
  'elk.spacing.edgeLabel': '6',
  'elk.spacing.labelNode': '12',
  'elk.spacing.labelLabel': '8',
  'elk.spacing.portPort': '20',
  'elk.layered.spacing.nodeNodeBetweenLayers': '36',
  'elk.layered.spacing.edgeNodeBetweenLayers': '18',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  'elk.layered.edgeLabels.sideSelection': 'SMART_DOWN',
};

/** The straightest placement costs more than the square of the children, so it is for parts that are seen whole. */
const effortFor = (childCount: number): ElkOptions => ({
  'elk.layered.nodePlacement.strategy': childCount <= 60 ? 'NETWORK_SIMPLEX' : 'BRANDES_KOEPF',
  ...(childCount <= 60 ? { 'elk.layered.nodePlacement.favorStraightEdges': 'true' } : {}),
  ...(childCount > 100 ? { 'elk.layered.thoroughness': '1' } : {}),
});

/** What ELK is asked: one part, whose inner parts are boxes with ports where their own layouts have put them. */
export function elkGraphOf(
  part: Part,
  rows: readonly (readonly Child[])[],
  inner: (child: string) => PartLayout | undefined,
  direction: Direction,
): ElkNode {
  const keys = keysOf(part);
  const { top, left, bottom, right } = paddingOf(part);
  const children = rows.flatMap((row, rowIndex) =>
    row.map((child, index): ElkNode => {
      const [along, across] = [rowIndex * ROW_DISTANCE, index];
      const [x, y] = direction === 'down' ? [across, along] : [along, across];
      return { id: keys.child(child.id), x, y, ...boxOf(child, inner, keys) };
    }),
  );
  return {
    id: 'part',
    layoutOptions: {
      ...OPTIONS,
      ...effortFor(part.children.length),
      'elk.direction': direction === 'down' ? 'DOWN' : 'RIGHT',
      'elk.padding': `[top=${top},left=${left},bottom=${bottom},right=${right}]`,
    },
    ports: [...part.ports.values()].map((port) => ({
      id: keys.port(undefined, port.id),
      width: 0,
      height: 0,
      layoutOptions: { 'elk.port.side': sideOf(port, direction) },
    })),
    children,
    edges: [...part.pieces.values()].map(({ id, from, to, label, broad }): ElkExtendedEdge => {
      const end = ({ child, port }: End) => (port === undefined ? keys.child(child ?? '') : keys.port(child, port));
      const edge: ElkExtendedEdge = { id: keys.piece(id), sources: [end(from)], targets: [end(to)] };
      // A broad band is looked at first, and runs straight before the others do.
      if (broad === true) edge.layoutOptions = { 'elk.layered.priority.straightness': '10' };
      if (label === undefined) return edge;
      const layoutOptions = { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' };
      // ELK needs some text for a label, and none of ours.
      const { width, height } = label;
      return { ...edge, labels: [{ id: `${edge.id}l`, text: '-', width, height, layoutOptions }] };
    }),
  };
}

/**
 * ELK knows things by their place in the part's lists and never by name, so that no name can mean anything to it,
 * and renaming moves nothing.
 */
export function keysOf(part: Part) {
  const children = new Map(part.children.map(({ id }, index) => [id, `n${index}`]));
  const pieces = new Map([...part.pieces.keys()].map((id, index) => [id, `e${index}`]));
  const ports = new Map<string, string>();
  const addPorts = (of: Part, prefix: string) => {
    for (const [index, id] of [...of.ports.keys()].entries()) ports.set(`${prefix}|${id}`, `${prefix}p${index}`);
  };
  addPorts(part, '');
  for (const child of part.children) if ('part' in child) addPorts(child.part, children.get(child.id) ?? '');
  const childKey = (id: string): string => children.get(id) ?? '';
  return {
    child: childKey,
    piece: (id: string): string => pieces.get(id) ?? '',
    port: (child: string | undefined, id: string): string =>
      ports.get(`${child === undefined ? '' : childKey(child)}|${id}`) ?? '',
  };
}

function boxOf(
  child: Child,
  inner: (child: string) => PartLayout | undefined,
  keys: ReturnType<typeof keysOf>,
): Partial<ElkNode> {
  if ('node' in child) return { width: child.node.width, height: child.node.height };
  const layout = inner(child.id);
  const ports = [...child.part.ports.keys()].map((id): ElkPort => {
    const { x, y } = layout?.ports.get(id) ?? { x: 0, y: 0 };
    return { id: keys.port(child.id, id), x, y, width: 0, height: 0 };
  });
  const layoutOptions = { 'elk.portConstraints': 'FIXED_POS' };
  return { width: layout?.width ?? 0, height: layout?.height ?? 0, layoutOptions, ports };
}

/** Free around what stands in a part; the top has the heading. */
export function paddingOf({ container }: Part): { top: number; left: number; bottom: number; right: number } {
  const sides = PADDING[container?.kind ?? 'picture'];
  const [top, bottom] = container === undefined ? [sides, sides] : [HEADING_HEIGHT[container.kind], BOTTOM];
  return { top, left: sides, bottom, right: sides };
}

function sideOf({ side }: Port, direction: Direction): string {
  if (direction === 'down') return side === 'first' ? 'NORTH' : 'SOUTH';
  return side === 'first' ? 'WEST' : 'EAST';
}
