import {
  type Cancellation,
  DefaultDocumentValidator,
  DocumentValidator,
  type LangiumDocument,
  type ValidationOptions,
} from 'langium';
import type { Diagnostic } from 'vscode-languageserver-types';
import type { P2PArchServices } from '../services.ts';
import { withoutConsequences } from './consequences.ts';

/** Errors of the file, one a mistake; the findings of its architectures come after them. */
export class P2PArchDocumentValidator extends DefaultDocumentValidator {
  private readonly services: P2PArchServices;

  constructor(services: P2PArchServices) {
    super(services);
    this.services = services;
  }

  override async validateDocument(
    document: LangiumDocument,
    options?: ValidationOptions,
    cancelToken?: Cancellation.CancellationToken,
  ): Promise<Diagnostic[]> {
    const all = await super.validateDocument(document, options, cancelToken);
    const errors = withoutConsequences(this.services.names.FileNames, document, all);
    return this.services.problems.Problems.diagnose(document, errors);
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
