import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { DocumentValidator, type LangiumDocument, URI } from 'langium';
import { type LanguageError, type SarifPlace, type SarifProblem, sarif } from '../interchange/index.ts';
import type { LoweredArchitecture } from '../lowering/architecture.ts';
import { locate } from '../lowering/places.ts';
import type { Problem } from '../problems/problems.ts';
import type { CheckedFile, CheckedFiles } from './files.ts';
import { rulePage, version } from './package-files.ts';

/** The problems of one file, as `check` tells them. */
export interface FileProblems {
  readonly file: CheckedFile;
  readonly problems: readonly Problem[];
}

/** The problems as a SARIF log, with addresses relative to the working folder. */
export function sarifText(checked: CheckedFiles, files: readonly FileProblems[], exitStatus: number): string {
  const problems = files.flatMap(({ file: { name, document }, problems: own }) =>
    own.map((problem): SarifProblem => sarifProblem(checked, { name, document }, problem)),
  );
  return `${JSON.stringify(sarif({ version: version(), problems, exitStatus, pageOf: rulePage }), null, 2)}\n`;
}

/** These stand at a sentence that says itself what is asked; of one service there may be several. */
const AT_A_SENTENCE: ReadonlySet<string> = new Set(['expectation-failed', 'requirement-failed']);

function sarifProblem(checked: CheckedFiles, { name, document }: CheckedFile, problem: Problem): SarifProblem {
  const { rule, severity, message, range, architecture, service, subject } = problem;
  const words = document.textDocument.getText(range);
  const line = document.textDocument.getText({
    start: { line: range.start.line, character: 0 },
    end: { line: range.start.line + 1, character: 0 },
  });
  const about = Object.entries({ architecture, service, subject }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const acceptance = problem.accepted ? acceptanceOf(checked, document, problem) : undefined;
  return {
    rule: rule ?? errorKind(document, problem),
    severity,
    message,
    file: name === '-' ? name : addressOf(document.uri),
    range,
    related: problem.related.map(({ uri, range: at, message: text }) => ({
      ...placeOf(checked, { uri, range: at }),
      message: text,
    })),
    // Neither the order of what is declared nor how it is spaced is part of what is wrong.
    identity:
      rule === undefined
        ? [words, line].map(oneSpaced)
        : [
            architecture ?? '',
            problem.identity ?? subject ?? '',
            ...(AT_A_SENTENCE.has(rule) ? [oneSpaced(words)] : []),
          ],
    properties: Object.fromEntries(about),
    ...(acceptance && { acceptance }),
  };
}

const oneSpaced = (text: string): string => text.replace(/\s+/g, ' ').trim();

const ERROR_KINDS: Readonly<Record<string, LanguageError>> = {
  [DocumentValidator.LexingError]: 'syntax-error',
  [DocumentValidator.ParsingError]: 'syntax-error',
  [DocumentValidator.LinkingError]: 'unknown-name',
};

/** A problem does not say which check found it, but the diagnostic that it was made from does. */
function errorKind({ diagnostics = [] }: LangiumDocument, { range, message }: Problem): LanguageError {
  const place = JSON.stringify(range);
  const found = diagnostics.find(
    (diagnostic) => diagnostic.message === message && JSON.stringify(diagnostic.range) === place,
  );
  const code = (found?.data as { code?: unknown } | undefined)?.code;
  return (typeof code === 'string' && ERROR_KINDS[code]) || 'language-error';
}

/** Why the team has taken a finding on, and where it says so. */
function acceptanceOf(checked: CheckedFiles, document: LangiumDocument, problem: Problem): SarifProblem['acceptance'] {
  const { models } = checked.language.problems.Problems;
  const lowered = [
    ...models.architectures(document),
    ...models.scenarios(document).map((scenario) => models.lower(scenario.architecture)),
  ].find(({ model }) => model.name === problem.architecture);
  if (!lowered) return {};
  const index = checked.language.problems.Problems.acceptanceOf(lowered, problem);
  return { because: lowered.model.acceptances[index]?.because, place: acceptancePlace(checked, lowered, index) };
}

function acceptancePlace(checked: CheckedFiles, lowered: LoweredArchitecture, index: number): SarifPlace | undefined {
  const found = index < 0 ? undefined : locate(lowered, { kind: 'acceptance', index });
  return found && placeOf(checked, found);
}

const placeOf = (checked: CheckedFiles, { uri, range }: { uri: string; range: SarifPlace['range'] }): SarifPlace => ({
  file: checked.nameOf(uri) === '-' ? '-' : addressOf(URI.parse(uri)),
  range,
});

/** Relative to the working folder with `/` between folders; beyond it the whole address. */
function addressOf(uri: URI): string {
  const relative = path.relative(process.cwd(), uri.fsPath);
  const isInside = !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..';
  return isInside ? relative.split(path.sep).join('/') : pathToFileURL(uri.fsPath).href;
}
