import { EmptyFileSystem, URI } from 'langium';
import { expect } from 'vitest';
import type { CodeAction } from 'vscode-languageserver-protocol';
import type { Position, Range, TextEdit } from 'vscode-languageserver-types';
import { FindingFixes } from '../../language/navigation/fixes/offers.ts';
import { createP2PArchServices, type P2PArchServices } from '../../language/services.ts';
import { after, applied, errorsOf, nameOf, type Opened, open, type Texts, uriOf } from './at.ts';

/** The findings that an editor shows in some files, as rule, architecture, subject and severity: one string each. */
export const shownIn = ({ documents, language }: Pick<Opened, 'documents' | 'language'>): string[] =>
  documents
    .flatMap((document) => language.problems.Problems.of(document))
    .filter(({ kind, accepted }) => kind === 'finding' && !accepted)
    .map(({ rule, architecture, subject, severity }) => `${severity} ${rule} on ${subject} in ${architecture}`)
    .sort();

/** What is left of `later` if each of `before` takes one of its like with it. */
export function added(before: readonly string[], later: readonly string[]): string[] {
  const left = [...before];
  return later.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** One for each workspace that is open, without haste: how busy the machine is decides about no test. */
const fixes = new WeakMap<P2PArchServices, FindingFixes>();

/** The fixes of findings at the cursor, or at another place of its document. */
export async function fixesAt({ document, language, position }: Opened, at = position): Promise<CodeAction[]> {
  const own = fixes.get(language) ?? new FindingFixes(language, { milliseconds: Number.POSITIVE_INFINITY });
  fixes.set(language, own);
  return own.actionsFor(
    document,
    (document.diagnostics ?? []).filter(({ range }) => touches(range, at)),
  );
}

const touches = ({ start, end }: Range, at: Position): boolean =>
  (start.line < at.line || (start.line === at.line && start.character <= at.character)) &&
  (end.line > at.line || (end.line === at.line && end.character >= at.character));

export interface Offer {
  readonly before: string;
  readonly title: string;
  readonly text: string;
  readonly others?: Texts;
  /** The texts of the other files after the fix, where it changes them. */
  readonly otherTexts?: Texts;
  /** The rule whose finding is gone. */
  readonly rule: string;
}

/** The fix is offered, its text is as said, its finding is gone, and nothing that is shown as worse has come. */
export async function checkOffer({ before, title, text, others = {}, otherTexts = {}, rule }: Offer): Promise<void> {
  const opened = await open({ 'main.p2parch': before, ...others });
  const actions = await fixesAt(opened);
  const action = actions.find((one) => one.title === title);
  expect(action, `offered: ${actions.map((one) => one.title).join(', ')}`).toBeDefined();
  const texts = after(opened, action?.edit);
  expect(texts).toEqual({ 'main.p2parch': text, ...others, ...otherTexts });
  expect(await effectOf(opened, action as CodeAction)).toEqual({ gone: true, errors: [], worse: [] });
  expect(action?.diagnostics?.[0]?.code).toBe(rule);
}

let bench: ReturnType<typeof createP2PArchServices> | undefined;

/** As `open`, on one bench for all: every text is read from its beginning, but services are made once. */
export async function reopen(texts: Texts): Promise<Pick<Opened, 'documents' | 'language'>> {
  bench ??= createP2PArchServices(EmptyFileSystem);
  const { shared, language } = bench;
  language.problems.Problems.configure(() => ({ today: '2026-01-01' }));
  const { LangiumDocuments, LangiumDocumentFactory, DocumentBuilder } = shared.workspace;
  await DocumentBuilder.update(
    [],
    LangiumDocuments.all.toArray().map(({ uri }) => uri),
  );
  const documents = Object.entries(texts).map(([name, text]) =>
    LangiumDocumentFactory.fromString(text, URI.parse(uriOf(name))),
  );
  for (const document of documents) LangiumDocuments.addDocument(document);
  await DocumentBuilder.build(documents, { validation: true });
  return { documents, language };
}

/** As when the reader has written the reason that an acceptance asks for. */
const filledIn = (texts: Texts): Texts =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.replace('because "…"', 'because "So."')]));

/** What the change of a fix does, judged in services that have never seen the fix. */
export async function effectOf(opened: Opened, { edit, diagnostics }: CodeAction) {
  const later = await reopen(filledIn(after(opened, edit)));
  const [diagnostic] = diagnostics ?? [];
  const told = opened.language.problems.Problems.of(opened.document).find(
    ({ rule, message, range }) =>
      rule === diagnostic?.code && message === diagnostic?.message && range.start === diagnostic?.range.start,
  );
  const of = `${told?.severity} ${told?.rule} on ${told?.subject} in ${told?.architecture}`;
  const before = shownIn(opened);
  const behind = shownIn(later);
  const count = (list: readonly string[]): number => list.filter((one) => one === of).length;
  return {
    gone: count(behind) < count(before),
    errors: added(errorsAndNothingElse(opened), errorsAndNothingElse(later)),
    worse: added(before, behind).filter((one) => /^(error|warning) /.test(one)),
  };
}

const errorsAndNothingElse = ({ documents, language }: Pick<Opened, 'documents' | 'language'>): string[] =>
  documents.flatMap((document) =>
    language.problems.Problems.of(document)
      .filter(({ kind }) => kind === 'error')
      .map(({ message }) => message),
  );

/** No fix of this title is offered at the cursor. */
export async function checkNoOffer(before: string, title: RegExp, others: Texts = {}): Promise<void> {
  const opened = await open({ 'main.p2parch': before, ...others });
  expect(errorsOf(opened.documents).filter((message) => message.startsWith('No '))).toEqual([]);
  expect((await fixesAt(opened)).map((one) => one.title).filter((one) => title.test(one))).toEqual([]);
  // The cursor is at a finding, or the test would say nothing.
  const touched = (opened.document.diagnostics ?? []).filter(
    ({ code, range }) => code !== undefined && touches(range, opened.position),
  );
  expect(touched).not.toEqual([]);
}

/** The files of a change that are not in order as the formatter would have them. */
export async function unformatted(texts: Texts): Promise<string[]> {
  const { documents, language } = await reopen(texts);
  return documents.flatMap((document) => {
    const edits = language.lsp.Formatter?.formatDocument(document, {
      textDocument: { uri: document.uri.toString() },
      options: { tabSize: 2, insertSpaces: true },
    }) as TextEdit[];
    return applied(document, edits) === document.textDocument.getText() ? [] : [nameOf(document.uri.toString())];
  });
}
