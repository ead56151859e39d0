import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { generateProgram } from '../bench/generate.ts';
import { violations } from './axe.ts';
import { closeAll, edit, openText, Panel, until } from './workbench.ts';

const BANK = `architecture Bank {
  group Core {
    company Ledger
    company Desk { needs Ledger }
  }
  company Till { needs Desk }
  vendor Cloud by "Nimbus"
  vendor Mail by "Nimbus"
  service Paying { needs Till and Cloud }
}
`;

const GROUP = 'zone:company/Core';
const VENDOR = 'zone:vendor:Nimbus';

describe('folding', () => {
  afterEach(closeAll);

  it('a zone or group folds to one box and opens again, by click and by keyboard', async () => {
    await openText('bank.p2parch', BANK);
    const panel = await Panel.find();
    await fold(panel, GROUP).click();
    await panel.node('Ledger').waitFor({ state: 'detached' });
    assert.match((await panel.node(GROUP).getAttribute('aria-label')) ?? '', /^Group Core, .*folded, 2 components/);
    assert.equal(await fold(panel, GROUP).getAttribute('aria-expanded'), 'false');
    assert.equal(await panel.part('folded-words').textContent(), '2 of 5 components are folded into 1 box.');
    // The focus stays on what was pressed.
    await panel.page.keyboard.press('Enter');
    await panel.node('Ledger').waitFor({ state: 'visible' });
    assert.equal(await fold(panel, GROUP).getAttribute('aria-expanded'), 'true');
    await panel.page.keyboard.press(' ');
    await panel.node('Ledger').waitFor({ state: 'detached' });
  });

  it('all fold and open by their buttons, and the text is followed all the while', async () => {
    const editor = await openText('bank.p2parch', BANK);
    const panel = await Panel.find();
    await panel.part('fold-all').click();
    await panel.node(VENDOR).waitFor({ state: 'visible' });
    assert.deepEqual((await panel.nodes()).sort(), ['Paying', 'zone:company', VENDOR]);
    await edit(editor, '  vendor Mail by', '  vendor Post by "Nimbus"\n  vendor Mail by');
    await until('the new one counted', async () =>
      /folded, 3 components/.test((await panel.node(VENDOR).getAttribute('aria-label')) ?? '') ? true : undefined,
    );
    assert.equal(await panel.node('Post').count(), 0);
    await panel.part('unfold-all').click();
    await panel.node('Post').waitFor({ state: 'visible' });
    assert.equal(await panel.part('folded-words').count(), 0);
  });

  it('what the cursor stands at is lit as the box that it is in, and what is looked for opens', async () => {
    const editor = await openText('bank.p2parch', BANK);
    const panel = await Panel.find();
    await panel.part('fold-all').click();
    await panel.node(VENDOR).waitFor({ state: 'visible' });
    const at = editor.document.positionAt(editor.document.getText().indexOf('vendor Mail') + 8);
    await vscode.window.showTextDocument(editor.document, { viewColumn: vscode.ViewColumn.One });
    editor.selection = new vscode.Selection(at, at);
    await until('the box lit', async () =>
      /\bselected\b/.test((await panel.node(VENDOR).getAttribute('class')) ?? '') ? true : undefined,
    );
    await panel.part('search').fill('ledger');
    await panel.part('search-result').first().waitFor({ state: 'visible' });
    await panel.page.keyboard.press('Enter');
    await panel.node('Ledger').waitFor({ state: 'visible' });
    await until('the focus', async () =>
      (await panel.node('Ledger').evaluate((node) => node === document.activeElement)) ? true : undefined,
    );
    assert.match((await panel.node('Ledger').getAttribute('class')) ?? '', /\bselected\b/);
    // What is around it is open, and nothing else.
    assert.equal(await panel.node('Mail').count(), 0);
  });

  it('a box says how much in it is down; that of a vendor fails as a whole', async () => {
    await openText('bank.p2parch', BANK);
    const panel = await Panel.find();
    await fold(panel, GROUP).click();
    await panel.node(GROUP).waitFor({ state: 'visible' });
    await fold(panel, VENDOR).click();
    await panel.node(VENDOR).waitFor({ state: 'visible' });
    await panel.part('failures-toggle').click();
    await panel.part('lists').locator('.row').filter({ hasText: 'Ledger' }).first().click();
    await panel.part('picture').locator('.fate', { hasText: '2 of 2 down' }).waitFor({ state: 'visible' });
    assert.match((await panel.node(GROUP).getAttribute('aria-label')) ?? '', /2 of 2 down$/);
    // No one event takes a group down.
    assert.equal(await panel.node(GROUP).getAttribute('aria-pressed'), null);
    await panel.part('mend-all').click();
    await panel.clickNode(VENDOR);
    await panel.part('summary-failed').filter({ hasText: 'Nimbus' }).waitFor({ state: 'visible' });
    assert.equal(await panel.node(VENDOR).getAttribute('aria-pressed'), 'true');
    assert.deepEqual(await violations(panel), []);
  });

  it('a picture of 1,000 components begins folded, says so, and is named and coloured as any other', async () => {
    await openText('large.p2parch', generateProgram(1000));
    const panel = await Panel.find();
    assert.ok((await panel.nodes()).length < 100);
    assert.match((await panel.part('folded-words').textContent()) ?? '', /^\d+ of 1000 components are folded/);
    assert.deepEqual(await violations(panel), []);
    await panel.screenshot('folded-1000');
  });
});

const fold = (panel: Panel, container: string) => panel.part('picture').locator(`[data-fold="${container}"]`);
