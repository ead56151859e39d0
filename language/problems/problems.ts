import { type AstNode, AstUtils, type CstNode, GrammarUtils, type LangiumDocument } from 'langium';
import { type Diagnostic, DiagnosticSeverity, type Position, type Range } from 'vscode-languageserver-types';
import type { Place } from '../core/model/index.ts';
import type { Finding, Severity } from '../core/rules/index.ts';
import { isArchitecture, isExposure } from '../generated/ast.ts';
import type { LoweredArchitecture } from '../lowering/architecture.ts';
import { type Location, locate } from '../lowering/places.ts';
import type { LoweredScenario } from '../lowering/scenario.ts';
import { fileOf } from '../names/files.ts';
import type { P2PArchServices } from '../services.ts';
import { messageOf } from '../validation/validator.ts';
import { Models } from './models.ts';
import { type Settings, today } from './settings.ts';

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
  /** Taken on by the team: counted and listed, not shown as a problem. */
  readonly accepted: boolean;
  readonly related: readonly (Location & { readonly message: string })[];
}

export class Problems {
  readonly models: Models;
  private readonly services: P2PArchServices;
  private readonly byDocument = new WeakMap<LangiumDocument, readonly Problem[]>();
  private readonly errors = new WeakMap<LangiumDocument, readonly { readonly range: Range }[]>();
  private settings: () => Settings = () => ({ today: today() });

  constructor(services: P2PArchServices) {
    this.services = services;
    this.models = new Models(services);
  }

  configure(settings: () => Settings): void {
    this.settings = settings;
  }

  /** The problems of a validated file, accepted findings included, in order of place. */
  of(document: LangiumDocument): readonly Problem[] {
    return this.byDocument.get(document) ?? [];
  }

  /** Takes the errors of a file, adds its findings, keeps both, and gives what an editor shows. */
  diagnose(document: LangiumDocument, errors: readonly Diagnostic[]): Diagnostic[] {
    this.errors.set(document, errors);
    const findings = this.models
      .architectures(document)
      .filter((lowered) => this.isSound(lowered))
      .flatMap((lowered) => this.findings(lowered).flatMap((finding) => this.place(lowered, finding, document) ?? []));
    this.byDocument.set(document, [...errors.map(fromError), ...findings].sort(byPlace));
    return [...errors, ...findings.filter((problem) => !problem.accepted).map(toDiagnostic)];
  }

  /** The day and the severities that hold now. */
  current(): Settings {
    return this.settings();
  }

  /** The findings of one architecture; empty while it has errors. */
  findingsOf(lowered: LoweredArchitecture): Finding[] {
    return this.models.findings(lowered, this.settings());
  }

  /** Without what an inherited member has to answer for in the base already. */
  private findings(lowered: LoweredArchitecture): Finding[] {
    const base = this.services.names.FileNames.baseOf(lowered.syntax);
    const own = this.findingsOf(lowered);
    if (!base || base === lowered.syntax) return own;
    const told = new Set(
      lowered.members.chain
        .slice(0, -1)
        .flatMap((link) =>
          this.findingsOf(this.models.lower(link)).map((finding) => this.identity(this.models.lower(link), finding)),
        ),
    );
    return own.filter((finding) => !told.has(this.identity(lowered, finding)));
  }

  private identity(lowered: LoweredArchitecture, finding: Finding): string {
    const { uri, range } = locate(lowered, finding.place) ?? {};
    const accepted = finding.acceptedBy !== undefined;
    return JSON.stringify([finding.rule, finding.subject, finding.message, accepted, uri, range]);
  }

  /** Whether nothing in the architecture or its bases is wrong: findings on half a text would be guesses. */
  isSound({ members }: LoweredArchitecture): boolean {
    return members.chain.every((link) => !this.hasErrors(link));
  }

  /** Whether the scenario and the architecture that it runs on are without errors. */
  isRunnable({ syntax, architecture }: LoweredScenario): boolean {
    return !this.hasErrors(syntax) && this.isSound(this.models.lower(architecture));
  }

  private hasErrors(node: AstNode): boolean {
    const lines = node.$cstNode?.range;
    const errors = this.errors.get(AstUtils.getDocument(node)) ?? [];
    return !lines || errors.some(({ range }) => !isBefore(range.end, lines.start) && !isBefore(lines.end, range.start));
  }

  /** Where a file brings in what stands elsewhere: its first exposure to the hazard, or the base that it extends. */
  private wordsFor(
    { syntax, model }: LoweredArchitecture,
    place: Place,
    document: LangiumDocument,
  ): CstNode | undefined {
    const hazard =
      place.kind === 'name' && model.hazards.some(({ name }) => name === place.element) ? place.element : '';
    const exposure = AstUtils.streamAst(fileOf(document)).find(
      (node) =>
        isExposure(node) &&
        node.hazard?.$refText === hazard &&
        AstUtils.getContainerOfType(node, isArchitecture) === syntax,
    );
    const property = (name: string) => GrammarUtils.findNodeForProperty(syntax.$cstNode, name);
    return exposure?.$cstNode ?? property('base') ?? property('name');
  }

  private place(lowered: LoweredArchitecture, finding: Finding, document: LangiumDocument): Problem | undefined {
    const found = locate(lowered, finding.place);
    const here = found?.uri === document.uri.toString();
    // What stands in another file is told where this file brings it in.
    const range = here ? found.range : this.wordsFor(lowered, finding.place, document)?.range;
    if (!range) return undefined;
    const elsewhere = found && !here ? [{ ...found, message: 'It stands here.' }] : [];
    const related = finding.related.flatMap(({ place, message }) => {
      const location = locate(lowered, place);
      return location ? [{ ...location, message }] : [];
    });
    return {
      kind: 'finding',
      rule: finding.rule,
      severity: finding.severity,
      message: finding.message,
      range,
      architecture: finding.architecture,
      ...(finding.service !== undefined && { service: finding.service }),
      ...(finding.subject !== undefined && { subject: finding.subject }),
      accepted: finding.acceptedBy !== undefined,
      related: [...elsewhere, ...related],
    };
  }
}

const isBefore = (left: Position, right: Position): boolean =>
  left.line < right.line || (left.line === right.line && left.character < right.character);

const byPlace = (left: Problem, right: Problem): number =>
  left.range.start.line - right.range.start.line || left.range.start.character - right.range.start.character;

const fromError = (error: Diagnostic): Problem => ({
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

function toDiagnostic({ severity, range, message, rule, related }: Problem): Diagnostic {
  return {
    severity: SEVERITIES[severity],
    range,
    message,
    source: 'p2parch',
    ...(rule !== undefined && { code: rule }),
    relatedInformation: related.map(({ uri, range: at, message: text }) => ({
      location: { uri, range: at },
      message: text,
    })),
  };
}
