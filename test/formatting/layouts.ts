import fc from 'fast-check';

/** How a program is written: with which line ends, and how often something odd stands between two words. */
export interface Layout {
  readonly lineEnds: readonly string[];
  /** In a thousand. */
  readonly comments: number;
  readonly oddities: number;
  /** Of the statements, how many in a thousand have no line of their own. */
  readonly joined: number;
}

export const layouts: fc.Arbitrary<Layout> = fc.record({
  lineEnds: fc.constantFrom(['\n'], ['\r\n'], ['\r'], ['\n', '\r\n']),
  comments: fc.constantFrom(0, 0, 50, 300),
  oddities: fc.constantFrom(0, 50, 400),
  joined: fc.constantFrom(0, 0, 300, 1000),
});

const BLANKS = ['  ', '\t', ' \u00a0', '    '];
const COMMENTS = [
  '//\n',
  '// why\n',
  '//   { } " */ blanks at its end  \t\n',
  '/**/',
  '/* a { b } */',
  '/*\n  several lines\n      * deep\n*/',
  '/** Documents what follows. */',
  '/**\n * Stars\n *   and more\n */',
  '/**\n        * stars further right  \n no star\n\t* tab\n */',
];

type Chance = () => number;

/** Writes words, `'\n'` for the end of a statement; an endless stream of numbers below 1,000 decides. */
export function lay(words: readonly string[], layout: Layout, stream: Iterable<number>): string {
  const numbers = stream[Symbol.iterator]();
  const chance: Chance = () => numbers.next().value as number;
  const parts: string[] = [];
  let left = '';
  for (const word of [...words, '']) {
    if (word === '\n') {
      if (chance() >= layout.joined)
        parts.push('\n', ...(chance() < 200 ? ['\n'] : []), ...(chance() < 800 ? ['  '] : []));
      continue;
    }
    const between = odd(layout, chance);
    const stands = /\s$/.test(parts.at(-1) ?? '') || between !== '';
    parts.push(!stands && (needsBlank(left, word) || chance() < 700) ? ' ' : '');
    // A comment directly behind `/` would begin in the wrong place.
    parts.push(left === '/' && between.startsWith('/') ? ` ${between}` : between, word);
    left = word;
  }
  return parts.join('').replace(/\n/g, () => layout.lineEnds[chance() % layout.lineEnds.length] as string);
}

function odd({ comments, oddities }: Layout, chance: Chance): string {
  const parts: string[] = [];
  while (chance() < comments && parts.length < 6) {
    if (chance() < 400) parts.push(chance() < 500 ? ' ' : '\n  ');
    parts.push(COMMENTS[chance() % COMMENTS.length] as string);
    if (chance() < 400) parts.push(chance() < 500 ? ' ' : '\n');
  }
  if (chance() < oddities) parts.push(BLANKS[chance() % BLANKS.length] as string);
  if (chance() < oddities / 2) parts.push(chance() < 700 ? '\n   ' : '\n\n\n');
  return parts.join('');
}

const ENDS_WORD = /[\p{L}\p{M}\p{Nd}_]$/u;
const BEGINS_WORD = /^[\p{L}\p{Nd}_]/u;
const UNIT = /^(ms|s|min|h|d)$/;

/** Two words that would be read as one, or as something else, without a blank. */
function needsBlank(left: string, right: string): boolean {
  if (/^\d/.test(left) && UNIT.test(right)) return false;
  return ENDS_WORD.test(left) && BEGINS_WORD.test(right);
}
