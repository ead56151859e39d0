import type { LangiumDocument } from 'langium';
import type { Range } from 'vscode-languageserver-protocol';
import { reservedIn } from '../../parsing/slips.ts';
import type { Fixer } from './fix.ts';
import { lineAt } from './fix.ts';

/** The name, word, unit or rule that the message says was meant. */
export const change: Fixer = ({ diagnostic: { range }, word: meant }) => {
  return [{ title: `Change to "${meant}"`, edits: [{ range, newText: meant }], isPreferred: true }];
};

/** `5Client` may lack a blank. */
export const insertBlank: Fixer = ({ diagnostic: { range } }) => [
  {
    title: 'Insert a blank',
    edits: [{ range: { start: range.start, end: range.start }, newText: ' ' }],
    isPreferred: true,
  },
];

const DECLARING = /(?:company|users|vendor|group|service|hazard|architecture|scenario)\s+$/;

/** A word of the language as the name of something: the word with a suffix that makes it a name that is free. */
export const suffix: Fixer = ({ document, diagnostic: { range }, word }) => {
  const text = document.textDocument.getText();
  const isDeclared = DECLARING.test(lineAt(document, range.start.line).slice(0, range.start.character));
  const names = new Set(text.match(/[\p{L}_][\p{L}\p{M}\p{Nd}_-]*/gu));
  // Where something is only named, a new name would be unknown.
  if (!isDeclared && !names.has(`${word}_`)) return [];
  let name = `${word}_`;
  for (let index = 2; isDeclared && names.has(name); index++) name = `${word}_${index}`;
  const ranges = [range, ...(isDeclared ? usesOf(document, word) : [])];
  return [
    { title: `Change to "${name}"`, edits: ranges.map((at) => ({ range: at, newText: name })), isPreferred: true },
  ];
};

/** Where a word of the language stands as though it were a name. */
const usesOf = ({ parseResult, textDocument }: LangiumDocument, word: string): Range[] =>
  parseResult.parserErrors
    .filter(({ message, token }) => reservedIn(message) === word && token.image === word)
    .map(({ token: { startOffset } }) => ({
      start: textDocument.positionAt(startOffset),
      end: textDocument.positionAt(startOffset + word.length),
    }));
