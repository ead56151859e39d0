import { EmptyFileSystem, type FileSystemProvider, type LangiumDocument, URI } from 'langium';
import type { CompletionItem, CompletionList, Position } from 'vscode-languageserver-types';
import { P2PArchCompletionProvider } from '../../language/completion/provider.ts';
import { createP2PArchServices, type P2PArchServices } from '../../language/services.ts';

/** A text with its cursor, opened beside others that it may import. */
export interface Opened {
  readonly language: P2PArchServices;
  readonly document: LangiumDocument;
  readonly position: Position;
  readonly text: string;
  /** On a fixed day. */
  readonly provider: P2PArchCompletionProvider;
}

const CURSOR = '<|>';

/** Opens a text that says itself where the cursor stands: `needs <|>`. */
export async function open(
  marked: string,
  others: Readonly<Record<string, string>> = {},
  fileSystem?: FileSystemProvider,
): Promise<Opened> {
  const offset = marked.indexOf(CURSOR);
  if (offset < 0 || marked.indexOf(CURSOR, offset + 1) >= 0) throw new Error(`one ${CURSOR} is wanted in the text`);
  const text = marked.replace(CURSOR, '');
  const context = fileSystem ? { fileSystemProvider: () => fileSystem } : EmptyFileSystem;
  const { shared, language } = createP2PArchServices(context);
  const { LangiumDocuments, LangiumDocumentFactory, DocumentBuilder } = shared.workspace;
  const documents = Object.entries({ 'main.p2parch': text, ...others }).map(([name, content]) =>
    LangiumDocumentFactory.fromString(content, URI.parse(`file:///review/${name}`)),
  );
  for (const document of documents) LangiumDocuments.addDocument(document);
  await DocumentBuilder.build(documents, { validation: true });
  const document = documents[0] as LangiumDocument;
  const provider = new P2PArchCompletionProvider(language, () => '2026-01-01');
  return { language, document, text, provider, position: document.textDocument.positionAt(offset) };
}

/** The completion at the cursor. */
export async function completion(
  { provider, document, position }: Opened,
  triggerCharacter?: string,
): Promise<CompletionList> {
  return provider.getCompletion(document, {
    textDocument: { uri: document.uri.toString() },
    position,
    ...(triggerCharacter !== undefined && { context: { triggerKind: 2, triggerCharacter } }),
  });
}

/** The items in the order in which an editor shows them. */
export const inOrder = ({ items }: CompletionList): CompletionItem[] =>
  items.toSorted((left, right) => ((left.sortText ?? left.label) < (right.sortText ?? right.label) ? -1 : 1));

/** The labels that are offered at the cursor, all of them, in order. */
export async function labelsAt(marked: string, others?: Readonly<Record<string, string>>): Promise<string[]> {
  return inOrder(await completion(await open(marked, others))).map(({ label }) => label);
}

/** What a hover says at the cursor, and the words that it is about; undefined where it says nothing. */
export async function hoverAt(
  marked: string,
  others?: Readonly<Record<string, string>>,
): Promise<{ readonly about: string; readonly says: string } | undefined> {
  const { language, document, position } = await open(marked, others);
  const params = { textDocument: { uri: document.uri.toString() }, position };
  const hover = await language.lsp.HoverProvider?.getHoverContent(document, params);
  if (!hover?.range || typeof hover.contents !== 'object' || !('value' in hover.contents)) return undefined;
  return { about: document.textDocument.getText(hover.range), says: hover.contents.value };
}

/** The forms that signature help shows at the cursor, the active part of the first in «…», and what is said of it. */
export async function signatureAt(marked: string): Promise<readonly string[]> {
  const { language, document, position } = await open(marked);
  const params = { textDocument: { uri: document.uri.toString() }, position };
  const help = await language.lsp.SignatureHelp?.provideSignatureHelp(document, params);
  return (help?.signatures ?? []).map(({ label, parameters }, index) => {
    const part = index === 0 ? parameters?.[help?.activeParameter ?? -1] : undefined;
    if (!part || typeof part.label === 'string') return label;
    const [start, end] = part.label;
    const says = typeof part.documentation === 'object' ? ` ${part.documentation.value}` : '';
    return `${label.slice(0, start)}«${label.slice(start, end)}»${label.slice(end)}:${says}`;
  });
}
