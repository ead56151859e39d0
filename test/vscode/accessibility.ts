import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { violations } from './axe.ts';
import { BANK, summary, text } from './failing.ts';
import { closeAll, edit, openText, Panel } from './workbench.ts';

const THEMES: Readonly<Record<string, string>> = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'contrast-dark': 'Default High Contrast',
  'contrast-light': 'Default High Contrast Light',
};

describe('nothing that axe finds fault with', () => {
  afterEach(closeAll);
  after(async () => {
    await vscode.workspace.getConfiguration('workbench').update('colorTheme', undefined, true);
  });

  for (const [name, theme] of Object.entries(THEMES)) {
    it(`${name}: diagram, failure mode and fault tree`, async () => {
      await vscode.workspace.getConfiguration('workbench').update('colorTheme', theme, true);
      await vscode.commands.executeCommand('workbench.action.closeSidebar');
      await openText('bank.p2parch', BANK);
      const panel = await Panel.find();
      await panel.page.waitForTimeout(300);
      assert.deepEqual(await violations(panel), []);
      await panel.part('failures-toggle').click();
      await text(panel, 'cut-set-count', /minimal/);
      await panel.part('lists').locator('.row').filter({ hasText: 'Cloud' }).first().click();
      await summary(panel, 'serviceLost', 'Paying');
      assert.deepEqual(await violations(panel), []);
      await panel.screenshot(`failure-${name}`);
      await panel.part('tab-reach').click();
      await panel.part('lists').locator('.row').first().waitFor();
      assert.deepEqual(await violations(panel), []);
      await panel.screenshot(`reach-${name}`);
      await panel.part('tree-toggle').click();
      await Panel.findTree();
      assert.deepEqual(await violations(panel), []);
      await panel.screenshot(`fault-tree-${name}`);
    });
  }

  for (const [name, theme] of Object.entries(THEMES)) {
    it(`${name}: legend, search, keys, folded boxes and what is said above the picture`, async () => {
      await vscode.workspace.getConfiguration('workbench').update('colorTheme', theme, true);
      const editor = await openText('bank.p2parch', BANK);
      const panel = await Panel.find();
      await panel.part('legend-toggle').click();
      await panel.part('search').fill('e');
      await panel.part('search-result').first().waitFor({ state: 'visible' });
      assert.deepEqual(await violations(panel), []);
      await panel.page.keyboard.press('Escape');
      await panel.part('help-toggle').click();
      await panel.part('help').waitFor({ state: 'visible' });
      assert.deepEqual(await violations(panel), []);
      await panel.page.keyboard.press('Escape');
      await panel.part('help').waitFor({ state: 'hidden' });
      await panel.part('fold-all').click();
      await panel.part('folded-words').waitFor({ state: 'visible' });
      await edit(editor, 'service Letters', 'service service Letters');
      await panel.part('banner').filter({ hasText: 'last good picture' }).waitFor({ state: 'visible' });
      assert.deepEqual(await violations(panel), []);
      await closeAll();
      await openText('empty.p2parch', 'hazard Storm\n');
      await panel.part('nothing').waitFor({ state: 'visible' });
      assert.deepEqual(await violations(panel), []);
    });
  }

  it('in a panel of 400 px: everything is reached', async () => {
    const page = (await Panel.window()).page;
    const size = await page.evaluate(() => ({ width: window.innerWidth, height: window.innerHeight }));
    try {
      await openText('bank.p2parch', BANK);
      const panel = await Panel.find();
      await page.setViewportSize({ width: 850, height: size.height });
      await panel.part('failures-toggle').click();
      await panel.part('lists').locator('.row').first().click();
      await summary(panel, 'serviceLost', 'Paying');
      const width = await panel.part('failure').evaluate(() => window.innerWidth);
      assert.ok(width <= 430, `the panel is ${width} px wide`);
      assert.equal(
        await panel.part('toolbar').evaluate(() => document.documentElement.scrollWidth > window.innerWidth),
        false,
      );
      const picture = await panel.part('picture').boundingBox();
      assert.ok((picture?.height ?? 0) > 200);
      assert.deepEqual(await violations(panel), []);
      await panel.screenshot('failure-narrow');
      await panel.part('lists-toggle').click();
      await panel.part('lists').waitFor({ state: 'detached' });
      await panel.screenshot('failure-narrow-no-lists');
      await panel.part('tree-toggle').click();
      await Panel.findTree();
      await panel.screenshot('fault-tree-narrow');
    } finally {
      await page.setViewportSize(size);
    }
  });
});
