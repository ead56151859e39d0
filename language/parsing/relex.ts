import type { IToken } from 'chevrotain';
import type { LexerResult } from 'langium';

/** A text, and its words as they were read. */
export interface LexedText extends LexerResult {
  readonly text: string;
}

export interface Depth {
  parentheses: number;
  braces: number;
}

/** Where a reading begins in the middle of a text. */
export interface Beginning {
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  readonly lineStart: number;
  readonly depth: Depth;
  readonly before: IToken | undefined;
}

type Read = (from: Beginning, done: (words: readonly IToken[]) => boolean) => LexerResult;

/**
 * The words of a text, most of which were read before: those in front of the change are taken over, those behind it
 * moved. Undefined where the last text or this one has words that cannot be read: these may reach anywhere.
 */
export function relex(text: string, last: LexedText, read: Read): LexerResult | undefined {
  if (last.errors.length > 0 || last.tokens.length === 0) return undefined;
  const prefix = commonPrefix(last.text, text);
  const delta = text.length - last.text.length;
  const tail = Math.max(prefix, prefix - delta, last.text.length - commonSuffix(last.text, text));
  // A word that touches the change may grow; the word before it is read in the light of it.
  const start = Math.max(0, firstEndingFrom(last.tokens, prefix) - 1);
  const from = beginningAt(last.tokens, start);
  let next = firstStartingFrom(last.tokens, tail);
  const meets = (words: readonly IToken[]): boolean => {
    const word = words.at(-1);
    if (!word || word.startOffset < tail + delta) return false;
    while ((last.tokens[next]?.startOffset ?? Number.POSITIVE_INFINITY) < word.startOffset - delta) next++;
    return isMoved(last.tokens[next], word, delta) && isMoved(last.tokens[next - 1], words.at(-2), delta);
  };
  const { tokens, hidden, errors } = read(from, meets);
  if (errors.length > 0) return undefined;
  const met = meets(tokens);
  const meeting = met ? next : last.tokens.length;
  if (met && !isSameDepth(depthOf(last.tokens.slice(start, meeting)), depthOf(tokens.slice(0, -1)))) return undefined;
  const old = last.tokens[meeting];
  const now = tokens.at(-1);
  const rest = last.tokens.slice(meeting + 1);
  const restHidden = old ? last.hidden.slice(firstStartingFrom(last.hidden, old.startOffset)) : [];
  if (old && now) move([...rest, ...restHidden], old, now);
  return {
    tokens: [...last.tokens.slice(0, start), ...tokens, ...rest],
    hidden: [...last.hidden.slice(0, firstStartingFrom(last.hidden, from.offset)), ...hidden, ...restHidden],
    errors: [],
  };
}

function beginningAt(tokens: readonly IToken[], index: number): Beginning {
  const token = tokens[index] as IToken;
  if (index === 0) return { offset: 0, line: 1, lineStart: 0, depth: depthOf([]), before: undefined };
  const { startOffset: offset, startLine: line = 1, startColumn: column = 1 } = token;
  return {
    offset,
    line,
    lineStart: offset - column + 1,
    depth: depthOf(tokens.slice(0, index)),
    before: tokens[index - 1],
  };
}

function depthOf(tokens: readonly IToken[]): Depth {
  const depth = { parentheses: 0, braces: 0 };
  for (const { image } of tokens) {
    if (image === '{') depth.braces++;
    else if (image === '}') depth.braces = Math.max(0, depth.braces - 1);
    else if (image === '(') depth.parentheses++;
    else if (image === ')') depth.parentheses = Math.max(0, depth.parentheses - 1);
  }
  return depth;
}

const isSameDepth = (left: Depth, right: Depth): boolean =>
  left.braces === right.braces && left.parentheses === right.parentheses;

const isMoved = (old: IToken | undefined, now: IToken | undefined, delta: number): boolean =>
  old !== undefined &&
  now !== undefined &&
  old.startOffset + delta === now.startOffset &&
  old.tokenType === now.tokenType &&
  old.image === now.image;

/** Moves words by as much as one of them has moved; only those on its line move sideways. */
function move(tokens: readonly IToken[], from: IToken, to: IToken): void {
  const offset = to.startOffset - from.startOffset;
  const lines = (to.startLine ?? 0) - (from.startLine ?? 0);
  const columns = (to.endColumn ?? 0) - (from.endColumn ?? 0);
  const line = from.endLine;
  if (offset === 0 && lines === 0 && columns === 0) return;
  for (const token of tokens) {
    token.startOffset += offset;
    if (token.endOffset !== undefined) token.endOffset += offset;
    if (token.startLine === line && token.startColumn !== undefined) token.startColumn += columns;
    if (token.endLine === line && token.endColumn !== undefined) token.endColumn += columns;
    if (token.startLine !== undefined) token.startLine += lines;
    if (token.endLine !== undefined) token.endLine += lines;
  }
}

function commonPrefix(left: string, right: string): number {
  const most = Math.min(left.length, right.length);
  let at = 0;
  while (at < most && left.charCodeAt(at) === right.charCodeAt(at)) at++;
  return at;
}

function commonSuffix(left: string, right: string): number {
  const most = Math.min(left.length, right.length);
  let length = 0;
  while (length < most && left.charCodeAt(left.length - 1 - length) === right.charCodeAt(right.length - 1 - length))
    length++;
  return length;
}

const firstStartingFrom = (tokens: readonly IToken[], offset: number): number =>
  firstWhere(tokens, ({ startOffset }) => startOffset >= offset);

const firstEndingFrom = (tokens: readonly IToken[], offset: number): number =>
  firstWhere(tokens, ({ startOffset, endOffset = startOffset }) => endOffset + 1 >= offset);

/** By halving: what does not hold for a word holds for none before it. */
function firstWhere(tokens: readonly IToken[], holds: (token: IToken) => boolean): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(tokens[middle] as IToken)) high = middle;
    else low = middle + 1;
  }
  return low;
}
