import { badgesOfAll, badgesWidth, badgeWords, NODE_BADGES_WIDTH } from './badges.ts';
import { labelOf } from './edges.ts';
import { PARTY_WORDS } from './facts.ts';
import { dotGrid, GRID_HEIGHT, GRID_WIDTH } from './grid.ts';
import { textWidth } from './measure.ts';
import { ICON_SIZE } from './nodes.ts';
import type { Container, Diagram, DiagramEdge, DiagramNode, FoldedNode } from './schema.ts';
import { addText, emptyStack, FONTS, type Stack } from './stack.ts';
import { percentWords, roundCount } from './words.ts';

const LEFT = 18;
const TITLE_LEFT = LEFT + ICON_SIZE + 8;
const LEAST_WIDTH = 230;
const WIDEST_TEXT = 220;

/**
 * The diagram with some zones and groups folded, each to one box that says what is in it. Edges that then have the
 * same ends become one, with how many they were; those within a box are left out. Ids that are none are passed over.
 */
export function foldDiagram(diagram: Diagram, folded: Iterable<string>, { pools = false }: FoldOptions = {}): Diagram {
  const asked = new Set(folded);
  const isFolded = new Set(diagram.containers.flatMap(({ id }) => (asked.has(id) ? [id] : [])));
  if (isFolded.size === 0) return diagram;

  const boxOf = outermost(diagram, isFolded);
  const boxes = new Map(diagram.nodes.map(({ id, container }) => [id, boxOf(container)]));
  const members = new Map<string, DiagramNode[]>();
  for (const node of diagram.nodes) {
    const box = boxes.get(node.id);
    if (box === undefined) continue;
    const others = members.get(box);
    if (others) others.push(node);
    else members.set(box, [node]);
  }
  const containers = diagram.containers.filter(({ id }) => boxOf(id) === undefined);
  const foldedNodes = diagram.containers.flatMap((container): FoldedNode[] => {
    if (boxOf(container.id) !== container.id) return [];
    const inner = diagram.containers.filter(({ id }) => boxOf(id) === container.id);
    return [keptNode(container, members.get(container.id) ?? [], inner, pools)];
  });
  const labels = new Map([...diagram.nodes, ...foldedNodes].map(({ id, label }) => [id, label]));
  const endOf = (id: string) => boxes.get(id) ?? id;
  const shown = diagram.nodes.filter(({ id }) => boxes.get(id) === undefined);
  return {
    ...diagram,
    nodes: [
      ...shown.filter(({ kind }) => kind === 'service'),
      ...foldedNodes,
      ...shown.filter(({ kind }) => kind !== 'service'),
    ],
    containers,
    edges: keptEdges(diagram.edges, foldedNodes, boxes, () =>
      foldEdges(diagram.edges, endOf, (id) => labels.get(id) ?? id),
    ),
  };
}

export interface FoldOptions {
  /** Whether a box shows the instances of all that is in it, for a recovery to play there. */
  readonly pools?: boolean;
}

/** The outermost folded container around one, itself included. */
function outermost(
  { containers }: Diagram,
  isFolded: ReadonlySet<string>,
): (container: string | undefined) => string | undefined {
  const around = new Map(containers.map(({ id, container }) => [id, container]));
  const known = new Map<string | undefined, string | undefined>();
  return (container) => {
    if (known.has(container)) return known.get(container);
    let box: string | undefined;
    const passed = new Set<string>();
    for (let at = container; at !== undefined && !passed.has(at); at = around.get(at)) {
      passed.add(at);
      if (isFolded.has(at)) box = at;
    }
    known.set(container, box);
    return box;
  };
}

/** How many nodes a folded diagram has: those that are seen, and the boxes. */
function nodesLeft(diagram: Diagram, folded: readonly string[]): number {
  const boxOf = outermost(diagram, new Set(folded));
  const seen = diagram.nodes.filter(({ container }) => boxOf(container) === undefined).length;
  return seen + folded.filter((id) => boxOf(id) === id).length;
}

