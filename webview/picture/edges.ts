import type { DiagramEdge, DiagramNode, Point, Route } from '../../language/core/diagram/index.ts';
import { element, group, shortNumber, textElement, translate } from './svg.ts';

const CORNER = 8;

/** How wide the band of a service's traffic is: in proportion to its share, and never too thin to see. */
export const trafficWidth = (share: number): number => 3 + 13 * share;

export function drawEdge(
  edge: DiagramEdge,
  route: Route,
  target: DiagramNode | undefined,
  interactive: boolean,
): string {
  const classes = ['edge', edge.kind];
  if (edge.alternative) classes.push('alternative');
  if (edge.kind === 'traffic' && (target?.kind === 'component' || target?.kind === 'folded'))
    classes.push(`party-${target.party}`);
  const head = HEADS[edge.kind];
  const inset = head === 'none' || target?.kind === 'junction' ? 0 : 6;
  const d = roundedPath(shortened(route.points, inset));
  return group(
    {
      class: classes.join(' '),
      'data-edge': edge.id,
      'data-from': edge.from,
      'data-to': edge.to,
      role: 'img',
      tabindex: interactive ? 0 : undefined,
      'aria-label': edge.description,
    },
    element('path', { class: 'hit', d: roundedPath(route.points) }),
    element('path', {
      class: 'line',
      d,
      'stroke-width': edge.share === undefined ? undefined : trafficWidth(edge.share),
    }),
    target?.kind === 'junction' ? '' : drawHead(head, route.points),
    drawLabel(edge, route),
  );
}

/** Heads differ by shape as well: filled, hollow, doubled. */
const HEADS = {
  needs: 'filled',
  needsToStart: 'filled',
  promotes: 'double',
  traffic: 'none',
  serviceFor: 'none',
} as const satisfies Record<DiagramEdge['kind'], 'filled' | 'double' | 'none'>;

function drawHead(head: (typeof HEADS)[keyof typeof HEADS], points: readonly Point[]): string {
  const tip = points.at(-1);
  const before = points.at(-2);
  if (head === 'none' || tip === undefined || before === undefined) return '';
  const degrees = Math.round((Math.atan2(tip.y - before.y, tip.x - before.x) * 180) / Math.PI);
  const d = head === 'filled' ? 'M-1 0L-8 -4V4z' : 'M-1 0L-7 -4V4zM-8 0L-14 -4V4z';
  return element('path', { class: 'head', d, transform: `${translate(tip.x, tip.y)} rotate(${degrees})` });
}

function drawLabel(edge: DiagramEdge, route: Route): string {
  if (edge.label === undefined || route.label === undefined) return '';
  const { x, y, width, height } = route.label;
  return group(
    { class: 'label', transform: translate(x, y), 'aria-hidden': 'true' },
    element('rect', { width, height, rx: height / 2 }),
    textElement({ class: 'middle', x: width / 2, y: height / 2 + 4 }, edge.label.text),
  );
}

/** The line ends within the head, so that a dash never shows beside it. */
function shortened(points: readonly Point[], by: number): Point[] {
  const tip = points.at(-1);
  const before = points.at(-2);
  if (tip === undefined || before === undefined || by === 0) return [...points];
  const length = Math.hypot(tip.x - before.x, tip.y - before.y);
  if (length <= by) return [...points];
  const share = by / length;
  return [...points.slice(0, -1), { x: tip.x + (before.x - tip.x) * share, y: tip.y + (before.y - tip.y) * share }];
}

export function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let path = `M${at(first)}`;
  let from = first;
  for (const [index, corner] of rest.entries()) {
    const next = rest[index + 1];
    if (next === undefined) {
      path += `L${at(corner)}`;
      break;
    }
    const radius = Math.min(CORNER, distance(from, corner) / 2, distance(corner, next) / 2);
    path += `L${at(towards(corner, from, radius))}Q${at(corner)} ${at(towards(corner, next, radius))}`;
    from = corner;
  }
  return path;
}

const at = ({ x, y }: Point): string => `${shortNumber(x)} ${shortNumber(y)}`;

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to);
  return length === 0
    ? from
    : { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length };
}
