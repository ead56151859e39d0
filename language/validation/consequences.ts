import { AstUtils, CstUtils, DocumentValidator, type LangiumDocument } from 'langium';
import type { Diagnostic } from 'vscode-languageserver-types';
import { type Architecture, isArchitecture, isScenario, type Scenario } from '../generated/ast.ts';
import { type FileNames, fileOf } from '../names/files.ts';
import { isFileLevel, isMissingAfter } from '../parsing/messages.ts';
import { reservedIn } from '../parsing/slips.ts';
import { mistakesOf } from './mistakes.ts';
import { lineOfUnclosed } from './unclosed.ts';
import { codeOf, isSyntaxError, messageOf } from './validator.ts';

/**
 * One mistake gives one error: leaves out what is only a consequence of another error. A word that cannot be read
 * takes its line's other errors with it; a declaration that cannot be read, an import that cannot be found or a base
 * that does not exist makes no other name unknown.
 */
export function withoutConsequences(
  names: FileNames,
  document: LangiumDocument,
  all: readonly Diagnostic[],
): Diagnostic[] {
  const syntaxErrors = firstOfEachLine(all.filter(isSyntaxError)).map((error) => withUnclosed(document, error));
  const brokenLines = new Set(syntaxErrors.flatMap((error) => linesOf(error)));
  const meaning = all.filter((diagnostic) => !isSyntaxError(diagnostic));
  const declared = syntaxErrors.length > 0 ? declaredWords(document) : new Set<string>();
  const kept = meaning.filter((diagnostic) => {
    if (linesOf(diagnostic).some((line) => brokenLines.has(line))) return false;
    if (codeOf(diagnostic) === 'missing-run') return !isAroundAny(document, diagnostic, syntaxErrors);
    if (codeOf(diagnostic) !== DocumentValidator.LinkingError) return true;
    const { refText } = diagnostic.data as { refText: string };
    if (syntaxErrors.length > 0 && (declared.has(refText) || isOnLines(document, refText, brokenLines))) return false;
    return !hasUnknownGround(names, document, diagnostic);
  });
  return [...withoutUsesOfReserved(syntaxErrors), ...kept].sort(byPlace);
}

/** At the end of a file nobody sees which of its braces is the one that is open. */
function withUnclosed(document: LangiumDocument, error: Diagnostic): Diagnostic {
  const words = messageOf(error);
  if (!words.endsWith('or "}"; found the end of the file.')) return error;
  const line = lineOfUnclosed(document.textDocument.getText());
  return line === undefined
    ? error
    : { ...error, message: `${words} The "{" in line ${line + 1} seems to have no "}".` };
}

const linesOf = ({ range }: Diagnostic): number[] => [range.start.line, range.end.line];

const byPlace = (left: Diagnostic, right: Diagnostic): number =>
  left.range.start.line - right.range.start.line || left.range.start.character - right.range.start.character;

function firstOfEachLine(errors: readonly Diagnostic[]): Diagnostic[] {
  const kept: Diagnostic[] = [];
  let isLost = false;
  const unclosed = errors.some((error) => messageOf(error).startsWith('This comment is not closed'));
  for (const error of [...errors].sort((left, right) => byPlace(left, right) || rank(left) - rank(right))) {
    // Where an architecture has ended too early, its members stand between the declarations of the file, and one "}" more.
    const atFileLevel = isFileLevel(messageOf(error));
    const isMember = atFileLevel && isLostMember(error);
    const isBrace = atFileLevel && isLost && messageOf(error).includes('found "}"');
    isLost ||= isMember;
    if (kept.length > 0 && (isMember || isBrace)) continue;
    const last = kept.at(-1);
    // What cannot be read is why something is missing before it.
    if (last && isSameLine(last, error) && isMissingAfter(messageOf(last)) && rank(error) === 0) kept.pop();
    const sameLine = kept.some((other) => isSameLine(other, error));
    // A comment that never ends takes the end of the file with it.
    const byUnclosed = unclosed && messageOf(error).includes('the end of the file');
    if (!byUnclosed && !sameLine) kept.push(error);
  }
  return kept;
}

