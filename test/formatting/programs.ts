import fc from 'fast-check';
import { file } from './grammar.ts';
import { type Layout, lay, layouts } from './layouts.ts';

/** A program as its words, and as a text with blanks, line ends and comments between them. */
export interface Program {
  readonly words: readonly string[];
  readonly text: string;
}

/**
 * Programs without syntax errors, of the whole grammar, laid out in every way that the language allows: one-line and
 * broken members, odd blanks, all three line ends, comments of all three kinds wherever a comment may stand. Names are
 * of few, so that many of them exist; the errors of the language beyond its syntax are not kept out.
 */
export const programs = (layout: fc.Arbitrary<Layout> = layouts): fc.Arbitrary<Program> =>
  fc.tuple(file, layout, fc.infiniteStream(fc.nat({ max: 999 }))).map(([words, chosen, chances]) => ({
    words: words.filter((word) => word !== '\n'),
    text: lay(words, chosen, chances),
  }));
