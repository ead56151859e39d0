import * as assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import * as vscode from 'vscode';
import { BANK, GROUP } from './bank.ts';
import {
  closeAll,
  edit,
  fileUri,
  framesWith,
  openFile,
  openText,
  Panel,
  savedIn,
  setAutomatic,
  until,
} from './workbench.ts';

describe('a panel in other windows', () => {
  before(() => setAutomatic(false));
  afterEach(closeAll);
  after(() => setAutomatic(true));

  it('goes on where it is moved: as it was, following the text, leading to it', async () => {
    const editor = await openText('bank.p2parch', BANK);
    const panel = await openDiagram('bank.p2parch', 'Offline');
    await panel.part('picture').locator(`[data-fold="${GROUP}"]`).click();
    await panel.node(GROUP).waitFor({ state: 'visible' });
    await panel.part('zoom-in').click();
    const scale = await panel.part('picture').getAttribute('data-scale');
    await panel.saved();
    const opened = panel.page.context().waitForEvent('page');
    await vscode.commands.executeCommand('workbench.action.moveEditorToNewWindow');
    const window = await opened;
    const frame = await pictureIn(window, 'Offline');
    await frame.locator(`[data-node="${GROUP}"]`).waitFor({ state: 'visible' });
    assert.equal(await part(frame, 'picture').getAttribute('data-scale'), scale);
    await edit(editor, '  company Till {', '  company Bell\n  company Till {');
    await frame.locator('[data-node="Bell"]').waitFor({ state: 'attached' });
    await frame.locator('[data-node="Spare"]').focus();
    await window.keyboard.press('Enter');
    await until('the selection in the text', () => {
      const shown = vscode.window.visibleTextEditors.find(({ document }) => document === editor.document);
      return shown && shown.document.getText(shown.selection) === 'Spare' ? true : undefined;
    });
  });

  it('comes back when a window is opened anew: architecture, folded groups, zoom and failures; the recovery, its time and zoom', async function () {
    this.timeout(240_000);
    await openText('bank.p2parch', BANK);
    const bank = await openDiagram('bank.p2parch', 'Offline');
    await bank.part('picture').locator(`[data-fold="${GROUP}"]`).click();
    await bank.node(GROUP).waitFor({ state: 'visible' });
    await bank.part('zoom-in').click();
    await bank.part('failures-toggle').click();
    await bank.node('Till').focus();
    await bank.page.keyboard.press('Enter');
    await bank.part('summary-failed').filter({ hasText: 'Till' }).waitFor({ state: 'visible' });
    const scale = await bank.part('picture').getAttribute('data-scale');
    await openFile('skype-2007.p2parch');
    await vscode.commands.executeCommand('p2parch.runScenario', {
      uri: fileUri('skype-2007.p2parch').toString(),
      scenario: 'PatchTuesday',
      architectures: ['Skype2007', 'Skype2007WithoutOverload'],
    });
    await vscode.commands.executeCommand('workbench.action.moveEditorToRightGroup');
    const skype = await recoveryIn(bank.page);
    await part(skype, 'run-progress').waitFor({ state: 'detached', timeout: 60_000 });
    if ((await part(skype, 'play').getAttribute('data-playing')) === 'true') await part(skype, 'play').click();
    await part(skype, 'scrub').focus();
    for (let event = 0; event < 2; event++) await bank.page.keyboard.press('ArrowRight');
    await skype.locator('[data-testid="picture"] [data-node="Client"]').first().focus();
    await bank.page.keyboard.press('+');
    const scales = await scalesIn(skype);
    await skype.evaluate(savedIn);
    const clock = await part(skype, 'clock').textContent();
    // To the second, as the time line has it.
    const seconds = Math.round(Number(await part(skype, 'scrub').inputValue()));
    await written(bank.page, RegExp(`atSeconds\\\\*":(${seconds - 1}|${seconds})\\D`));

    const again = await windowLike(bank.page, 'Offline');
    try {
      const offline = await pictureIn(again, 'Offline');
      await offline.locator(`[data-node="${GROUP}"]`).waitFor({ state: 'visible' });
      await part(offline, 'summary-failed').filter({ hasText: 'Till' }).waitFor({ state: 'visible' });
      assert.equal(await part(offline, 'picture').getAttribute('data-scale'), scale);
      const recovery = await recoveryIn(again);
      await until('the clock where it stood', async () =>
        (await part(recovery, 'clock').textContent()) === clock ? true : undefined,
      );
      assert.deepEqual(await scalesIn(recovery), scales);
      assert.equal(await part(recovery, 'expectations').locator('[data-met]').count(), 2);
      assert.equal(await part(recovery, 'play').getAttribute('data-playing'), 'false');
    } finally {
      await again.close();
    }
  });

  it('does all of it in a workspace that nobody has trusted', async function () {
    this.timeout(240_000);
    const trust = vscode.workspace.getConfiguration('security.workspace.trust');
    await trust.update('startupPrompt', 'never', vscode.ConfigurationTarget.Global);
    try {
      await openFile('skype-2007.p2parch');
      const first = await openDiagram('skype-2007.p2parch', 'Skype2007');
      await first.saved();
      // Not what the window before has left, in which a recovery was seen.
      await written(first.page, /^(?![\s\S]*atSeconds)(?=[\s\S]*p2parch\.diagram)[\s\S]*Skype2007/);
      const window = await windowLike(first.page, 'Skype2007', withTrust);
      await window.getByText('Restricted Mode').first().waitFor({ state: 'visible' });
      const frame = await pictureIn(window, 'Skype2007');
      const toggle = part(frame, 'failures-toggle');
      if ((await toggle.getAttribute('aria-pressed')) !== 'true') await toggle.click();
      await frame.locator('[data-testid="lists"] .row').first().waitFor({ state: 'visible' });
      await frame.locator('[data-node="SuperNode"]').focus();
      await window.keyboard.press('Enter');
      await part(frame, 'summary-serviceLost').filter({ hasText: 'Calling' }).waitFor({ state: 'visible' });
      await part(frame, 'run').click();
      await part(frame, 'scrub').waitFor({ state: 'visible', timeout: 60_000 });
      await part(frame, 'run-progress').waitFor({ state: 'detached', timeout: 60_000 });
      assert.equal(await part(frame, 'expectations').locator('[data-met]').count(), 1);
      // The findings are underlined there, too.
      await window.locator('.squiggly-warning').first().waitFor({ state: 'attached' });
      await window.close();
    } finally {
      await trust.update('startupPrompt', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});

const recoveryIn = (window: Page): Promise<Frame> =>
  until('a recovery', async () => (await framesWith('[data-testid="scrub"]', window))[0]);

const scalesIn = (frame: Frame): Promise<(string | undefined)[]> =>
  part(frame, 'picture').evaluateAll((pictures: HTMLElement[]) => pictures.map(({ dataset }) => dataset.scale));

const part = (frame: Frame, testId: string) => frame.locator(`[data-testid="${testId}"]`);

async function openDiagram(name: string, architecture: string): Promise<Panel> {
  await vscode.commands.executeCommand('p2parch.openDiagram', { uri: fileUri(name).toString(), architecture });
  return Panel.find();
}

const pictureIn = (window: Page, architecture: string, seconds?: number): Promise<Frame> =>
  until(
    `a picture of ${architecture}`,
    async () => {
      const [frame] = await framesWith(`[data-testid="picture"][data-architecture="${architecture}"]`, window);
      return frame;
    },
    seconds,
  );

/** Another window on the same folder, which begins with what the first has left, as after its end. */
async function windowLike(page: Page, architecture: string, prepare?: (window: Page) => Promise<void>): Promise<Page> {
  const url = new URL(page.url());
  const payload = JSON.parse(url.searchParams.get('payload') ?? '[]') as [string, string][];
  url.searchParams.set('payload', JSON.stringify(payload.filter(([key]) => key !== 'extensionTestsPath')));
  const window = await page.context().newPage();
  await prepare?.(window);
  await window.goto(url.toString());
  await pictureIn(window, architecture, 90);
  return window;
}

/** The suite's own window asks nobody whether the folder is trusted; this one does, and nobody answers. */
async function withTrust(window: Page): Promise<void> {
  await window.addInitScript(() => {
    const asking = new MutationObserver(() => {
      const said = document.querySelector('#vscode-workbench-web-configuration');
      const settings = said?.getAttribute('data-settings');
      if (!said || !settings) return;
      asking.disconnect();
      said.setAttribute('data-settings', JSON.stringify({ ...JSON.parse(settings), enableWorkspaceTrust: true }));
    });
    asking.observe(document, { childList: true, subtree: true });
  });
}

/** The workbench writes down every few seconds what a window that is opened anew begins with. */
const written = (page: Page, words: RegExp): Promise<true> =>
  until('what the next window begins with', async () =>
    (await page.evaluate(storedIn, words.source)) ? true : undefined,
  );

/** Evaluated in the page of the workbench: whether it has stored something like this. */
async function storedIn(source: string): Promise<boolean> {
  const words = new RegExp(source);
  const asked = <Value>(request: IDBRequest<Value>): Promise<Value> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await asked(indexedDB.open(name));
    try {
      for (const store of database.objectStoreNames) {
        const values = await asked(database.transaction(store).objectStore(store).getAll());
        if (values.some((value) => typeof value === 'string' && words.test(value))) return true;
      }
    } finally {
      database.close();
    }
  }
  return false;
}
