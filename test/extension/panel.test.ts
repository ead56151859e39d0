import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Checked } from '../../language/protocol/checked.ts';
import { CONTRACT, enveloped } from '../../language/protocol/contract.ts';
import { panelMessageSchema } from '../../language/protocol/panel.ts';
import type { PictureReply, PictureRequest } from '../../language/protocol/pictures.ts';
import { mutated } from '../webview/mutations.ts';
import { anyValue, cloneable } from '../webview/odd-values.ts';
import { about, picture } from '../webview/samples.ts';

/** As much of the editor as a panel uses; what it does to the user's windows is written down. */
const editor = vi.hoisted(() => ({ shown: [] as unknown[] }));
vi.mock('vscode', async () =>
  (await import('./editor.ts')).editorStub({ onShow: (given) => void editor.shown.push(given) }),
);
const { DiagramPanel } = await import('../../extension/panel.ts');
type View = ConstructorParameters<typeof DiagramPanel>[0];
type Server = ConstructorParameters<typeof DiagramPanel>[2];
type Uri = ConstructorParameters<typeof DiagramPanel>[1]['uri'];

const FILE = 'file:///telephony.p2parch';
const uri = (text: string) => ({ toString: () => text }) as Uri;
const place = { line: 1, character: 2 };
const range = { start: place, end: place };

function open() {
  let receive: (input: unknown) => void = () => {};
  let checked: (told: Checked) => void = () => {};
  const posted: unknown[] = [];
  const asked: string[] = [];
  const warned: string[] = [];
  const webview = {
    html: '',
    options: {},
    cspSource: 'https://example.com',
    asWebviewUri: (file: unknown) => file,
    postMessage: async (message: unknown) => posted.push(message) > 0,
    onDidReceiveMessage: (listener: typeof receive) => {
      receive = listener;
      return { dispose() {} };
    },
  };
  const places = [{ element: 'Client', uri: FILE, range, whole: range }];
  const reply: PictureReply = { kind: 'picture', serial: 3, picture: { ...picture(), places } };
  const ask =
    <Reply>(what: string, answer: Reply) =>
    async () => {
      asked.push(what);
      return answer;
    };
  const connection: Server = {
    picture: (request) => {
      server.asked.push(request);
      return ask('picture', reply)();
    },
    recovery: ask('recovery', { kind: 'refusal' as const, message: 'No.' }),
    faults: ask('faults', {
      version: 5,
      answer: { kind: 'losses' as const, failed: [], components: [], services: [] },
    }),
    outline: ask('outline', { kind: 'refusal' as const, message: 'No.' }),
    warm: () => {},
    closed: (panel) => void server.closed.push(panel),
    block: ask('block', { pictures: [], errors: [] }),
    review: ask('review', { kind: 'refusal' as const, message: 'No.' }),
    numbers: ask('numbers', { kind: 'refusal' as const, message: 'No.' }),
    sensitivity: ask('sensitivity', { kind: 'refusal' as const, message: 'No.' }),
    warn: (text) => void warned.push(text),
    onChecked: (listener) => {
      checked = listener;
      return { dispose() {} };
    },
    onRuns: () => ({ dispose() {} }),
    onSensitivity: () => ({ dispose() {} }),
  };
  const view = { webview, title: '' } as Partial<View> as View;
  const others: string[] = [];
  const panel = new DiagramPanel(
    view,
    { uri: uri(FILE) },
    connection,
    Promise.resolve({ script: '', styles: '' }),
    (architecture) => others.includes(architecture),
  );
  const told = (redrawn: Checked['redrawn']) => checked({ uri: FILE, version: 6, redrawn });
  return { panel, others, webview, posted, asked, warned, told, receive: (input: unknown) => receive(input) };
}

/** What was asked of all servers, and which panels were told to be closed. */
const server = { asked: [] as PictureRequest[], closed: [] as number[] };

