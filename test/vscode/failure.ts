import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { BANK, enter, nodeNames, summary, text, told } from './failing.ts';
import { closeAll, edit, openFile, openText, Panel, until } from './workbench.ts';

describe('failure mode', () => {
  afterEach(closeAll);

  it('says and shows at once what falls with a component that is clicked', async () => {
    const panel = await enter('skype-2007.p2parch');
    await panel.clickNode('SuperNode');
    await summary(panel, 'failed', 'SuperNode');
    await summary(panel, 'lost', 'Skype clients');
    await summary(panel, 'serviceLost', 'Calling');
    await told(panel, 'SuperNode fails: Skype clients and Calling are lost. Service lost: Calling.');
    assert.match((await panel.node('Calling').getAttribute('aria-label')) ?? '', /\. Service lost$/);
    assert.equal(await panel.node('SuperNode').getAttribute('aria-pressed'), 'true');
    assert.deepEqual((await panel.part('picture').locator('.fate text').allTextContents()).sort(), [
      'Fails',
      'Falls with it',
      'Service lost',
    ]);
    // The same click mends it.
    await panel.clickNode('SuperNode');
    await panel.part('summary-failed').waitFor({ state: 'detached' });
    assert.equal(await panel.part('picture').locator('.fate').count(), 0);
  });

  it('answers keys: f enters it, Enter fails what has the focus, Escape mends and leaves', async () => {
    await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    await panel.node('LoginServer').focus();
    await panel.page.keyboard.press('f');
    await panel.part('failure').waitFor({ state: 'visible' });
    await panel.node('LoginServer').focus();
    await until('the preview', async () =>
      /alone takes down 1 of 3 components and 0 of 1 service\./.test((await panel.part('preview').textContent()) ?? '')
        ? true
        : undefined,
    );
    await panel.page.keyboard.press('Enter');
    await told(panel, 'Log-in servers fails: nothing else is lost.');
    await panel.page.keyboard.press('Escape');
    await panel.part('summary-failed').waitFor({ state: 'detached' });
    assert.ok(await panel.part('failure').isVisible());
    await panel.page.keyboard.press('Escape');
    await panel.part('failure').waitFor({ state: 'detached' });
  });

  it('strikes with a hazard that is clicked', async () => {
    const panel = await enter('skype-2007.p2parch');
    await panel.clickNode('MassReboot');
    await summary(panel, 'failed', 'Mass reboot');
    await summary(panel, 'serviceLost', 'Calling');
    assert.equal(await panel.node('MassReboot').getAttribute('aria-pressed'), 'true');
    await panel.clickNode('MassReboot');
    await panel.part('summary-failed').waitFor({ state: 'detached' });
  });

  it('fails operators from the list, and a vendor at its zone', async () => {
    await openText('bank.p2parch', BANK);
    const panel = await enter('bank.p2parch');
    await panel.part('tab-reach').click();
    const rows = panel.part('lists').locator('.row');
    await until('the list', async () => ((await rows.count()) === 8 ? true : undefined));
    assert.equal(await rows.first().textContent(), 'LedgerCompany · Own IT1 service · 2 components');
    await rows.filter({ hasText: 'Own IT' }).filter({ hasText: 'Operator' }).click();
    await summary(panel, 'lost', 'Ledger and Desk');
    await summary(panel, 'serviceLost', 'Paying');
    await panel.part('picture').locator('[data-heading][data-operator="Nimbus"]').click();
    await summary(panel, 'failed', 'Own IT and Nimbus');
    await summary(panel, 'serviceLost', 'Paying and Letters');
    await panel.part('mend-all').click();
    await panel.part('summary-failed').waitFor({ state: 'detached' });
  });

  it('lists the cut sets of a service from the smallest, and shows the one that is chosen', async () => {
    await openText('bank.p2parch', BANK);
    const panel = await enter('bank.p2parch');
    await text(panel, 'cut-set-count', /^5 minimal cut sets: 2 of order 1, 3 of order 2$/);
    const rows = panel.part('lists').locator('.row');
    assert.match((await rows.first().textContent()) ?? '', /^order 1Ledger/);
    await rows.filter({ hasText: 'Cloud' }).filter({ hasText: 'Spare' }).click();
    await summary(panel, 'failed', 'Cloud and Spare');
    await summary(panel, 'serviceLost', 'Paying');
    await panel.part('external-only').check();
    await text(panel, 'cut-set-count', /^3 minimal cut sets of external events: 3 of order 2$/);
    await panel.part('cut-set-service').selectOption('Letters');
    await text(panel, 'cut-set-count', /^2 minimal cut sets of external events: 2 of order 1$/);
  });

  it('follows the text as it is typed', async () => {
    const editor = await openText('bank.p2parch', BANK);
    const panel = await enter('bank.p2parch');
    await panel.clickNode('Ledger');
    await summary(panel, 'serviceLost', 'Paying');
    await edit(editor, 'service Letters needs Mail', 'service Letters needs Mail and Ledger');
    await summary(panel, 'serviceLost', 'Paying and Letters');
    await edit(editor, 'needs Mail and Ledger', 'needs Mail and and Ledger');
    await panel.part('banner').filter({ hasText: 'last good picture' }).waitFor({ state: 'visible' });
    await panel.part('mend-all').click();
    await panel.clickNode('Ledger');
    await summary(panel, 'serviceLost', 'Paying and Letters');
  });
});

