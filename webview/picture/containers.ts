import {
  BADGE_GAP,
  type Container,
  type ContainerBox,
  FOLD_WIDTH,
  ICON_SIZE,
} from '../../language/core/diagram/index.ts';
import { drawFold } from './folds.ts';
import { badgesEndingAt, hazardSign, iconAt } from './icons.ts';
import { element, group, textElement, translate } from './svg.ts';

const classesOf = ({ kind, party }: Container): string => `container ${kind} party-${party}`;

export function drawFrame(container: Container, box: ContainerBox): string {
  const { x, y, width, height } = box;
  return group(
    { class: classesOf(container), 'data-container': container.id },
    element('rect', { class: 'frame', x, y, width, height, rx: container.kind === 'zone' ? 14 : 10 }),
  );
}

export interface HeadingOptions {
  readonly interactive: boolean;
  readonly foldable: boolean;
  /** How many groups it stands within, its own among them. */
  readonly depth: number;
}

/**
 * Headings are drawn over the edges, on a ground of their own, which is that of their container. Beside a heading stands
 * the control that folds it: one text an element.
 */
export function drawHeading(
  container: Container,
  box: ContainerBox,
  { interactive, foldable, depth }: HeadingOptions,
): readonly string[] {
  const ground = { x: -4, y: -12, width: container.headingWidth + 4, height: 24, rx: 6 };
  const zone = container.kind === 'zone';
  const iconX = foldable ? FOLD_WIDTH : 0;
  const textX = iconX + (zone ? ICON_SIZE + 8 : 0);
  const badgesRight = container.headingWidth;
  const heading = group(
    {
      class: `heading ${classesOf(container)}`,
      'data-heading': container.id,
      'data-group': container.group,
      'data-operator': container.operator,
      'data-party': container.party,
      transform: translate(box.heading.x, box.heading.y),
      role: interactive ? 'button' : 'img',
      tabindex: interactive ? 0 : undefined,
      'aria-label': container.description,
    },
    element('rect', { class: 'heading-back', ...ground }),
    // The frames of groups let half of what is below them through.
    depth === 0 ? '' : element('rect', { class: 'heading-tint', ...ground, 'fill-opacity': 1 - 0.5 ** depth }),
    zone ? iconAt(container.party, iconX, -ICON_SIZE / 2) : '',
    textElement({ class: zone ? 'text-zone' : 'text-group', x: textX, y: 4.5 }, container.label),
    container.badges.length === 0 ? '' : badgesEndingAt(container.badges, badgesRight, -9, BADGE_GAP),
  );
  if (!foldable) return [heading];
  const { id, label, components } = container;
  return [heading, drawFold({ id, label, components, open: true }, box.heading.x, box.heading.y - 9)];
}

/** The words over the hazards, and the line around them. */
export function drawHazardStrip({
  x,
  y,
  width,
  height,
}: {
  x: number;
  y: number;
  width: number;
  height: number;
}): string {
  return group(
    { class: 'strip' },
    element('rect', { class: 'frame', x, y, width, height, rx: 14 }),
    hazardSign(x + 14, y + 10),
    textElement({ class: 'text-zone', x: x + 14 + ICON_SIZE + 6, y: y + 24 }, 'Hazards'),
  );
}
