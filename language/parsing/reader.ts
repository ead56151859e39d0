import type { IToken, TokenType } from 'chevrotain';
import { GrammarAST, type LangiumCoreServices, type LexerResult, type ParseResult } from 'langium';
import type { File } from '../generated/ast.ts';
import { assemble, type Workshop } from './assembly.ts';
import { eachElement } from './elements.ts';
import { P2PArchLexer } from './lexer.ts';
import { createMisplaced } from './misplaced.ts';
import type { Piece } from './pieces.ts';
import { type QuickReader, quickReader } from './quick.ts';
import type { LexedText } from './relex.ts';
import { spansOf } from './spans.ts';
import type { StatementReader } from './statements.ts';

/** A tree, its errors, and the statements that it was put together from. */
export interface FileResult extends ParseResult<File> {
  readonly pieces: readonly Piece[];
  readonly lexed: LexedText;
}

/**
 * Reads a file statement by statement, each for itself, and puts the tree together from them. It is the one way of
 * reading: whether a text is new or the next state of one that was read before, the result is the same. A statement
 * that is not right is read by Langium's parser, which says what is wrong; it is not made before there is one.
 */
export class FileReader {
  private readonly services: LangiumCoreServices;
  private readonly workshop: Workshop;

  constructor(
    services: LangiumCoreServices,
    parser: () => { readonly statement: StatementReader },
    quick: QuickReader = quickReader(services),
  ) {
    this.services = services;
    const { Lexer, ParserErrorMessageProvider } = services.parser;
    const closing = Object.values(Lexer.definition).find(({ name }) => name === '}');
    if (!closing) throw new Error('the grammar has no }');
    this.workshop = {
      read: (...what) => quick(...what) ?? parser().statement(...what),
      linker: services.references.Linker,
      misplaced: createMisplaced(ParserErrorMessageProvider, closing),
      missing: standIn(closing),
      ...elementsOf(services.Grammar),
    };
  }

  /** `last` is the last state of the file: what is the same is taken over, and leaves that result without a use. */
  read(text: string, last?: ParseResult): FileResult {
    const lexed = { text, ...this.words(text, last && 'lexed' in last ? (last as FileResult).lexed : undefined) };
    const { tokens, hidden, errors } = lexed;
    const words = { text, tokens, hidden, hasErrors: errors.length > 0 };
    const old = last === undefined ? [] : piecesOf(last);
    const { file, pieces, errors: parserErrors } = assemble(this.workshop, spansOf(tokens), words, old);
    return { value: file, pieces, lexed, parserErrors: [...parserErrors], lexerErrors: errors };
  }

  private words(text: string, last: LexedText | undefined): LexerResult {
    const { Lexer } = this.services.parser;
    return last && Lexer instanceof P2PArchLexer ? Lexer.retokenize(text, last) : Lexer.tokenize(text);
  }
}

/** The statements of a file; none where it was never read. */
export const piecesOf = (result: ParseResult): readonly Piece[] =>
  'pieces' in result ? (result as FileResult).pieces : [];

/** A token of a kind that the text does not have. */
const standIn = (tokenType: TokenType): IToken => ({
  image: tokenType.name,
  tokenType,
  tokenTypeIdx: tokenType.tokenTypeIdx as number,
  startOffset: Number.NaN,
});

/** Looks up elements of the grammar by what they make. */
function elementsOf(grammar: GrammarAST.Grammar): Pick<Workshop, 'assignment' | 'closing'> {
  const found = new Map<string, GrammarAST.AbstractElement>();
  for (const rule of grammar.rules.filter(GrammarAST.isParserRule)) {
    eachElement(rule.definition, (element) => {
      if (GrammarAST.isAssignment(element)) found.set(`${rule.name}.${element.feature}`, element);
      else if (GrammarAST.isKeyword(element) && element.value === '}') found.set(`${rule.name} }`, element);
    });
  }
  const element = (key: string): GrammarAST.AbstractElement => {
    const node = found.get(key);
    if (!node) throw new Error(`the grammar has no ${key}`);
    return node;
  };
  return { assignment: (type, property) => element(`${type}.${property}`), closing: (type) => element(`${type} }`) };
}
