import { type AstNode, EmptyFileSystem, isAstNode, isReference, type LexerResult, type ParseResult } from 'langium';
import { expect } from 'vitest';
import { type Change, type FormatOptions, format, wrongSpans } from '../../language/formatting/format.ts';
import { createP2PArchServices } from '../../language/services.ts';

const { parser } = createP2PArchServices(EmptyFileSystem).language;

export const lexed = (text: string): LexerResult => parser.Lexer.tokenize(text);
export const parsed = (text: string): ParseResult => parser.LangiumParser.parse(text);

export const changesOf = (text: string, options?: FormatOptions): Change[] =>
  format(text, lexed(text), wrongSpans(parsed(text)), options);

export const formatted = (text: string, options?: FormatOptions): string => applied(text, changesOf(text, options));

function applied(text: string, changes: readonly Change[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, text: replacement } of changes) {
    parts.push(text.slice(from, start), replacement);
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

/** One text becomes the other, and that one stays as it is. */
export function checkFormat(before: string, after: string, options?: FormatOptions): void {
  expect(formatted(before, options)).toBe(after);
  expect(formatted(after, options)).toBe(after);
}

export const checkUnchanged = (text: string): void => checkFormat(text, text);

/**
 * The words and comments of a text in their order: what formatting may not touch. Blanks at the end of a line comment
 * and before the stars of a documentation comment are no part of them.
 */
export function words(text: string): string[] {
  const { tokens, hidden } = lexed(text);
  return [...tokens, ...hidden]
    .sort((left, right) => left.startOffset - right.startOffset)
    .map(({ tokenType: { name }, image }) => {
      if (name === 'LINE_COMMENT') return `${name} ${image.trimEnd()}`;
      return `${name} ${name === 'DOC_COMMENT' ? image.replace(/([\r\n])[^\S\r\n]*\*/g, '$1*') : image}`;
    });
}

/** A syntax tree without its places in the text. */
export function tree(node: AstNode): unknown {
  const plain = (value: unknown): unknown => {
    if (isReference(value)) return value.$refText;
    if (Array.isArray(value)) return value.map(plain);
    return isAstNode(value) ? tree(value) : value;
  };
  const own = Object.entries(node).filter(([key]) => key === '$type' || !key.startsWith('$'));
  return own.map(([key, value]) => [key, plain(value)]);
}
