import { createToken, type ILexingError, type IToken, type TokenType } from 'chevrotain';
import { GrammarAST, type LangiumCoreServices, type Lexer, type LexerResult } from 'langium';
import { eachElement } from './elements.ts';
import { habitOfSigns } from './habits.ts';
import { nearest } from './nearest.ts';
import { type Beginning, type Depth, type LexedText, relex } from './relex.ts';
import { behindNumber, didYouMean, noUnit, reservedName } from './slips.ts';

/**
 * The lexer of the language, by hand: a generated one needs a custom matcher for names in any script, and with it
 * loses the longer alternative of keywords and a factor of forty in time. Reading never fails: what cannot be read
 * becomes an issue at the smallest wrong words and, where that helps, a token so that the parser goes on.
 */
export class P2PArchLexer implements Lexer {
  readonly definition: Record<string, TokenType>;
  private readonly keywords = new Map<string, TokenType>();

  constructor(services: LangiumCoreServices) {
    for (const value of keywordsOf(services.Grammar)) {
      this.keywords.set(value, createToken({ name: value, pattern: value }));
    }
    const terminals = services.Grammar.rules.filter(GrammarAST.isTerminalRule);
    this.definition = Object.fromEntries([
      ...this.keywords,
      ...terminals.map(({ name }) => [name, createToken({ name })] as const),
    ]);
  }

  tokenize(text: string): LexerResult {
    return new Reading(text, this.definition, this.keywords).run();
  }

  /** As `tokenize`, where the last text and the words in it are known: reads what has changed, and moves what follows. */
  retokenize(text: string, last: LexedText): LexerResult {
    const read = (from: Beginning, done: (words: readonly IToken[]) => boolean): LexerResult =>
      new Reading(text, this.definition, this.keywords, from).run(done);
    return relex(text, last, read) ?? this.tokenize(text);
  }
}

function keywordsOf(grammar: GrammarAST.Grammar): Set<string> {
  const keywords = new Set<string>();
  for (const rule of grammar.rules.filter(GrammarAST.isParserRule)) {
    eachElement(rule.definition, (element) => {
      if (GrammarAST.isKeyword(element)) keywords.add(element.value);
    });
  }
  return keywords;
}

export const UNITS: readonly string[] = ['ms', 's', 'min', 'h', 'd'];
const UNIT_LIKE: readonly (readonly [RegExp, string])[] = [
  [/^(ms|msecs?|millis|milliseconds?)$/i, 'ms'],
  [/^(s|secs?|seconds?)$/i, 's'],
  [/^(m|mins?|minutes?)$/i, 'min'],
  [/^(h|hrs?|hours?)$/i, 'h'],
  [/^(d|days?)$/i, 'd'],
];

/** Words of the text as a message shows them: not too long, and without what would steer a terminal. */
export function shown(words: string): string {
  const plain = words.replace(/\p{Cc}/gu, '\uFFFD');
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain;
}

/** The unit that somebody who wrote `word` most likely meant. */
export const unitLike = (word: string): string | undefined => UNIT_LIKE.find(([pattern]) => pattern.test(word))?.[1];

