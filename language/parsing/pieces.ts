import type { IRecognitionException, IToken } from 'chevrotain';
import { type AstNode, AstUtils, type CstNode } from 'langium';
import { type Component, isComponent, isDuration } from '../generated/ast.ts';
import { UNITS, unitLike } from './lexer.ts';
import { type Anchor, anchorAt, type MovableComposite, moveTo } from './movable.ts';
import { nearest } from './nearest.ts';
import type { Span, SpanRule } from './spans.ts';
import type { StatementReader } from './statements.ts';

/**
 * One statement as it was read; of a block, its head. It is the same object for as long as its words are the same,
 * wherever they move, so what follows from them alone can be kept by it.
 */
export interface Kept {
  readonly rule: SpanRule;
  readonly text: string;
  /** The kinds of its words. */
  readonly types: readonly number[];
  readonly errors: readonly IRecognitionException[];
  /** The first of its words that has no place in it. */
  readonly redundant?: IToken;
  /** Outlives a change of the words if kind and name stay: what names it goes on naming it. */
  readonly node: AstNode;
  readonly cst: MovableComposite;
  /** Of a block: the words before its members. */
  readonly head: readonly CstNode[];
  readonly anchor: Anchor;
}

/** A statement, with those that stand in it. */
export interface Piece {
  readonly kept: Kept;
  readonly members: readonly Piece[];
}

/** A text as the lexer has read it. */
export interface Words {
  readonly text: string;
  readonly tokens: readonly IToken[];
  /** Comments. */
  readonly hidden: readonly IToken[];
  readonly hasErrors: boolean;
}

/** Whether a statement stands unchanged at a span. One with errors is read anew: it may depend on what follows it. */
export function isSame(old: Kept, { rule, first, end }: Span, { text, tokens }: Words): boolean {
  if (old.rule !== rule || old.errors.length > 0 || old.redundant || old.types.length !== end - first) return false;
  const from = tokens[first]?.startOffset ?? 0;
  const to = (tokens[end - 1]?.endOffset ?? 0) + 1;
  if (to - from !== old.text.length || !text.startsWith(old.text, from)) return false;
  return old.types.every((type, index) => tokens[first + index]?.tokenTypeIdx === type);
}

export function move(kept: Kept, { first }: Span, { tokens }: Words): void {
  moveTo(kept.anchor, tokens[first] as IToken);
}

/** Reads a statement, or the head of a block with the `}` that ends it (or stands for one that is missing). */
export function readPiece(reader: StatementReader, { rule, first, end }: Span, words: Words, close?: IToken): Kept {
  const own = words.tokens.slice(first, end).map(detached);
  const begin = own[0] as IToken;
  const from = begin.startOffset;
  const to = ((own.at(-1) as IToken).endOffset ?? from) + 1;
  const anchor = anchorAt(begin);
  const tokens = close === undefined ? own : [...own, close];
  const next = close === undefined ? words.tokens[end] : undefined;
  const hidden = commentsBetween(words, from, to).map(detached);
  const { node, cst, errors, redundant } = reader(rule, { tokens, hidden, next }, anchor);
  if (words.hasErrors) AstUtils.streamAst(node).forEach(mend);
  const text = detachedText(words.text.slice(from, to));
  const types = own.map(({ tokenTypeIdx }) => tokenTypeIdx);
  const head = close === undefined ? [] : cst.content.filter((word) => word.offset < to);
  return { rule, text, types, errors, node, cst, head, anchor, ...(redundant && { redundant }) };
}

/** The comments that begin from one offset up to another. */
export function commentsBetween({ hidden }: Words, from: number, to: number): readonly IToken[] {
  const firstFrom = (offset: number): number => {
    let [low, high] = [0, hidden.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((hidden[middle]?.startOffset ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return hidden.slice(firstFrom(from), firstFrom(to));
}

/** A part of a text keeps all of it in memory; a copy does not. */
const detachedText = (part: string): string => `${part} `.slice(0, -1);
const detached = (token: IToken): IToken =>
  token.image.length < 12 ? token : { ...token, image: detachedText(token.image) };

const PARTIES: readonly Component['party'][] = ['company', 'users', 'vendor'];

/**
 * Where the lexer has taken a misspelled word for the one that was meant, the tree says what was meant as well, so that
 * no reader of it meets a party or a unit that does not exist.
 */
function mend(node: AstNode): void {
  if (isComponent(node) && !PARTIES.includes(node.party)) {
    node.party = (nearest(String(node.party), PARTIES) as Component['party'] | undefined) ?? 'users';
  } else if (isDuration(node) && !UNITS.includes(node.unit)) {
    node.unit = (unitLike(String(node.unit)) as typeof node.unit | undefined) ?? 's';
  }
}
