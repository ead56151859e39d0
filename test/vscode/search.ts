import * as assert from 'node:assert/strict';
import { violations } from './axe.ts';
import { closeAll, openFile, Panel, until } from './workbench.ts';

describe('the search', () => {
  afterEach(closeAll);

  it('finds by name and title, and puts what is found into the middle', async () => {
    await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    await panel.node('Client').focus();
    await panel.page.keyboard.press('/');
    await panel.page.keyboard.type('log-in');
    await panel.part('search-result').first().waitFor({ state: 'visible' });
    await panel.page.keyboard.press('Enter');
    await until('the focus', async () =>
      (await panel.node('LoginServer').evaluate((node) => node === document.activeElement)) ? true : undefined,
    );
    assert.match((await panel.node('LoginServer').getAttribute('class')) ?? '', /\bselected\b/);
    await until('it in the middle', async () => {
      const [node, view] = [
        await panel.node('LoginServer').locator('> .box').boundingBox(),
        await panel.part('picture').boundingBox(),
      ];
      if (!node || !view) return undefined;
      const across = node.x + node.width / 2 - view.x - view.width / 2;
      const down = node.y + node.height / 2 - view.y - view.height / 2;
      return Math.abs(across) < 3 && Math.abs(down) < 3 ? true : undefined;
    });
  });

  it('and the other keys are told by ?', async () => {
    await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    await panel.node('Client').focus();
    await panel.page.keyboard.press('?');
    await panel.part('help').waitFor({ state: 'visible' });
    assert.deepEqual(await violations(panel), []);
    await panel.page.keyboard.press('Escape');
    await panel.part('help').waitFor({ state: 'hidden' });
  });
});
