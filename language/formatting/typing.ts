import type { LexerResult } from 'langium';
import { isBlank } from './spacing.ts';
import type { Span, Statements } from './statements.ts';

type Words = Pick<LexerResult, 'tokens' | 'hidden'>;

/** From the first word of its head to its `}`: the block whose `}` ends at an offset, if one does. */
export function blockClosedAt({ tokens }: Words, { of, partner }: Statements, offset: number): Span | undefined {
  const closing = tokens.findIndex(({ image, endOffset }) => image === '}' && endOffset === offset - 1);
  const opening = partner.get(closing);
  const head = opening === undefined ? undefined : tokens[of[opening]?.first ?? opening];
  return head && { start: head.startOffset, end: offset };
}

/**
 * The level of a statement that somebody is about to write at an offset; nothing where one cannot begin there, or
 * where errors before it leave that open: then the editor's own indentation is as good.
 */
export function levelAt(
  text: string,
  { tokens, hidden }: Words,
  { of }: Statements,
  offset: number,
): number | undefined {
  const next = tokens.findIndex(({ startOffset }) => startOffset >= offset);
  const index = (next < 0 ? tokens.length : next) - 1;
  const left = tokens[index];
  const comment = hidden.findLast(({ startOffset }) => startOffset < offset);
  const before = Math.max(endOf(left), endOf(comment));
  if (before > offset || !isBlank(text.slice(before, offset))) return undefined;
  const statement = of[index];
  if (!left || !statement) return 0;
  if (statement.isWrong || !statement.declaration.isPaired || of[index + 1] === statement) return undefined;
  return left.image === '{' ? statement.level + 1 : statement.level;
}

const endOf = (token: LexerResult['tokens'][number] | undefined): number =>
  token ? token.startOffset + token.image.length : 0;
