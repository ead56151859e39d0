import fc from 'fast-check';
import { EmptyFileSystem, type LangiumDocument, URI } from 'langium';
import { describe, expect, it } from 'vitest';
import type { Position, TextEdit } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { lineEnds } from '../../language/formatting/spacing.ts';
import { createP2PArchServices } from '../../language/services.ts';
import { formatted, words } from './check.ts';
import { programs } from './programs.ts';

const { shared, language } = createP2PArchServices(EmptyFileSystem);
const formatter = language.lsp.Formatter;
if (!formatter) throw new Error('the language has no formatter');

const OPTIONS = { tabSize: 2, insertSpaces: true };
const open = (text: string): LangiumDocument =>
  shared.workspace.LangiumDocumentFactory.fromString(text, URI.parse('file:///review/main.p2parch'));

type Answer = (document: LangiumDocument) => TextEdit[] | Promise<TextEdit[]>;

async function edited(text: string, answer: Answer): Promise<string> {
  const document = open(text);
  return TextDocument.applyEdits(document.textDocument, await answer(document));
}
const whole = (text: string): Promise<string> =>
  edited(text, (document) =>
    formatter.formatDocument(document, { textDocument: { uri: document.uri.toString() }, options: OPTIONS }),
  );
const range = (text: string, start: Position, end: Position): Promise<string> =>
  edited(text, (document) =>
    formatter.formatDocumentRange(document, {
      textDocument: { uri: document.uri.toString() },
      range: { start, end },
      options: OPTIONS,
    }),
  );
const typed = (text: string, ch: string, position: Position): Promise<string> =>
  edited(text, (document) =>
    formatter.formatDocumentOnType(document, {
      textDocument: { uri: document.uri.toString() },
      position,
      ch,
      options: OPTIONS,
    }),
  );

const linesOf = (text: string): string[] => text.split(/(?<=\r\n|\n|\r(?!\n))/);
/** The same lines: those before, and those after, as many as there were. */
function expectOutsideKept(before: string, after: string, first: number, last: number): void {
  const source = linesOf(before);
  const head = source.slice(0, first).join('');
  const tail = source.slice(last + 1).join('');
  expect(after.startsWith(head)).toBe(true);
  expect(after.slice(head.length).endsWith(tail)).toBe(true);
}
/** A text, and two of its lines. */
const selections = fc.tuple(programs(), fc.nat(), fc.nat()).map(([{ text }, one, other]) => {
  const count = linesOf(text).length;
  const [first, last] = [one % count, other % count].sort((left, right) => left - right) as [number, number];
  return { text, first, last };
});

describe('a whole file', () => {
  it('gives the editor what the function gives', async () => {
    await fc.assert(
      fc.asyncProperty(programs(), async ({ text }) => {
        expect(await whole(text)).toBe(formatted(text));
      }),
      { numRuns: 100 },
    );
  });
});

describe('a range', () => {
  it('changes nothing outside its lines, and nothing but blanks in them', async () => {
    await fc.assert(
      fc.asyncProperty(selections, async ({ text, first, last }) => {
        const after = await range(text, { line: first, character: 0 }, { line: last, character: 1_000 });
        expectOutsideKept(text, after, first, last);
        expect(words(after)).toEqual(words(text));
      }),
      { numRuns: 400 },
    );
  });

  it('is a part of the whole: what is formatted by it formats to the same file', async () => {
    await fc.assert(
      fc.asyncProperty(selections, async ({ text, first, last }) => {
        const after = await range(text, { line: first, character: 0 }, { line: last, character: 1_000 });
        expect(formatted(after)).toBe(formatted(text));
      }),
      { numRuns: 400 },
    );
  });

  it('of a formatted file with some lines spoilt, it mends these', async () => {
    await fc.assert(
      fc.asyncProperty(selections, async ({ text, first, last }) => {
        const good = linesOf(formatted(text));
        const { comments } = commentLines(good.join(''));
        const spoil = (line: string, index: number): string =>
          index < first || index > last || comments.has(index) || line.trim() === '' ? line : `\t ${line}`;
        const after = await range(
          good.map(spoil).join(''),
          { line: first, character: 3 },
          // A selection of whole lines ends before the first character of the next one.
          { line: last + 1, character: 0 },
        );
        expect(after).toBe(good.join(''));
      }),
      { numRuns: 400 },
    );
  });

  it('of all lines is the whole', async () => {
    await fc.assert(
      fc.asyncProperty(programs(), async ({ text }) => {
        const after = await range(text, { line: 0, character: 0 }, { line: linesOf(text).length + 1, character: 0 });
        expect(after).toBe(formatted(text));
      }),
      { numRuns: 200 },
    );
  });

  it('puts its lines in order, and no others', async () => {
    const text = 'architecture A {\ncompany X{\n instances   4\nfails every 5min\n}\n users   Y\n}\n';
    expect(await range(text, { line: 2, character: 5 }, { line: 3, character: 2 })).toBe(
      'architecture A {\ncompany X{\n    instances 4\n    fails every 5 min\n}\n users   Y\n}\n',
    );
  });
});

