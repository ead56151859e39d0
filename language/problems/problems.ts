import { type AstNode, AstUtils, type LangiumDocument } from 'langium';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import type { CheckingServices } from '../checking-services.ts';
import { type Finding, type Judgement, judge, type Outcome, RULES, type RuleName } from '../core/rules/index.ts';
import type { Summary } from '../core/simulation/index.ts';
import { type Architecture, isAcceptance } from '../generated/ast.ts';
import type { LoweredArchitecture } from '../lowering/architecture.ts';
import { locate } from '../lowering/places.ts';
import type { LoweredScenario } from '../lowering/scenario.ts';
import { fileOf } from '../names/files.ts';
import { Models } from './models.ts';
import { placed } from './placing.ts';
import { byPlace, fromError, type Problem, toDiagnostic } from './problem.ts';
import { type Settings, today } from './settings.ts';
import { isTouched } from './touched.ts';

export type { Problem } from './problem.ts';

/** What the runs of a scenario came to. */
export interface Run {
  readonly scenario: LoweredScenario;
  readonly summary: Pick<Summary, 'runs' | 'verdicts'>;
}

interface Judged {
  readonly scenarios: readonly LoweredScenario[];
  readonly judgement: Judgement;
}

const NO_PROBLEMS: readonly Problem[] = [];

/** Rules that speak of an architecture through a scenario: told where the scenario stands, if that is another file. */
const THROUGH_SCENARIOS = (Object.keys(RULES) as RuleName[]).filter((name) => RULES[name].asks === 'scenarios');
const THROUGH_RUNS = (Object.keys(RULES) as RuleName[]).filter((name) => RULES[name].asks === 'runs');

export class Problems {
  readonly models: Models;
  private readonly services: CheckingServices;
  private readonly errors = new WeakMap<LangiumDocument, readonly Diagnostic[]>();
  /** Findings in two waves: those of the text alone, and those that runs have brought. */
  private readonly atOnce = new WeakMap<LangiumDocument, readonly Problem[]>();
  private readonly ofRuns = new WeakMap<LangiumDocument, readonly Problem[]>();
  private readonly judgements = new WeakMap<LoweredArchitecture, { readonly key: string; readonly judged: Judged }>();
  private readonly runs = new WeakMap<LangiumDocument, readonly Run[]>();
  private known: (document: LangiumDocument) => readonly Run[] = () => [];
  private settings: () => Settings = () => ({ today: today() });
  private pages: string | undefined;
  private onlyErrors = false;

  constructor(services: CheckingServices) {
    this.services = services;
    this.models = new Models(services);
  }

  configure(settings: () => Settings): void {
    this.settings = settings;
  }

  /** Errors are all that is asked for from now on: findings of a whole file are dear. `findingsOf` answers as before. */
  leaveOutFindings(): void {
    this.onlyErrors = true;
  }

  /** Asked, when a file is checked, for the runs that are known already: what they say is told at once. */
  knowRuns(known: (document: LangiumDocument) => readonly Run[]): void {
    this.known = known;
  }

  /** The runs that the problems of a file rest on now. */
  runsOf(document: LangiumDocument): readonly Run[] {
    return this.runs.get(document) ?? [];
  }

  /** Findings link to the pages of their rules from now on: `RULE.md` under `pages`, an address that ends in `/`. */
  linkPages(pages: string): void {
    this.pages = pages;
  }

  /** The problems of a validated file, accepted findings included, in order of place. */
  of(document: LangiumDocument): readonly Problem[] {
    const errors = (this.errors.get(document) ?? []).map(fromError);
    return [...errors, ...this.findingsIn(document)].sort(byPlace);
  }

  /** Takes the errors of a file, adds its findings, keeps both, and gives what an editor shows: the first wave. */
  diagnose(document: LangiumDocument, errors: readonly Diagnostic[]): Diagnostic[] {
    this.errors.set(document, errors);
    this.ofRuns.delete(document);
    this.runs.delete(document);
    if (this.onlyErrors) return [...errors];
    const own = this.models
      .architectures(document)
      .filter((lowered) => this.isSound(lowered))
      .flatMap((lowered) => {
        const { scenarios } = this.judged(lowered);
        return this.toldHere(lowered).flatMap((finding) => placed(lowered, finding, scenarios, document) ?? []);
      });
    this.atOnce.set(document, [...own, ...this.ofScenariosElsewhere(document)]);
    const known = this.known(document);
    if (known.length > 0) this.afterRuns(document, known);
    return this.shown(document);
  }

