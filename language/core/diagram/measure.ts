/**
 * How wide a text is, without a font to ask: the widths of DejaVu Sans, which is the widest of the fonts that
 * an editor falls back on. In a narrower font a little room stays free; in none is anything cut off.
 */

import { emOf } from './widths.ts';
import { inOrder } from './words.ts';

export interface Font {
  readonly size: number;
  readonly bold: boolean;
}

/** In pixels, never less than the text takes. */
export function textWidth(text: string, font: Font): number {
  let em = 0;
  for (const character of text) em += emOf(character);
  return Math.ceil(em * font.size * (font.bold ? 1.1 : 1));
}

/** Digits that go on a word, as in `Route53`, are part of a name and never change. */
const NUMBER = /(?<![\dA-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u1fff])\d[\d,.]*/.source;
const UNITS = /(?:d|h|min|s|ms)\b/.source;
/** Numbers as this room writes them, longest forms first, and the widest that each is given room for. */
const RESERVED: readonly (readonly [form: RegExp, widest: string])[] = [
  [new RegExp(`${NUMBER} ${UNITS}(?: ${NUMBER} ${UNITS})?`, 'g'), '23 h 59 min'],
  [new RegExp(`${NUMBER}%/(?:d|h|min|s)\\b`, 'g'), '99.9%/min'],
  [new RegExp(`<?${NUMBER}%`, 'g'), '99.9%'],
  [new RegExp(`${NUMBER}/(?:d|h|min|s)\\b`, 'g'), '999.9/min'],
  [new RegExp(`×${NUMBER}`, 'g'), '×9,999'],
  [new RegExp(`${NUMBER}(?: (?:million|billion|trillion)\\b)?`, 'g'), '999.99 million'],
];
const ALL_RESERVED = new RegExp(RESERVED.map(([form]) => `(${form.source})`).join('|'), 'g');

/** A blank at which no line breaks. */
const HELD = '\u00a0';

/** The text with every number at its widest, so that a changed number changes no width. */
function atWidest(text: string): string {
  return text.replaceAll(HELD, ' ').replace(ALL_RESERVED, (...found: (string | undefined)[]) => {
    const index = RESERVED.findIndex((_, form) => found[form + 1] !== undefined);
    return RESERVED[index]?.[1] ?? '';
  });
}

/** The width that a text takes whatever its numbers are, as far as they are no longer than usual. */
export const reservedWidth = remembered((text, font) =>
  Math.max(textWidth(text, font), textWidth(atWidest(text), font)),
);

/** As `wrap`, at the same words whatever the numbers are. */
export const wrapReserved = remembered((text, font, width: number): readonly string[] => {
  const held = text.replace(ALL_RESERVED, (number) => number.replaceAll(' ', HELD));
  return wrap(held, font, width, reservedWidth).map((line) => line.replaceAll(HELD, ' '));
});

/** A picture of some thousands of texts is made anew with every keystroke, and all but one of them are as they were. */
const MOST_REMEMBERED = 20_000;

function remembered<More extends readonly number[], Value>(
  measure: (text: string, font: Font, ...more: More) => Value,
): (text: string, font: Font, ...more: More) => Value {
  const known = new Map<string, Value>();
  return (text, font, ...more) => {
    const key = `${font.size} ${font.bold} ${more} ${text}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const value = measure(text, font, ...more);
    known.set(key, value);
    return value;
  };
}

/** As many characters as a reader takes in; what goes on beyond ends in an ellipsis. */
export function shortened(written: string, most: number): string {
  const text = inOrder(written);
  if (text.length <= most) return text;
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

/** Where words that were written as one meet: `Office|365|Suite`, `north-|west`. */
const SEAM = /(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Za-z])|(?<=[-_/.])(?=[^-_/.])/g;

/** The last seam, unless it leaves less than half of the line; else before the last character. */
function seamIn(line: string): number {
  const end = line.length - ([...line].at(-1)?.length ?? 1);
  const seams = [...line.matchAll(SEAM)].map(({ index }) => index).filter((at) => at >= end / 2 && at <= end);
  return seams.at(-1) ?? end;
}

/** Breaks at blanks, and within a word, at a seam, only where the word alone is too wide. No line is wider than `width`. */
export function wrap(text: string, font: Font, width: number, widthOf = textWidth): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[^\S\u00a0]+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer, font) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    if (widthOf(word, font) <= width) {
      line = word;
      continue;
    }
    for (const character of word) {
      if (line !== '' && textWidth(line + character, font) > width) {
        const at = seamIn(line + character);
        lines.push(line.slice(0, at));
        line = line.slice(at);
      }
      line += character;
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}