/** The lines that begin within a block comment. */
function commentLines(text: string): { comments: Set<number> } {
  const document = TextDocument.create('file:///a', 'p2parch', 0, text);
  const comments = new Set<number>();
  for (const { startOffset, image } of language.parser.Lexer.tokenize(text).hidden) {
    const to = document.positionAt(startOffset + image.length).line;
    for (let line = document.positionAt(startOffset).line + 1; line <= to; line++) comments.add(line);
  }
  return { comments };
}

/** Types at the mark `|`: the text stands as the editor has it after the key. */
async function checkTyped(before: string, ch: string, after: string): Promise<void> {
  const offset = before.indexOf('|');
  const text = before.replace('|', '');
  const position = TextDocument.create('file:///a', 'p2parch', 0, text).positionAt(offset);
  expect(await typed(text, ch, position)).toBe(after);
}

describe('while typing', () => {
  it('a } puts its block in order, and nothing else', () =>
    checkTyped(
      'architecture A {\ncompany  X\n  company Y {\n instances   4\n      needs X\n    }|\n  users   Z\n}\n',
      '}',
      'architecture A {\ncompany  X\n  company Y {\n    instances 4\n    needs X\n  }\n  users   Z\n}\n',
    ));

  it('a } in a text or a comment is none', async () => {
    await checkTyped('hazard   X "}|"\n', '}', 'hazard   X "}"\n');
    await checkTyped('hazard   X // }|\n', '}', 'hazard   X // }\n');
  });

  it('a } that closes nothing changes nothing', () => checkTyped('hazard   X\n}|\n', '}', 'hazard   X\n}\n'));

  it('a line end puts the line before it in order, and leaves those around as they are', () =>
    checkTyped(
      'architecture A {\n  company X {\n  fails every 5min\n   instances   4\n    |\n   needs   Y\n  }\n}\n',
      '\n',
      'architecture A {\n  company X {\n  fails every 5min\n    instances 4\n    \n   needs   Y\n  }\n}\n',
    ));

  it('the new line is indented as its statement will be', async () => {
    await checkTyped('architecture A {\n|\n}\n', '\n', 'architecture A {\n  \n}\n');
    await checkTyped('architecture A {\n  company X\n      |\n}\n', '\n', 'architecture A {\n  company X\n  \n}\n');
    await checkTyped('hazard X\n  |\n', '\n', 'hazard X\n\n');
    await checkTyped('architecture A { company X\n|}\n', '\n', 'architecture A {\n  company X\n}\n');
  });

  it('the line end that was just set is not taken back', async () => {
    await checkTyped('architecture A {\n|}\n', '\n', 'architecture A {\n}\n');
    await checkTyped('architecture A\n|{\n}\n', '\n', 'architecture A\n{\n}\n');
    await checkTyped('hazard X\n\n\n|hazard Y\n', '\n', 'hazard X\n\n\nhazard Y\n');
  });

  it('a broken `needs` goes on a level deeper', () =>
    checkTyped(
      'architecture A {\n  service S {\n    needs X\n|or Y\n  }\n}\n',
      '\n',
      'architecture A {\n  service S {\n    needs X\n      or Y\n  }\n}\n',
    ));

  it('stars of a documentation comment stand below its first', () =>
    checkTyped(
      'architecture A {\n  /**\n   * What\n* it|\n   */\n  company X\n}\n'.replace('|', '\n * |'),
      '\n',
      'architecture A {\n  /**\n   * What\n   * it\n   * \n   */\n  company X\n}\n',
    ));

  it('answers in a file with errors, and leaves their lines alone', async () => {
    await checkTyped(
      'architecture A {\n  company {\n  instances   4\n|\n  }\n}\n',
      '\n',
      'architecture A {\n  company {\n    instances 4\n    \n  }\n}\n',
    );
    await checkTyped(
      'architecture A {\n company X { needs   or\n  | }\n}\n',
      '\n',
      'architecture A {\n  company X {needs   or\n   }\n}\n'.replace('{needs', '{ needs'),
    );
  });

  it('edits only the lines that it concerns', async () => {
    await fc.assert(
      fc.asyncProperty(selections, async ({ text, first }) => {
        const after = await typed(text, '\n', { line: first, character: 0 });
        expectOutsideKept(text, after, Math.max(first - 1, 0), first);
        expect(words(after)).toEqual(words(text));
        expect(lineEnds(after)).toBeGreaterThanOrEqual(lineEnds(text));
      }),
      { numRuns: 400 },
    );
  });

  it('a } edits only the lines from the head of its block', async () => {
    await fc.assert(
      fc.asyncProperty(selections, async ({ text, first }) => {
        const braces = language.parser.Lexer.tokenize(text).tokens.filter(({ image }) => image === '}');
        const brace = braces[first % Math.max(braces.length, 1)];
        if (!brace) return;
        const document = TextDocument.create('file:///a', 'p2parch', 0, text);
        const position = document.positionAt(brace.startOffset + 1);
        const after = await typed(text, '}', position);
        expectOutsideKept(text, after, 0, position.line);
        expect(words(after)).toEqual(words(text));
        expect(formatted(after)).toBe(formatted(text));
      }),
      { numRuns: 400 },
    );
  });
});