const isSameLine = (one: Diagnostic, other: Diagnostic): boolean => one.range.start.line === other.range.start.line;

/** A word of the language that was given as a name is told where it is declared, not where that name is used as well. */
function withoutUsesOfReserved(errors: readonly Diagnostic[]): Diagnostic[] {
  const told = new Set<string>();
  for (const error of errors) {
    for (const { kind, word = '' } of mistakesOf(error)) if (kind === 'reserved-name') told.add(word);
  }
  return errors.filter(
    (error) =>
      mistakesOf(error).some(({ kind }) => kind === 'reserved-name') || !told.has(reservedIn(messageOf(error)) ?? ''),
  );
}

const isLostMember = (error: Diagnostic): boolean =>
  /found "(company|users|vendor|group|service|require|accept|without)"/.test(messageOf(error));

const rank = (error: Diagnostic): number => (codeOf(error) === DocumentValidator.LexingError ? 0 : 1);

function isAroundAny(document: LangiumDocument, outer: Diagnostic, errors: readonly Diagnostic[]): boolean {
  const scenario = containerAt(document, outer, isScenario)?.$cstNode?.range;
  return errors.some(
    ({ range }) => !scenario || (range.start.line >= scenario.start.line && range.start.line <= scenario.end.line + 1),
  );
}

/** The names that the text declares somewhere, though the parser may have passed over them. */
function declaredWords(document: LangiumDocument): Set<string> {
  const declarations =
    /(?:company|users|vendor|group|service|hazard|architecture|scenario)\s+([\p{L}_](?:[\p{L}\p{M}\p{Nd}_-]*[\p{L}\p{M}\p{Nd}_])?)/gu;
  return new Set(
    [...document.textDocument.getText().matchAll(declarations)].map((match) => (match[1] as string).normalize('NFC')),
  );
}

function isOnLines(document: LangiumDocument, name: string, lines: ReadonlySet<number>): boolean {
  const text = document.textDocument;
  return [...lines].some((line) =>
    text
      .getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } })
      .normalize('NFC')
      .includes(name),
  );
}

/** Whether the name is looked up where an import, a base or an architecture of `on` is itself unknown. */
function hasUnknownGround(names: FileNames, document: LangiumDocument, diagnostic: Diagnostic): boolean {
  const missesImport = fileOf(document).imports.some((node) => node.path && !names.importedFile(document, node));
  const { containerType, property } = diagnostic.data as { containerType: string; property: string };
  const namesDeclaration =
    ['Architecture', 'Scenario', 'Exposure', 'Strike'].includes(containerType) || property === 'lost';
  if (missesImport && (namesDeclaration || property === 'subject')) return true;
  const namesArchitecture = ['Architecture', 'Scenario'].includes(containerType) && property !== 'target';
  if (namesArchitecture) return false;
  const around = containerAt(document, diagnostic, isArchitecture);
  const scenario = containerAt(document, diagnostic, isScenario);
  const grounds: readonly (Architecture | undefined)[] = around ? [around] : groundsOf(scenario);
  return grounds.length === 0 || grounds.some((ground) => ground === undefined || lacksBase(names, ground));
}

const groundsOf = (scenario: Scenario | undefined): (Architecture | undefined)[] =>
  (scenario?.architectures ?? []).map((reference) => reference.ref);

const lacksBase = (names: FileNames, architecture: Architecture): boolean =>
  names.chainOf(architecture).some((link) => link.base !== undefined && names.baseOf(link) === undefined);

function containerAt<N extends Architecture | Scenario>(
  document: LangiumDocument,
  { range }: Diagnostic,
  is: (node: unknown) => node is N,
): N | undefined {
  const root = document.parseResult.value.$cstNode;
  const leaf = root && CstUtils.findLeafNodeAtOffset(root, document.textDocument.offsetAt(range.start));
  return leaf && AstUtils.getContainerOfType(leaf.astNode, is as (node: import('langium').AstNode) => node is N);
}
