/** A mistake in writing of which it is known what was meant, or what can be done. */
export interface Slip {
  readonly kind: 'misspelt' | 'blank-missing' | 'reserved-name';
  /** The word that was meant; for the others the word as it stands. */
  readonly word: string;
}

/**
 * The parser's messages are all that it lets out of itself. So these sentences are made here and read here, and nowhere
 * else: whoever changes one changes both sides of it.
 */
export const didYouMean = (meant: string): string => `Did you mean "${meant}"?`;
export const noUnit = (word: string, meant: string, units: readonly string[]): string =>
  `"${word}" is no unit: write ${meant}. There are ${units.join(', ')}.`;
export const behindNumber = (word: string, units: readonly string[]): string =>
  `"${word}" stands directly after a number: a blank is missing, or a unit (${units.join(', ')}).`;
export const reservedName = (word: string): string => `"${word}" is a word of the language and cannot be a name.`;
/** Where the word has been declared as a name, what names it says no more than that. */
export const reservedWhere = (what: string, word: string): string =>
  `Expected ${what}; "${word}" is a word of the language.`;

const READINGS: readonly (readonly [RegExp, Slip['kind']])[] = [
  [/Did you mean "(.+)"\?$/u, 'misspelt'],
  [/^".+" is no unit: write (\w+)\./u, 'misspelt'],
  [/^"(.+)" stands directly after a number: a blank is missing/u, 'blank-missing'],
  [/^"(.+)" is a word of the language and cannot be a name\.$/u, 'reserved-name'],
];

/** What a message of the lexer or the parser says can be done. */
export const slipsIn = (message: string): Slip[] =>
  READINGS.flatMap(([reading, kind]) => {
    const word = reading.exec(message)?.[1];
    return word === undefined ? [] : [{ kind, word }];
  });

/** The word of the language that a message says stands where only a name can. */
export const reservedIn = (message: string): string | undefined =>
  (/^"(.+)" is a word of the language and cannot be a name\.$/u.exec(message) ??
    /^Expected .*; "(.+)" is a word of the language\.$/u.exec(message))?.[1];
