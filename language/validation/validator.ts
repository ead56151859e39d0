import {
  type AstNode,
  type Cancellation,
  DefaultDocumentValidator,
  DocumentValidator,
  type LangiumDocument,
  type ParseResult,
  type ReferenceInfo,
  type ValidationAcceptor,
  type ValidationOptions,
} from 'langium';
import type { Diagnostic, Range } from 'vscode-languageserver-types';
import { suggestionFor } from '../names/linker.ts';
import type { P2PArchScopeProvider } from '../names/scope.ts';
import { walk } from '../names/walk.ts';
import { isMissingAfter } from '../parsing/messages.ts';
import type { P2PArchServices } from '../services.ts';
import { withoutConsequences } from './consequences.ts';
import { checkKind } from './kinds.ts';
import { validationChecks } from './table.ts';

/** As many unknown names as anybody reads about are told with the nearest one. */
const MOST_SUGGESTIONS = 50;

/** Errors of the file, one a mistake; the findings of its architectures come after them. */
export class P2PArchDocumentValidator extends DefaultDocumentValidator {
  private readonly services: P2PArchServices;
  private readonly checks = new Map<string, readonly ((node: AstNode, accept: ValidationAcceptor) => void)[]>();

  constructor(services: P2PArchServices) {
    super(services);
    this.services = services;
    for (const [type, checks] of Object.entries(validationChecks(services))) {
      this.checks.set(type, [checks].flat() as ((node: AstNode, accept: ValidationAcceptor) => void)[]);
    }
  }

  /**
   * All checks in one pass, without giving way between two nodes: thousands of pauses would cost more than the checks.
   */
  protected override async validateAst(root: AstNode): Promise<Diagnostic[]> {
    const found: Diagnostic[] = [];
    const accept: ValidationAcceptor = (severity, message, info) =>
      found.push(this.toDiagnostic(severity, message, info));
    walk(
      root,
      (node) => {
        for (const check of this.checks.get(node.$type) ?? []) check(node, accept);
      },
      (node, property, reference) => checkKind(node, property, reference, accept),
    );
    return found;
  }

  override async validateDocument(
    document: LangiumDocument,
    options?: ValidationOptions,
    cancelToken?: Cancellation.CancellationToken,
  ): Promise<Diagnostic[]> {
    const all = await super.validateDocument(document, options, cancelToken);
    const errors = withoutConsequences(this.services.names.FileNames, document, all);
    return this.services.problems.Problems.diagnose(document, this.withSuggestions(document, errors));
  }

  private withSuggestions(document: LangiumDocument, errors: readonly Diagnostic[]): Diagnostic[] {
    const scopes = this.services.references.ScopeProvider as P2PArchScopeProvider;
    const unknown = new Map<string, ReferenceInfo>();
    for (const { error, $refNode } of document.references) {
      if (error && $refNode) unknown.set(JSON.stringify($refNode.range), error.info);
    }
    let left = MOST_SUGGESTIONS;
    return errors.map((error) => {
      const info =
        codeOf(error) === DocumentValidator.LinkingError ? unknown.get(JSON.stringify(error.range)) : undefined;
      if (!info || left-- <= 0) return error;
      const suggestion = suggestionFor(scopes, info);
      if (suggestion === undefined) return error;
      const data = { ...(error.data as object), suggestion };
      return { ...error, message: `${messageOf(error)} Did you mean "${suggestion}"?`, data };
    });
  }

  /** What is missing at the end of a line is told there, not at the innocent word that begins the next. */
  protected override processParsingErrors(
    parseResult: ParseResult,
    diagnostics: Diagnostic[],
    options: ValidationOptions,
  ): void {
    const errors = parseResult.parserErrors;
    const begun = diagnostics.length;
    super.processParsingErrors(parseResult, diagnostics, options);
    if (diagnostics.length - begun !== errors.length) return;
    errors.forEach((error, index) => {
      const previous = 'previousToken' in error ? (error.previousToken as typeof error.token | undefined) : undefined;
      const diagnostic = diagnostics[begun + index];
      if (!diagnostic || !previous || !isMissingAfter(error.message)) return;
      const line = (previous.startLine ?? 1) - 1;
      diagnostic.range = {
        start: { line, character: (previous.startColumn ?? 1) - 1 },
        end: { line: (previous.endLine ?? 1) - 1, character: previous.endColumn ?? 0 },
      } satisfies Range;
    });
  }
}

/** Whether a diagnostic says that a word could not be read or could not stand where it is. */
export const isSyntaxError = (diagnostic: Diagnostic): boolean =>
  [DocumentValidator.LexingError, DocumentValidator.ParsingError].includes(codeOf(diagnostic) ?? '');

/** The message's words; the protocol allows them to be marked up, which Langium never does. */
export const messageOf = ({ message }: Diagnostic): string => (typeof message === 'string' ? message : message.value);

/** Langium keeps the kind of a diagnostic in its data. */
export function codeOf(diagnostic: Diagnostic): string | undefined {
  const data: unknown = diagnostic.data;
  return typeof data === 'object' && data !== null && 'code' in data ? String(data.code) : undefined;
}