/** What throws when it is looked at is not so. */
function quietly(look: () => boolean): boolean {
  try {
    return look();
  } catch {
    return false;
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

const GOOD = [
  { type: 'ready', architecture: 'Telephony' },
  { type: 'select', element: 'Client', architecture: 'Telephony' },
  { type: 'show', architecture: 'Hosted' },
  { type: 'cancel', id: 1 },
  {
    type: 'request',
    kind: 'recovery',
    id: 2,
    about: about(),
    input: { scenario: 'Crash', architectures: ['Telephony'] },
  },
  { type: 'request', kind: 'faults', id: 3, about: about(), input: { kind: 'losses', failed: ['Client'] } },
  {
    type: 'request',
    kind: 'whatIf',
    id: 4,
    about: about(),
    input: { scenario: 'Crash', architectures: ['Telephony'], changes: [{ id: 'Super/rate', value: 2 }], runs: 4 },
  },
  { type: 'request', kind: 'numbers', id: 5, about: about(), input: { architecture: 'Telephony', scenario: 'Crash' } },
  {
    type: 'request',
    kind: 'sensitivity',
    id: 6,
    about: about(),
    input: { architecture: 'Telephony', scenario: 'Crash' },
  },
  {
    type: 'request',
    kind: 'write',
    id: 7,
    about: about(),
    input: { architecture: 'Telephony', scenario: 'Crash', number: 'Super/rate', value: 2 },
  },
  { type: 'present', on: true },
  { type: 'whole' },
];

describe('A panel of the editor', () => {
  test('draws for a page that is ready, and selects what was clicked in the picture alone', async () => {
    const { receive, posted, asked } = open();
    receive(enveloped(GOOD[0]));
    await settled();
    expect(asked).toEqual(['picture']);
    expect(posted).toMatchObject([{ contract: CONTRACT, message: { type: 'picture', picture: { uri: FILE } } }]);
    editor.shown.length = 0;
    receive(enveloped({ type: 'select', element: 'Nobody', architecture: 'Telephony' }));
    receive(enveloped({ type: 'select', element: 'Client', architecture: 'Hosted' }));
    await settled();
    expect(editor.shown).toHaveLength(0);
    receive(enveloped(GOOD[1]));
    await settled();
    expect(editor.shown).toHaveLength(1);
  });

  test('leaves an architecture to the other panel that shows it', async () => {
    const { panel, others, receive, posted, asked } = open();
    receive(enveloped(GOOD[0]));
    await settled();
    others.push('Hosted');
    receive(enveloped({ type: 'show', architecture: 'Hosted' }));
    await settled();
    expect(asked).toEqual(['picture']);
    expect(posted).toHaveLength(1);
    expect(panel.architecture).toBe('Telephony');
    receive(enveloped({ type: 'show', architecture: 'Third' }));
    expect(server.asked.at(-1)).toMatchObject({ architecture: 'Third' });
  });

  test('sends what has changed in a picture, and the whole to a page that has lost it', async () => {
    const { receive, posted } = open();
    receive(enveloped(GOOD[0]));
    await settled();
    receive(enveloped({ type: 'fold', architecture: 'Telephony', folded: [] }));
    await settled();
    const [first, second] = posted.map((sent) => (sent as { message: { epoch: number } }).message);
    expect(second).toEqual({
      type: 'change',
      epoch: (first?.epoch ?? 0) + 1,
      since: first?.epoch,
      change: { version: 5, stale: '', nodes: [], edges: [], containers: [] },
    });
    receive(enveloped({ type: 'whole' }));
    await settled();
    receive(enveloped(GOOD[0]));
    await settled();
    expect(posted.slice(2)).toMatchObject([{ message: { type: 'picture' } }, { message: { type: 'picture' } }]);
  });

  test('takes what the server tells unasked, if it is about the picture that it has, and asks otherwise', async () => {
    const { panel, receive, posted, asked, told } = open();
    receive(enveloped(GOOD[0]));
    await settled();
    const change = { version: 6, stale: '', title: 'Other', nodes: [], edges: [], containers: [] };
    const { panel: id } = server.asked.at(-1) ?? {};
    if (id === undefined) throw new Error('no picture was asked for');
    const redrawn = { panel: id, since: 3, serial: 4, change };
    told([redrawn]);
    await settled();
    expect(asked).toEqual(['picture']);
    expect(posted.at(-1)).toMatchObject({ message: { type: 'change', change } });
    for (const other of [redrawn, { ...redrawn, since: 4, panel: id + 1 }]) {
      told([other]);
      await settled();
    }
    expect(asked).toEqual(['picture', 'picture', 'picture']);
    // What was asked for meanwhile is waited for: another folding, another architecture.
    receive(enveloped({ type: 'fold', architecture: 'Telephony', folded: [] }));
    told([{ ...redrawn, since: 3 }]);
    await settled();
    expect(asked).toHaveLength(5);
    panel.dispose();
    expect(server.closed).toContain(id);
  });

  test('folds what is shown alone, and forgets it with the architecture', async () => {
    const { receive, asked } = open();
    receive(enveloped(GOOD[0]));
    await settled();
    receive(enveloped({ type: 'fold', architecture: 'Another', folded: ['zone:users'] }));
    await settled();
    expect(asked).toHaveLength(1);
    receive(enveloped({ type: 'fold', architecture: 'Telephony', folded: ['zone:users'] }));
    await settled();
    expect(server.asked.at(-1)?.folded).toEqual(['zone:users']);
    receive(enveloped({ type: 'show', architecture: 'Hosted' }));
    await settled();
    expect(server.asked.at(-1)).not.toHaveProperty('folded');
  });

  test('keeps what it is to say until its page has a picture', async () => {
    const { panel, receive, posted } = open();
    panel.play('Crash', ['Telephony']);
    await settled();
    expect(posted).toEqual([]);
    receive(enveloped(GOOD[0]));
    await settled();
    expect(posted).toMatchObject([{ message: { type: 'picture' } }, { message: { type: 'play', scenario: 'Crash' } }]);
  });

  test('answers no question about another file', async () => {
    const { receive, posted, asked } = open();
    receive(enveloped({ ...GOOD[5], about: about({ uri: 'file:///etc/passwd' }) }));
    await settled();
    expect(asked).toEqual([]);
    expect(posted).toMatchObject([{ message: { type: 'refusal', id: 3 } }]);
  });

  test('may run its script, and read no file', () => {
    expect(open().webview.options).toEqual({ enableScripts: true, localResourceRoots: [] });
  });

  test('puts words in the place of a page of another build', async () => {
    const { receive, webview } = open();
    await settled();
    expect(webview.html).toContain('<script');
    receive({ contract: CONTRACT + 1, message: GOOD[0] });
    expect(webview.html).toContain('another version of P2P Arch');
    expect(webview.html).toContain("default-src 'none'");
    expect(webview.html).not.toContain('<script');
  });

  test('neither throws nor acts, whatever a page sends that does not fit', async () => {
    const unfit = fc.oneof(
      anyValue,
      anyValue.map(enveloped),
      fc.oneof(...GOOD.map((each) => mutated(each, cloneable))).map(enveloped),
    );
    const rejected: unknown[] = [];
    const note = (reason: unknown): void => void rejected.push(reason);
    process.on('unhandledRejection', note);
    try {
      await fc.assert(
        fc.asyncProperty(unfit, async (input) => {
          const { receive, posted, asked, warned, webview, panel } = open();
          await settled();
          const before = webview.html;
          expect(before).toContain('<script');
          editor.shown.length = 0;
          receive(input);
          await settled();
          const fits = quietly(() => panelMessageSchema.safeParse((input as { message?: unknown }).message).success);
          if (!fits) {
            expect([posted, asked, editor.shown]).toEqual([[], [], []]);
            expect(warned).toHaveLength(1);
            if (quietly(() => (input as { contract?: unknown }).contract === CONTRACT))
              expect(webview.html).toBe(before);
          }
          panel.dispose();
        }),
        { numRuns: 400 },
      );
    } finally {
      process.off('unhandledRejection', note);
    }
    expect(rejected).toEqual([]);
  });
});
