import type { LangiumDocument } from 'langium';
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import type { Way } from './finding.ts';

/** A way as an editor takes it; with `knowsSnippets` the cursor goes to the blank that the reader has to fill in. */
export function actionOf(way: Way, diagnostic: Diagnostic, knowsSnippets: boolean): CodeAction {
  return {
    title: way.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    edit: knowsSnippets && way.blank !== undefined ? snippetEdit(way, way.blank) : plainEdit(way),
    ...(way.isPreferred && { isPreferred: way.isPreferred }),
  };
}

function plainEdit({ edits }: Way): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  for (const { document, edit } of edits) {
    const uri = document.uri.toString();
    changes[uri] = [...(changes[uri] ?? []), edit];
  }
  return { changes };
}

/** The text of the blank is selected. */
const snippetEdit = ({ edits }: Way, blank: string): WorkspaceEdit => ({
  documentChanges: edits.map(({ document, edit }) => {
    const { range, newText } = fromLineStart(document, edit);
    const value = newText.replace(/[\\$}]/g, '\\$&').replace(blank, `\${1:${blank}}`);
    return {
      textDocument: { uri: document.uri.toString(), version: null },
      edits: [{ range, snippet: { kind: 'snippet', value } }],
    };
  }),
});

/**
 * Lines that are added behind a line, as lines added before the next: an editor indents the later lines of a snippet as
 * far as the line that it begins in, and these have their blanks already.
 */
function fromLineStart({ textDocument }: LangiumDocument, edit: TextEdit): TextEdit {
  const { start, end } = edit.range;
  const lineEnd = /^(?:\r\n|\r|\n)/.exec(edit.newText)?.[0];
  const next = { line: start.line + 1, character: 0 };
  const isAtEnd = textDocument.getText({ start, end: next }) === lineEnd;
  if (lineEnd === undefined || !isAtEnd || start.line !== end.line || start.character !== end.character) return edit;
  return { range: { start: next, end: next }, newText: `${edit.newText.slice(lineEnd.length)}${lineEnd}` };
}
