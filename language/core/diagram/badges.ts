import type { Finding, Severity } from '../rules/finding.ts';
import { textWidth } from './measure.ts';
import type { Badge } from './schema.ts';
import { inOrder } from './words.ts';

const ORDER: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

export const BADGE_HEIGHT = 18;
export const BADGE_GAP = 4;

/** The sign, and the number where there are several. */
export const badgeWidth = (badge: Badge): number =>
  badge.count === 1 ? BADGE_HEIGHT : BADGE_HEIGHT + 4 + textWidth(String(badge.count), { size: 11, bold: true });

/** Room that is kept for badges, so that a finding that comes or goes moves nothing: on a node two, on a heading one. */
export const NODE_BADGES_WIDTH = 52;
export const HEADING_BADGES_WIDTH = BADGE_HEIGHT + BADGE_GAP;

export const badgesWidth = (badges: readonly Badge[], least: number): number =>
  Math.max(
    least,
    badges.reduce((sum, badge) => sum + badgeWidth(badge) + BADGE_GAP, 0),
  );

/** What each finding is on: the name of a node, group or service, `operator:NAME`, or nothing for the whole. */
export function findingsBySubject(
  findings: readonly Finding[],
  known: (subject: string) => boolean,
): Map<string, Finding[]> {
  const bySubject = new Map<string, Finding[]>();
  for (const finding of findings) {
    const candidates = [
      finding.subject,
      'element' in finding.place ? finding.place.element : undefined,
      ...finding.services,
    ];
    const subject = candidates.find((candidate) => candidate !== undefined && known(candidate)) ?? '';
    const list = bySubject.get(subject);
    if (list === undefined) bySubject.set(subject, [finding]);
    else list.push(finding);
  }
  return bySubject;
}

/** What a reader takes in of a folded part that hundreds of findings are in; an editor lists them all. */
const MOST_TOLD = 8;

/** What a badge stands for, a sentence each; of many, how many more there are. */
export const toldBy = ({ count, messages }: Badge): string[] =>
  count > messages.length ? [...messages, `And ${count - messages.length} more.`] : [...messages];

/** One badge a severity, the open findings before the accepted ones. */
export function badgesOf(findings: readonly Finding[]): Badge[] {
  return [false, true].flatMap((accepted) =>
    ORDER.flatMap((severity): Badge[] => {
      const alike = findings.filter(
        (finding) => finding.severity === severity && (finding.acceptedBy !== undefined) === accepted,
      );
      if (alike.length === 0) return [];
      const told = alike.slice(0, MOST_TOLD).map((finding) => inOrder(`${finding.rule}: ${finding.message}`));
      return [{ severity, accepted, count: alike.length, messages: told }];
    }),
  );
}

/** The badges of many things as those of one. */
export function badgesOfAll(badges: readonly Badge[]): Badge[] {
  return [false, true].flatMap((accepted) =>
    ORDER.flatMap((severity): Badge[] => {
      const alike = badges.filter((badge) => badge.severity === severity && badge.accepted === accepted);
      if (alike.length === 0) return [];
      const count = alike.reduce((sum, badge) => sum + badge.count, 0);
      const told = alike.flatMap(({ messages }) => messages).slice(0, MOST_TOLD);
      return [{ severity, accepted, count, messages: told }];
    }),
  );
}

/** `1 warning, 2 accepted`, for a description in words. */
export function badgeWords(badges: readonly Badge[]): string {
  const words = badges.map((badge) => {
    const { severity, accepted, count } = badge;
    const what = `${count} ${accepted ? 'accepted ' : ''}${severity === 'information' ? 'information' : severity}`;
    return `${count > 1 && severity !== 'information' ? `${what}s` : what}: ${toldBy(badge).join(' ')}`;
  });
  // A message is a sentence, and ends as one.
  return words.map((each, index) => (index < words.length - 1 ? each.replace(/\.$/, '') : each)).join('. ');
}
