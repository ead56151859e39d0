import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FAULT_REQUEST } from '../../language/protocol/faults.ts';
import { OUTLINE_REQUEST, PICTURE_REQUEST, RECOVERY_REQUEST } from '../../language/protocol/pictures.ts';
import { NUMBERS_REQUEST, SENSITIVITY_REQUEST } from '../../language/protocol/runs.ts';
import type { JobRunner } from '../../language/workers/runner.ts';
import { workerThreads } from '../../language/workers/runner-node.ts';
import { Client } from '../lsp/client.ts';
import { noPage, type OpenedPage, openPage } from '../webview/opened-page.ts';
import { ODD_PROGRAMS } from './odd-programs.ts';

vi.mock('vscode', async () => (await import('./editor.ts')).editorStub({ settings: { runs: 3 } }));
const { DiagramPanel } = await import('../../extension/panel.ts');
type Panel = InstanceType<typeof DiagramPanel>;
type View = ConstructorParameters<typeof DiagramPanel>[0];
type Server = ConstructorParameters<typeof DiagramPanel>[2];
type Uri = ConstructorParameters<typeof DiagramPanel>[1]['uri'];

const SCRIPT = path.resolve(import.meta.dirname, '../../dist/worker.cjs');

/** Words that nobody has written for a reader. */
const NO_WORDS = /\bNaN\b|\bundefined\b|\bInfinity\b|\[object |\bnull\b|\bfunction\b|-0\b/;

/** The language server, the extension's panel and the panel's page, with nobody's editor around them. */
describe.skipIf(noPage !== '')(`A panel of a file that nobody would write${noPage}`, () => {
  let client: Client;
  let runner: JobRunner;
  let opened: OpenedPage;
  let receive: (message: unknown) => void = () => {};
  const warned: string[] = [];

  beforeAll(async () => {
    if (!existsSync(SCRIPT)) throw new Error('dist/worker.cjs is missing: `npm run build` makes it');
    runner = workerThreads(SCRIPT);
    client = await Client.start({}, runner);
    opened = await openPage((message) => receive(message));
  });
  afterAll(async () => {
    await opened?.close();
    await client?.stop();
    await runner?.dispose();
  });

  async function open(text: string): Promise<Panel> {
    const file = 'odd.p2parch';
    await client.open(file, text);
    const uri = { toString: () => client.uri(file) } as Uri;
    const webview = {
      html: '',
      options: {},
      cspSource: '',
      asWebviewUri: (each: unknown) => each,
      postMessage: (message: unknown) =>
        opened.page
          .evaluate((data) => window.postMessage(data), message)
          .then(
            () => true,
            () => false,
          ),
      onDidReceiveMessage: (listener: typeof receive) => {
        receive = listener;
        return { dispose() {} };
      },
    };
    const panel = new DiagramPanel(
      { webview, title: '', reveal: () => {} } as Partial<View> as View,
      { uri },
      server(),
      Promise.resolve({ script: '', styles: '' }),
      () => false,
    );
    await opened.reload();
    return panel;
  }

  /** As the extension asks it; nobody is told of runs while they go on. */
  function server(): Server {
    const ask =
      <Request extends object, Reply>(method: string) =>
      (request: Request) =>
        client.request<Reply>(method, request);
    const nobody = () => ({ dispose() {} });
    return {
      picture: ask(PICTURE_REQUEST),
      outline: ask(OUTLINE_REQUEST),
      recovery: ask(RECOVERY_REQUEST),
      numbers: ask(NUMBERS_REQUEST),
      sensitivity: ask(SENSITIVITY_REQUEST),
      faults: ask(FAULT_REQUEST),
      review: async () => undefined,
      block: async () => undefined,
      warm: () => {},
      closed: () => {},
      warn: (text) => void warned.push(text),
      onChecked: nobody,
      onRuns: nobody,
      onSensitivity: nobody,
    };
  }

  for (const [what, text] of Object.entries(ODD_PROGRAMS)) {
    test(`is shown, fails, is played and told in words that make sense: ${what}`, async () => {
      const panel = await open(text);
      const isSmall = text.length < 20_000;
      const { page, errors } = opened;
      errors.length = 0;
      const look = async (view: string): Promise<void> => {
        const said = await page.evaluate(wordsOfPage);
        expect(
          said.filter((words) => NO_WORDS.test(words)),
          view,
        ).toEqual([]);
        expect([...errors, ...warned], view).toEqual([]);
      };
      await part(page, 'picture').or(part(page, 'nothing')).first().waitFor();
      await look('picture');
      if ((await part(page, 'picture').count()) > 0) {
        await lookAtFailures(page, look, isSmall);
        await lookAtTree(page, look);
        await lookAtRecovery(page, look, isSmall);
      }
      panel.dispose();
      await client.close('odd.p2parch');
    }, 180_000);
  }
});

type Look = (view: string) => Promise<void>;

const part = (page: Page, testId: string): Locator => page.locator(`[data-testid="${testId}"]`);
const press = (locator: Locator): Promise<void> => locator.evaluate((element: HTMLElement) => element.click());

async function lookAtFailures(page: Page, look: Look, isSmall: boolean): Promise<void> {
  await press(part(page, 'failures-toggle'));
  await part(page, 'failure').waitFor();
  const lists = part(page, 'lists');
  await lists.locator('.count', { hasNotText: '…' }).first().waitFor();
  await look('cut sets');
  const services = await part(page, 'cut-set-service').locator('option').count();
  for (let service = 0; service < Math.min(3, services); service++) {
    await part(page, 'cut-set-service').selectOption({ index: service });
    await lists.locator('.count', { hasNotText: '…' }).first().waitFor();
    await failRows(page, look, isSmall);
  }
  if (services === 0) await failRows(page, look, isSmall);
  await press(part(page, 'tab-reach'));
  await failRows(page, look, isSmall);
  const nodes = page.locator('[data-testid="picture"] [data-node]');
  for (let node = 0; node < Math.min(isSmall ? 8 : 2, await nodes.count()); node++) {
    await nodes.nth(node).focus();
    await page.keyboard.press('Enter');
    await look(`what falls with node ${node}`);
  }
  await press(part(page, 'failures-toggle'));
  await part(page, 'failure').waitFor({ state: 'detached' });
}

async function failRows(page: Page, look: Look, isSmall: boolean): Promise<void> {
  const rows = part(page, 'lists').locator('.row');
  for (let row = 0; row < Math.min(isSmall ? 4 : 1, await rows.count()); row++) {
    await press(rows.nth(row));
    await page.locator('[data-testid="summary-serviceLost"] dd', { hasNotText: '…' }).waitFor();
    await look(`what falls with row ${row}`);
    await press(part(page, 'mend-all'));
  }
}

async function lookAtTree(page: Page, look: Look): Promise<void> {
  if ((await part(page, 'tree-toggle').count()) === 0) return;
  await press(part(page, 'tree-toggle'));
  await part(page, 'fault-tree').or(part(page, 'no-tree')).first().waitFor();
  await look('fault tree');
  const services = await part(page, 'tree-service').locator('option').count();
  for (let service = 1; service < Math.min(4, services); service++) {
    await part(page, 'tree-service').selectOption({ index: service });
    await page.locator('[data-testid="tree-words"], [data-testid="no-tree"]').first().waitFor();
    await look(`fault tree of service ${service}`);
  }
  await press(part(page, 'close-tree'));
  await part(page, 'picture').waitFor();
}

/** What matters takes as many runs as there are numbers. */
async function lookAtRecovery(page: Page, look: Look, isSmall: boolean): Promise<void> {
  const run = part(page, 'run');
  if ((await run.count()) === 0 || !(await run.isEnabled())) return;
  await press((await part(page, 'compare').count()) > 0 ? part(page, 'compare') : run);
  await part(page, 'scrub').or(part(page, 'banner')).first().waitFor();
  await look('recovery begun');
  if ((await part(page, 'scrub').count()) === 0) return;
  for (const share of [0, 0.3, 1]) {
    await part(page, 'scrub').evaluate((input: HTMLInputElement, at) => {
      input.value = String(Number(input.max) * at);
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }, share);
    await page.locator('[data-testid="picture"][data-settled="true"]').first().waitFor({ state: 'attached' });
    await look(`recovery at ${share}`);
  }
  await press(part(page, 'tab-what-if'));
  await part(page, 'number').or(page.locator('.tab-panel p')).first().waitFor();
  if ((await part(page, 'number').count()) > 0) await press(part(page, 'number').first());
  await look('what if');
  if (isSmall) await press(part(page, 'tab-sensitivity'));
  if (isSmall)
    await part(page, 'tornado')
      .or(page.locator('.tab-panel p', { hasNotText: '…' }))
      .first()
      .waitFor();
  await look('what matters');
  await press(part(page, 'tab-results'));
  await press(part(page, 'present'));
  await look('presented');
  await press(part(page, 'present'));
  await press(part(page, 'close-recovery'));
}

/** What is seen, and what is read aloud, without what stands in names and titles of the text itself. */
function wordsOfPage(): string[] {
  const labels = ['aria-label', 'aria-valuetext', 'title', 'placeholder'].flatMap((name) =>
    [...document.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name) ?? ''),
  );
  const texts = [...document.querySelectorAll('#app *')].flatMap((element) =>
    [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent ?? ''),
  );
  return [...new Set([...labels, ...texts])];
}
