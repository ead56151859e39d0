import { type AstNode, CstUtils, GrammarUtils, type LangiumDocument } from 'langium';
import type { Position, Range, TextEdit } from 'vscode-languageserver-protocol';
import type { Architecture, Member } from '../../generated/ast.ts';
import { indentationOf, isAloneOnItsLines, lineAt, lineEndOf, removal } from './fix.ts';

/**
 * Adds a member to an architecture after another, or at the head of its block, as the formatter would have it: on lines
 * of its own where the block has lines, with a blank line where its neighbour has one. `lines` are those of the member,
 * each with the blanks by which it stands in from the member's first.
 */
export function memberAfter(
  document: LangiumDocument,
  architecture: Architecture,
  anchor: Member | undefined,
  lines: readonly string[],
): TextEdit | undefined {
  const open = GrammarUtils.findNodeForKeyword(architecture.$cstNode, '{')?.range;
  const close = GrammarUtils.findNodeForKeyword(architecture.$cstNode, '}')?.range;
  const before = anchor?.$cstNode?.range ?? open;
  if (!open || !close || !before) return undefined;
  const line = lineAt(document, before.end.line);
  const behind = line.slice(before.end.character);
  if (before.end.line === close.start.line || !/^\s*(?:\/\/.*|\/\*.*\*\/\s*)?$/.test(behind)) {
    const blank = /^\s/.test(behind) ? '' : ' ';
    return insertion(before.end, ` ${lines.map((text) => text.trim()).join(' ')}${blank}`);
  }
  const end = { line: before.end.line, character: line.length };
  const lineEnd = lineEndOf(document);
  const indentation = memberIndentation(document, architecture, anchor?.$cstNode?.range);
  const between = anchor && standsApart(document, anchor) ? lineEnd : '';
  return insertion(end, between + lines.map((text) => `${lineEnd}${indentation}${text}`).join(''));
}

/** What one level of the file's blocks stands in by; that of the examples where the block shows none. */
export function indentationUnit(document: LangiumDocument, architecture: Architecture): string {
  const around = indentationOf(lineAt(document, architecture.$cstNode?.range.start.line ?? 0));
  const member = architecture.members.find(({ $cstNode }) => $cstNode && isAloneOnItsLines(document, $cstNode.range));
  const inside = member?.$cstNode ? indentationOf(lineAt(document, member.$cstNode.range.start.line)) : '';
  return inside.startsWith(around) && inside.length > around.length ? inside.slice(around.length) : '  ';
}

/** Takes a statement out with the comment that documents it, and one of two blank lines that would meet. */
export function removalOf(document: LangiumDocument, node: AstNode): TextEdit | undefined {
  const own = node.$cstNode?.range;
  if (!own) return undefined;
  const comment = CstUtils.findCommentNode(node.$cstNode, ['DOC_COMMENT'])?.range;
  const whole: Range = { start: comment?.start ?? own.start, end: own.end };
  const edit = removal(document, whole);
  if (!isAloneOnItsLines(document, whole)) return edit;
  const { start, end } = edit.range;
  const isBlank = (line: number): boolean => line >= 0 && lineAt(document, line).trim() === '';
  const above = start.line > 0 ? lineAt(document, start.line - 1).trimEnd() : '';
  if (isBlank(end.line) && (above === '' || above.endsWith('{'))) {
    return { ...edit, range: { start, end: { line: end.line + 1, character: 0 } } };
  }
  const below = lineAt(document, end.line);
  if (below.trimStart().startsWith('}') && start.line > 0) {
    // A block with nothing in it is `{}`.
    const head = { line: start.line - 1, character: above.length };
    const brace = { line: end.line, character: indentationOf(below).length };
    if (above.endsWith('{')) return { ...edit, range: { start: head, end: brace } };
    if (above === '') return { ...edit, range: { start: { line: start.line - 1, character: 0 }, end } };
  }
  return edit;
}

const insertion = (at: Position, newText: string): TextEdit => ({ range: { start: at, end: at }, newText });

function memberIndentation(document: LangiumDocument, architecture: Architecture, anchor: Range | undefined): string {
  const line = lineAt(document, anchor?.start.line ?? 0);
  if (anchor && line.slice(0, anchor.start.character).trim() === '') return indentationOf(line);
  const around = indentationOf(lineAt(document, architecture.$cstNode?.range.start.line ?? 0));
  return around + indentationUnit(document, architecture);
}

/** Whether blank lines stand around a member, or would for its size. */
function standsApart(document: LangiumDocument, { $cstNode }: Member): boolean {
  if (!$cstNode) return false;
  const { start, end } = $cstNode.range;
  const isBlank = (line: number): boolean => line >= 0 && lineAt(document, line).trim() === '';
  return start.line < end.line || isBlank(start.line - 1) || isBlank(end.line + 1);
}
