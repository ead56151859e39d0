import type { Change, FormatOptions } from './format.ts';
import { lineEnds } from './spacing.ts';

/** The blanks that a line of a level begins with. */
export const indentation = (level: number, { insertSpaces, tabSize }: FormatOptions): string =>
  insertSpaces ? ' '.repeat(level * tabSize) : '\t'.repeat(level);

/** Whole lines of a text, the last one included. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

type LineOf = (offset: number) => number;

/**
 * What of the changes concerns these lines. Of a change that reaches beyond them only their own blanks remain: those
 * at a line's end, on a blank line, and before a line's first word.
 */
export const within = (changes: readonly Change[], text: string, lineOf: LineOf, { first, last }: Lines): Change[] =>
  changes.flatMap((change) => {
    const from = lineOf(change.start);
    const to = lineOf(change.end);
    if (from > last || to < first) return [];
    return from >= first && to <= last ? [change] : lineByLine(change, text).filter(isIn(lineOf, { first, last }));
  });

/** As `within`, but a line end is never taken back, wherever it stands: whoever types has just set it. */
export const withinKeepingLineEnds = (
  changes: readonly Change[],
  text: string,
  lineOf: LineOf,
  lines: Lines,
): Change[] => changes.flatMap((change) => lineByLine(change, text)).filter(isIn(lineOf, lines));

const isIn =
  (lineOf: LineOf, { first, last }: Lines) =>
  ({ start }: Change): boolean => {
    const line = lineOf(start);
    return line >= first && line <= last;
  };

/** A change over several lines as changes of their blanks alone; none where it would make one line of them. */
function lineByLine(change: Change, text: string): Change[] {
  const source = text.slice(change.start, change.end);
  if (lineEnds(source) === 0) return [change];
  if (lineEnds(change.text) === 0) return [];
  const parts = source.split(/(\r\n|\r|\n)/);
  const indent = /[^\r\n]*$/.exec(change.text)?.[0] ?? '';
  const changes: Change[] = [];
  let start = change.start;
  for (const [index, part] of parts.entries()) {
    const end = start + part.length;
    const wanted = index === parts.length - 1 ? indent : '';
    if (index % 2 === 0 && part !== wanted) changes.push({ start, end, text: wanted });
    start = end;
  }
  return changes;
}
