import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { escaped } from '../../webview/standalone/markdown.ts';
import { HOSTILE, LONG } from '../cli/hostile.ts';

/** Another's reader of Markdown, with all on that can be: HTML, links that are only written out, tables. */
const reader = new MarkdownIt({ html: true, linkify: true });

type Token = ReturnType<typeof reader.parse>[number];
const leaves = (tokens: readonly Token[]): Token[] =>
  tokens.flatMap((token) => (token.children?.length ? leaves(token.children) : [token]));

/** As a text that is read loses blanks at its ends and between lines. */
const plain = (words: string): string =>
  words
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069\s]+/gu, ' ')
    .trim()
    .replaceAll('\u0000', '\ufffd');

const anyWords = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        ...HOSTILE,
        '|',
        '`',
        '*',
        '_',
        '[a](b)',
        '<b>',
        '&amp;',
        '1. ',
        '- ',
        '# ',
        '> ',
        '~~',
        '\\',
        '$x$',
        'www.a.b',
        'http://a',
        '@a',
        '---',
        '===',
        '\n',
        '    ',
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);

describe('words in Markdown', () => {
  it('come out as the same words, and nothing else, in a paragraph, a heading and a cell', () => {
    fc.assert(
      fc.property(anyWords, (words) => {
        const seen = plain(words);
        for (const text of [`before\n\n${escaped(words)}\n\nafter`, `### ${escaped(words)}`]) {
          const found = leaves(reader.parse(text, {})).filter(({ type }) => !/_(open|close)$|^inline$/.test(type));
          expect(found.every(({ type }) => type === 'text')).toBe(true);
          const content = found.map((token) => token.content).join('');
          expect(content.replace(/^before|after$/g, '')).toBe(seen);
        }
        const table = `| a | b |\n| --- | --- |\n| ${escaped(words)} | end |`;
        const cells = leaves(reader.parse(table, {})).filter(({ type }) => type === 'text');
        expect(cells.map((token) => token.content).join('')).toBe(`ab${seen}end`);
      }),
      { numRuns: 400 },
    );
  });

  it('may be as long as they like', () => {
    expect(escaped(LONG)).toBe(LONG);
  });
});
