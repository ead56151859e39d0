import type { Container, Diagram, DiagramEdge, DiagramNode } from '../core/diagram/index.ts';
import { type Link, rankChildren } from './ranks.ts';

/**
 * The parts of a picture: the whole, and each zone and group. A part is laid out alone, its inner parts first, which
 * then are boxes for it. An edge that crosses borders is cut there into pieces, one for each part that it runs in;
 * the pieces meet in a port on the border.
 */
export interface Part {
  /** Absent for the whole picture. */
  readonly container?: Container;
  readonly children: Child[];
  readonly ports: Map<string, Port>;
  readonly pieces: Map<string, Piece>;
  /** By child: how far down it stands, as its needs alone say. */
  readonly ranks: ReadonlyMap<string, number>;
}

/** `order` is that of who controls what, from the first row to the last; within a zone all have the same. */
export type Child = { readonly id: string; readonly order: number } & (
  | { readonly node: DiagramNode }
  | { readonly part: Part }
);

/** Where edges cross a part's border: `first` is the side where the direction of the picture begins. */
export interface Port {
  readonly id: string;
  readonly side: 'first' | 'last';
}

/** An end of a piece: a child, where it is a part at one of its ports; or the part's own border, at one of its ports. */
export interface End {
  readonly child?: string;
  readonly port?: string;
}

/** Runs along the direction of the picture: `from` stands before `to`. */
export interface Piece {
  readonly id: string;
  readonly from: End;
  readonly to: End;
  /** Pieces of one bundle go to the same target, and may run together. */
  readonly bundle: string;
  /** Drawn as a band. */
  readonly broad?: boolean;
  readonly label?: { readonly text: string; readonly width: number; readonly height: number };
}

/** The pieces of an edge from its source to its target; `turned` where the edge runs against the piece. */
export type Way = readonly { readonly part: Part; readonly piece: string; readonly turned: boolean }[];

export interface Parts {
  readonly root: Part;
  /** Inner parts before those around them; the root is the last. */
  readonly all: readonly Part[];
  readonly ways: ReadonlyMap<string, Way>;
}

const CLASSES = { service: 0, junction: 1, users: 2, company: 3, vendor: 4 } as const;

export function partsOf(diagram: Diagram): Parts {
  const containerOf = new Map<string, string | undefined>();
  for (const { id, container } of diagram.nodes) containerOf.set(id, container);
  for (const { id, container } of diagram.containers) containerOf.set(id, container);
  const nodes = new Map(diagram.nodes.map((node) => [node.id, node]));
  const edges = diagram.edges.filter(({ along, from, to }) => along === undefined && nodes.has(from) && nodes.has(to));

  /** The node, then the containers around it from the inside to the outside. */
  const chainOf = (id: string): string[] => {
    const chain = [id];
    for (let at = containerOf.get(id); at !== undefined && !chain.includes(at); at = containerOf.get(at))
      chain.push(at);
    return chain;
  };
  const crossings = edges.map((edge) => crossingOf(edge, chainOf(edge.from), chainOf(edge.to)));

  const links = new Map<string | undefined, Link[]>();
  for (const { within, from, to } of crossings) {
    if (from !== to) appendTo(links, within, { from, to });
  }
  const parts = buildParts(diagram, links);
  const ways = new Map<string, Way>();
  const bundleOf = bundlesOf(edges);
  for (const crossing of crossings) ways.set(crossing.edge.id, addPieces(parts, crossing, bundleOf(crossing.edge)));
  const ordered = [...parts.values()].reverse();
  return { root: parts.get(undefined) as Part, all: ordered, ways };
}

interface Crossing {
  readonly edge: DiagramEdge;
  /** The innermost container around both ends, and the two children of it that hold them. */
  readonly within: string | undefined;
  readonly from: string;
  readonly to: string;
  /** The containers that the edge leaves, from the inside, and those that it enters, from the outside. */
  readonly left: readonly string[];
  readonly entered: readonly string[];
}

function crossingOf(edge: DiagramEdge, source: readonly string[], target: readonly string[]): Crossing {
  let common = 0;
  const limit = Math.min(source.length, target.length) - 1;
  while (common < limit && source[source.length - 1 - common] === target[target.length - 1 - common]) common++;
  const outer = (chain: readonly string[]) => chain.slice(0, chain.length - common);
  const [left, entered] = [outer(source), outer(target)];
  return {
    edge,
    within: common === 0 ? undefined : source[source.length - common],
    from: left.at(-1) ?? edge.from,
    to: entered.at(-1) ?? edge.to,
    left: left.slice(1),
    entered: entered.slice(1).reverse(),
  };
}

