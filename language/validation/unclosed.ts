/** Which "{" of a text is the one without its "}", where the end of the file came instead. */

const SIGNS = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"?|[{}]/g;

interface Brace {
  /** From 0. */
  readonly line: number;
  /** Of the line that it stands in. */
  readonly indent: number;
}

/**
 * The line, from 0, of the brace that most likely was not closed: a "}" that stands less far in than what it would close was
 * meant for another. Where the margins tell nothing, the innermost that is open at the end. Nothing if none is.
 */
export function lineOfUnclosed(text: string): number | undefined {
  const open: Brace[] = [];
  let suspect: number | undefined;
  let line = 0;
  let lineStart = 0;
  let at = 0;
  for (const { 0: sign, index } of text.matchAll(SIGNS)) {
    for (; at < index; at++) {
      if (text[at] !== '\n') continue;
      line += 1;
      lineStart = at + 1;
    }
    const margin = /^[ \t]*/.exec(text.slice(lineStart, index))?.[0].length ?? 0;
    if (sign === '{') open.push({ line, indent: margin });
    if (sign !== '}') continue;
    const closed = open.pop();
    const standsFirst = lineStart + margin === index;
    if (closed && standsFirst && margin < closed.indent && closed.line < line) suspect ??= closed.line;
  }
  return open.length === 0 ? undefined : (suspect ?? open.at(-1)?.line);
}
