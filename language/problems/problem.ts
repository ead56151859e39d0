import { type Diagnostic, DiagnosticSeverity, type Range } from 'vscode-languageserver-types';
import type { Severity } from '../core/rules/index.ts';
import type { Location } from '../lowering/places.ts';
import { messageOf } from '../validation/validator.ts';

/** What is wrong with a file (an error), or with an architecture in it (a finding), at its words. */
export interface Problem {
  readonly kind: 'error' | 'finding';
  readonly rule?: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly architecture?: string;
  readonly service?: string;
  readonly subject?: string;
  /** What it is known by from one text to the next, if not by its subject. */
  readonly identity?: string;
  /** Taken on by the team: counted and listed, not shown as a problem. */
  readonly accepted: boolean;
  readonly related: readonly (Location & { readonly message: string })[];
}

export const byPlace = (left: Problem, right: Problem): number =>
  left.range.start.line - right.range.start.line || left.range.start.character - right.range.start.character;

export const fromError = (error: Diagnostic): Problem => ({
  kind: 'error',
  severity: 'error',
  message: messageOf(error),
  range: error.range,
  accepted: false,
  related: [],
});

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** What an editor shows of a problem; `pages` is where the rules are documented, ending in `/`. */
export function toDiagnostic({ severity, range, message, rule, related }: Problem, pages?: string): Diagnostic {
  return {
    severity: SEVERITIES[severity],
    range,
    message,
    source: 'p2parch',
    ...(rule !== undefined && { code: rule }),
    ...(rule !== undefined && pages !== undefined && { codeDescription: { href: `${pages}${rule}.md` } }),
    relatedInformation: related.map(({ uri, range: at, message: text }) => ({
      location: { uri, range: at },
      message: text,
    })),
  };
}
