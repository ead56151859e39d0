import type { Cancellation, LangiumDocument } from 'langium';
import type { CodeActionProvider } from 'langium/lsp';
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type Range,
} from 'vscode-languageserver-protocol';
import type { P2PArchServices } from '../../services.ts';
import { mistakesOf } from '../../validation/mistakes.ts';
import { FindingFixes } from './offers.ts';
import { FIXES } from './table.ts';

/** Quick fixes for the mistakes and the findings at the cursor or in the selection; those of findings are proved. */
export class P2PArchFixes implements CodeActionProvider {
  private readonly services: P2PArchServices;
  private readonly ofFindings: FindingFixes;

  constructor(services: P2PArchServices) {
    this.services = services;
    this.ofFindings = new FindingFixes(services);
  }

  async getCodeActions(
    document: LangiumDocument,
    { range, context }: CodeActionParams,
    cancelToken?: Cancellation.CancellationToken,
  ): Promise<CodeAction[]> {
    const wanted = context.only?.some((kind) => kind === '' || CodeActionKind.QuickFix.startsWith(kind)) ?? true;
    if (!wanted) return [];
    // The file's own errors, not those that the editor sends along: these may be of an older text.
    const touched = (document.diagnostics ?? []).filter((diagnostic) => touches(diagnostic.range, range));
    const actions = await Promise.all(touched.map((diagnostic) => this.actionsFor(document, diagnostic)));
    return [...actions.flat(), ...(await this.ofFindings.actionsFor(document, touched, cancelToken))];
  }

  private async actionsFor(document: LangiumDocument, diagnostic: Diagnostic): Promise<CodeAction[]> {
    const actions: CodeAction[] = [];
    for (const { kind, word = '' } of mistakesOf(diagnostic)) {
      const fixes = await FIXES[kind]({ services: this.services, document, diagnostic, word });
      for (const { title, edits, isPreferred } of fixes) {
        actions.push({
          title,
          kind: CodeActionKind.QuickFix,
          diagnostics: [diagnostic],
          edit: { changes: { [document.uri.toString()]: [...edits] } },
          ...(isPreferred && { isPreferred }),
        });
      }
    }
    return actions;
  }
}

const touches = (left: Range, right: Range): boolean =>
  !isBefore(left.end, right.start) && !isBefore(right.end, left.start);

const isBefore = (left: Range['start'], right: Range['start']): boolean =>
  left.line < right.line || (left.line === right.line && left.character < right.character);