/** The box that a container was folded to the last time: of the same nodes it is the same again. */
const keptNodes = new WeakMap<Container, { readonly of: readonly unknown[]; readonly node: FoldedNode }>();

function keptNode(...[container, members, inner, pools]: Parameters<typeof foldedNode>): FoldedNode {
  const of = [pools, inner.length, ...inner, ...members];
  const kept = keptNodes.get(container);
  if (kept?.of.length === of.length && kept.of.every((each, at) => each === of[at])) return kept.node;
  const node = foldedNode(container, members, inner, pools);
  keptNodes.set(container, { of, node });
  return node;
}

function foldedNode(
  container: Container,
  members: readonly DiagramNode[],
  inner: readonly Container[],
  pools: boolean,
): FoldedNode {
  const { id, kind, party, operator, group, label } = container;
  const components = members.flatMap((node) => (node.kind === 'component' ? [node.id] : []));
  const badges = badgesOfAll([...inner, ...members].flatMap((each) => each.badges));
  const count = `${components.length} ${components.length === 1 ? 'component' : 'components'}`;
  // The names of other zones say who runs what is in them.
  const runByName = kind === 'zone' && party !== 'vendor';
  const stack = emptyStack(12);
  addText(stack, 'title', label, TITLE_LEFT, WIDEST_TEXT);
  stack.right += badgesWidth(badges, NODE_BADGES_WIDTH) + 4;
  const caption = runByName ? count : `${PARTY_WORDS[party]} · ${count}`;
  addText(stack, 'caption', caption, TITLE_LEFT, WIDEST_TEXT);
  const pool = pools ? poolOfAll(members, stack) : undefined;
  return {
    kind: 'folded',
    id,
    of: kind,
    party,
    ...(operator === undefined ? {} : { operator }),
    ...(group === undefined ? {} : { group }),
    ...(container.container === undefined ? {} : { container: container.container }),
    label,
    description: [
      `${kind === 'zone' ? 'Zone' : 'Group'} ${label}, ${RUN_WORDS[party]}, folded, ${count}`,
      badgeWords(badges),
    ]
      .filter((part) => part !== '')
      .join('. '),
    width: Math.max(LEAST_WIDTH, stack.right + 14),
    height: stack.bottom + 14,
    lines: stack.lines,
    badges,
    components,
    ...(pool && { pool }),
  };
}

/** As a component has it: counts with the scale, and the dots below them. Nothing where there is nobody. */
function poolOfAll(members: readonly DiagramNode[], stack: Stack): FoldedNode['pool'] {
  const instances = members.reduce((sum, node) => sum + (node.kind === 'component' ? node.pool.instances : 0), 0);
  if (instances === 0) return undefined;
  const numbersY = stack.bottom + 16;
  const grid = dotGrid(instances, LEFT, numbersY + 6);
  stack.right = Math.max(stack.right, LEFT + GRID_WIDTH);
  stack.bottom = grid.y + GRID_HEIGHT;
  if (grid.instancesPerDot > 1) {
    const text = `= ${roundCount(grid.instancesPerDot)}`;
    const width = textWidth(text, FONTS.scale);
    stack.lines.push({ role: 'scale', text, x: stack.right, y: numbersY, width, end: true });
  }
  return { instances, promoted: false, grid, numbersY };
}

const RUN_WORDS = { company: 'run by the company', users: 'run by users', vendor: 'run by a vendor' } as const;

const KIND_WORDS = {
  needs: 'needs',
  needsToStart: 'needs to start',
  promotes: 'is promoted to',
  traffic: 'has traffic through',
  serviceFor: 'is for',
} as const satisfies Record<DiagramEdge['kind'], string>;

/** What edges were folded to the last time: the same edges, to the same boxes with the same in them, are the same again. */
const keptFolds = new WeakMap<readonly DiagramEdge[], { readonly boxes: string; readonly edges: DiagramEdge[] }>();

