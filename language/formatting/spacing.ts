import type { Statement, Token } from './statements.ts';

/** What stands between two words or comments on one line, where so far `found` does. */
export function blankBetween(left: Token, right: Token, found = ''): string {
  const before = left.tokenType.name;
  const after = right.tokenType.name;
  if (before === '(' || after === ')' || after === ',') return '';
  // Authors set comments at the ends of lines below each other.
  if (isLineComment(right) && /^ +$/.test(found)) return found;
  // A comment directly behind `/` would begin in the wrong place.
  if (isComment(left) || isComment(right)) return ' ';
  if (before === '/' || after === '/' || after === '%') return '';
  return before === '{' && after === '}' ? '' : ' ';
}

/** Statements of few words: one line, whatever the author did. */
const SHORT = new Set(
  'import hazard instances control serves admits restarts promoted overloads retries fails exposed without at run expect'.split(
    ' ',
  ),
);
/** Whether a line end that the author set between two words of one statement is kept. */
export function mayBreak(left: Token, right: Token, { keyword }: Statement, isHanging: boolean): boolean {
  if (SHORT.has(keyword)) return false;
  const before = left.tokenType.name;
  const after = right.tokenType.name;
  if (after === ')') return isHanging;
  if (before === '(') return true;
  if (after === '{' || blankBetween(left, right) === '') return false;
  return before !== keyword || before === 'needs' || before === 'traffic';
}

export const isComment = ({ tokenType: { name } }: Token): boolean => name.endsWith('_COMMENT');
export const isLineComment = ({ tokenType: { name } }: Token): boolean => name === 'LINE_COMMENT';
export const isDocComment = ({ tokenType: { name } }: Token): boolean => name === 'DOC_COMMENT';

/** As many as the editor's protocol counts: \n, \r\n and \r. */
export function lineEnds(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) count++;
  }
  return count;
}

export const isBlank = (text: string): boolean => !/\S/.test(text);
/** The line ends of a text are to be as its last one is: that one remains in every formatted text. */
export const lineEndOf = (text: string): string => {
  const last = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
  if (last < 0) return '\n';
  return text[last] === '\n' && text[last - 1] === '\r' ? '\r\n' : (text[last] as string);
};
