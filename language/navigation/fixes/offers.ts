import type { Cancellation, LangiumDocument } from 'langium';
import type { CodeAction, Diagnostic } from 'vscode-languageserver-protocol';
import { isRuleName } from '../../core/rules/index.ts';
import type { Problem } from '../../problems/problems.ts';
import type { P2PArchServices } from '../../services.ts';
import { messageOf } from '../../validation/validator.ts';
import { actionOf } from './actions.ts';
import type { Found } from './finding.ts';
import { FINDING_FIXES } from './finding-table.ts';
import { type Patience, Proofs } from './proof.ts';

/** The proved fixes of findings. What was proved for the texts as they are is not proved again. */
export class FindingFixes {
  private readonly services: P2PArchServices;
  private readonly proofs: Proofs;
  private knowsSnippets = false;
  private readonly known = new WeakMap<Diagnostic, { readonly state: string; readonly actions: CodeAction[] }>();

  constructor(services: P2PArchServices, patience?: Partial<Patience>) {
    this.services = services;
    this.proofs = new Proofs(services, patience);
    services.shared.lsp.LanguageServer.onInitialize(({ capabilities }) => {
      const { documentChanges, snippetEditSupport } = capabilities.workspace?.workspaceEdit ?? {};
      this.knowsSnippets = (documentChanges && snippetEditSupport) ?? false;
    });
  }

  /** For diagnostics of `document`, those of findings and others; in their order. */
  async actionsFor(
    document: LangiumDocument,
    diagnostics: readonly Diagnostic[],
    cancelToken?: Cancellation.CancellationToken,
  ): Promise<CodeAction[]> {
    const told = diagnostics.filter(({ code }) => isRuleName(String(code)));
    if (told.length === 0) return [];
    const state = JSON.stringify([this.services.problems.Problems.current(), ...this.proofs.textsAround(document)]);
    const open = told.filter((diagnostic) => this.known.get(diagnostic)?.state !== state);
    const claims = open.flatMap((diagnostic) => {
      const found = this.foundBy(document, diagnostic);
      if (!found) return [];
      const { problem } = found;
      return FINDING_FIXES[found.finding.rule as keyof typeof FINDING_FIXES].map((fixer) => ({
        diagnostic,
        problem,
        ways: fixer(found),
      }));
    });
    const proved = await this.proofs.prove(document, claims, cancelToken);
    // What was broken off says nothing.
    if (cancelToken?.isCancellationRequested) return [];
    for (const diagnostic of open) {
      const ways = proved.flatMap((way, index) => (way && claims[index]?.diagnostic === diagnostic ? way : []));
      this.known.set(diagnostic, { state, actions: ways.map((way) => actionOf(way, diagnostic, this.knowsSnippets)) });
    }
    return told.flatMap((diagnostic) => this.known.get(diagnostic)?.actions ?? []);
  }

  private foundBy(
    document: LangiumDocument,
    diagnostic: Diagnostic,
  ): (Found & { readonly problem: Problem }) | undefined {
    const { Problems } = this.services.problems;
    const problem = Problems.of(document).find(
      (one) =>
        one.rule === diagnostic.code && one.message === messageOf(diagnostic) && isSame(one.range, diagnostic.range),
    );
    const syntax = this.services.names.FileNames.architectures(document).get(problem?.architecture ?? '');
    if (!problem || !syntax) return undefined;
    const lowered = Problems.models.lower(syntax);
    const finding = Problems.findingsOf(lowered).find(
      ({ rule, subject, acceptedBy, message }) =>
        rule === problem.rule &&
        subject === problem.subject &&
        acceptedBy === undefined &&
        problem.message.endsWith(message),
    );
    return finding && { services: this.services, problem, finding, lowered };
  }
}

const isSame = (left: Diagnostic['range'], right: Diagnostic['range']): boolean =>
  JSON.stringify([left.start, left.end]) === JSON.stringify([right.start, right.end]);
