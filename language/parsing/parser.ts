import type { IToken } from 'chevrotain';
import {
  type AstNode,
  createParser,
  type LangiumCoreServices,
  LangiumParser,
  type ParseResult,
  type ParserOptions,
} from 'langium';
import { MovableCstBuilder } from './movable.ts';
import type { FileReader } from './reader.ts';
import { HandedWords, readStatement, type StatementReader } from './statements.ts';

/** Langium's parser of single statements, of which a file is put together by the reader that stands before it. */
export class P2PArchParser extends LangiumParser {
  protected override readonly lexer: HandedWords;
  readonly statement: StatementReader;
  private readonly files: () => FileReader;

  constructor(services: LangiumCoreServices, files: () => FileReader) {
    super(services);
    this.files = files;
    this.lexer = new HandedWords(services.parser.Lexer);
    const builder = new MovableCstBuilder();
    // The builder of the concrete syntax is Langium's own affair; it has no other way to be replaced.
    Reflect.set(this, 'nodeBuilder', builder);
    const parse: LangiumParser['parse'] = (text, options) => super.parse(text, options);
    this.statement = (...what) => {
      // To mend a mistake in deep brackets, Chevrotain tries two ways at each level: of these the first mistake is told.
      Reflect.set(this.wrapper, 'recoveryEnabled', deepest(what[1].tokens) <= DEEPEST_MENDED);
      return readStatement(parse, builder, this.lexer, ...what);
    };
  }

  override parse<T extends AstNode = AstNode>(text: string, options?: ParserOptions): ParseResult<T> {
    if (options?.rule !== undefined) return super.parse<T>(text, options);
    return this.files().read(text) as ParseResult<AstNode> as ParseResult<T>;
  }
}

const DEEPEST_MENDED = 3;

function deepest(tokens: readonly IToken[]): number {
  let [depth, most] = [0, 0];
  for (const { image } of tokens) {
    if (image === '(') most = Math.max(most, ++depth);
    else if (image === ')') depth--;
  }
  return most;
}

/** The parser of the language with its rules. */
export function createP2PArchParser(services: LangiumCoreServices, files: () => FileReader): P2PArchParser {
  const parser = createParser(services.Grammar, new P2PArchParser(services, files), services.parser.Lexer.definition);
  parser.finalize();
  return parser;
}
