import type { LexerResult, ParseResult } from 'langium';
import { layOut } from './layout.ts';
import { readStatements, type Span } from './statements.ts';

export interface FormatOptions {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
}

/** The style of the examples. */
const HOUSE_STYLE: FormatOptions = { tabSize: 2, insertSpaces: true };

/** Other blanks, or none, at one place of a text. */
export interface Change extends Span {
  readonly text: string;
}

/**
 * What the house style changes in a text, in order of place: blanks and line ends between words, blanks behind line
 * comments, the margins of documentation comments, nothing else. A statement with an error in it is left as it is,
 * and so is a whole declaration at file level whose braces do not pair, for there nobody knows what belongs to what.
 */
export function format(
  text: string,
  { tokens, hidden }: Pick<LexerResult, 'tokens' | 'hidden'>,
  wrong: readonly Span[] = [],
  options: FormatOptions = HOUSE_STYLE,
): Change[] {
  return layOut({ text, tokens, comments: hidden, statements: readStatements(tokens, wrong) }, options);
}

/** Where a text cannot be read: the words of each error, the word before it, and what the parser skipped after it. */
export function wrongSpans({
  lexerErrors,
  parserErrors,
}: Pick<ParseResult, 'lexerErrors' | 'parserErrors'>): readonly Span[] {
  const lexed = lexerErrors.map(({ offset, length }) => ({ start: offset, end: offset + length }));
  const parsed = parserErrors.flatMap((error) => {
    const before = 'previousToken' in error ? [error.previousToken as typeof error.token] : [];
    return [...before, error.token, ...(error.resyncedTokens ?? [])].map(spanOf);
  });
  return [...lexed, ...parsed];
}

/** The end of the file is a token without a place. */
function spanOf(token: LexerResult['tokens'][number] | undefined): Span {
  const start = token?.startOffset ?? Number.NaN;
  return Number.isNaN(start)
    ? { start: Number.POSITIVE_INFINITY, end: Number.POSITIVE_INFINITY }
    : { start, end: (token?.endOffset ?? start) + 1 };
}
