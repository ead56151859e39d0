import type { Layout, Point } from '../../language/core/diagram/index.ts';
import type { EventLeaf, FaultTree, TreeGate, TreeNode } from '../../language/core/fault-tree/index.ts';
import { hazardSign, iconAt } from './icons.ts';
import { pictureStyles } from './styles.ts';
import { element, escapeText, group, textElement, translate } from './svg.ts';
import { PALETTES, type Theme } from './theme.ts';

export interface FaultTreeOptions {
  /** `editor` takes its colours from the page, with `pictureStyles` and `faultTreeStyles` in it. */
  readonly theme: Theme;
  /** Whether nodes and lines are reached by keyboard. */
  readonly interactive: boolean;
}

/** From the box of the words to its symbol. */
const STEM = 8;
const SYMBOL = 34;

/**
 * The fault tree as SVG text, its gates in the shapes of IEC 61025 and NUREG-0492, each with its rule in words beside
 * it; below a basic event stands who runs it, as a sign.
 */
export function renderFaultTree(tree: FaultTree, layout: Layout, { theme, interactive }: FaultTreeOptions): string {
  const width = Math.ceil(layout.width);
  const height = Math.ceil(layout.height);
  const boxes = new Map(layout.nodes.map((box) => [box.id, box]));
  const nodes = new Map(tree.nodes.map((node) => [node.id, node]));
  const drawn = tree.nodes.map((node) => {
    const box = boxes.get(node.id);
    return box === undefined ? '' : drawNode(node, node.id === tree.top, box.x, box.y, interactive);
  });
  const routes = new Map(layout.edges.map(({ id, points }) => [id, points]));
  const lines = tree.nodes.flatMap((node) =>
    node.kind === 'gate'
      ? node.inputs.map((input, at) => {
          const points = routes.get(`${node.id} ${at}`);
          return points === undefined ? '' : drawLine(node, nodes.get(input), at, points, interactive);
        })
      : [],
  );
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: `p2p fault-tree theme-${theme}`,
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'group',
      'aria-label': `Fault tree of ${tree.title}`,
    },
    theme === 'editor' ? '' : element('style', {}, pictureStyles(theme) + faultTreeStyles(theme)),
    element('rect', { class: 'background', width, height }),
    // Lines lie under the symbols that they end at, and are reached after them.
    group({ class: 'nodes' }, ...drawn),
    group({ class: 'edges' }, ...lines),
    group(
      { class: 'branches', 'aria-hidden': 'true' },
      ...tree.nodes.flatMap((node) => branchesOf(node, routes).map(drawBranch)),
    ),
  );
}

function drawNode(node: TreeNode, isTop: boolean, x: number, y: number, interactive: boolean): string {
  const party = node.kind === 'event' ? (node.party ?? (node.of === 'hazard' ? 'hazard' : 'several')) : undefined;
  const drawn = group(
    {
      class: `node tree-${node.kind}${isTop ? ' top' : ''}${party === undefined ? '' : ` party-${party}`}`,
      'data-node': node.id,
      'data-element': node.element,
      transform: translate(x, y),
      role: interactive ? 'button' : 'img',
      tabindex: interactive ? 0 : undefined,
      'aria-label': node.description,
    },
    symbolOf(node),
    element('rect', { class: 'box', width: node.width, height: node.boxHeight, rx: 5 }),
    ...node.lines.map(({ role, text, x: middle, y: line }) =>
      textElement({ class: `text-${role} middle`, x: middle, y: line }, text),
    ),
  );
  const foldable = interactive && !isTop && (node.kind === 'folded' || (node.kind === 'gate' && node.rule !== ''));
  return foldable ? drawn + foldControl(node, x + node.width / 2 - 46, y + node.boxHeight + STEM + 9) : drawn;
}

function symbolOf(node: TreeNode): string {
  if (node.kind === 'rest' || node.kind === 'circle') return '';
  if (node.kind === 'gate' && node.rule === '') return '';
  const below = translate(node.width / 2, node.boxHeight);
  const stem = element('path', { class: 'stem', d: `M0 0V${STEM}` });
  return group({ class: 'symbol', transform: below, 'aria-hidden': 'true' }, stem, shapeOf(node));
}

const AND = `M-18 ${STEM + SYMBOL}V${STEM + 17}A18 17 0 0 1 18 ${STEM + 17}V${STEM + SYMBOL}z`;
const OR = `M-18 ${STEM + SYMBOL}C-18 24 -9 13 0 ${STEM}C9 13 18 24 18 ${STEM + SYMBOL}C9 35 -9 35 -18 ${STEM + SYMBOL}z`;
const TRANSFER = `M0 ${STEM}L18 ${STEM + SYMBOL - 3}H-18z`;

function shapeOf(node: TreeNode): string {
  const beside = (text: string): string => textElement({ class: 'text-rule', x: 25, y: STEM + 22 }, text);
  if (node.kind === 'folded') return element('path', { class: 'shape', d: TRANSFER }) + beside('folded');
  if (node.kind === 'event') return eventShape(node);
  if (node.kind !== 'gate') return '';
  const all = node.rule.startsWith('all');
  const any = node.rule.startsWith('any');
  return [
    element('path', { class: 'stem', d: `M0 ${all ? STEM + SYMBOL : STEM + SYMBOL - 5}V52` }),
    element('path', { class: 'shape', d: all ? AND : OR }),
    any || all ? '' : votes(node),
    beside(node.rule),
  ].join('');
}