function keptEdges(
  of: readonly DiagramEdge[],
  boxes: readonly FoldedNode[],
  boxOf: ReadonlyMap<string, string | undefined>,
  fold: () => DiagramEdge[],
): DiagramEdge[] {
  const names = JSON.stringify([boxes.map(({ id, label }) => [id, label]), ...boxOf]);
  const kept = keptFolds.get(of);
  if (kept?.boxes === names) return kept.edges;
  const edges = fold();
  keptFolds.set(of, { boxes: names, edges });
  return edges;
}

function foldEdges(
  edges: readonly DiagramEdge[],
  endOf: (id: string) => string,
  labelOfNode: (id: string) => string,
): DiagramEdge[] {
  const alike = new Map<string, DiagramEdge[]>();
  for (const edge of edges) {
    const [from, to] = [endOf(edge.from), endOf(edge.to)];
    if (from === to && (from !== edge.from || to !== edge.to)) continue;
    const id = `${edge.kind}:${from}>${to}`;
    const folded = { ...edge, id, from, to };
    const others = alike.get(id);
    if (others) others.push(folded);
    else alike.set(id, [folded]);
  }
  return [...alike].flatMap(([id, group]): DiagramEdge[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { along: _along, ...edge } = first;
    const traffic = `traffic:${edge.from}>${edge.to}`;
    const along = edge.kind === 'needs' && alike.has(traffic) ? { along: traffic } : {};
    if (group.length === 1) return [{ ...edge, id, ...along }];
    const share = group.reduce((sum, each) => sum + (each.share ?? 0), 0);
    const text = edge.share === undefined ? `×${group.length}` : percentWords(share);
    return [
      {
        ...edge,
        ...along,
        alternative: group.every(({ alternative }) => alternative),
        count: group.length,
        ...(edge.share === undefined ? {} : { share }),
        ...('along' in along ? {} : { label: labelOf(text, edge.share === undefined ? '×9,999' : text) }),
        description: `${labelOfNode(edge.from)} ${KIND_WORDS[edge.kind]} ${labelOfNode(edge.to)}, in ${group.length} places`,
      },
    ];
  });
}

/** `12 of 40 components are folded into 3 boxes.` Nothing where all are seen. */
export function foldedWords({ nodes }: Diagram): string {
  const boxes = nodes.flatMap((node) => (node.kind === 'folded' ? [node.components.length] : []));
  const hidden = boxes.reduce((sum, count) => sum + count, 0);
  if (hidden === 0) return '';
  const seen = nodes.filter(({ kind }) => kind === 'component').length;
  return `${hidden} of ${hidden + seen} components are folded into ${boxes.length} ${boxes.length === 1 ? 'box' : 'boxes'}.`;
}

/** A picture of more nodes is not read whole. */
const MOST_READ = 120;
/** What a folded picture begins with, at the most, where folding can do it. */
const MOST_AT_START = 90;
const OUTSIDE_FIRST = ['vendor', 'users', 'company'] as const;

/**
 * What is folded when a large picture is first shown: the groups, then vendors, users and at last
 * the company, until it can be read; nothing where it can be read as it is.
 */
export function foldedToStart(diagram: Diagram): string[] {
  if (diagram.nodes.length <= MOST_READ) return [];
  const zones = diagram.containers.filter(({ kind }) => kind === 'zone');
  const zoneIds = new Set(zones.map(({ id }) => id));
  const groups = diagram.containers.filter(({ container }) => container !== undefined && zoneIds.has(container));
  const largestFirst = (list: readonly Container[]) => [...list].sort((a, b) => b.components - a.components);
  const order = [
    ...groups,
    ...OUTSIDE_FIRST.flatMap((party) => largestFirst(zones.filter((zone) => zone.party === party))),
  ];
  const folded: string[] = [];
  let left = diagram.nodes.length;
  for (const [index, { id, components }] of order.entries()) {
    if (left <= MOST_AT_START) break;
    if (components < 2) continue;
    folded.push(id);
    // All groups or none: a picture in which some are folded says that they differ.
    if (index >= groups.length - 1) left = nodesLeft(diagram, folded);
  }
  return folded;
}
