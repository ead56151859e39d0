import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textWidth } from '../../language/core/diagram/index.ts';

const FIGURES = readFileSync(path.join(import.meta.dirname, 'dejavu-sans.txt'), 'utf8')
  .split('\n')
  .filter((line) => /^[0-9A-F]/.test(line))
  .map((line) => {
    const [point = '', regular, bold] = line.split(' ');
    return {
      character: String.fromCodePoint(Number.parseInt(point, 16)),
      regular: Number(regular),
      bold: Number(bold),
    };
  });

test('No text is wider in the widest font that an editor falls back on than it is given room for', () => {
  expect(FIGURES.length).toBeGreaterThan(1500);
  const size = 1000;
  const narrow = FIGURES.filter(
    ({ character, regular, bold }) =>
      (regular / 2048) * size > textWidth(character, { size, bold: false }) ||
      (bold / 2048) * size > textWidth(character, { size, bold: true }),
  );
  expect(narrow.map(({ character }) => character).join('')).toBe('');
});

test('Room is given for little more than the texts of a picture take', () => {
  const known = new Map(FIGURES.map((figures) => [figures.character, figures]));
  const words = fc.constantFrom(
    'Calling',
    'SuperNode',
    'promoted from Client at',
    'Überwachung',
    'Вход в систему',
    'up',
  );
  fc.assert(
    fc.property(fc.array(words, { minLength: 5 }), fc.boolean(), (list, bold) => {
      const text = list.join(' ');
      const of = (character: string) => known.get(character)?.[bold ? 'bold' : 'regular'] ?? 0;
      const exact = [...text].reduce((sum, character) => sum + of(character), 0) / 2048;
      expect(textWidth(text, { size: 100, bold }) / (100 * exact)).toBeLessThan(1.12);
    }),
  );
});
