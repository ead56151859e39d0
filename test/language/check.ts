import { EmptyFileSystem, type LangiumDocument, URI } from 'langium';
import { expect } from 'vitest';
import type { Problem } from '../../language/problems/problems.ts';
import { createP2PArchServices, type P2PArchServices } from '../../language/services.ts';

export interface Checked {
  readonly language: P2PArchServices;
  readonly document: LangiumDocument;
  readonly problems: readonly Problem[];
}

/** Checks a text, beside others that it may import, on a fixed day. */
export async function check(text: string, others: Readonly<Record<string, string>> = {}): Promise<Checked> {
  const { shared, language } = createP2PArchServices(EmptyFileSystem);
  language.problems.Problems.configure(() => ({ today: '2026-01-01' }));
  const { LangiumDocuments, LangiumDocumentFactory, DocumentBuilder } = shared.workspace;
  const documents = Object.entries({ 'main.p2parch': text, ...others }).map(([name, content]) =>
    LangiumDocumentFactory.fromString(content, URI.parse(`file:///review/${name}`)),
  );
  for (const document of documents) LangiumDocuments.addDocument(document);
  await DocumentBuilder.build(documents, { validation: true });
  const document = documents[0] as LangiumDocument;
  return { language, document, problems: language.problems.Problems.of(document) };
}

const MARK = /^\s*\/\/\s*(\^+)\s*(.*)$/;

/**
 * The text says itself where its errors are: under the words, `//  ^^^^^ what the message begins with`.
 * Every error has to be marked, and every mark met.
 */
export async function checkErrors(text: string, others: Readonly<Record<string, string>> = {}): Promise<void> {
  const { problems } = await check(text, others);
  checkMarks(
    text,
    problems.filter(({ kind }) => kind === 'error'),
  );
}

/** As `checkErrors`, for findings: `//  ^^^^^ rule` or `//  ^^^^^ rule: message`; accepted ones end with "(accepted)". */
export async function checkFindings(text: string, others: Readonly<Record<string, string>> = {}): Promise<void> {
  checkMarks(text, (await check(text, others)).problems);
}

/** Holds some problems of a text to its marks: every problem has to be marked, and every mark met. */
export function checkMarks(text: string, problems: readonly Problem[]): void {
  const lines = text.split('\n');
  const expected = lines.flatMap((line, index) => {
    const mark = MARK.exec(line);
    if (!mark) return [];
    let above = index - 1;
    while (MARK.test(lines[above] ?? '')) above--;
    const start = line.indexOf('^');
    return [{ line: above, start, end: start + (mark[1] as string).length, says: (mark[2] as string).trim() }];
  });
  const found = problems.map(({ rule, message, accepted, range }) => {
    const full = `${rule === undefined ? '' : `${rule}: `}${message}${accepted ? ' (accepted)' : ''}`;
    const end = range.end.line === range.start.line ? range.end.character : (lines[range.start.line] ?? '').length;
    const place = { line: range.start.line, start: range.start.character, end };
    const wanted = expected.find(
      (mark) => mark.line === place.line && mark.start === place.start && mark.end === end && matches(full, mark.says),
    );
    return { ...place, says: wanted?.says ?? full };
  });
  const order = (list: typeof found) =>
    list.map((item) => `${item.line + 1}:${item.start + 1}-${item.end + 1} ${item.says}`).sort();
  expect(order(found)).toEqual(order(expected));
}

/** A mark may leave out the middle of a message: "…". */
function matches(message: string, says: string): boolean {
  const parts = says.split('…');
  let from = 0;
  for (const part of parts) {
    const at = message.indexOf(part, from);
    if (at < 0 || (from === 0 && at !== 0 && part === parts[0])) return false;
    from = at + part.length;
  }
  return true;
}