const BLANKS = /\s+/y;
const WORD = /[\p{L}_](?:[\p{L}\p{M}\p{Nd}_-]*[\p{L}\p{M}\p{Nd}_])?/uy;
const NUMBER = /-?\d+(?:_\d+)*(?:\.\d+)?/y;
const DATE = /\d+-\d+-\d+/y;
const LINE_COMMENT = /\/\/[^\n\r]*/y;
const BLOCK_COMMENT = /\/\*[\s\S]*?\*\//y;
const STRING = /"(?:\\[^\r\n]|[^"\\\r\n])*"?/y;
const UNREADABLE = /[^\s\p{L}_\d"{}(),/%]+/uy;
const DECLARING = new Set(['company', 'users', 'vendor', 'group', 'service', 'hazard', 'architecture', 'scenario']);
/** Behind these a name stands, so a name there is no misspelled word. */
const EXPECTING_NAME = new Set([
  ...DECLARING,
  ...'needs and or for from to through on extends without require survives crash strike restore of expect'.split(' '),
  'INT',
  'NUMBER',
  '(',
  ',',
]);
const MEANS_KEYWORD_BEFORE = new Set(['NAME', 'INT']);
const STATEMENT_WORDS = [...DECLARING, 'needs', 'without', 'require', 'restore', 'crash', 'strike', 'expect'];
const PROPERTY_WORDS = ['instances', 'serves', 'admits', 'needs', 'at', 'run', 'add'];
const DEEPEST = 100;
const PUNCTUATION = new Set(['{', '}', '(', ')', ',', '/', '%']);

/** One pass over one text. */
class Reading {
  private readonly tokens: IToken[] = [];
  private readonly hidden: IToken[] = [];
  private readonly errors: ILexingError[] = [];
  private offset: number;
  private line: number;
  private lineStart: number;
  private readonly depth: Depth;
  /** The word before the first. */
  private readonly before: IToken | undefined;

  constructor(
    private readonly text: string,
    private readonly types: Record<string, TokenType>,
    private readonly keywords: ReadonlyMap<string, TokenType>,
    from: Beginning = { offset: 0, line: 1, lineStart: 0, depth: { parentheses: 0, braces: 0 }, before: undefined },
  ) {
    ({ offset: this.offset, line: this.line, lineStart: this.lineStart, before: this.before } = from);
    this.depth = { ...from.depth };
  }

  run(done: (words: readonly IToken[]) => boolean = () => false): LexerResult {
    while (this.offset < this.text.length && !done(this.tokens)) this.next();
    for (const [index, token] of this.tokens.entries())
      this.mendKeyword(token, this.tokens[index - 1] ?? this.before, this.tokens[index + 1]);
    this.errors.sort((left, right) => left.offset - right.offset);
    return { tokens: this.tokens, hidden: this.hidden, errors: this.errors };
  }

  private next(): void {
    const character = this.text[this.offset] as string;
    if (PUNCTUATION.has(character) && !this.startsComment(character)) {
      this.punctuation(character);
    } else if (character === '"') {
      this.string();
    } else if (character === '/') {
      this.comment();
    } else if (character >= '0' && character <= '9') {
      this.number();
    } else if (character === '-' && /\d/.test(this.text[this.offset + 1] ?? '')) {
      this.number();
    } else {
      const blanks = this.match(BLANKS);
      const word = blanks === undefined ? this.match(WORD) : undefined;
      if (blanks !== undefined) this.skip(blanks);
      else if (word !== undefined) this.word(word);
      else this.unreadable();
    }
  }

  /** A parser that descends has an end; nobody writes as deep as ours goes. */
  private punctuation(character: string): void {
    const opening = character === '(' || character === '{';
    const bracket = character === '(' || character === ')' ? 'parentheses' : 'braces';
    if (opening && ++this.depth[bracket] === DEEPEST + 1) {
      this.issue(1, `The ${bracket} are nested too deeply here: ${DEEPEST} levels are read.`);
    }
    const tooDeep = this.depth[bracket] > DEEPEST;
    if ((character === ')' || character === '}') && this.depth[bracket] > 0) this.depth[bracket]--;
    if (tooDeep) this.skip(character);
    else this.emit(this.type(character), character);
  }

  /**
   * A misspelled word of the language before a name or a number, where no name can stand: read as the word that was
   * meant, so that the parser does not lose its way in what follows.
   */
  private mendKeyword(token: IToken, previous: IToken | undefined, next: IToken | undefined): void {
    if (token.tokenType.name !== 'NAME' || !next || !MEANS_KEYWORD_BEFORE.has(next.tokenType.name)) return;
    if (previous && EXPECTING_NAME.has(previous.tokenType.name)) return;
    const words = next.tokenType.name === 'INT' ? PROPERTY_WORDS : STATEMENT_WORDS;
    const meant = nearest(token.image, words);
    if (meant === undefined) return;
    const { startOffset: offset, startLine: line = 1, startColumn: column = 1, image } = token;
    const message = `"${shown(image)}" means nothing here. ${didYouMean(meant)}`;
    this.errors.push({ offset, line, column, length: image.length, message });
    token.tokenType = this.type(meant);
    token.tokenTypeIdx = token.tokenType.tokenTypeIdx as number;
  }

  private startsComment(character: string): boolean {
    const following = this.text[this.offset + 1];
    return character === '/' && (following === '/' || following === '*');
  }

  private comment(): void {
    const lineComment = this.match(LINE_COMMENT);
    if (lineComment !== undefined) this.emit(this.type('LINE_COMMENT'), lineComment, this.hidden);
    else this.blockComment();
  }

  private blockComment(): void {
    const block = this.match(BLOCK_COMMENT);
    if (block === undefined) {
      this.issue(2, 'This comment is not closed: "*/" is missing.');
      this.skip(this.text.slice(this.offset));
    } else {
      const documents = block.startsWith('/**') && block.length > 4;
      this.emit(this.type(documents ? 'DOC_COMMENT' : 'BLOCK_COMMENT'), block, this.hidden);
    }
  }

  private string(): void {
    const image = this.match(STRING) as string;
    const closed = image.length > 1 && image.endsWith('"') && !/(^|[^\\])(\\\\)*\\"$/.test(image);
    if (!closed) this.issue(image.length, 'This text is not closed: a " is missing before the end of the line.');
    else {
      const wrongEscape = /^(?:[^\\]|\\["\\nt])*(\\[^"\\nt])/u.exec(image);
      if (wrongEscape) {
        const at = wrongEscape[0].length - (wrongEscape[1] as string).length;
        this.issue(2, `"${shown(wrongEscape[1] as string)}" is no escape: there are \\", \\\\, \\n and \\t.`, at);
      }
    }
    this.emit(this.type('STRING'), image);
  }

  private number(): void {
    const date = this.match(DATE);
    if (date !== undefined) this.emit(this.type('DATE'), date);
    else this.plainNumber(this.match(NUMBER) as string);
  }

  private plainNumber(image: string): void {
    this.emit(this.type(image.includes('.') ? 'NUMBER' : 'INT'), image);
    const word = this.match(WORD);
    if (word === undefined || UNITS.includes(word)) return;
    const unit = unitLike(word);
    if (unit !== undefined) {
      this.issue(word.length, noUnit(shown(word), unit, UNITS));
      this.emit(this.type(unit), word);
    } else if (word.startsWith('_')) {
      this.issue(word.length, 'A number has single "_" between its digits, and nowhere else.');
      this.skip(word);
    } else {
      this.issue(word.length, behindNumber(shown(word), UNITS));
      this.emit(this.keywords.get(word) ?? this.type('NAME'), word);
    }
  }

  /**
   * A word of the language where only a name can stand, right behind a word that declares: read as the name that it
   * was meant for, so that the parser goes on.
   */
  private word(word: string): void {
    const keyword = this.keywords.get(word);
    const last = this.tokens.at(-1) ?? this.before;
    const declares = last !== undefined && last.startLine === this.line && DECLARING.has(last.tokenType.name);
    if (keyword && declares) this.issue(word.length, reservedName(word));
    this.emit(declares ? this.type('NAME') : (keyword ?? this.type('NAME')), word);
  }

  private unreadable(): void {
    const image = this.match(UNREADABLE) ?? String.fromCodePoint(this.text.codePointAt(this.offset) as number);
    this.issue(image.length, `"${shown(image)}" means nothing here.${habitOfSigns(image)}`);
    this.skip(image);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.offset;
    return pattern.exec(this.text)?.[0];
  }

  private type(name: string): TokenType {
    return this.types[name] as TokenType;
  }

  private issue(length: number, message: string, ahead = 0): void {
    const offset = this.offset + ahead;
    this.errors.push({ offset, line: this.line, column: offset - this.lineStart + 1, length, message });
  }

  private emit(tokenType: TokenType, image: string, into: IToken[] = this.tokens): void {
    const token: IToken = {
      image,
      tokenType,
      tokenTypeIdx: tokenType.tokenTypeIdx as number,
      startOffset: this.offset,
      endOffset: this.offset + image.length - 1,
      startLine: this.line,
      startColumn: this.offset - this.lineStart + 1,
      endLine: this.line,
      endColumn: 0,
    };
    this.skip(image);
    token.endLine = this.line;
    token.endColumn = this.offset - this.lineStart;
    into.push(token);
  }

  /** Moves on; line ends are those of the editor's protocol: \n, \r\n and \r. */
  private skip(image: string): void {
    for (let index = 0; index < image.length; index++) {
      const code = image.charCodeAt(index);
      if (code === 10 || (code === 13 && this.text.charCodeAt(this.offset + index + 1) !== 10)) {
        this.line++;
        this.lineStart = this.offset + index + 1;
      }
    }
    this.offset += image.length;
  }
}
