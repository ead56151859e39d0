import { AstUtils, GrammarUtils } from 'langium';
import { type Acceptance, isAcceptance, isRequirement, isScenario, type Member } from '../../generated/ast.ts';
import type { FindingFixer, Found, Way } from './finding.ts';
import { indentationUnit, memberAfter, removalOf } from './members.ts';

/** An acceptance is for a time; this is how long, unless somebody says otherwise. */
const MONTHS = 6;

/** No reason, and told as such until somebody writes one: a check never takes an acceptance without a reason for sound. */
const REASON = '…';

/** Takes the finding on: the reason is for the team to write, and the date for it to check. */
export const acceptFinding: FindingFixer = ({ services, finding, lowered }) => {
  const { syntax, model } = lowered;
  const on = finding.subject?.startsWith('operator:') ? elementOf(finding.place) : finding.subject;
  if (on === undefined) return [];
  // For the one service that it is about, so that the next one to depend on it is told.
  const [service, ...more] = finding.services;
  const isNarrow = service !== undefined && more.length === 0 && service !== on && model.services.length > 1;
  const document = AstUtils.getDocument(syntax);
  const until = monthsAfter(services.problems.Problems.current().today, MONTHS);
  const edit = memberAfter(document, syntax, neighbour(syntax.members), [
    `accept ${finding.rule} on ${on}${isNarrow ? ` for ${service}` : ''}`,
    `${indentationUnit(document, syntax)}because "${REASON}" until ${until}`,
  ]);
  const title = `Accept this finding: ${finding.rule} on ${on}…`;
  return edit ? [{ title, edits: [{ document, edit }], blank: REASON }] : [];
};

export const removeStale: FindingFixer = (found) => removeAcceptance(found, 'Remove the stale acceptance');

/** Where it shows again it may go as well as be renewed; where another covers it, it can only go. */
export const removeExpired: FindingFixer = (found) =>
  removeAcceptance(found, 'Remove the expired acceptance').map(({ isPreferred: _, ...way }) => way);

function removeAcceptance(found: Found, title: string): readonly Way[] {
  const acceptance = acceptanceOf(found);
  const document = acceptance && AstUtils.getDocument(acceptance);
  const edit = acceptance && document && removalOf(document, acceptance);
  return edit ? [{ title, edits: [{ document, edit }], isPreferred: true }] : [];
}

export const moveDate: FindingFixer = (found) => {
  const acceptance = acceptanceOf(found);
  const date = GrammarUtils.findNodeForProperty(acceptance?.$cstNode, 'until');
  if (!acceptance || !date) return [];
  const newText = monthsAfter(found.services.problems.Problems.current().today, MONTHS);
  const edits = [{ document: AstUtils.getDocument(acceptance), edit: { range: date.range, newText } }];
  return [{ title: `Move the date to ${newText}`, edits }];
};

function acceptanceOf({ finding: { place }, lowered }: Found): Acceptance | undefined {
  return place.kind === 'acceptance' ? lowered.members.acceptances[place.index] : undefined;
}

const elementOf = (place: Found['finding']['place']): string | undefined =>
  'element' in place ? place.element : undefined;

/** Behind the other acceptances, else behind what is required, else behind all but the scenarios. */
const neighbour = (members: readonly Member[]): Member | undefined =>
  members.findLast(isAcceptance) ??
  members.findLast(isRequirement) ??
  members.findLast((member) => !isScenario(member)) ??
  members.at(-1);

/** The same day so many months after a date `YYYY-MM-DD`; the month's last where it has no such day. */
export function monthsAfter(date: string, months: number): string {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  const later = year * 12 + month - 1 + months;
  const last = new Date(Date.UTC(Math.floor(later / 12), (later % 12) + 1, 0)).getUTCDate();
  const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');
  return `${pad(Math.floor(later / 12), 4)}-${pad((later % 12) + 1, 2)}-${pad(Math.min(day, last), 2)}`;
}
