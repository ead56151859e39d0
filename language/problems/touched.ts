import { type AstNode, isCompositeCstNode } from 'langium';
import type { Diagnostic } from 'vscode-languageserver-types';
import { isBefore } from './placing.ts';

/** Whether an architecture or a scenario has errors: those that stand in it, and any if it is not closed. */
export function isTouched(node: AstNode, errors: readonly Pick<Diagnostic, 'range'>[]): boolean {
  const lines = node.$cstNode?.range;
  if (lines === undefined) return true;
  if (errors.length === 0) return false;
  // Of one that is not closed, a comment may have taken the rest, or a text: nobody knows where it ends.
  if (!isClosed(node)) return true;
  return errors.some(({ range }) => !isBefore(range.end, lines.start) && !isBefore(lines.end, range.start));
}

const isClosed = ({ $cstNode: words }: AstNode): boolean =>
  isCompositeCstNode(words) && words.content.findLast(({ hidden }) => !hidden)?.text === '}';
