import {
  EOF,
  type IParserErrorMessageProvider,
  type IRecognitionException,
  type IToken,
  type TokenType,
} from 'chevrotain';

export type Around = 'File' | 'Architecture' | 'Group';

/** Says of a word that it has no place in a file or a block, or that the block should have ended before it. */
export type Misplaced = (
  around: Around,
  token: IToken | undefined,
  previous: IToken | undefined,
) => IRecognitionException;

export function createMisplaced(messages: IParserErrorMessageProvider, closing: TokenType): Misplaced {
  return (around, token = END, previous = END) => {
    const message =
      around === 'File'
        ? messages.buildNotAllInputParsedMessage({ firstRedundant: token, ruleName: around })
        : messages.buildMismatchTokenMessage({ expected: closing, actual: token, previous, ruleName: around });
    const context = { ruleStack: [around], ruleOccurrenceStack: [0] };
    const error = { name: 'MismatchedTokenException', message, token, resyncedTokens: [], context };
    return Object.assign(error, { previousToken: previous });
  };
}

const END: IToken = { image: '', tokenType: EOF, tokenTypeIdx: EOF.tokenTypeIdx as number, startOffset: Number.NaN };

/** Where an error stands, to put errors in order. */
export function placeOf(error: IRecognitionException): number {
  if (!Number.isNaN(error.token.startOffset)) return error.token.startOffset;
  return 'previousToken' in error ? (error.previousToken as IToken).startOffset : Number.POSITIVE_INFINITY;
}
