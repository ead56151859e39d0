import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ReportedNumber } from '../../language/protocol/runs.ts';
import { about } from '../webview/samples.ts';

/** The text that is written to, as lines; and the edits that the editor was given. */
const editor = vi.hoisted(() => ({
  lines: [] as string[],
  version: 1,
  takes: true,
  edits: [] as { line: number; from: number; to: number; text: string }[],
}));
vi.mock('vscode', () => ({
  Uri: { parse: (text: string) => ({ toString: () => text }) },
  Range: class {
    constructor(
      readonly line: number,
      readonly from: number,
      readonly _last: number,
      readonly to: number,
    ) {}
  },
  WorkspaceEdit: class {
    readonly edits: (typeof editor)['edits'] = [];
    replace(_uri: unknown, { line, from, to }: { line: number; from: number; to: number }, text: string): void {
      this.edits.push({ line, from, to, text });
    }
  },
  window: {},
  workspace: {
    openTextDocument: async () => ({
      uri: {},
      get version() {
        return editor.version;
      },
    }),
    applyEdit: async ({ edits }: { edits: (typeof editor)['edits'] }) => {
      if (!editor.takes) return false;
      editor.edits.push(...edits);
      for (const { line, from, to, text } of edits) {
        const before = editor.lines[line] ?? '';
        editor.lines[line] = before.slice(0, from) + text + before.slice(to);
      }
      return true;
    },
  },
}));
const { writeNumber } = await import('../../extension/recovery-writing.ts');
type Server = Parameters<typeof writeNumber>[0];

const LINE = '  promoted from Client at 9/min';
const at = LINE.indexOf('9');
const NUMBER: ReportedNumber = {
  id: 'Super/promotion',
  component: 'Super',
  title: 'Super',
  words: 'promoted from Client at',
  value: 9 / 60,
  text: '9/min',
  notation: { measure: 'rate', unit: 'min' },
  least: 0.001,
  most: 10,
  source: {
    uri: 'file:///telephony.p2parch',
    range: { start: { line: 0, character: at }, end: { line: 0, character: at + 1 } },
    before: '',
    after: '',
  },
};
const elsewhere: ReportedNumber = {
  ...NUMBER,
  source: {
    uri: 'file:///telephony.p2parch',
    range: { start: { line: 3, character: 0 }, end: { line: 3, character: 1 } },
    before: '',
    after: '',
  },
};

const version = about().version;
const numbers = (...all: ReportedNumber[]) => ({ kind: 'numbers' as const, version, numbers: all });
type Reply = Awaited<ReturnType<Server['numbers']>>;

/** A server that answers in turn; before its second answer something may happen. */
function writing(first: Reply, second: Reply = first, meanwhile = () => {}, value = 0.5) {
  let asked = 0;
  const server = {
    numbers: async () => {
      asked += 1;
      if (asked === 1) return first;
      meanwhile();
      return second;
    },
  } as unknown as Server;
  const input = { architecture: 'Telephony', scenario: 'Crash', number: NUMBER.id, value };
  return writeNumber(server, about(), input, new AbortController().signal);
}

beforeEach(() => {
  Object.assign(editor, { lines: [LINE], version: 1, takes: true, edits: [] });
});

describe('A value that is written to the text', () => {
  test('is one edit, of the number alone, in its unit', async () => {
    expect(await writing(numbers(NUMBER))).toEqual({ kind: 'reply', reply: { text: '30/min' }, version });
    expect(editor.edits).toEqual([{ line: 0, from: at, to: at + 1, text: '30' }]);
    expect(editor.lines).toEqual(['  promoted from Client at 30/min']);
  });

  test('whatever it is, is read again as that value', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 100_000 }), async (perMinute) => {
        Object.assign(editor, { lines: [LINE], edits: [] });
        await writing(numbers(NUMBER), undefined, undefined, perMinute / 60);
        const [, digits = ''] = /at ([\d.]+)\/min$/.exec(editor.lines[0] ?? '') ?? [];
        expect(Number(digits) / 60).toBe(perMinute / 60);
      }),
      { seed: 7, numRuns: 50 },
    );
  });

  const changed = expect.stringContaining('The text has changed');
  test.each<[string, Reply, Reply | undefined, (() => void) | undefined]>([
    ['the text is another already', { ...numbers(NUMBER), version: version + 1 }, undefined, undefined],
    ['the number is gone', numbers(), undefined, undefined],
    [
      'the text changes while it is asked for',
      numbers(NUMBER),
      { ...numbers(NUMBER), version: version + 1 },
      undefined,
    ],
    ['the number moves while it is asked for', numbers(NUMBER), numbers(elsewhere), undefined],
    ['the number changes while it is asked for', numbers(NUMBER), numbers({ ...NUMBER, value: 1 }), undefined],
    ['the number goes while it is asked for', numbers(NUMBER), numbers(), undefined],
    ['its document changes while it is asked for', numbers(NUMBER), undefined, () => void editor.version++],
  ])('is refused when %s', async (_, first, second, meanwhile) => {
    expect(await writing(first, second ?? first, meanwhile)).toEqual({ kind: 'refusal', message: changed });
    expect(editor.edits).toEqual([]);
  });

  test('is refused where no text says the number, and where the editor does not take it', async () => {
    const { source: _, ...unsaid } = NUMBER;
    expect(await writing(numbers(unsaid))).toMatchObject({ kind: 'refusal' });
    editor.takes = false;
    expect(await writing(numbers(NUMBER))).toEqual({
      kind: 'refusal',
      message: 'The editor did not take the change.',
    });
    expect(editor.lines).toEqual([LINE]);
  });

  test('is not written when the server refuses', async () => {
    const refusal = { kind: 'refusal' as const, message: 'The file has errors.' };
    expect(await writing(refusal)).toEqual(refusal);
    expect(editor.edits).toEqual([]);
  });
});
