import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digits, edit, type Notation, readDigits, roundedInUnit, written } from '../../language/core/diagram/index.ts';
import { reportedNumbers } from '../../language/drawing/numbers.ts';
import { open } from '../navigation/at.ts';

const UNITS = ['ms', 's', 'min', 'h', 'd'] as const;

const numberText = fc
  .tuple(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 0, max: 4 }))
  .map(([whole, decimals]) => (whole / 10 ** decimals).toFixed(decimals));
const countText = fc.integer({ min: 1, max: 10_000_000 }).map(String);
const percentText = fc.integer({ min: 1, max: 9999 }).map((hundredths) => (hundredths / 100).toFixed(2));
const duration = fc.tuple(numberText, fc.constantFrom(...UNITS)).map(([number, unit]) => `${number} ${unit}`);
const per = fc.constantFrom('s', 'min', 'h', 'd');

/** A text with a number of each kind. */
const texts = fc
  .record({
    counts: fc.array(countText, { minLength: 3, maxLength: 3 }),
    rates: fc.array(numberText, { minLength: 2, maxLength: 2 }),
    percents: fc.array(percentText, { minLength: 3, maxLength: 3 }),
    durations: fc.array(duration, { minLength: 5, maxLength: 5 }),
    pers: fc.array(per, { minLength: 3, maxLength: 3 }),
    how: fc.constantFrom('in', 'after', 'over'),
    sign: fc.constantFrom('', '%'),
  })
  .map(
    ({
      counts: [a, b, c],
      rates: [r, p],
      percents: [x, y, z],
      durations: [d, e, f, g],
      pers: [k, l, m],
      how,
      sign,
    }) => `
hazard H
architecture A {
  users Client { instances ${a} needs Node needs Door to start restarts ${how} ${d} retries every ${e} up to ${f} exposed to H ${x}% }
  company Door { instances ${b} admits ${r} Client / ${k} fails every ${g} exposed to H }
  users Node { serves ${c} Client promoted from Client at ${p}${sign}/${l} overloads above ${y}% losing ${z}%/${m} }
  service S for Client needs Node
}
`,
  );

async function numbersIn(text: string) {
  const { language, document } = await open({ 'main.p2parch': text });
  const lowered = language.problems.Problems.models.architectures(document)[0] ?? expect.fail();
  return { document: document.textDocument, numbers: reportedNumbers(lowered) };
}

describe('a number of the model', () => {
  it('is written as what is read as it, wherever the language has one', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const { document, numbers } = await numbersIn(text);
        // A longest retry that is no longer than the first is none.
        expect([13, 14]).toContain(numbers.length);
        for (const { value, notation, source, words, text: shown } of numbers) {
          // One door and no share say nothing in the text, and so have no number there.
          const there = source && document.getText(source.range);
          const now = edit(value, notation, source ?? { before: '', after: '' });
          if (there === undefined) expect([words, value]).toEqual(['instances', 1]);
          else if (there === '') expect(now).toBe(' 100%');
          else if (notation.measure !== 'duration')
            expect(`${now.replaceAll('_', '')} ${words}`).toBe(`${String(Number(there))} ${words}`);
          if (notation.measure === 'duration') expect(now).toBe(shown);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('put into the text at its place is the number that is read there', async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.nat(), fc.double({ min: 0.05, max: 3, noNaN: true }), async (text, at, factor) => {
        const { document, numbers } = await numbersIn(text);
        const editable = numbers.filter(({ source }) => source);
        const { id, value, notation, source } = editable[at % editable.length] ?? expect.fail();
        const least = notation.measure === 'count' ? 1 : 0;
        const share = notation.measure === 'share' ? 1 : Infinity;
        const wanted = Math.min(share, Math.max(least, roundedInUnit(value * factor, notation)));
        fc.pre(wanted > 0);
        const { range, before, after } = source ?? expect.fail();
        const [begin, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
        const changed = text.slice(0, begin) + edit(wanted, notation, { before, after }) + text.slice(end);
        const read = (await numbersIn(changed)).numbers.find((one) => one.id === id);
        if (id === 'Client/longest retry' && !read) return;
        expect(read?.value).toBe(wanted);
      }),
      { numRuns: 60 },
    );
  });

  it('reads as an architect writes it', () => {
    const notation = (measure: Notation['measure'], unit: Notation['unit'] = 's'): Notation => ({ measure, unit });
    expect(written(900, notation('count'))).toBe('900');
    expect(written(9_600_000, notation('count'))).toBe('9_600_000');
    expect(written(0.05, notation('rate', 'min'))).toBe('3/min');
    expect(written(0.2, notation('share'))).toBe('20%');
    expect(written(0.05 / 60, notation('share rate', 'min'))).toBe('5%/min');
    expect(written(7200, notation('duration', 'h'))).toBe('2 h');
    expect(written(5400, notation('duration', 'h'))).toBe('1.5 h');
    expect(written(20, notation('duration', 'h'))).toBe('20 s');
    expect(digits(1e-7, notation('rate'))).toBe('0.0000001');
    expect(digits(1e15, notation('rate'))).toBe('1000000000000000');
    expect(roundedInUnit(1234.567 / 60, notation('rate', 'min'))).toBe(1230 / 60);
    expect(roundedInUnit(0.2, notation('count'))).toBe(1);
  });

  it('is written with no more digits than it takes to be read as itself, or as nothing else that is near', () => {
    const units = fc.constantFrom(...UNITS);
    const measures = fc.constantFrom('rate', 'duration', 'share', 'share rate') as fc.Arbitrary<Notation['measure']>;
    const values = fc.double({ min: 1e-12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(values, measures, units, (value, measure, unit) => {
        const notation = { measure, unit };
        const text = digits(value, notation);
        expect(text).toMatch(/^\d+(\.\d+)?$/);
        expect(Math.abs(readDigits(text, notation) / value - 1)).toBeLessThan(1e-14);
      }),
    );
  });
});
