import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compactCount,
  countWords,
  durationWords,
  percentsApart,
  percentWords,
  rateWords,
  shareRateWords,
  spansApart,
  spanWords,
  textWidth,
  writtenSpan,
} from '../../language/core/diagram/index.ts';
import { reservedWidth, wrap } from '../../language/core/diagram/measure.ts';

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, min: 60, h: 3600 };

/** What a span in words says. */
const secondsOf = (words: string): number =>
  [...words.matchAll(/([\d.,]+) (\w+)/g)].reduce(
    (sum, [, count = '', unit = '']) => sum + Number(count.replaceAll(',', '')) * (UNITS[unit] ?? Number.NaN),
    0,
  );

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

  test('a time that was written is told to the last digit, one that was measured is rounded', () => {
    expect([0.25, 90, 630, 3630.5, 7200, 121_800].map(writtenSpan)).toEqual([
      '250 ms',
      '1 min 30 s',
      '10 min 30 s',
      '1 h 30.5 s',
      '2 h',
      '33 h 50 min',
    ]);
    expect(spanWords(630)).toBe('11 min');
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 400_000_000 }), (thousandths) => {
        expect(secondsOf(writtenSpan(thousandths / 1000))).toBeCloseTo(thousandths / 1000, 6);
      }),
    );
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

  test('two figures beside each other are told apart where they differ, and not where they are the same', () => {
    expect(spansApart(1187.3, 1187)).toEqual(['19 min 47.3 s', '19 min 47 s']);
    expect(spansApart(1800, 1794)).toEqual(['30 min', '29 min 54 s']);
    expect(spansApart(2 * 3600 + 20, 2 * 3600)).toEqual(['2 h 20 s', '2 h']);
    expect(spansApart(3600, 1800)).toEqual(['1 h', '30 min']);
    expect(spansApart(121_800, 121_800)).toEqual(['33 h 50 min', '33 h 50 min']);
    expect(percentsApart(0.5996, 0.6)).toEqual(['59.96%', '60%']);
    expect(percentsApart(0.575, 0.6)).toEqual(['57.5%', '60%']);
    const seconds = fc.double({ min: 0, max: 1e7, noNaN: true });
    fc.assert(
      fc.property(seconds, fc.double({ min: 1e-5, max: 1e3, noNaN: true }), (from, more) => {
        const [one, other] = spansApart(from, from + more);
        expect(one).not.toBe(other);
        expect(Math.abs(secondsOf(one) - from)).toBeLessThanOrEqual(30 + 1e-9);
      }),
    );
  });

  test('rates and shares', () => {
    expect([30, 10 / 60, 1 / 3600, 2.5].map(rateWords)).toEqual(['30/s', '10/min', '1/h', '2.5/s']);
    expect([0.05 / 60, 0.1 / 60, 0.0025 / 60].map(shareRateWords)).toEqual(['5%/min', '10%/min', '0.25%/min']);
    expect([100 / 60, 100 / 3600, 0.3].map(rateWords)).toEqual(['100/min', '100/h', '18/min']);
    const units = { s: 1, min: 60, h: 3600, d: 86_400 };
    const written = fc.constantFrom(...(Object.keys(units) as (keyof typeof units)[]));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), written, (count, unit) => {
        const perSecond = count / units[unit];
        const [, said, per] = /^([\d.]+)\/(\w+)$/.exec(rateWords(perSecond)) ?? [];
        expect(Number(said) / units[per as keyof typeof units]).toBeCloseTo(perSecond, 12);
      }),
    );
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
