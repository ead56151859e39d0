import { GrammarUtils, type LangiumDocument } from 'langium';
import type { Position, TextEdit } from 'vscode-languageserver-protocol';
import { isArchitecture, isScenario, type Scenario } from '../../generated/ast.ts';
import { secondsOf } from '../../lowering/scenario.ts';
import { type Fixer, indentationOf, isAloneOnItsLines, lineAt, lineEndOf, nodeAt, removal } from './fix.ts';

/** A day, or so many days that every step and expectation has its time. */
export const addRun: Fixer = (mistake) => {
  const scenario = nodeAt(mistake, isScenario);
  const close = GrammarUtils.findNodeForKeyword(scenario?.$cstNode, '}');
  if (!scenario || !close) return [];
  const run = `run ${hoursOf(scenario)} h`;
  return [
    {
      title: `Add "${run}"`,
      edits: [insertion(mistake.document, scenario, close.range.start, run)],
      isPreferred: true,
    },
  ];
};

const DAY_SECONDS = 86_400;

function hoursOf({ steps, expectations }: Scenario): number {
  const last = Math.max(0, ...steps.map((step) => secondsOf(step.at)));
  const longest = Math.max(0, ...expectations.map((expectation) => secondsOf(expectation.within)));
  const days = Math.max(1, Math.ceil((last + longest) / DAY_SECONDS));
  return Number.isFinite(days) ? days * 24 : 24;
}

/** On a line of its own where the block has lines: before the first expectation, else at the block's end. */
function insertion(document: LangiumDocument, scenario: Scenario, close: Position, run: string): TextEdit {
  const expectation = scenario.expectations[0]?.$cstNode?.range;
  if (expectation && isAloneOnItsLines(document, expectation)) {
    const start = { line: expectation.start.line, character: 0 };
    const indentation = indentationOf(lineAt(document, start.line));
    return { range: { start, end: start }, newText: `${indentation}${run}${lineEndOf(document)}` };
  }
  const before = lineAt(document, close.line).slice(0, close.character);
  if (before.trim() !== '') {
    const blank = /\s$/.test(before) ? '' : ' ';
    return { range: { start: close, end: close }, newText: `${blank}${run} ` };
  }
  const start = { line: close.line, character: 0 };
  return { range: { start, end: start }, newText: `${before}  ${run}${lineEndOf(document)}` };
}

/** On each architecture that the file sees; more than a few make no choice but a list. */
export const addOn: Fixer = (mistake) => {
  const scenario = nodeAt(mistake, isScenario);
  const at = ['title', 'name'].flatMap((part) => GrammarUtils.findNodeForProperty(scenario?.$cstNode, part) ?? [])[0];
  if (!at) return [];
  const declared = mistake.services.names.FileNames.declarations(mistake.document).values();
  const architectures = [...declared].filter(isArchitecture).slice(0, 5);
  return architectures.map(({ name }) => ({
    title: `Add "on ${name}"`,
    edits: [{ range: { start: at.range.end, end: at.range.end }, newText: ` on ${name}` }],
    isPreferred: architectures.length === 1,
  }));
};

export const removeOn: Fixer = (mistake) => {
  const scenario = nodeAt(mistake, isScenario);
  const on = GrammarUtils.findNodeForKeyword(scenario?.$cstNode, 'on')?.range;
  const last = scenario?.architectures.at(-1)?.$refNode?.range;
  if (!on || !last) return [];
  return [
    { title: 'Remove "on"', edits: [removal(mistake.document, { start: on.start, end: last.end })], isPreferred: true },
  ];
};
