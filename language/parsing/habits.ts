/** What people write out of habits from other languages, and how it is written here. */
import type { IToken } from 'chevrotain';

const SIGNS: readonly (readonly [begin: RegExp, hint: string])[] = [
  [/^#/, 'A comment begins with "//".'],
  [/^['`‘’‚‛“”„‟«»]/u, 'Texts stand between two ".'],
  [/^&/, 'Needs are joined by "and".'],
  [/^\|/, 'Needs are joined by "or".'],
  [/^;/, 'Nothing stands between statements.'],
  [/^[:=]/, 'What a property says stands directly behind its word.'],
];

/** A hint about signs that mean nothing here, with a blank before it; empty for others. */
export function habitOfSigns(signs: string): string {
  const hint = SIGNS.find(([begin]) => begin.test(signs))?.[1];
  return hint === undefined ? '' : ` ${hint}`;
}

/** The same about a word that cannot stand behind the one before it. */
export function habitOfWords(previous: IToken | undefined, actual: IToken): string {
  if (previous === undefined || previous.endLine !== actual.startLine) return '';
  const [before, here] = [previous.tokenType.name, actual.tokenType.name];
  const isWhole = before === 'INT' || before === 'NUMBER';
  if (isWhole && (here === ',' || here === 'INT')) return ' In a number, thousands are set off by "_": 10_000.';
  if (here === ',' && before === 'NAME') return ' Needs are joined by "and" or "or".';
  if (here === 'NAME' && before === 'NAME') return ' A name has no blank in it; a title in quotes may stand behind it.';
  if (here === 'INT' && UNITS_OF_TIME.has(before))
    return ' A time is one number and one unit: 90 min, and not 1 h 30 min.';
  return '';
}

const UNITS_OF_TIME = new Set(['ms', 's', 'min', 'h', 'd']);
