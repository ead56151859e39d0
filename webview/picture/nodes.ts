import {
  BADGE_GAP,
  type Box,
  COUNT_WIDTH,
  type ComponentNode,
  type DiagramNode,
  type FoldedNode,
  fullShare,
  type HazardNode,
  type JunctionNode,
  type Line,
  loadShare,
  type ServiceNode,
} from '../../language/core/diagram/index.ts';
import { type Fates, fateClass } from './fates.ts';
import { drawFold } from './folds.ts';
import { badgesEndingAt, hazardSign, iconAt } from './icons.ts';
import { allUp, dotsPath, hasPool, levelMarks, type Mark, type MarkRole, type PoolNode, poolMarks } from './marks.ts';
import { levelOf, poolStateOf, type RecoveryState } from './state.ts';
import { element, group, textElement, translate } from './svg.ts';

export interface NodeOptions {
  readonly recovery: RecoveryState | undefined;
  readonly selected: string | undefined;
  readonly fates: Fates | undefined;
  /** Whether a click does something. */
  readonly interactive: boolean;
  readonly foldable: boolean;
}

/** The node, and beside it the control that opens what is folded: one text an element. */
export function drawNode(node: DiagramNode, box: Box, options: NodeOptions): readonly string[] {
  const content = {
    component: () => drawComponent(node as ComponentNode, options.recovery),
    service: () => drawService(node as ServiceNode, options.recovery),
    hazard: () => drawHazard(node as HazardNode),
    junction: () => drawJunction(node as JunctionNode),
    folded: () => drawFolded(node as FoldedNode, options.recovery, options.foldable),
  }[node.kind]();
  const classes = ['node', node.kind];
  if (node.kind === 'component' || node.kind === 'folded') classes.push(`party-${node.party}`);
  if (node.id === options.selected) classes.push('selected');
  const fate = fateClass(options.fates?.get(node.id)?.fate);
  if (fate !== undefined) classes.push(fate);
  const drawn = group(
    {
      class: classes.join(' '),
      'data-node': node.id,
      'data-party': 'party' in node ? node.party : undefined,
      'data-operator': 'operator' in node ? node.operator : undefined,
      'data-group': node.kind === 'folded' ? node.group : undefined,
      'data-owner': node.kind === 'junction' ? node.owner : undefined,
      transform: translate(box.x, box.y),
      role: options.interactive ? 'button' : 'img',
      tabindex: options.interactive ? 0 : undefined,
      'aria-label': node.description,
    },
    content,
  );
  if (node.kind !== 'folded' || !options.foldable) return [drawn];
  const count = node.components.length;
  const fold = { id: node.id, label: node.label, components: count, open: false };
  return [drawn, drawFold(fold, box.x + 18, box.y + 13)];
}

const frame = ({ width, height }: DiagramNode, radius: number): string =>
  element('rect', { class: 'box', width, height, rx: radius });

/** Shown by the class `failed`: a cross at the corner, so that failing is told without colour. */
const cross = (): string =>
  group(
    { class: 'cross', 'aria-hidden': 'true' },
    element('path', { class: 'disc', d: 'M4 -8a12 12 0 1 0 0 24a12 12 0 0 0 0 -24z' }),
    element('path', { class: 'strokes', d: 'M-0.5 -0.5l9 9M8.5 -0.5l-9 9' }),
  );

const lines = (node: DiagramNode): string => node.lines.map(drawLine).join('');

const drawLine = ({ role, text, x, y, end }: Line): string =>
  textElement({ class: `text-${role}${end ? ' end' : ''}`, x, y }, text);

const badges = (node: DiagramNode): string => badgesEndingAt(node.badges, node.width - 10, 11, BADGE_GAP);

function valuesOf(marks: readonly Mark[]): (role: MarkRole, attribute: Mark['attribute']) => string {
  return (role, attribute) => marks.find((mark) => mark.role === role && mark.attribute === attribute)?.value ?? '';
}

function drawComponent(node: ComponentNode, recovery: RecoveryState | undefined): string {
  const value = valuesOf(marksOfPool(node, recovery));
  return [
    frame(node, 8),
    element('path', { class: 'stripe', d: `M8 0A8 8 0 0 0 0 8V${node.height - 8}A8 8 0 0 0 8 ${node.height}H6V0z` }),
    iconAt(node.party, 18, 13),
    lines(node),
    drawScaleDot(node),
    drawDots(node, value),
    drawCounts(node, value),
    drawLoad(node, value),
    node.exposures
      .map(({ hazard, text, x, y, width, height }) =>
        group(
          { class: 'exposure', 'data-hazard': hazard, transform: translate(x, y) },
          element('rect', { width, height, rx: height / 2 }),
          hazardSign(6, 4, 0.68),
          textElement({ x: 20, y: 14 }, text),
        ),
      )
      .join(''),
    badges(node),
    cross(),
  ].join('');
}

const marksOfPool = (node: PoolNode, recovery: RecoveryState | undefined): Mark[] =>
  poolMarks(node, (recovery && poolStateOf(recovery, node.id)) ?? allUp(node));

type Value = ReturnType<typeof valuesOf>;

