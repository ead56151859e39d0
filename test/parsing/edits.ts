import fc from 'fast-check';
import { programs } from '../formatting/programs.ts';

/** A stretch of a text, as shares of its length, and what takes its place. */
export interface Edit {
  readonly at: number;
  readonly length: number;
  readonly insert: string;
}

const WORDS = [
  ...'{ } ( ) , % / " // /* */ /** 1 20 5min 60% company users vendor group service hazard scenario require accept'.split(
    ' ',
  ),
  ...'without architecture import exposed to needs or and instances serves admits restarts in A B C Client'.split(' '),
  '\n',
  ' ',
  '\n  company New { instances 3 }\n',
  '\n  users New\n',
  '\n  group Inner {\n    company In1\n  }\n',
  '/** says */',
  '// says\n',
  'service S for A needs B',
  'architecture Other {\n company A\n}\n',
  'import "./x.p2parch"\n',
];

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  // Most edits are small; some take out a piece of any size.
  length: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.nat({ max: 12 }) },
    fc.nat({ max: 400 }),
  ),
  insert: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...WORDS) },
    { weight: 1, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.array(fc.constantFrom(...WORDS), { maxLength: 4 }).map((words) => words.join(' ')) },
  ),
});

/** A program and what is done to it, one edit after the other. */
export const edited = (most = 8): fc.Arbitrary<{ readonly text: string; readonly edits: readonly Edit[] }> =>
  fc.record({ text: programs().map(({ text }) => text), edits: fc.array(edit, { minLength: 1, maxLength: most }) });

export function apply(text: string, { at, length, insert }: Edit): string {
  const from = Math.floor(at * text.length);
  return text.slice(0, from) + insert + text.slice(from + length);
}

/** An edit that moves words instead: what stands from one place to another goes to a third. */
export function moved(text: string, from: number, to: number, where: number): string {
  const [start, end] = [Math.min(from, to), Math.max(from, to)].map((share) => Math.floor(share * text.length)) as [
    number,
    number,
  ];
  const rest = text.slice(0, start) + text.slice(end);
  const at = Math.floor(where * rest.length);
  return rest.slice(0, at) + text.slice(start, end) + rest.slice(at);
}