describe('the fault tree', () => {
  afterEach(closeAll);

  it('opens by its command for the service at the cursor, and leads back to the diagram', async () => {
    const editor = await openFile('skype-2007.p2parch');
    const at = editor.document.positionAt(editor.document.getText().indexOf('service Calling') + 9);
    editor.selection = new vscode.Selection(at, at);
    await Panel.find();
    await vscode.commands.executeCommand('p2parch.showFaultTree');
    const panel = await Panel.findTree();
    const names = await nodeNames(panel);
    assert.deepEqual(names, [
      'Loss of Calling. Top event: happens with the one cause below it',
      'Loss of SuperNode. Gate: any one of 2 causes is enough',
      'SuperNode: own failure. Basic event, Users',
      'Mass reboot strikes. Basic event, Hazard',
    ]);
    await text(panel, 'tree-words', /^1 gate, 2 basic events$/);
    await panel.part('close-tree').click();
    await panel.part('picture').waitFor({ state: 'visible' });
  });

  it('opens from the line above the service', async () => {
    const editor = await openFile('skype-2007.p2parch');
    await Panel.find();
    const command = await until('the lens', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        editor.document.uri,
        50,
      );
      return lenses.find(({ command: given }) => given?.command === 'p2parch.showFaultTree')?.command;
    });
    assert.equal(command.title, '2 minimal cut sets, smallest order 1');
    await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
    await Panel.findTree();
  });

  it('follows the text, and stays while it has errors', async () => {
    const editor = await openText('bank.p2parch', BANK);
    await Panel.find();
    const place = { uri: editor.document.uri.toString(), architecture: 'Bank', service: 'Paying' };
    await vscode.commands.executeCommand('p2parch.showFaultTree', place);
    const panel = await Panel.findTree();
    await text(panel, 'tree-words', /^4 gates, 6 basic events$/);
    await edit(editor, 'company Ledger by "Own IT"', 'company Ledger');
    await text(panel, 'tree-words', /^3 gates, 5 basic events$/);
    await edit(editor, 'service Letters', 'service service Letters');
    await panel.part('banner').filter({ hasText: 'last good picture' }).waitFor({ state: 'visible' });
    assert.equal(await panel.part('fault-tree').isVisible(), true);
  });

  it('folds a gate and opens it again, by keyboard as well', async () => {
    const editor = await openText('bank.p2parch', BANK);
    await Panel.find();
    const place = { uri: editor.document.uri.toString(), architecture: 'Bank', service: 'Paying' };
    await vscode.commands.executeCommand('p2parch.showFaultTree', place);
    const panel = await Panel.findTree();
    const before = (await nodeNames(panel)).length;
    const fold = panel.part('fault-tree').locator('[data-fold="Ledger"]');
    await fold.focus();
    await panel.page.keyboard.press('Enter');
    await until('the gate folded', async () => ((await nodeNames(panel)).length < before ? true : undefined));
    assert.equal(await fold.getAttribute('aria-expanded'), 'false');
    await panel.part('fault-tree').locator('[data-node="Ledger"]').click();
    await until('the gate opened', async () => ((await nodeNames(panel)).length === before ? true : undefined));
  });

  it('and failure mode show names and titles as text, whatever they say', async () => {
    const title = '<img src=x onerror=\'document.title="owned"\'>';
    const quoted = title.replaceAll('"', '\\"');
    const program = `architecture A {\n  company Server "${quoted}" by "${quoted}"\n  company Other by "${quoted}"\n  service S "${quoted}" needs Server\n}\n`;
    await openText('hostile.p2parch', program);
    const panel = await enter('hostile.p2parch');
    await panel.part('tab-reach').click();
    const rows = panel.part('lists').locator('.row');
    await until('the list', async () => ((await rows.count()) === 3 ? true : undefined));
    await rows.first().click();
    await told(panel, title);
    assert.equal(await panel.part('failure').locator('img, image').count(), 0);
    await panel.page.keyboard.press('t');
    const tree = await Panel.findTree();
    assert.ok((await nodeNames(tree)).some((name) => name.startsWith(title)));
    assert.equal(await tree.part('fault-tree').locator('img, image').count(), 0);
    assert.doesNotMatch(await tree.part('fault-tree').evaluate(() => document.title), /owned/);
  });
});
