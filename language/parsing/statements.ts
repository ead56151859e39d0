import type { IRecognitionException, IToken } from 'chevrotain';
import type { AstNode, LangiumParser, Lexer, LexerResult } from 'langium';
import { type Anchor, MovableComposite, type MovableCstBuilder } from './movable.ts';

/** What was read of the words of one statement. */
export interface Statement {
  readonly node: AstNode;
  readonly cst: MovableComposite;
  readonly errors: readonly IRecognitionException[];
  /** The first of its words that the statement has no place for. */
  readonly redundant?: IToken;
}

export interface StatementWords {
  readonly tokens: readonly IToken[];
  /** The comments between them. */
  readonly hidden: readonly IToken[];
  /** The word behind the statement: what is missing at its end is told of this one. */
  readonly next: IToken | undefined;
}

/** Reads the words of one statement by a rule of the grammar. */
export type StatementReader = (rule: string, words: StatementWords, anchor: Anchor) => Statement;

/** Stands in for the lexer: the words were read already, all in one go. */
export class HandedWords implements Lexer {
  private result: LexerResult = { tokens: [], hidden: [], errors: [] };

  constructor(private readonly lexer: Lexer) {}

  get definition(): Lexer['definition'] {
    return this.lexer.definition;
  }

  hand(tokens: IToken[], hidden: IToken[]): void {
    this.result = { tokens, hidden, errors: [] };
  }

  tokenize(text: string): LexerResult {
    if (text !== '') return this.lexer.tokenize(text);
    return this.result;
  }
}

export function readStatement(
  parse: LangiumParser['parse'],
  builder: MovableCstBuilder,
  handed: HandedWords,
  ...[rule, { tokens, hidden, next }, anchor]: Parameters<StatementReader>
): Statement {
  builder.anchor = anchor;
  const read = (words: readonly IToken[]) => {
    handed.hand([...words], [...hidden]);
    return parse('', { rule });
  };
  // Words without errors need nothing behind them; of others, the word behind is named in errors. Being of no kind, it is
  // never taken into the statement.
  let result = read(tokens);
  const behind = next && { ...next, tokenTypeIdx: -1 };
  if (result.parserErrors.length > 0 && behind) result = read([...tokens, behind]);
  const { value, parserErrors } = result;
  const left = parserErrors.find(({ name }) => name === 'NotAllInputParsedException');
  const { $cstNode: cst } = value;
  if (!(cst instanceof MovableComposite)) throw new Error('a statement without its words');
  const errors = parserErrors.filter((error) => error !== left);
  return { node: value, cst, errors, ...(left && left.token !== behind && { redundant: left.token }) };
}