/** A gate of so many out of so many says it within, too. */
const votes = ({ rule }: TreeGate): string =>
  textElement({ class: 'text-votes middle', x: 0, y: STEM + 25 }, rule.replace(' of ', '/'));

const eventShape = ({ of, party }: EventLeaf): string => {
  const middle = STEM + SYMBOL / 2;
  const sign = party !== undefined ? iconAt(party, -9, middle - 9) : of === 'hazard' ? hazardSign(-9, middle - 9) : '';
  return element('circle', { class: 'shape', cx: 0, cy: middle, r: SYMBOL / 2 }) + sign;
};

/** An application reacts to `data-fold`. */
function foldControl(node: TreeNode, x: number, y: number): string {
  const open = node.kind === 'gate';
  return group(
    {
      class: 'fold',
      'data-fold': node.id,
      transform: translate(x, y),
      role: 'button',
      tabindex: 0,
      'aria-expanded': open ? 'true' : 'false',
      'aria-label': `${open ? 'Fold' : 'Open'} the causes of: ${node.words}`,
    },
    // As large as a pointer needs.
    element('rect', { class: 'hit-box', x: -3, y: -3, width: 24, height: 24 }),
    element('rect', { class: 'fold-box', x: 1, y: 1, width: 16, height: 16, rx: 4 }),
    element('path', { class: 'fold-sign', d: open ? 'M5 9h8' : 'M5 9h8M9 5v8' }),
  );
}

function drawLine(
  gate: TreeGate,
  input: TreeNode | undefined,
  at: number,
  points: readonly Point[],
  interactive: boolean,
): string {
  const d = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  const words = `${input?.words ?? ''}: a cause of ${gate.words}`;
  return group(
    {
      class: `edge cause${input?.kind === 'circle' ? ' closing' : ''}`,
      'data-edge': `${gate.id} ${at}`,
      'data-from': gate.id,
      'data-to': input?.id,
      role: 'img',
      tabindex: interactive ? 0 : undefined,
      'aria-label': words,
    },
    element('title', {}, escapeText(words)),
    element('path', { class: 'hit', d }),
    element('path', { class: 'line', d }),
  );
}

const drawBranch = ({ x, y }: Point): string => element('circle', { class: 'branch', cx: x, cy: y, r: 3 });

/** Where the lines of one gate part. Where those of two gates cross there is none. */
function branchesOf(node: TreeNode, routes: ReadonlyMap<string, readonly Point[]>): Point[] {
  if (node.kind !== 'gate') return [];
  const lines = node.inputs.map((_, at) => routes.get(`${node.id} ${at}`) ?? []);
  const bends = new Map(lines.flatMap((line) => line.slice(1, -1)).map((bend) => [`${bend.x} ${bend.y}`, bend]));
  return [...bends.values()].filter((bend) => new Set(lines.flatMap((line) => waysFrom(bend, line))).size > 2);
}

/** Which ways a line goes from a point: none if it does not come by. */
const waysFrom = ({ x, y }: Point, line: readonly Point[]): string[] =>
  line.slice(1).flatMap((to, at) => {
    const from = line[at] as Point;
    const upright = from.x === to.x;
    if ((upright ? from.x !== x : from.y !== y) || (!upright && from.y !== to.y)) return [];
    const [here, a, b] = upright ? [y, from.y, to.y] : [x, from.x, to.x];
    const axis = upright ? 'y' : 'x';
    return [
      ...(Math.min(a, b) < here && here <= Math.max(a, b) ? [`${axis}-`] : []),
      ...(Math.min(a, b) <= here && here < Math.max(a, b) ? [`${axis}+`] : []),
    ];
  });

/** To be added to `pictureStyles`. */
export function faultTreeStyles(theme: Theme): string {
  const p = PALETTES[theme];
  const parties = (['company', 'users', 'vendor'] as const)
    .map((party) => `.p2p.fault-tree .party-${party} .shape { stroke: ${p[party]}; fill: ${p[`${party}Zone`]}; }`)
    .join('\n');
  return `
.p2p.fault-tree .stem { fill: none; stroke: ${p.line}; stroke-width: 1.5; }
.p2p.fault-tree .shape { fill: ${p.node}; stroke: ${p.foreground}; stroke-width: 1.75; stroke-linejoin: round; }
.p2p.fault-tree .text-rule { font-size: 12.5px; font-weight: 600; }
.p2p.fault-tree .text-votes { font-size: 11px; font-weight: 700; }
.p2p.fault-tree .branch { fill: ${p.line}; }
.p2p.fault-tree .hit-box { fill: transparent; }
.p2p.fault-tree .tree-gate > .box, .p2p.fault-tree .tree-folded > .box { stroke: ${p.foreground}; stroke-opacity: 0.75; }
.p2p.fault-tree .top > .box { stroke: ${p.error}; stroke-width: 2.5; stroke-opacity: 1; }
.p2p.fault-tree .tree-circle > .box, .p2p.fault-tree .tree-rest > .box { stroke-dasharray: 5 4; }
.p2p.fault-tree .closing > .line { stroke-dasharray: 5 4; }
.p2p.fault-tree .party-hazard .shape, .p2p.fault-tree .party-hazard > .box { stroke: ${p.hazard}; }
${parties}
.p2p.fault-tree .node:focus-visible > .box, .p2p.fault-tree .node.selected > .box { stroke: ${p.focus}; stroke-width: 3; stroke-opacity: 1; }`;
}
