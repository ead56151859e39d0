import type { IToken, TokenType } from 'chevrotain';
import {
  type AstNode,
  AstUtils,
  createParser,
  GrammarAST,
  type LangiumCoreServices,
  LangiumParser,
  type ParseResult,
  type ParserOptions,
} from 'langium';
import type { File } from '../generated/ast.ts';
import { assemble, type Workshop } from './assembly.ts';
import { createMisplaced } from './misplaced.ts';
import { MovableCstBuilder } from './movable.ts';
import type { Piece } from './pieces.ts';
import type { LexedText } from './relex.ts';
import { spansOf } from './spans.ts';
import { HandedWords, readStatement } from './statements.ts';

/** A tree, its errors, and the statements that it was put together from. */
export interface FileResult extends ParseResult<File> {
  readonly pieces: readonly Piece[];
  readonly lexed: LexedText;
}

/**
 * Reads a file statement by statement, each by Langium's parser for itself, and puts the tree together from them. It is
 * the one way of reading: whether a text is new or the next state of one that was read before, the result is the same.
 */
export class P2PArchParser extends LangiumParser {
  protected override readonly lexer: HandedWords;
  private readonly builder = new MovableCstBuilder();
  private readonly workshop: Workshop;

  constructor(services: LangiumCoreServices) {
    super(services);
    const { Lexer, ParserErrorMessageProvider } = services.parser;
    this.lexer = new HandedWords(Lexer);
    // The builder of the concrete syntax is Langium's own affair; it has no other way to be replaced.
    Reflect.set(this, 'nodeBuilder', this.builder);
    const closing = Object.values(Lexer.definition).find(({ name }) => name === '}');
    if (!closing) throw new Error('the grammar has no }');
    const parse: LangiumParser['parse'] = (text, options) => super.parse(text, options);
    this.workshop = {
      read: (...what) => {
        // To mend a mistake in deep brackets, Chevrotain tries two ways at each level: of these the first mistake is told.
        Reflect.set(this.wrapper, 'recoveryEnabled', deepest(what[1].tokens) <= DEEPEST_MENDED);
        return readStatement(parse, this.builder, this.lexer, ...what);
      },
      linker: services.references.Linker,
      misplaced: createMisplaced(ParserErrorMessageProvider, closing),
      missing: standIn(closing),
      ...elementsOf(services.Grammar),
    };
  }

  override parse<T extends AstNode = AstNode>(text: string, options?: ParserOptions): ParseResult<T> {
    if (options?.rule !== undefined) return super.parse<T>(text, options);
    return this.read(text, []) as ParseResult<AstNode> as ParseResult<T>;
  }

  /** The next state of a file: takes over what is the same, and leaves the last result without a use. */
  parseAgain<T extends AstNode = AstNode>(text: string, last: ParseResult): ParseResult<T> {
    const known = 'lexed' in last ? (last as FileResult).lexed : undefined;
    return this.read(text, piecesOf(last), known) as ParseResult<AstNode> as ParseResult<T>;
  }

  private read(text: string, last: readonly Piece[], known?: LexedText): FileResult {
    const lexed = { text, ...this.lexer.read(text, known) };
    const { tokens, hidden, errors } = lexed;
    const words = { text, tokens, hidden, hasErrors: errors.length > 0 };
    const { file, pieces, errors: parserErrors } = assemble(this.workshop, spansOf(tokens), words, last);
    return { value: file, pieces, lexed, parserErrors: [...parserErrors], lexerErrors: errors };
  }
}

/** The statements of a file; none where it was never read. */
export const piecesOf = (result: ParseResult): readonly Piece[] =>
  'pieces' in result ? (result as FileResult).pieces : [];

const DEEPEST_MENDED = 3;

function deepest(tokens: readonly IToken[]): number {
  let [depth, most] = [0, 0];
  for (const { image } of tokens) {
    if (image === '(') most = Math.max(most, ++depth);
    else if (image === ')') depth--;
  }
  return most;
}

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
  for (const rule of grammar.rules) {
    for (const node of AstUtils.streamAllContents(rule)) {
      if (GrammarAST.isAssignment(node)) found.set(`${rule.name}.${node.feature}`, node);
      else if (GrammarAST.isKeyword(node) && node.value === '}') found.set(`${rule.name} }`, node);
    }
  }
  const element = (key: string): GrammarAST.AbstractElement => {
    const node = found.get(key);
    if (!node) throw new Error(`the grammar has no ${key}`);
    return node;
  };
  return { assignment: (type, property) => element(`${type}.${property}`), closing: (type) => element(`${type} }`) };
}

/** The parser of the language with its rules. */
export function createP2PArchParser(services: LangiumCoreServices): P2PArchParser {
  const parser = createParser(services.Grammar, new P2PArchParser(services), services.parser.Lexer.definition);
  parser.finalize();
  return parser;
}
