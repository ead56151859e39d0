import { describe, expect, test } from 'vitest';
import {
  compactCount,
  countWords,
  durationWords,
  percentWords,
  rateWords,
  shareRateWords,
  textWidth,
} from '../../language/core/diagram/index.ts';
import { reservedWidth, wrap } from '../../language/core/diagram/measure.ts';

describe('numbers in words', () => {
  test('counts', () => {
    expect([0, 1, 999, 25_000, 9_600_000, 12_345_678, 2e9].map(countWords)).toEqual([
      '0',
      '1',
      '999',
      '25,000',
      '9.6 million',
      '12.35 million',
      '2 billion',
    ]);
    expect([0, 24_100, 99_999, 412_345, 999_999, 9_412_345, 96_400_000, 250_000_000, 1e15].map(compactCount)).toEqual([
      '0',
      '24,100',
      '99,999',
      '412k',
      '999k',
      '9.41M',
      '96.4M',
      '250M',
      '1,000T',
    ]);
  });

  test('durations', () => {
    expect([0.25, 1, 30, 90, 300, 5400, 7200, 86_400, 7_776_000].map(durationWords)).toEqual([
      '250 ms',
      '1 s',
      '30 s',
      '1 min 30 s',
      '5 min',
      '1 h 30 min',
      '2 h',
      '1 d',
      '90 d',
    ]);
  });

  test('rates and shares', () => {
    expect([30, 10 / 60, 1 / 3600, 2.5].map(rateWords)).toEqual(['30/s', '10/min', '1/h', '2.5/s']);
    expect(shareRateWords(0.05 / 60)).toBe('5%/min');
    expect([0.95, 0.955, 1, 0, 0.0005, 0.00001].map(percentWords)).toEqual([
      '95%',
      '95.5%',
      '100%',
      '0%',
      '0.05%',
      '<0.01%',
    ]);
  });

  test('text widths grow with what is written, twice for the wide scripts', () => {
    const font = { size: 10, bold: false };
    expect(textWidth('', font)).toBe(0);
    expect(textWidth('超级节点', font)).toBe(44);
    expect(textWidth('e\u0301', font)).toBe(textWidth('e', font));
    expect(textWidth('Wide', { size: 10, bold: true })).toBeGreaterThan(textWidth('Wide', font));
  });
});

test('digits in a name take the room that they take; a number has the room of its widest form', () => {
  const font = { size: 12, bold: false };
  for (const name of ['LabCorp24', 'Microsoft365', 'Mail2Go', 'Vendor · Route53', 'Größe9']) {
    expect(reservedWidth(name, font), name).toBe(textWidth(name, font));
  }
  expect(reservedWidth('Vendor · 24', font)).toBeGreaterThan(textWidth('Vendor · 24', font));
  expect(reservedWidth('×24', font)).toBeGreaterThan(textWidth('×24', font));
});

test('a word that is too long breaks where its words meet', () => {
  const font = { size: 14, bold: true };
  const width = textWidth('Office365Suite2024En', font);
  expect(wrap('Office365Suite2024Enterprise', font, width)).toEqual(['Office365Suite2024', 'Enterprise']);
  expect(wrap('a-name-of-many-words-in-one-word', font, textWidth('a-name-of-many-wo', font))).toEqual([
    'a-name-of-many-',
    'words-in-one-word',
  ]);
  expect(wrap('unbrokenunbrokenunbroken', font, textWidth('unbrokenunb', font))[0]).toBe('unbrokenunb');
});
