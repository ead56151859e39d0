import * as assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import * as vscode from 'vscode';
import { BANK, GROUP } from './bank.ts';
import { closeAll, edit, fileUri, framesWith, openFile, openText, Panel, setAutomatic, until } from './workbench.ts';

describe('what a panel shows', () => {
  afterEach(closeAll);

  it('comes back after its page was thrown away: architecture, folded groups, zoom, legend, failures', async () => {
    await openText('bank.p2parch', BANK);
    const panel = await Panel.find();
    await panel.part('architecture-select').selectOption('Offline');
    await panel.node('Spare').waitFor({ state: 'visible' });
    await panel.part('picture').locator(`[data-fold="${GROUP}"]`).click();
    await panel.node(GROUP).waitFor({ state: 'visible' });
    await panel.part('zoom-in').click();
    await panel.part('legend-toggle').click();
    await panel.part('failures-toggle').click();
    // Zoomed in, it may lie beside the panel.
    await panel.node('Till').focus();
    await panel.page.keyboard.press('Enter');
    await panel.part('summary-failed').filter({ hasText: 'Till' }).waitFor({ state: 'visible' });
    const scale = await scaleOf(panel);
    await reload(panel);
    await panel.node('Spare').waitFor({ state: 'visible' });
    await panel.node(GROUP).waitFor({ state: 'visible' });
    await panel.part('legend').waitFor({ state: 'visible' });
    await panel.part('summary-failed').filter({ hasText: 'Till' }).waitFor({ state: 'visible' });
    assert.equal(await scaleOf(panel), scale);
  });

  it('stays as it is while its tab is hidden behind another, and when it is moved to another column', async () => {
    await openText('bank.p2parch', BANK);
    const panel = await Panel.find();
    await panel.part('zoom-in').click();
    await panel.part('picture').locator(`[data-fold="${GROUP}"]`).click();
    await panel.node(GROUP).waitFor({ state: 'visible' });
    const scale = await scaleOf(panel);
    await setAutomatic(false);
    try {
      await vscode.window.showTextDocument(fileUri('kazaa.p2parch'), { viewColumn: vscode.ViewColumn.Two });
      await panel.part('picture').first().waitFor({ state: 'hidden' });
      await vscode.commands.executeCommand('workbench.action.previousEditor');
      await vscode.commands.executeCommand('workbench.action.focusSecondEditorGroup');
      await until('the panel again', async () => ((await panel.part('picture').count()) === 1 ? true : undefined));
      await panel.node(GROUP).waitFor({ state: 'visible' });
      assert.equal(await scaleOf(panel), scale);
      await vscode.commands.executeCommand('workbench.action.moveEditorToFirstGroup');
      await panel.node(GROUP).waitFor({ state: 'visible' });
      assert.equal(await scaleOf(panel), scale);
    } finally {
      await setAutomatic(true);
    }
  });

  it('is one architecture a panel: two stand side by side, each with its own', async () => {
    await setAutomatic(false);
    try {
      const editor = await openText('bank.p2parch', BANK);
      const uri = editor.document.uri.toString();
      await vscode.commands.executeCommand('p2parch.openDiagram', { uri, architecture: 'Bank' });
      const [first] = await pictures(1);
      await vscode.commands.executeCommand('p2parch.openDiagram', { uri, architecture: 'Offline' });
      await vscode.commands.executeCommand('workbench.action.moveEditorToRightGroup');
      assert.ok(first);
      const shown = await pictures(2);
      const names = await Promise.all(shown.map((each) => each.getAttribute('data-architecture')));
      assert.deepEqual(names.sort(), ['Bank', 'Offline']);
      // Both follow the text.
      await edit(editor, 'company Till {', 'company Bell\n  company Till {');
      for (const each of shown) await each.locator('[data-node="Bell"]').waitFor({ state: 'visible' });
      // The command shows the panel that is there.
      await vscode.commands.executeCommand('p2parch.openDiagram', { uri, architecture: 'Bank' });
      await until('the panel of it in front', () =>
        vscode.window.tabGroups.activeTabGroup.activeTab?.label === 'Bank' ? true : undefined,
      );
      assert.deepEqual(panelTabs().sort(), ['Bank', 'Offline']);
      // So does a choice in another panel, which goes on showing its own.
      const [frame] = await framesWith('[data-testid="picture"][data-architecture="Offline"]');
      assert.ok(frame);
      const choice = frame.locator('[data-testid="architecture-select"]');
      await vscode.commands.executeCommand('p2parch.openDiagram', { uri, architecture: 'Offline' });
      await choice.selectOption('Bank');
      await until('the panel of it in front', () =>
        vscode.window.tabGroups.activeTabGroup.activeTab?.label === 'Bank' ? true : undefined,
      );
      assert.equal(await choice.inputValue(), 'Offline');
      assert.deepEqual(panelTabs().sort(), ['Bank', 'Offline']);
    } finally {
      await setAutomatic(true);
    }
  });

  it('takes the colours of a theme that is changed while it is open', async () => {
    const config = vscode.workspace.getConfiguration('workbench');
    try {
      await config.update('colorTheme', 'Default Light Modern', true);
      await openFile('skype-2007.p2parch');
      const panel = await Panel.find();
      const ground = () =>
        panel
          .part('picture')
          .locator('.background')
          .first()
          .evaluate((node) => getComputedStyle(node).fill);
      const stripe = () =>
        panel
          .node('SuperNode')
          .locator('.stripe')
          .evaluate((node) => getComputedStyle(node).fill);
      await until('light', async () => ((await ground()) === 'rgb(255, 255, 255)' ? true : undefined));
      const before = await stripe();
      await config.update('colorTheme', 'Default Dark Modern', true);
      await until('dark', async () => ((await ground()) === 'rgb(31, 31, 31)' ? true : undefined));
      assert.notEqual(await stripe(), before);
    } finally {
      await config.update('colorTheme', undefined, true);
    }
  });

  it('comes back when the language server was restarted under it, and a run that it took with it says so', async () => {
    const runs = vscode.workspace.getConfiguration('p2parch');
    try {
      await runs.update('runs', 10_000, vscode.ConfigurationTarget.Workspace);
      const editor = await openFile('skype-2007.p2parch');
      const panel = await Panel.find();
      await panel.part('run').click();
      // Some of the runs are seen, and the rest goes on.
      await panel.part('run-progress').waitFor({ state: 'visible' });
      await endServer();
      await panel
        .part('banner')
        .filter({ hasText: /language server/ })
        .waitFor({ state: 'visible' });
      await panel.part('run-progress').waitFor({ state: 'detached' });
      await panel.part('scrub').waitFor({ state: 'visible' });
      assert.ok((await panel.nodes()).includes('SuperNode'));
      await edit(editor, '  users SuperNode {\n', '  company Bootstrap { instances 5 }\n\n  users SuperNode {\n');
      await panel
        .part('banner')
        .filter({ hasText: 'The text has changed since this run' })
        .waitFor({ state: 'visible' });
      await panel.part('close-recovery').click();
      await panel.node('Bootstrap').waitFor({ state: 'visible' });
    } finally {
      await runs.update('runs', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('leaves words, and no panel of another build in the way, where there is nothing to show', async () => {
    await openText('empty.p2parch', 'hazard Storm\n');
    const panel = await Panel.window();
    await panel.part('nothing').filter({ hasText: 'has no architecture yet' }).waitFor({ state: 'visible' });
  });
});

/** As when it runs out of memory: the editor starts another. */
async function endServer(): Promise<void> {
  const { execSync } = await import('node:child_process');
  const server = execSync('ps -eo pid,ppid,args', { encoding: 'utf8' })
    .split('\n')
    .find((line) => line.includes('dist/server.cjs') && line.trim().split(/\s+/)[1] === String(process.pid));
  assert.ok(server, 'the server is a process of the extension host');
  process.kill(Number(server.trim().split(/\s+/)[0]), 'SIGKILL');
}

const scaleOf = (panel: Panel): Promise<string | null> => panel.part('picture').getAttribute('data-scale');

/** Webviews are thrown away and made anew from what they saved, as when a window is closed and opened. */
async function reload(panel: Panel): Promise<void> {
  await panel.saved();
  const old = await (await panel.part('toolbar').elementHandle())?.ownerFrame();
  await vscode.commands.executeCommand('workbench.action.webview.reloadWebviewAction');
  await until('the old page gone', () => (old?.isDetached() ? true : undefined));
}

/** The titles of all open panels. */
const panelTabs = (): string[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview)
    .map(({ label }) => label);

/** The pictures of all panels that are seen. */
async function pictures(count: number): Promise<Locator[]> {
  const { page } = await Panel.window();
  const frames = page.locator('iframe.webview.ready');
  return until(`${count} pictures`, async () => {
    const found: Locator[] = [];
    for (const frame of await frames.all()) {
      const picture = frame.contentFrame().locator('#active-frame').contentFrame().locator('[data-testid="picture"]');
      if ((await picture.count()) > 0 && (await picture.first().isVisible())) found.push(picture.first());
    }
    return found.length >= count ? found : undefined;
  });
}
