import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Frame, Page, Request } from 'playwright-core';
import * as vscode from 'vscode';
import { CONTRACT } from '../../language/protocol/contract.ts';
import { closeAll, edit, fileUri, framesWith, openFile, Panel, until } from './workbench.ts';

/** Envelopes, or what pretends to be one, that say nothing that can be acted on. */
const NONSENSE: readonly unknown[] = [
  null,
  'ready',
  42,
  [],
  {},
  { type: 'ready' },
  { contract: CONTRACT },
  { contract: CONTRACT, message: null },
  { contract: CONTRACT, message: { type: 'erase', uri: 'file:///' } },
  { contract: CONTRACT, message: { type: 'select', element: 7, architecture: 'Skype2007' } },
  { contract: CONTRACT, message: { type: 'show', architecture: ['Skype2007WithoutOverload'] } },
  { contract: CONTRACT, message: { type: 'picture', epoch: 1e12, picture: { diagram: { nodes: 'none' } } } },
  { contract: CONTRACT, message: { type: 'nothing', epoch: 'late', uri: '', message: 'Gone.' } },
  { contract: CONTRACT, message: { type: 'refusal', id: '1', message: 'No.' } },
  { contract: CONTRACT, message: { type: 'request', kind: 'write', id: 1, about: {}, input: {} } },
  JSON.parse('{"__proto__":{"contract":5},"message":{"type":"whole"}}'),
];

/** Of the right shape, and about what is not so. */
const MISPLACED: readonly object[] = [
  { type: 'select', element: 'Nobody', architecture: 'Skype2007' },
  { type: 'select', element: 'SuperNode', architecture: 'Another' },
  { type: 'fold', architecture: 'Another', folded: ['zone:users'] },
  { type: 'cancel', id: 99_999 },
  { type: 'exported', id: 99_999, content: '<svg/>' },
  {
    type: 'request',
    kind: 'write',
    id: 99_998,
    about: { uri: 'file:///etc/passwd', architecture: 'A', version: 1, epoch: 1 },
    input: { architecture: 'A', scenario: 'B', number: 'C', value: 1 },
  },
  {
    type: 'request',
    kind: 'faults',
    id: 99_997,
    about: { uri: 'file:///etc/passwd', architecture: 'A', version: 1, epoch: 1 },
    input: { kind: 'failures' },
  },
];

