import * as assert from 'node:assert/strict';
import { violations, violationsInEachTheme } from './axe.ts';
import { BANK, summary, text } from './failing.ts';
import { setTheme } from './theming.ts';
import { closeAll, edit, openText, Panel } from './workbench.ts';

describe('nothing that axe finds fault with', () => {
  afterEach(closeAll);
  after(() => setTheme(undefined));

  it('in the diagram, in failure mode and in the fault tree, in each theme', async function () {
    this.timeout(180_000);
    await openText('bank.p2parch', BANK);
    const panel = await Panel.find();
    assert.deepEqual(await violationsInEachTheme(panel), []);
    await panel.part('failures-toggle').click();
    await text(panel, 'cut-set-count', /minimal/);
    await panel.part('lists').locator('.row').filter({ hasText: 'Cloud' }).first().click();
    await summary(panel, 'serviceLost', 'Paying');
    assert.deepEqual(await violationsInEachTheme(panel, 'failure'), []);
    await panel.part('tab-reach').click();
    await panel.part('lists').locator('.row').first().waitFor();
    assert.deepEqual(await violationsInEachTheme(panel, 'reach'), []);
    await panel.part('tree-toggle').click();
    await Panel.findTree();
    assert.deepEqual(await violationsInEachTheme(panel, 'fault-tree'), []);
  });

  it('in legend, search, keys, folded boxes and what is said above the picture, in each theme', async function () {
    this.timeout(180_000);
    const editor = await openText('bank.p2parch', BANK);
    const panel = await Panel.find();
    await panel.part('legend-toggle').click();
    await panel.part('search').fill('e');
    await panel.part('search-result').first().waitFor({ state: 'visible' });
    assert.deepEqual(await violationsInEachTheme(panel), []);
    assert.ok(await panel.part('search-result').first().isVisible());
    await panel.part('search').press('Escape');
    await panel.part('help-toggle').click();
    await panel.part('help').waitFor({ state: 'visible' });
    assert.deepEqual(await violationsInEachTheme(panel), []);
    await panel.page.keyboard.press('Escape');
    await panel.part('help').waitFor({ state: 'hidden' });
    await panel.part('fold-all').click();
    await panel.part('folded-words').waitFor({ state: 'visible' });
    await edit(editor, 'service Letters', 'service service Letters');
    await panel.part('banner').filter({ hasText: 'last good picture' }).waitFor({ state: 'visible' });
    assert.deepEqual(await violationsInEachTheme(panel), []);
    await closeAll();
    await openText('empty.p2parch', 'hazard Storm\n');
    await panel.part('nothing').waitFor({ state: 'visible' });
    assert.deepEqual(await violationsInEachTheme(panel), []);
  });

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
