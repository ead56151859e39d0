/**
 * Characters by their width in em: no less than in DejaVu Sans, and in its bold less a tenth. Letters with marks are as
 * wide as without.
 */
const WIDTHS: readonly (readonly [width: number, characters: string])[] = [
  [0.34, "ijlIJ'|łı¦іјІЈ"],
  [0.37, ' ,./:;\\·‘’‚'],
  [0.42, 'f-!()[]¡¹²³‹›'],
  [0.45, 'rtľ'],
  [0.5, '"`§°–'],
  [0.55, 'csz?*_¿ªºгзсэєѕ'],
  [0.6, 'vxy•“”„Łвьтух'],
  [0.64, '0123456789aekoLFTE$£€¥¢«»ðøГяаекТочЕб'],
  [0.67, 'bdghnpquSPY{}ßþđµЗиЅнпрРлђћџ'],
  [0.72, 'ABCKRVXZħÞцЄБВСЬЭЯАУХъ'],
  [0.78, 'DGHNUÐĐŊКЛЧмдЏИНП'],
  [0.84, 'wOQ+<>=#&~^Ø¬±×÷→ОЂЋДы'],
  [0.92, '●ƠƯЦЪюњМФжфљ'],
  [1.01, 'mMW%@—…Ææ©®™¼½¾Ышщ'],
  [1.13, 'Œœ№℃ЊЮЉЖШ'],
  [1.21, 'Щ'],
  [1.43, 'ǄǱǅǲ'],
  [1.75, '‰‱'],
];

const KNOWN = new Map(WIDTHS.flatMap(([width, characters]) => [...characters].map((one) => [one, width])));

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff00-\uffef]/u;
const NOTHING = /[\p{Mn}\p{Me}\p{Cf}]/u;
const UPPER = /\p{Lu}/u;

/** Of a character that is not in the table, by where it stands in Unicode: the first block that begins at or before it. */
const BLOCKS: readonly (readonly [first: string, width: number])[] = [
  // Scripts of many languages, of which the widest letters are not in the fonts that an editor falls back on.
  ['\u3000', 0.95],
  ['\u2190', 1.45],
  ['\u20a0', 1.55],
  ['\u2000', 1.01],
  ['\u0530', 0.95],
  ['\u0400', 1.29],
  ['\u0000', 1.2],
];

/** The width of one character in em. */
export function emOf(character: string): number {
  const known = KNOWN.get(character);
  if (known !== undefined) return known;
  const width = lookedUp(character);
  KNOWN.set(character, width);
  return width;
}

function lookedUp(character: string): number {
  if (NOTHING.test(character)) return 0;
  if (WIDE.test(character)) return 1.1;
  const [base = character] = character.normalize('NFD');
  const known = KNOWN.get(base);
  if (known !== undefined) return known;
  if (base >= '\u0370' && base < '\u0400') return UPPER.test(base) ? 1 : 0.85;
  return BLOCKS.find(([first]) => first <= base)?.[1] ?? 1;
}