describe('between the extension and its page', () => {
  afterEach(closeAll);

  it('what a page sends that does not fit is logged and dropped, never acted on', async () => {
    const editor = await openFile('skype-2007.p2parch');
    const { document } = editor;
    const panel = await Panel.find();
    const before = { text: document.getText(), tabs: tabs(), nodes: await panel.nodes() };
    const page = await pageOf(panel);
    for (const message of [...NONSENSE, ...MISPLACED.map((each) => ({ contract: CONTRACT, message: each }))])
      await sendAsPage(page, message);
    await until('what was dropped in the log', async () =>
      /dropped a message of a panel/.test(await logged(panel.page)) ? true : undefined,
    );
    assert.deepEqual({ text: document.getText(), tabs: tabs(), nodes: await panel.nodes() }, before);
    assert.equal(document.isDirty, false);
    await until('the one editor', () => (vscode.window.visibleTextEditors.length === 1 ? true : undefined));
    // What fits goes on as before.
    await panel.clickNode('SuperNode');
    await until('the selection', () =>
      document.getText(vscode.window.activeTextEditor?.selection ?? new vscode.Range(0, 0, 0, 0)) === 'SuperNode'
        ? true
        : undefined,
    );
    await edit(editor, '  users SuperNode {\n', '  company Bell\n  users SuperNode {\n');
    await panel.node('Bell').waitFor({ state: 'attached' });
  });

  it('a page of another build is told so in words, and acted on no more', async () => {
    await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    const page = await pageOf(panel);
    await sendAsPage(page, { contract: CONTRACT + 1, message: { type: 'show', architecture: 'Skype2007' } });
    await panel.part('picture').waitFor({ state: 'detached' });
    const frames = await until('the words', async () => {
      const found = await framesWith('body', panel.page);
      const words = await Promise.all(
        found.map((each) =>
          each
            .locator('body')
            .innerText()
            .catch(() => ''),
        ),
      );
      return words.some((said) => /another (build|version)|open .* anew|newer|older/i.test(said)) ? words : undefined;
    });
    assert.ok(frames.length > 0);
  });

  it('what comes to the page that does not fit changes nothing of it', async () => {
    const editor = await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    const before = await panel.part('picture').innerHTML();
    const page = await pageOf(panel);
    await page.evaluate((all) => {
      for (const message of all) window.postMessage(message, '*');
    }, NONSENSE);
    await panel.page.waitForTimeout(500);
    assert.equal(await panel.part('picture').innerHTML(), before);
    await edit(editor, '  users SuperNode {\n', '  company Bell\n  users SuperNode {\n');
    await panel.node('Bell').waitFor({ state: 'attached' });
  });

  it('the page only draws: it asks nobody for anything, and starts no worker', async () => {
    const { page: around } = await Panel.window();
    const asked: string[] = [];
    const note = (request: Request): void => void asked.push(request.url());
    around.on('request', note);
    try {
      await openFile('supernodes-or-servers.p2parch');
      const panel = await Panel.find();
      await panel.part('failures-toggle').click();
      await panel.part('lists').locator('.row').first().waitFor({ state: 'visible' });
      await panel.part('compare').click();
      await panel.part('scrub').waitFor({ state: 'visible', timeout: 60_000 });
      await panel.part('run-progress').waitFor({ state: 'detached', timeout: 60_000 });
      const page = await pageOf(panel);
      const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
      assert.deepEqual(loaded, []);
      assert.equal(
        await page.evaluate(() => navigator.serviceWorker?.controller?.scriptURL.includes('dist') ?? false),
        false,
      );
      // Whatever the whole window asked for lies on this machine.
      for (const url of asked)
        assert.match(
          url,
          /^(data:|blob:|vscode-|https?:\/\/(127\.0\.0\.1|localhost|[^/]*\.localhost|[^/]*vscode-cdn\.net))/,
          url,
        );
      // Nor could it, if a name or a script of it wanted to.
      const tried = await page.evaluate(async () => {
        const words: string[] = [];
        const trying = async (what: string, act: () => unknown): Promise<void> => {
          try {
            await act();
            words.push(what);
          } catch {
            // Refused.
          }
        };
        await trying('fetch', () => fetch('https://example.com/'));
        await trying(
          'socket',
          () =>
            new Promise((resolve, reject) => {
              const socket = new WebSocket('wss://example.com/');
              socket.onopen = resolve;
              socket.onerror = reject;
            }),
        );
        await trying(
          'image',
          () =>
            new Promise((resolve, reject) => {
              const image = new Image();
              image.onload = resolve;
              image.onerror = reject;
              image.src = 'https://example.com/x.png';
            }),
        );
        await trying(
          'worker',
          () =>
            new Promise((resolve, reject) => {
              const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])));
              worker.onmessage = resolve;
              worker.onerror = reject;
            }),
        );
        await trying('eval', () => new Function('return 1')());
        Object.assign(window, { ran: false });
        document.body.insertAdjacentHTML('beforeend', '<i onclick="ran = true" data-testid="handler">x</i>');
        document.querySelector<HTMLElement>('[data-testid="handler"]')?.click();
        if ((window as unknown as { ran: boolean }).ran) words.push('handler');
        document.querySelector('[data-testid="handler"]')?.remove();
        return words;
      });
      assert.deepEqual(tried, []);
    } finally {
      around.off('request', note);
    }
  });

  it('the page holds its bundle, and may read nothing else', async () => {
    await openFile('skype-2007.p2parch');
    const page = await pageOf(await Panel.find());
    const linked = await page.evaluate(() => document.querySelectorAll('[src], [href]:not(svg *)').length);
    assert.equal(linked, 0);
    // The address of a file is the same in every webview: another one says it.
    const other = vscode.window.createWebviewPanel('p2parch.test', 'Other', vscode.ViewColumn.One);
    const extension = vscode.extensions.getExtension('p2parch.p2parch')?.extensionUri;
    assert.ok(extension);
    const files = [
      vscode.Uri.joinPath(extension, 'dist', 'webview.css'),
      vscode.Uri.joinPath(extension, 'package.json'),
      fileUri('skype-2007.p2parch'),
    ];
    const addresses = files.map((file) => other.webview.asWebviewUri(file).toString(true));
    other.dispose();
    for (const file of files) assert.ok(readFileSync(file.fsPath, 'utf8').length > 0);
    for (const address of addresses) {
      const answers = await page.evaluate(
        (url) =>
          Promise.all([
            fetch(url).then(
              ({ ok }) => ok,
              () => false,
            ),
            new Promise<boolean>((resolve) => {
              const link = document.createElement('link');
              link.rel = 'stylesheet';
              link.href = url;
              link.onload = () => resolve(true);
              link.onerror = () => resolve(false);
              document.head.append(link);
            }),
          ]),
        address,
      );
      assert.deepEqual(answers, [false, false], address);
    }
  });
});

const tabs = (): string[] => vscode.window.tabGroups.all.flatMap(({ tabs: all }) => all.map(({ label }) => label));

/** The page of the panel that is seen. */
async function pageOf(panel: Panel): Promise<Frame> {
  const [frame] = await framesWith('[data-testid="toolbar"]', panel.page);
  if (!frame) throw new Error('no panel is seen');
  return frame;
}

/** As the page itself posts: through the frame around it. */
async function sendAsPage(page: Frame, message: unknown): Promise<void> {
  const around = page.parentFrame();
  if (!around) throw new Error('the page stands alone');
  await around.evaluate((sent) => {
    const post = Reflect.get(window, '__vscode_post_message__') as (channel: string, data: object) => void;
    post('onmessage', { message: sent });
  }, message);
}

/** What the end of the extension's log says, as a reader sees it. */
async function logged(window: Page): Promise<string> {
  await vscode.commands.executeCommand('workbench.action.output.show.p2parch.p2parch.P2P Arch.log');
  const lines = window.locator('.part.panel .view-lines').first();
  const words = await lines.textContent({ timeout: 10_000 });
  await vscode.commands.executeCommand('workbench.action.closePanel');
  return (words ?? '').replace(/\u00a0/g, ' ');
}
