import { BADGE_HEIGHT, type Badge, badgeWidth, toldBy } from '../../language/core/diagram/index.ts';
import { element, escapeText, group, textElement, translate } from './svg.ts';

/** Signs, each in a square of 18 by 18: who runs it is told by shape and word as well as by colour. */

const icon = (x: number, y: number, ...content: string[]): string =>
  group({ class: 'icon', transform: translate(x, y), 'aria-hidden': 'true' }, ...content);

const line = (d: string): string => element('path', { d });
const solid = (d: string): string => element('path', { class: 'solid', d });

export type IconName = 'company' | 'users' | 'vendor' | 'service';

const ICONS: Readonly<Record<IconName, readonly string[]>> = {
  // A house with many windows.
  company: [line('M3.5 16V2.8h7V16M10.5 7h4v9M1.5 16h15'), line('M6 6h2M6 9h2M6 12h2')],
  // Two people.
  users: [
    line('M7 8.2a2.9 2.9 0 1 0 0-5.8a2.9 2.9 0 0 0 0 5.8M1.5 15.5c0-3 2.3-4.7 5.5-4.7s5.5 1.7 5.5 4.7'),
    line('M12 2.8a2.7 2.7 0 0 1 0 5.2M14 11.3c1.6.6 2.5 2.1 2.5 4.2'),
  ],
  // A cloud.
  vendor: [line('M5 14.5a3.6 3.6 0 0 1-.4-7.2a4.7 4.7 0 0 1 9-.3a3.8 3.8 0 0 1-.4 7.5z')],
  // What goes out to people.
  service: [
    solid('M9 7a2 2 0 1 0 0 4a2 2 0 0 0 0-4'),
    line(
      'M5.6 12.4a4.8 4.8 0 0 1 0-6.8M12.4 5.6a4.8 4.8 0 0 1 0 6.8M3.1 14.9a8.3 8.3 0 0 1 0-11.8M14.9 3.1a8.3 8.3 0 0 1 0 11.8',
    ),
  ],
};

export const iconAt = (name: IconName, x: number, y: number): string => icon(x, y, ...ICONS[name]);

/** A flash. */
export const hazardSign = (x: number, y: number, scale = 1): string =>
  element('path', {
    class: 'hazard-sign',
    transform: scale === 1 ? translate(x, y) : `${translate(x, y)} scale(${scale})`,
    d: 'M10.5 1L3.5 10h4.2L6.8 17l7.7-10H10z',
  });

/** Shapes differ by severity: eight corners, three, a circle, a small circle. Accepted ones are outlines with a tick. */
const BADGE_SHAPES: Readonly<Record<Badge['severity'], { shape: string; sign: string }>> = {
  error: { shape: 'M5.6 1h6.8L17 5.6v6.8L12.4 17H5.6L1 12.4V5.6z', sign: 'M6.2 6.2l5.6 5.6M11.8 6.2l-5.6 5.6' },
  warning: {
    shape: 'M9 1.2q1 0 1.5.9l6.6 12.4q.9 2-1.3 2H2.2q-2.2 0-1.3-2L7.5 2.1Q8 1.2 9 1.2z',
    sign: 'M9 6.4v4.2M9 13.5v.1',
  },
  information: { shape: 'M9 1a8 8 0 1 0 0 16a8 8 0 0 0 0-16z', sign: 'M9 8.4v4.4M9 5.2v.1' },
  hint: { shape: 'M9 4a5 5 0 1 0 0 10a5 5 0 0 0 0-10z', sign: 'M7.2 9h3.6' },
};

const ACCEPTED = { shape: 'M9 1.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 0 0 0-15z', sign: 'M5.8 9.2l2.2 2.3l4.2-4.6' };

export function badgeAt(badge: Badge, x: number, y: number): string {
  const { shape, sign } = badge.accepted ? ACCEPTED : BADGE_SHAPES[badge.severity];
  return group(
    {
      class: `badge ${badge.severity}${badge.accepted ? ' accepted' : ''}`,
      transform: translate(x, y),
      'aria-hidden': 'true',
    },
    element('title', {}, escapeText(`${badge.accepted ? 'Accepted. ' : ''}${toldBy(badge).join('\n')}`)),
    element('path', { class: 'shape', d: shape }),
    element('path', { class: 'sign', d: sign }),
    badge.count > 1 ? textElement({ x: BADGE_HEIGHT + 2, y: 13 }, String(badge.count)) : '',
  );
}

/** Side by side, the last one ending at `right`. */
export function badgesEndingAt(badges: readonly Badge[], right: number, y: number, gap: number): string {
  let x = right;
  return [...badges]
    .reverse()
    .map((badge) => {
      x -= badgeWidth(badge);
      const drawn = badgeAt(badge, x, y);
      x -= gap;
      return drawn;
    })
    .join('');
}
