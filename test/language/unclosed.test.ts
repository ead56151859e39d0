import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineOfUnclosed } from '../../language/validation/unclosed.ts';
import { check } from './check.ts';

interface Block {
  readonly words: string;
  readonly inner: readonly Block[];
}

const words = fc.constantFrom('architecture A', 'company Web', 'service S "{ a title }"', 'x // {', 'y /* } */');

const block = fc.letrec<{ block: Block; inner: readonly Block[] }>((tie) => ({
  block: fc.record({ words, inner: tie('inner') }),
  inner: fc.oneof({ maxDepth: 3 }, fc.constant([]), fc.array(tie('block'), { maxLength: 3 })),
})).block;

/** Lines of a text, and for each "}" the lines where it stands and where its block begins. */
function written(blocks: readonly Block[], indent = '', from = 0): { lines: string[]; pairs: [number, number][] } {
  const lines: string[] = [];
  const pairs: [number, number][] = [];
  for (const { words: head, inner } of blocks) {
    const begin = from + lines.length;
    // What a comment swallows is no brace.
    lines.push(head.includes('//') ? `${indent}${head}` : '', `${indent}${head.split('//')[0]} {`);
    const within = written(inner, `${indent}  `, begin + 2);
    lines.push(...within.lines, `${indent}}`);
    pairs.push(...within.pairs, [begin + 1, from + lines.length - 1]);
  }
  return { lines, pairs };
}

const messagesOf = async (text: string): Promise<string[]> =>
  (await check(text)).problems.map(({ message }) => message);

describe('a "}" that is missing', () => {
  test('is missed where its block begins, in any text with margins', () => {
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 3 }), fc.nat(), (blocks, pick) => {
        const { lines, pairs } = written(blocks);
        expect(lineOfUnclosed(lines.join('\n'))).toBeUndefined();
        const [begin, end] = pairs[pick % pairs.length] as [number, number];
        const text = lines.map((line, at) => (at === end ? '' : line)).join('\n');
        expect(lineOfUnclosed(text)).toBe(begin);
      }),
    );
  });

  test('is told at the end of the file with the line of its "{"', async () => {
    const text = 'architecture A {\n  company Web {\n    instances 2\n  }\n  service S {\n    needs Web\n}\n';
    expect((await messagesOf(text)).join()).toMatch(
      /or "}"; found the end of the file\. The "\{" in line 5 seems to have no "}"\.$/,
    );
  });

  test('is asked for before what cannot stand in the braces', async () => {
    const text = 'architecture A {\n  company Web {\n    instances 2\n  company Db\n  service S needs Web\n}\n';
    expect((await messagesOf(text)).join()).toMatch(/found "company"\. Is a "}" missing before it\?$/);
  });
});
