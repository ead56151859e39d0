import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, edit, openFile, openText, Panel, setAutomatic, underlined, until } from './workbench.ts';

describe('the diagram', () => {
  afterEach(closeAll);

  it('opens beside the text and draws who controls what', async () => {
    await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    const nodes = await panel.nodes();
    for (const name of ['Calling', 'Client', 'LoginServer', 'MassReboot', 'SuperNode'])
      assert.ok(nodes.includes(name), name);
    assert.equal(await panel.zoneAround('LoginServer'), 'company');
    assert.equal(await panel.zoneAround('SuperNode'), 'users');
    assert.equal(await panel.zoneAround('Client'), 'users');
    const columns = vscode.window.tabGroups.all.map(({ viewColumn, tabs }) => [
      viewColumn,
      tabs.map(({ input }) => (input instanceof vscode.TabInputWebview ? 'diagram' : 'text')),
    ]);
    assert.deepEqual(columns, [
      [vscode.ViewColumn.One, ['text']],
      [vscode.ViewColumn.Two, ['diagram']],
    ]);
    // Whoever opens a text goes on typing.
    assert.equal(vscode.window.activeTextEditor?.document.fileName.endsWith('skype-2007.p2parch'), true);
  });

  it('opens by its command for the architecture at the cursor', async () => {
    await setAutomatic(false);
    try {
      const editor = await openFile('skype-2007.p2parch');
      const at = editor.document.positionAt(editor.document.getText().indexOf('architecture Skype2007WithoutOverload'));
      editor.selection = new vscode.Selection(at, at);
      await vscode.commands.executeCommand('p2parch.openDiagram');
      const panel = await Panel.find();
      await panel.page.waitForFunction(() => document.title.length > 0);
      await until('the variant', async () =>
        (await panel.part('picture').getAttribute('data-architecture')) === 'Skype2007WithoutOverload'
          ? true
          : undefined,
      );
    } finally {
      await setAutomatic(true);
    }
  });

  it('selects in the text what is clicked in the picture', async () => {
    const editor = await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    await panel
      .node('SuperNode')
      .locator('> .box')
      .click({ position: { x: 12, y: 12 } });
    const selected = await until('the selection', () => {
      const words = editor.document.getText(vscode.window.activeTextEditor?.selection ?? new vscode.Range(0, 0, 0, 0));
      return words === 'SuperNode' ? vscode.window.activeTextEditor?.selection : undefined;
    });
    assert.match(editor.document.lineAt(selected.start.line).text, /^ {2}users SuperNode \{/);
  });

  it('lights in the picture what the cursor stands at in the text', async () => {
    const editor = await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    const at = editor.document.positionAt(editor.document.getText().indexOf('restarts in 5 min'));
    editor.selection = new vscode.Selection(at, at);
    await until('the node lit', async () =>
      /\bselected\b/.test((await panel.node('LoginServer').getAttribute('class')) ?? '') ? true : undefined,
    );
  });

  it('follows the text as it is typed', async () => {
    const editor = await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    await edit(
      editor,
      '  users SuperNode {\n',
      '  company Bootstrap { instances 5 }\n\n  users SuperNode {\n    needs Bootstrap to start\n',
    );
    await panel.node('Bootstrap').waitFor({ state: 'visible' });
    assert.equal(await panel.zoneAround('Bootstrap'), 'company');
    await edit(editor, 'company Bootstrap', 'vendor Bootstrap');
    await until('the zone', async () => ((await panel.zoneAround('Bootstrap')) === 'vendor' ? true : undefined));
    await edit(editor, '  vendor Bootstrap { instances 5 }\n\n', '');
    await edit(editor, '    needs Bootstrap to start\n', '');
    await panel.node('Bootstrap').waitFor({ state: 'detached' });
  });

  it('goes on with an architecture whose name is being changed', async () => {
    const editor = await openText('named.p2parch', 'architecture Arc {\n  company P\n  service S needs P\n}\n');
    const panel = await Panel.find();
    for (const [from, to] of [
      ['Arc', 'Arch'],
      ['Arch', 'Archive'],
    ] as const) {
      await edit(editor, `architecture ${from} {`, `architecture ${to} {`);
      await panel.node('S', to).waitFor({ state: 'visible' });
    }
    await edit(editor, '  company P\n', '  company P\n  company R\n');
    await panel.node('R', 'Archive').waitFor({ state: 'visible' });
    assert.equal(await panel.part('banner').count(), 0);
  });

  it('keeps the last good picture while the text has a syntax error, and says so', async () => {
    const editor = await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    await edit(editor, 'serves 400 Client', 'serves 400 400 Client {{');
    await panel.part('banner').filter({ hasText: 'last good picture' }).waitFor({ state: 'visible' });
    assert.ok((await panel.nodes()).includes('SuperNode'));
    // What stands below the error has moved, and is found where it stands now.
    await edit(editor, 'serves 400 400 Client {{', 'serves 400 400 Client {{\n\n\n');
    await until('the words of the text as it is', async () => {
      await panel.node('Calling').click();
      const { document, selection } = vscode.window.activeTextEditor ?? editor;
      return document.getText(selection) === 'Calling' ? true : undefined;
    });
    await edit(editor, 'serves 400 400 Client {{\n\n\n', 'serves 400 Client');
    await panel.part('banner').filter({ hasText: 'last good picture' }).waitFor({ state: 'detached' });
  });

  it('keeps the last picture of an architecture that is gone, and says that', async () => {
    const text = 'architecture Gone {\n  company P\n  service S needs P\n}\n';
    const editor = await openText('gone.p2parch', text);
    const panel = await Panel.find();
    await panel.node('P').waitFor({ state: 'visible' });
    await edit(editor, text, '');
    const words = 'gone.p2parch has no architecture named Gone. This is the last good picture.';
    await panel.part('banner').filter({ hasText: words }).waitFor({ state: 'visible' });
    await panel.node('P').waitFor({ state: 'visible' });
  });

  it('draws names and titles as text, whatever they say', async () => {
    const title = '<img src=x onerror=\'document.title="owned"\'>';
    await openText('hostile.p2parch', `architecture A {\n  company Server "${title.replaceAll('"', '\\"')}"\n}\n`);
    const panel = await Panel.find();
    await panel.node('Server').filter({ hasText: '<img src=x' }).waitFor({ state: 'visible' });
    assert.equal(await panel.node('Server').locator('img, image').count(), 0);
  });

  it('says what its signs mean, in words as large as any', async () => {
    await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    await panel.part('legend-toggle').click();
    const words = panel.part('legend').locator('text', { hasText: 'run by users' });
    await words.waitFor({ state: 'visible' });
    assert.ok(((await words.boundingBox())?.height ?? 0) >= 10);
    await panel.part('legend-toggle').click();
    await panel.part('legend').waitFor({ state: 'detached' });
  });

  it('tells of a hazard of another file where the file is exposed to it', async () => {
    await openText('hazards.p2parch', 'hazard Storm\n');
    const editor = await openText(
      'exposed.p2parch',
      'import "./hazards.p2parch"\narchitecture A {\n  vendor Mill { exposed to Storm 50% }\n  service S needs Mill\n}\n',
    );
    const words = await until('the finding', () => {
      const hazard = underlined(editor).find((problem) => problem.includes('Storm'));
      return hazard;
    });
    assert.equal(words, '3 single-external-dependency: exposed to Storm 50%');
  });
});
