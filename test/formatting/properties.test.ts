import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesOf, formatted, lexed, parsed, tree, words } from './check.ts';
import { programs } from './programs.ts';

const options = fc.record({ tabSize: fc.constantFrom(1, 2, 4, 8), insertSpaces: fc.boolean() });
const RUNS = { numRuns: 400 };

describe('formatting, over generated programs', () => {
  it('the programs have no syntax errors, and the words that they were made of', () => {
    fc.assert(
      fc.property(programs(), ({ words: made, text }) => {
        const { parserErrors, lexerErrors } = parsed(text);
        expect([...lexerErrors, ...parserErrors].map(({ message }) => message)).toEqual([]);
        expect(lexed(text).tokens.map(({ image }) => image)).toEqual(made);
      }),
      RUNS,
    );
  });

  it('formatting twice is formatting once', () => {
    fc.assert(
      fc.property(programs(), options, ({ text }, chosen) => {
        const once = formatted(text, chosen);
        expect(formatted(once, chosen)).toBe(once);
      }),
      RUNS,
    );
  });

  it('keeps words and comments, each between the same others', () => {
    fc.assert(
      fc.property(programs(), ({ text }) => {
        expect(words(formatted(text))).toEqual(words(text));
      }),
      RUNS,
    );
  });

  it('keeps the syntax tree', () => {
    fc.assert(
      fc.property(programs(), ({ text }) => {
        const after = parsed(formatted(text));
        expect([...after.lexerErrors, ...after.parserErrors]).toEqual([]);
        expect(tree(after.value)).toEqual(tree(parsed(text).value));
      }),
      RUNS,
    );
  });

  it('changes blanks alone, from the front to the back', () => {
    fc.assert(
      fc.property(programs(), ({ text }) => {
        let last = 0;
        for (const change of changesOf(text)) {
          expect(change.start).toBeGreaterThanOrEqual(last);
          expect(`${text.slice(change.start, change.end)}${change.text}`).toMatch(/^\s*$/);
          expect(change.text).not.toBe(text.slice(change.start, change.end));
          last = change.end;
        }
      }),
      RUNS,
    );
  });

  it('leaves no blanks at line ends but in block comments, no two blank lines, and one line end at the end', () => {
    fc.assert(
      fc.property(programs(), ({ text }) => {
        const after = formatted(text).replace(/\r\n?/g, '\n');
        const { hidden } = lexed(after);
        const blocks = hidden.filter(({ tokenType }) => tokenType.name !== 'LINE_COMMENT');
        const rest = blocks.reduceRight(
          (kept, { startOffset, image }) => `${kept.slice(0, startOffset)}#${kept.slice(startOffset + image.length)}`,
          after,
        );
        expect(rest).not.toMatch(/[^\S\n]+(\n|$)/);
        expect(rest).not.toMatch(/^\s|\n{3}/);
        expect(rest).toMatch(/^$|\S\n$/);
      }),
      RUNS,
    );
  });
});

describe('formatting, over programs with errors', () => {
  /** A program from which some words are gone, or in which there are some too many. */
  const broken = fc
    .tuple(
      programs(),
      fc.array(
        fc.tuple(
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.nat({ max: 6 }),
          fc.constantFrom(
            '',
            '',
            '{',
            '}',
            '"',
            '/*',
            '*/',
            '§',
            ' company',
            '5minutes',
            '(',
            ',',
            '%',
            '\n',
            ' architecture',
          ),
        ),
        { minLength: 1, maxLength: 3 },
      ),
    )
    .map(([{ text }, cuts]) =>
      cuts.reduce((kept, [share, length, put]) => {
        const at = Math.floor(share * kept.length);
        return `${kept.slice(0, at)}${put}${kept.slice(at + length)}`;
      }, text),
    );
  const messages = (text: string): string[] => {
    const { lexerErrors, parserErrors } = parsed(text);
    return [...lexerErrors, ...parserErrors].map(({ message }) => message);
  };

  it('keeps words, comments, tree and errors, and formatting twice is formatting once', () => {
    fc.assert(
      fc.property(broken, (text) => {
        const once = formatted(text);
        expect(words(once)).toEqual(words(text));
        expect(messages(once)).toEqual(messages(text));
        expect(tree(parsed(once).value)).toEqual(tree(parsed(text).value));
        expect(formatted(once)).toBe(once);
      }),
      { numRuns: 800 },
    );
  });
});
