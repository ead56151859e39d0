import type { LangiumDocument, LexerResult } from 'langium';
import type { P2PArchServices } from '../services.ts';
import { type Block, outline, type Statement, StatementWords } from './outline.ts';
import { GrammarWalk, type Step, type Token } from './walk.ts';

/** What stands at and around a place in a text. */
export interface Sight {
  readonly text: string;
  readonly offset: number;
  readonly tokens: readonly Token[];
  /** The word that the place stands in or at the end of; empty between words. */
  readonly word: { readonly start: number; readonly end: number };
  /** The token that the place stands in or at the end of: a word, a number, a text. */
  readonly touched?: Token;
  readonly within: 'code' | 'comment' | 'text';
  readonly file: Block;
  readonly block: Block;
  /** The statement that the place stands in, and its tokens before and behind the word. */
  readonly statement?: Statement;
  readonly before: readonly Token[];
  readonly behind: readonly Token[];
  /** The way that the grammar takes through `before`: for each token the step that read it. */
  readonly way: readonly Step[];
  /** What may stand here; where `before` is wrong, nothing. */
  readonly steps: readonly Step[];
  /** Whether `before` is no beginning of any statement that may stand in this block. */
  readonly isWrong: boolean;
}

/** The offset behind a token. */
export const endOf = (token: Token): number => token.startOffset + token.image.length;

/** Looks at places in texts. It reads tokens, not the syntax tree: a text that is being typed is seldom whole. */
export class Sights {
  readonly walk: GrammarWalk;
  private last: { readonly text: string; readonly result: LexerResult } | undefined;
  private readonly services: P2PArchServices;
  private readonly words: StatementWords;

  constructor(services: P2PArchServices) {
    this.services = services;
    this.walk = new GrammarWalk(services.Grammar);
    this.words = new StatementWords(this.walk);
  }

  at(document: LangiumDocument, offset: number): Sight {
    const text = document.textDocument.getText();
    const { tokens: all, hidden, errors } = this.lexed(text);
    const word = wordAt(text, offset);
    const touched = touchedAt(all, offset);
    // The word that is being written says nothing yet, whatever it is so far.
    const tokens = without(all, word);
    const isOpen = (token: Token): boolean =>
      errors.some((error) => error.offset === token.startOffset && error.length === token.image.length);
    const within = withinAt(text, offset, [...nearby(all, offset), ...nearby(hidden, offset)], isOpen);
    const inText = within === 'text' && touched ? touched.startOffset : word.start;
    return {
      text,
      offset,
      word,
      ...(touched && { touched }),
      within,
      ...this.look(tokens, countBefore(tokens, inText)),
    };
  }

  /** As `at`, with the token that stands there read as well: the last step of `way` says how. */
  on(document: LangiumDocument, offset: number): (Sight & { readonly touched: Token }) | undefined {
    const text = document.textDocument.getText();
    const { tokens } = this.lexed(text);
    // Between two tokens that touch, the one behind is meant; at the end of a word, the word.
    const count = countBefore(tokens, offset + 1);
    const last = tokens[count - 1];
    const touched = last && endOf(last) >= offset ? last : undefined;
    if (!touched) return undefined;
    const word = { start: touched.startOffset, end: endOf(touched) };
    return { text, offset, word, touched, within: 'code', ...this.look(tokens, count) };
  }

  /** The last text is asked about again and again: completion, hints and hovers come one after the other. */
  private lexed(text: string): LexerResult {
    if (this.last?.text !== text) this.last = { text, result: this.services.parser.Lexer.tokenize(text) };
    return this.last.result;
  }

  /** What may begin in a block. */
  beginnings(block: Block): Step[] {
    const path = this.words.pathOf(block);
    return path ? this.walk.next(this.walk.inside(path)) : [];
  }

  private look(
    tokens: readonly Token[],
    count: number,
  ): Pick<Sight, 'tokens' | 'file' | 'block' | 'statement' | 'before' | 'behind' | 'way' | 'steps' | 'isWrong'> {
    const file = outline(tokens, this.words);
    const { block, statement } = locate(file, count);
    const before = statement ? tokens.slice(statement.start, count) : [];
    const behind = statement
      ? tokens.slice(count, Math.min(statement.block?.open ?? statement.end, statement.end))
      : [];
    return { tokens, file, block, ...(statement && { statement }), before, behind, ...this.read(block, before) };
  }

