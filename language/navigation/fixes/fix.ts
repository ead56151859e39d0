import { type AstNode, AstUtils, CstUtils, type LangiumDocument } from 'langium';
import type { Diagnostic, Range, TextEdit } from 'vscode-languageserver-protocol';
import type { P2PArchServices } from '../../services.ts';

/** One way to mend one mistake. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Whether it is the one that most likely was meant. */
  readonly isPreferred?: boolean;
}

/** A mistake, and what a fix may ask about it. */
export interface Mistake {
  readonly services: P2PArchServices;
  readonly document: LangiumDocument;
  readonly diagnostic: Diagnostic;
  /** The word that it is about, where its place does not say it. */
  readonly word: string;
}

export type Fixer = (mistake: Mistake) => readonly Fix[] | Promise<readonly Fix[]>;

/** The innermost node of a kind around the words of a mistake. */
export function nodeAt<N extends AstNode>(
  { document, diagnostic }: Mistake,
  is: (node: unknown) => node is N,
): N | undefined {
  const root = document.parseResult.value.$cstNode;
  const leaf = root && CstUtils.findLeafNodeAtOffset(root, document.textDocument.offsetAt(diagnostic.range.start));
  return leaf && AstUtils.getContainerOfType(leaf.astNode, is as (node: AstNode) => node is N);
}

export const textOf = (document: LangiumDocument, range: Range): string => document.textDocument.getText(range);

/** The line's text without its end. */
export function lineAt(document: LangiumDocument, line: number): string {
  const range = { start: { line, character: 0 }, end: { line: line + 1, character: 0 } };
  return textOf(document, range).replace(/[\r\n]+$/, '');
}

export const indentationOf = (line: string): string => /^\s*/.exec(line)?.[0] ?? '';

/** The line ends that the file has. */
export const lineEndOf = (document: LangiumDocument): string =>
  /\r\n|\r|\n/.exec(document.textDocument.getText())?.[0] ?? '\n';

export const isAloneOnItsLines = (document: LangiumDocument, { start, end }: Range): boolean =>
  lineAt(document, start.line).slice(0, start.character).trim() === '' &&
  lineAt(document, end.line).slice(end.character).trim() === '';

/** Takes words out of the text: with their lines where nothing else stands on them, else with the blanks before them. */
export function removal(document: LangiumDocument, range: Range): TextEdit {
  const { start, end } = range;
  if (isAloneOnItsLines(document, range)) {
    return {
      range: { start: { line: start.line, character: 0 }, end: { line: end.line + 1, character: 0 } },
      newText: '',
    };
  }
  const before = lineAt(document, start.line).slice(0, start.character).trimEnd().length;
  // At the head of a line the indentation stays, and the blanks behind go.
  const blanksBehind = /^[ \t]*/.exec(lineAt(document, end.line).slice(end.character))?.[0].length ?? 0;
  return before > 0
    ? { range: { start: { line: start.line, character: before }, end }, newText: '' }
    : { range: { start, end: { line: end.line, character: end.character + blanksBehind } }, newText: '' };
}
