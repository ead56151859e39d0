import type { LangiumCoreServices, LangiumDocument, LexerResult } from 'langium';
import type { Formatter } from 'langium/lsp';
import type {
  DocumentFormattingParams,
  DocumentOnTypeFormattingOptions,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  Position,
  TextEdit,
} from 'vscode-languageserver-protocol';
import { type Change, type FormatOptions, format, wrongSpans } from './format.ts';
import { indentation, type Lines, within, withinKeepingLineEnds } from './lines.ts';
import { isBlank } from './spacing.ts';
import { readStatements, type Span } from './statements.ts';
import { blockClosedAt, levelAt } from './typing.ts';

/** Answers an editor from the one function that formats: for a file, for lines of it, and while somebody types. */
export class P2PArchFormatter implements Formatter {
  readonly formatOnTypeOptions: DocumentOnTypeFormattingOptions = {
    firstTriggerCharacter: '}',
    moreTriggerCharacter: ['\n'],
  };
  private readonly lexer: LangiumCoreServices['parser']['Lexer'];

  constructor(services: LangiumCoreServices) {
    this.lexer = services.parser.Lexer;
  }

  formatDocument(document: LangiumDocument, { options }: DocumentFormattingParams): TextEdit[] {
    const { changes, toEdit } = this.read(document, options);
    return changes.map(toEdit);
  }

  formatDocumentRange(document: LangiumDocument, { options, range }: DocumentRangeFormattingParams): TextEdit[] {
    const { text, changes, lineOf, toEdit } = this.read(document, options);
    const { start, end } = range;
    // A selection of whole lines ends before the first character of the next one.
    const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
    return within(changes, text, lineOf, { first: start.line, last }).map(toEdit);
  }

  formatDocumentOnType(
    document: LangiumDocument,
    { ch, options, position }: DocumentOnTypeFormattingParams,
  ): TextEdit[] {
    const reading = this.read(document, options);
    if (ch === '}') return onBrace(reading, position);
    return ch === '\n' ? onLineEnd(reading, position, options) : [];
  }

  private read(document: LangiumDocument, options: FormatOptions): Reading {
    const { textDocument, parseResult } = document;
    const text = textDocument.getText();
    const words = this.lexer.tokenize(text);
    const wrong = wrongSpans(parseResult);
    return {
      text,
      words,
      wrong,
      changes: format(text, words, wrong, options),
      offsetAt: (position) => textDocument.offsetAt(position),
      lineOf: (offset) => textDocument.positionAt(offset).line,
      toEdit: ({ start, end, text: newText }) => ({
        range: { start: textDocument.positionAt(start), end: textDocument.positionAt(end) },
        newText,
      }),
    };
  }
}

/** A file as it is when it is to be formatted. */
interface Reading {
  readonly text: string;
  readonly words: LexerResult;
  readonly wrong: readonly Span[];
  readonly changes: readonly Change[];
  offsetAt(position: Position): number;
  lineOf(offset: number): number;
  toEdit(change: Change): TextEdit;
}

/** A `}` puts the lines of its block in order. */
function onBrace({ text, words, wrong, changes, lineOf, offsetAt, toEdit }: Reading, position: Position): TextEdit[] {
  const block = blockClosedAt(words, readStatements(words.tokens, wrong), offsetAt(position));
  if (!block) return [];
  const lines: Lines = { first: lineOf(block.start), last: lineOf(block.end) };
  return withinKeepingLineEnds(changes, text, lineOf, lines).map(toEdit);
}

/**
 * A line end puts the line before it in order, and the line that it begins. The blanks of one with nothing on it yet
 * are those that its statement will need.
 */
function onLineEnd(
  { text, words, wrong, changes, lineOf, offsetAt, toEdit }: Reading,
  { line }: Position,
  options: FormatOptions,
): TextEdit[] {
  const start = offsetAt({ line, character: 0 });
  const found = /[^\r\n]*/y.exec(text.slice(start))?.[0] ?? '';
  const isEmpty = isBlank(found);
  const edits = withinKeepingLineEnds(changes, text, lineOf, { first: line - 1, last: isEmpty ? line - 1 : line });
  const level = isEmpty ? levelAt(text, words, readStatements(words.tokens, wrong), start) : undefined;
  const wanted = level === undefined ? found : indentation(level, options);
  const own = wanted === found ? [] : [{ start, end: start + found.length, text: wanted }];
  return [...edits, ...own].map(toEdit);
}