  /**
   * The second wave: what the runs of a file's scenarios say, added to the first. `runs` may be some of them; a finding
   * that needs the others waits for a call with all. The next `diagnose` forgets it.
   */
  afterRuns(document: LangiumDocument, runs: readonly Run[]): readonly Problem[] {
    const byArchitecture = grouped(runs, ({ scenario }) => scenario.architecture);
    const problems = [...byArchitecture].flatMap(([architecture, some]) => {
      const lowered = this.models.lower(architecture);
      if (!this.isSound(lowered)) return [];
      const outcomes = some.map(({ scenario, summary }) => ({ ...summary, scenario: scenario.model.name }));
      const isOwn = AstUtils.getDocument(architecture) === document;
      const scenarios = isOwn ? this.judged(lowered).scenarios : some.map(({ scenario }) => scenario);
      const { findings } = this.judge(lowered, scenarios, isOwn ? { outcomes } : { outcomes, only: THROUGH_RUNS });
      const before = new Set(isOwn ? this.judged(lowered).judgement.findings.map(keyOf) : []);
      return this.withoutMeantElsewhere(lowered, findings)
        .filter((finding) => !before.has(keyOf(finding)))
        .flatMap((finding) => placed(lowered, finding, scenarios, document) ?? []);
    });
    this.ofRuns.set(document, problems);
    this.runs.set(document, runs);
    return problems;
  }

  /** All that an editor shows of a file now: errors and open findings of both waves. */
  shown(document: LangiumDocument): Diagnostic[] {
    const open = this.findingsIn(document).filter(({ accepted }) => !accepted);
    const errors = this.errors.get(document) ?? [];
    const shown = mostSevere(open, MOST_SHOWN - errors.length);
    return [
      ...errors,
      ...shown.map((problem) => toDiagnostic(problem, this.pages)),
      ...(shown.length < open.length ? [others(open.length - shown.length)] : []),
    ];
  }

  /** The day and the severities that hold now. */
  current(): Settings {
    return this.settings();
  }

  /** The findings of one architecture that need no runs. */
  findingsOf(lowered: LoweredArchitecture): readonly Finding[] {
    return this.judged(lowered).judgement.findings;
  }

  /** Whether nothing in the architecture or its bases is wrong: findings on half a text would be guesses. */
  isSound({ members }: LoweredArchitecture): boolean {
    return members.chain.every((link) => !this.hasErrors(link));
  }

  /** Whether the scenario and the architecture that it runs on are without errors. */
  isRunnable({ syntax, architecture }: LoweredScenario): boolean {
    return !this.hasErrors(syntax) && this.isSound(this.models.lower(architecture));
  }

  private findingsIn(document: LangiumDocument): Problem[] {
    return [...(this.atOnce.get(document) ?? NO_PROBLEMS), ...(this.ofRuns.get(document) ?? NO_PROBLEMS)];
  }

  /** Kept for as long as the architecture, what runs on it and the settings are the same. */
  private judged(lowered: LoweredArchitecture): Judged {
    const scenarios = this.models.scenariosOn(lowered).filter(({ syntax }) => !this.hasErrors(syntax));
    const { today: day, severities } = this.settings();
    const key = JSON.stringify([day, severities, scenarios.map(({ model }) => model)]);
    const kept = this.judgements.get(lowered);
    if (kept?.key === key) return { ...kept.judged, scenarios };
    const judged = { scenarios, judgement: this.judge(lowered, scenarios) };
    this.judgements.set(lowered, { key, judged });
    return judged;
  }

  private judge(
    lowered: LoweredArchitecture,
    scenarios: readonly LoweredScenario[],
    more: { readonly outcomes?: readonly Outcome[]; readonly only?: readonly RuleName[] } = {},
  ): Judgement {
    const { today: day, severities } = this.settings();
    const own = lowered.syntax.members.filter(isAcceptance).length;
    return judge(lowered.model, {
      today: day,
      ...(severities && { severities }),
      analysis: this.models.analysis(lowered),
      scenarios: scenarios.map(({ model }) => model),
      lapsedRequirements: lowered.lapsed,
      inheritedAcceptances: lowered.members.acceptances.length - own,
      ...more,
    });
  }

  /** Which of its architecture's acceptances covers an accepted finding, by its index; -1 where none can be told. */
  acceptanceOf(lowered: LoweredArchitecture, { rule, subject, service, message }: Problem): number {
    const finding = this.findingsOf(lowered).find(
      (one) =>
        one.acceptedBy !== undefined && one.rule === rule && one.subject === subject && message.endsWith(one.message),
    );
    // A finding of the runs is not among them; it is about a service, and accepted on it by name.
    return (
      finding?.acceptedBy ??
      lowered.model.acceptances.findIndex(
        (one) => one.rule === rule && one.on === subject && (one.service ?? service) === service,
      )
    );
  }