/** Parents before their children, as containers stand in the diagram. */
function buildParts(
  diagram: Diagram,
  links: ReadonlyMap<string | undefined, readonly Link[]>,
): Map<string | undefined, Part> {
  const drafts = new Map<string | undefined, { container?: Container; children: Child[] }>([
    [undefined, { children: [] }],
  ]);
  const kinds = new Map<string, number>();
  for (const container of diagram.containers) {
    drafts.set(container.id, { container, children: [] });
    kinds.set(container.id, CLASSES[container.party]);
  }
  for (const node of diagram.nodes) {
    if (node.kind === 'hazard') continue;
    const around = drafts.has(node.container) ? node.container : undefined;
    const order = CLASSES[node.kind === 'folded' ? node.party : node.kind === 'junction' ? 'junction' : 'service'];
    if (around === undefined) kinds.set(node.id, order);
    drafts.get(around)?.children.push({ id: node.id, order: around === undefined ? order : 0, node });
  }
  const parts = new Map<string | undefined, Part>();
  const childIds = new Map<string | undefined, string[]>();
  for (const [id, { children }] of drafts)
    childIds.set(
      id,
      children.map((child) => child.id),
    );
  for (const { id, container } of diagram.containers) childIds.get(container)?.push(id);
  for (const [id, { container, children }] of drafts) {
    // Users meet services first, then what they run themselves, then the company, then its vendors.
    const classOf = id === undefined ? (child: string) => kinds.get(child) ?? 0 : () => 0;
    const ranks = rankChildren(childIds.get(id) ?? [], links.get(id) ?? [], classOf);
    const part: Part = {
      ...(container === undefined ? {} : { container }),
      children,
      ports: new Map(),
      pieces: new Map(),
      ranks,
    };
    parts.set(id, part);
    if (container === undefined) continue;
    const order = container.container === undefined ? CLASSES[container.party] : 0;
    parts.get(container.container)?.children.push({ id: container.id, order, part });
  }
  return parts;
}

const LEAST_BUNDLED = 4;

/**
 * Many needs of one kind, without words on them, that go to the same target run together: a border is crossed once for
 * the target and not once for each edge.
 */
function bundlesOf(edges: readonly DiagramEdge[]): (edge: DiagramEdge) => string {
  const keyOf = ({ kind, to }: DiagramEdge) => `${kind}>${to}`;
  const counts = new Map<string, number>();
  for (const edge of edges) counts.set(keyOf(edge), (counts.get(keyOf(edge)) ?? 0) + 1);
  return (edge) =>
    edge.label === undefined && (counts.get(keyOf(edge)) ?? 0) >= LEAST_BUNDLED ? keyOf(edge) : edge.id;
}

function addPieces(parts: ReadonlyMap<string | undefined, Part>, crossing: Crossing, bundle: string): Way {
  const { edge, within, from, to, left, entered } = crossing;
  const common = parts.get(within) as Part;
  const rank = (child: string) => common.ranks.get(child) ?? 0;
  const turned = rank(from) > rank(to);
  const way: { part: Part; piece: string; turned: boolean }[] = [];
  const add = (container: string | undefined, start: End, end: End, label?: Piece['label']) => {
    const part = parts.get(container);
    if (part === undefined) return;
    const [from, to] = turned ? [end, start] : [start, end];
    way.push({
      part,
      piece: addPiece(
        part,
        { from, to, bundle, ...(edge.share === undefined ? {} : { broad: true }), ...(label && { label }) },
        edge.id,
      ),
      turned,
    });
  };

  let start: End = { child: edge.from };
  for (const container of left) {
    const port = addPort(parts.get(container), `out|${turned ? 'first' : 'last'}|${bundle}`, turned ? 'first' : 'last');
    add(container, start, { port });
    start = { child: container, port };
  }
  const portsEntered = entered.map((container) =>
    addPort(parts.get(container), `in|${turned ? 'last' : 'first'}|${bundle}`, turned ? 'last' : 'first'),
  );
  const endIn = (index: number): End => {
    const child = entered[index];
    const port = portsEntered[index];
    return child === undefined || port === undefined ? { child: edge.to } : { child, port };
  };
  add(within, start, endIn(0), edge.label);
  for (const [index, container] of entered.entries()) {
    add(container, { port: portsEntered[index] as string }, endIn(index + 1));
  }
  return way;
}

function addPort(part: Part | undefined, id: string, side: Port['side']): string {
  part?.ports.set(id, { id, side });
  return id;
}

/** Pieces that end at a port may be shared by the edges of a bundle; one from node to node is an edge's own. */
function addPiece(part: Part, piece: Omit<Piece, 'id'>, edge: string): string {
  const { from, to, label } = piece;
  const shared = (from.port !== undefined || to.port !== undefined) && label === undefined;
  const id = shared ? JSON.stringify([from.child, from.port, to.child, to.port]) : edge;
  part.pieces.set(id, { ...piece, id });
  return id;
}

function appendTo<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