/** Places first, as rings; what is starting puts a core into its ring, what is up fills it. */
function drawDots({ pool }: PoolNode, value: Value): string {
  const { grid } = pool;
  const places = dotsPath(grid, 0, grid.dots);
  const full = grid.radius * 2;
  const ring = grid.radius > 3 ? 2.6 : 1.8;
  const dots = (name: string, d: string, width: number, role?: MarkRole) =>
    element('path', { class: `dots ${name}`, d, 'stroke-width': width, 'data-role': role });
  return group(
    { class: 'pool', 'aria-hidden': 'true' },
    dots('place', places, full),
    dots('hole', places, full - ring),
    dots('starting', value('starting', 'd'), full - ring - 1.2, 'starting'),
    dots('up', value('up', 'd'), full, 'up'),
  );
}

function drawScaleDot(node: PoolNode): string {
  const scale = node.lines.find(({ role }) => role === 'scale');
  if (scale === undefined) return '';
  const { x, y, width } = scale;
  return element('path', {
    class: 'dots',
    d: `M${x - width - 6} ${y - 4}h0`,
    'stroke-width': 5,
    'aria-hidden': 'true',
  });
}

function drawCounts({ pool }: PoolNode, value: Value): string {
  const { numbersY, grid } = pool;
  const y = numbersY - 4;
  const slot = (index: number, role: 'count-up' | 'count-starting' | 'count-down') => {
    const x = grid.x + index * COUNT_WIDTH;
    const at = `M${x + 4} ${y}h0`;
    const sign =
      role === 'count-up'
        ? element('path', { class: 'dots', d: at, 'stroke-width': 8 })
        : [
            element('path', { class: 'dots place', d: at, 'stroke-width': 8 }),
            element('path', { class: 'dots hole', d: at, 'stroke-width': 5.4 }),
            role === 'count-starting' ? element('path', { class: 'dots', d: at, 'stroke-width': 3.6 }) : '',
          ].join('');
    return sign + textElement({ class: 'text-figure', x: x + 11, y: numbersY, 'data-role': role }, value(role, 'text'));
  };
  return group({ class: 'counts' }, slot(0, 'count-up'), slot(1, 'count-starting'), slot(2, 'count-down'));
}

function drawLoad({ pool, width }: ComponentNode, value: Value): string {
  const { load, grid } = pool;
  if (load === undefined) return '';
  const middle = load.y + 8;
  const at = (share: number): number => load.x + load.width * share;
  return group(
    { class: 'load' },
    textElement({ class: 'text-small', x: grid.x, y: middle + 4 }, 'load'),
    element('rect', { class: 'track', x: load.x, y: middle - 2.5, width: load.width, height: 5, rx: 2.5 }),
    element('rect', {
      class: 'bar',
      x: load.x,
      y: middle - 2.5,
      width: value('load', 'width'),
      height: 5,
      rx: 2.5,
      'data-role': 'load',
      'data-over': value('load', 'data-over'),
    }),
    load.limit === 1 ? '' : element('path', { class: 'full', d: `M${at(fullShare(load))} ${middle - 4}v8` }),
    element('path', { class: 'limit', d: `M${at(loadShare(load, load.limit))} ${middle - 6}v12` }),
    textElement(
      { class: 'text-figure end', x: width - 14, y: middle + 4, 'data-role': 'load-figure' },
      value('load-figure', 'text'),
    ),
  );
}

function drawService(node: ServiceNode, recovery: RecoveryState | undefined): string {
  const value = valuesOf(levelMarks(node, (recovery && levelOf(recovery, node.id)) ?? node.level.usual ?? 1));
  const { x, y, width } = node.level;
  return [
    frame(node, 18),
    iconAt('service', 18, 13),
    lines(node),
    element('rect', { class: 'track', x, y: y + 3, width, height: 8, rx: 4 }),
    element('rect', {
      class: 'bar',
      x,
      y: y + 3,
      width: value('level', 'width'),
      height: 8,
      rx: 4,
      'data-role': 'level',
    }),
    textElement(
      { class: 'text-figure end', x: node.width - 18, y: y + 11, 'data-role': 'level-figure' },
      value('level-figure', 'text'),
    ),
    badges(node),
    cross(),
  ].join('');
}

/** A sheet behind it says that there is more. Before the title stands what opens it; where nothing does, who runs it. */
const drawFolded = (node: FoldedNode, recovery: RecoveryState | undefined, foldable: boolean): string =>
  [
    element('rect', { class: 'sheet', x: 6, y: 6, width: node.width - 2, height: node.height - 2, rx: 10 }),
    frame(node, 10),
    lines(node),
    foldable ? iconAt(node.party, node.width - 32, hasPool(node) ? 13 : node.height - 28) : iconAt(node.party, 18, 13),
    hasPool(node) ? drawPool(node, recovery) : '',
    badges(node),
    cross(),
  ].join('');

function drawPool(node: PoolNode, recovery: RecoveryState | undefined): string {
  const value = valuesOf(marksOfPool(node, recovery));
  return drawScaleDot(node) + drawDots(node, value) + drawCounts(node, value);
}

const drawHazard = (node: HazardNode): string =>
  [frame(node, 8), hazardSign(16, 11), lines(node), badges(node), cross()].join('');

const drawJunction = (node: JunctionNode): string =>
  frame(node, node.height / 2) +
  textElement({ class: 'middle', x: node.width / 2, y: node.height / 2 + 4 }, node.label);
