import { EmptyFileSystem, type LangiumDocument, URI } from 'langium';
import { expect } from 'vitest';
import type { Position, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { createP2PArchServices, type P2PArchServices } from '../../language/services.ts';

/** Texts by the name of their file. */
export type Texts = Readonly<Record<string, string>>;

/** In the texts of tests: where the cursor is, and around words that an answer is about. */
export const CURSOR = '‸';
const OPEN = '«';
const CLOSE = '»';

export interface Opened {
  readonly language: P2PArchServices;
  /** The file with the cursor; without one, the first. */
  readonly document: LangiumDocument;
  readonly position: Position;
  readonly documents: readonly LangiumDocument[];
}

const ROOT = 'file:///review/';

export const uriOf = (name: string): string => `${ROOT}${name}`;

export const nameOf = (uri: string): string => decodeURIComponent(uri.slice(ROOT.length));

/** Opens and checks texts, which may import each other, without their marks. */
export async function open(texts: Texts): Promise<Opened> {
  const { shared, language } = createP2PArchServices(EmptyFileSystem);
  language.problems.Problems.configure(() => ({ today: '2026-01-01' }));
  const { LangiumDocuments, LangiumDocumentFactory, DocumentBuilder } = shared.workspace;
  const documents = Object.entries(texts).map(([name, text]) =>
    LangiumDocumentFactory.fromString(withoutMarks(text), URI.parse(uriOf(name))),
  );
  for (const document of documents) LangiumDocuments.addDocument(document);
  await DocumentBuilder.build(documents, { validation: true });
  const index = Math.max(
    0,
    Object.values(texts).findIndex((text) => text.includes(CURSOR)),
  );
  const document = documents[index] as LangiumDocument;
  const marked = (Object.values(texts)[index] as string).replaceAll(OPEN, '').replaceAll(CLOSE, '');
  const position = document.textDocument.positionAt(Math.max(0, marked.indexOf(CURSOR)));
  return { language, document, position, documents };
}

const withoutMarks = (text: string): string => text.replace(/[‸«»]/g, '');

export const place = ({ document, position }: Opened) => ({ textDocument: { uri: document.uri.toString() }, position });

export const whole = (document: LangiumDocument): Range => ({
  start: { line: 0, character: 0 },
  end: document.textDocument.positionAt(document.textDocument.getText().length),
});

/** The texts with marks around the ranges of an answer are those of the test: nothing is missing, nothing too much. */
export function expectMarked(
  texts: Texts,
  { documents }: Opened,
  found: readonly { readonly uri: string; readonly range: Range }[],
): void {
  const marked = documents.map((document) => {
    const own = found.filter(({ uri }) => uri === document.uri.toString());
    const edits = own.flatMap(({ range }) => [
      { range: { start: range.start, end: range.start }, newText: OPEN },
      { range: { start: range.end, end: range.end }, newText: CLOSE },
    ]);
    return [nameOf(document.uri.toString()), applied(document, edits)];
  });
  const wanted = Object.entries(texts).map(([name, text]) => [name, text.replaceAll(CURSOR, '')]);
  expect(Object.fromEntries(marked)).toEqual(Object.fromEntries(wanted));
}

/** A text after edits; where several begin at one place, in their order. */
export function applied(document: LangiumDocument, edits: readonly TextEdit[]): string {
  let text = document.textDocument.getText();
  const spans = edits
    .map(({ range, newText }, index) => ({
      start: document.textDocument.offsetAt(range.start),
      end: document.textDocument.offsetAt(range.end),
      newText,
      index,
    }))
    .sort((left, right) => right.start - left.start || right.end - left.end || right.index - left.index);
  for (const { start, end, newText } of spans) text = text.slice(0, start) + newText + text.slice(end);
  return text;
}

/** All texts after an edit of the workspace. */
export const after = ({ documents }: Opened, edit: WorkspaceEdit | undefined): Record<string, string> =>
  Object.fromEntries(
    documents.map((document) => {
      const uri = document.uri.toString();
      return [nameOf(uri), applied(document, edit?.changes?.[uri] ?? [])];
    }),
  );

export const errorsOf = (documents: readonly LangiumDocument[]): string[] =>
  documents.flatMap((document) =>
    (document.diagnostics ?? [])
      .filter(({ severity }) => severity === 1)
      .map(({ message }) => (typeof message === 'string' ? message : message.value)),
  );