  private read(block: Block, before: readonly Token[]): Pick<Sight, 'way' | 'steps' | 'isWrong'> {
    let steps = this.beginnings(block);
    const way: Step[] = [];
    for (const token of before) {
      const ways = this.walk.read(steps, token);
      if (!ways[0]) return { way, steps: [], isWrong: true };
      way.push(ways[0]);
      steps = this.walk.after(ways);
    }
    return { way, steps, isWrong: false };
  }
}

const SIGHTS = new WeakMap<P2PArchServices, Sights>();

/** One for all that look at the same files. */
export function sightsOf(services: P2PArchServices): Sights {
  const kept = SIGHTS.get(services) ?? new Sights(services);
  SIGHTS.set(services, kept);
  return kept;
}

const WORD_BEFORE = /[\p{L}\p{M}\p{Nd}_-]*$/u;
const WORD_BEHIND = /^[\p{L}\p{M}\p{Nd}_-]*/u;
/** Longer names than this are cut; what is around the place counts, not the length of a line. */
const LONGEST = 400;

/** The word around a place. Digits right before it are a number's, as in `5min`. */
function wordAt(text: string, offset: number): { start: number; end: number } {
  const run = WORD_BEFORE.exec(text.slice(Math.max(0, offset - LONGEST), offset))?.[0] ?? '';
  const number = /^-?\d[\d_-]*/.exec(run)?.[0] ?? '';
  const written = run.slice(number.length).replace(/^-+/, '');
  // Right before a word none is being written: what is put there stands beside it.
  const follows = written === '' ? '' : (WORD_BEHIND.exec(text.slice(offset, offset + LONGEST))?.[0] ?? '');
  return { start: offset - written.length, end: offset + follows.length };
}

/** How many tokens begin before `offset`. */
function countBefore(tokens: readonly Token[], offset: number): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle] as Token).startOffset < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function touchedAt(tokens: readonly Token[], offset: number): Token | undefined {
  const at = countBefore(tokens, offset);
  return [tokens[at - 1], tokens[at]].find((token) => token && token.startOffset <= offset && endOf(token) >= offset);
}

/** The tokens but those of a word; all where the word is empty. */
function without(tokens: readonly Token[], { start, end }: { start: number; end: number }): readonly Token[] {
  const behind = Math.max(countBefore(tokens, end), countBefore(tokens, start));
  let before = countBefore(tokens, start);
  while (before > 0 && endOf(tokens[before - 1] as Token) > start) before--;
  return before === behind ? tokens : [...tokens.slice(0, before), ...tokens.slice(behind)];
}

/** The last token that begins before `offset`. */
function nearby(tokens: readonly Token[], offset: number): Token[] {
  const last = tokens[countBefore(tokens, offset) - 1];
  return last ? [last] : [];
}

function withinAt(
  text: string,
  offset: number,
  before: readonly Token[],
  isOpen: (token: Token) => boolean,
): Sight['within'] {
  for (const token of before) {
    const end = endOf(token);
    const kind = token.tokenType.name;
    if (kind === 'LINE_COMMENT' && offset <= end) return 'comment';
    if ((kind === 'BLOCK_COMMENT' || kind === 'DOC_COMMENT') && offset < end) return 'comment';
    if (kind === 'STRING' && (offset < end || (offset === end && isOpen(token)))) return 'text';
  }
  // A comment that is not closed is no token: all behind the last one is in it.
  const end = Math.max(0, ...before.map(endOf));
  return /^\s*\/\*/.test(text.slice(end, offset)) ? 'comment' : 'code';
}

function locate(file: Block, count: number): { block: Block; statement: Statement | undefined } {
  let block = file;
  for (;;) {
    const statement = block.statements.findLast((one) => one.start < count);
    const inner = statement?.block;
    if (!inner || count <= inner.open) return { block, statement };
    // Behind its block a statement is over.
    if (count > inner.close) return { block, statement: undefined };
    block = inner;
  }
}
