import {
  type AstNode,
  AstUtils,
  type Cancellation,
  DefaultDocumentValidator,
  DocumentValidator,
  type LangiumDocument,
  type ParseResult,
  type ReferenceInfo,
  type ValidationAcceptor,
  type ValidationChecks,
  type ValidationOptions,
} from 'langium';
import type { Diagnostic, Range } from 'vscode-languageserver-types';
import type { CheckingServices } from '../checking-services.ts';
import { isRemoval, type P2PArchAstType } from '../generated/ast.ts';
import type { Epoch } from '../names/epochs.ts';
import { suggestionFor } from '../names/linker.ts';
import type { P2PArchScopeProvider } from '../names/scope.ts';
import { eachPiece, walkStatement } from '../names/walk.ts';
import { isMissingAfter } from '../parsing/messages.ts';
import type { Kept } from '../parsing/pieces.ts';
import { piecesOf } from '../parsing/reader.ts';
import { didYouMean, slipsIn } from '../parsing/slips.ts';
import { withoutConsequences } from './consequences.ts';
import { checkKind } from './kinds.ts';
import type { Mistake } from './mistakes.ts';
import { OWN_CHECKS, wideChecks } from './table.ts';

/** As many unknown names as anybody reads about are told with the nearest one. */
const MOST_SUGGESTIONS = 50;

/** Errors of the file, one a mistake; the findings of its architectures come after them. */
export class P2PArchDocumentValidator extends DefaultDocumentValidator {
  private readonly services: CheckingServices;
  private readonly own: Checks;
  private readonly wide: Checks;
  /** Statements without errors of their own, by the epoch in which they had none. */
  private readonly clean = new WeakMap<Kept, Epoch>();

  constructor(services: CheckingServices) {
    super(services);
    this.services = services;
    this.own = checksByType(OWN_CHECKS);
    this.wide = checksByType(wideChecks(services));
  }

  /**
   * All checks in one pass, without giving way between two nodes: thousands of pauses would cost more than the checks.
   */
  protected override async validateAst(root: AstNode): Promise<Diagnostic[]> {
    const found: Diagnostic[] = [];
    const accept: ValidationAcceptor = (severity, message, info) =>
      found.push(this.toDiagnostic(severity, message, info));
    const document = AstUtils.getDocument(root);
    const epoch = this.services.names.Epochs.of(document);
    check(this.wide, root, accept);
    eachPiece(piecesOf(document.parseResult), ({ kept }) => {
      check(this.wide, kept.node, accept);
      if (this.clean.get(kept) === epoch) return;
      const before = found.length;
      walkStatement(
        kept.node,
        (node) => check(this.own, node, accept),
        (node, property, reference) => checkKind(node, property, reference, accept),
      );
      if (found.length === before) this.clean.set(kept, epoch);
    });
    return found;
  }

  override async validateDocument(
    document: LangiumDocument,
    options?: ValidationOptions,
    cancelToken?: Cancellation.CancellationToken,
  ): Promise<Diagnostic[]> {
    const all = (await super.validateDocument(document, options, cancelToken)).map(withSlips);
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
      if (!info) return error;
      const suggestion = left-- > 0 ? suggestionFor(scopes, info) : undefined;
      const mistakes: Mistake[] = [
        ...(suggestion === undefined ? [] : [{ kind: 'misspelt', word: suggestion } as const]),
        ...(isRemoval(info.container) ? [{ kind: 'nothing-to-leave-out' } as const] : []),
      ];
      if (mistakes.length === 0) return error;
      const message = `${messageOf(error)}${suggestion === undefined ? '' : ` ${didYouMean(suggestion)}`}`;
      return { ...error, message, data: { ...(error.data as object), mistakes } };
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

type Checks = ReadonlyMap<string, readonly ((node: AstNode, accept: ValidationAcceptor) => void)[]>;

const checksByType = (table: ValidationChecks<P2PArchAstType>): Checks =>
  new Map(
    Object.entries(table).map(([type, checks]) => [
      type,
      [checks].flat() as ((node: AstNode, accept: ValidationAcceptor) => void)[],
    ]),
  );

function check(checks: Checks, node: AstNode, accept: ValidationAcceptor): void {
  for (const one of checks.get(node.$type) ?? []) one(node, accept);
}

/** Whether a diagnostic says that a word could not be read or could not stand where it is. */
export const isSyntaxError = (diagnostic: Diagnostic): boolean =>
  [DocumentValidator.LexingError, DocumentValidator.ParsingError].includes(codeOf(diagnostic) ?? '');

/** What the lexer and the parser know of what was meant. */
function withSlips(diagnostic: Diagnostic): Diagnostic {
  const mistakes = isSyntaxError(diagnostic) ? slipsIn(messageOf(diagnostic)) : [];
  return mistakes.length === 0 ? diagnostic : { ...diagnostic, data: { ...(diagnostic.data as object), mistakes } };
}

/** The message's words; the protocol allows them to be marked up, which Langium never does. */
export const messageOf = ({ message }: Diagnostic): string => (typeof message === 'string' ? message : message.value);

/** Langium keeps the kind of a diagnostic in its data. */
export function codeOf(diagnostic: Diagnostic): string | undefined {
  const data: unknown = diagnostic.data;
  return typeof data === 'object' && data !== null && 'code' in data ? String(data.code) : undefined;
}