  /** Without what an inherited member has to answer for in the base already. */
  private toldHere(lowered: LoweredArchitecture): readonly Finding[] {
    const own = this.withoutMeantElsewhere(lowered, this.findingsOf(lowered));
    if (lowered.members.chain.length === 1) return own;
    const bases = lowered.members.chain.slice(0, -1).map((link) => this.models.lower(link));
    const told = new Set(bases.flatMap((base) => this.findingsOf(base).map((finding) => this.identity(base, finding))));
    return own.filter((finding) => !told.has(this.identity(lowered, finding)));
  }

  private identity(lowered: LoweredArchitecture, finding: Finding): string {
    const { uri, range } = locate(lowered, finding.place) ?? {};
    const accepted = finding.acceptedBy !== undefined;
    return JSON.stringify([finding.rule, finding.severity, finding.subject, finding.message, accepted, uri, range]);
  }

  /**
   * Without stale acceptances that are none: those which mean something in a variant of the same file, and those of
   * rules about scenarios where another file has a scenario on this architecture.
   */
  private withoutMeantElsewhere(lowered: LoweredArchitecture, findings: readonly Finding[]): readonly Finding[] {
    if (!findings.some(({ rule }) => rule === 'stale-acceptance')) return findings;
    const document = AstUtils.getDocument(lowered.syntax);
    const variants = this.models
      .architectures(document)
      .filter(({ syntax, members }) => syntax !== lowered.syntax && members.chain.includes(lowered.syntax));
    const meant = new Set(variants.flatMap((variant) => [...this.judged(variant).judgement.meant]));
    return findings.filter(({ rule, place }) => {
      if (rule !== 'stale-acceptance' || place.kind !== 'acceptance') return true;
      if (meant.has(place.index)) return false;
      const about = lowered.model.acceptances[place.index]?.rule as RuleName;
      return RULES[about]?.asks === undefined || !this.isRunElsewhere(lowered.syntax);
    });
  }

  private isRunElsewhere(architecture: Architecture): boolean {
    const own = AstUtils.getDocument(architecture);
    return this.services.shared.workspace.LangiumDocuments.all.some(
      (document) =>
        document !== own &&
        fileOf(document).scenarios.some(({ architectures }) => architectures.some(({ ref }) => ref === architecture)),
    );
  }

  /** What the scenarios of a file say of the architectures of other files. */
  private ofScenariosElsewhere(document: LangiumDocument): Problem[] {
    const elsewhere = this.models
      .scenarios(document)
      .filter(({ architecture }) => AstUtils.getDocument(architecture) !== document)
      .filter((scenario) => this.isRunnable(scenario));
    return [...grouped(elsewhere, ({ architecture }) => architecture)].flatMap(([architecture, scenarios]) => {
      const lowered = this.models.lower(architecture);
      const { findings } = this.judge(lowered, scenarios, { only: THROUGH_SCENARIOS });
      return findings.flatMap((finding) => placed(lowered, finding, scenarios, document) ?? []);
    });
  }

  /** Of an architecture or a scenario. */
  private hasErrors(node: AstNode): boolean {
    return isTouched(node, this.errors.get(AstUtils.getDocument(node)) ?? []);
  }
}

/** As many as editors show of one file: what is beyond that would be sent at each keystroke and dropped. */
const MOST_SHOWN = 999;

const SEVERITIES = ['error', 'warning', 'information', 'hint'];

function mostSevere(problems: readonly Problem[], most: number): readonly Problem[] {
  if (problems.length <= most) return problems;
  const weight = ({ severity }: Problem): number => SEVERITIES.indexOf(severity);
  return [...problems].sort((left, right) => weight(left) - weight(right)).slice(0, Math.max(0, most));
}

/** Stands at the head of a file, for no one word has caused it. */
const others = (count: number): Diagnostic => ({
  severity: DiagnosticSeverity.Information,
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
  message: `${count} less severe ${count === 1 ? 'finding is' : 'findings are'} not shown. "p2parch check" lists them all.`,
  source: 'p2parch',
});

const keyOf = ({ rule, place, message }: Finding): string => JSON.stringify([rule, place, message]);

function grouped<Key, Value>(values: readonly Value[], keyIn: (value: Value) => Key): ReadonlyMap<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    const key = keyIn(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
