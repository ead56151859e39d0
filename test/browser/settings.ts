import * as assert from 'node:assert/strict';
import { closeAll, edit, inHost, openDiagram, openFile, page, problemsOf, set, until } from './workbench.ts';

describe('settings in a browser', () => {
  afterEach(async () => {
    for (const name of ['rules', 'runs', 'trace.server']) await set(name, undefined);
    await closeAll();
  });

  it('shows findings as severely as they say', async () => {
    const uri = await openFile('skype-2007.p2parch');
    const has = async (rule: string): Promise<boolean> => (await problemsOf(uri)).some(({ code }) => code === rule);
    await until('the finding', async () => (await has('cold-start-cycle')) || undefined);
    await set('rules', { 'cold-start-cycle': 'off' });
    await until('the finding gone', async () => !(await has('cold-start-cycle')) || undefined);
    assert.ok(await has('uncontrolled-majority'));
  });

  it('names a value that does not fit, and goes on with the default', async () => {
    const { panel } = await openDiagram('kazaa.p2parch');
    await set('runs', 0);
    const words = 'The setting p2parch.runs is 0; it takes a whole number from 1 to 10000. The default holds.';
    await page().getByText(words).first().waitFor({ state: 'attached', timeout: 20_000 });
    assert.ok((await panel.nodes()).length > 0);
    await set('runs', undefined);
    await inHost(async () => void (await vscode.commands.executeCommand('notifications.clearAll')), undefined);
  });

  it('logs what editor and server say to each other, where trace asks for it', async () => {
    await set('trace.server', 'messages');
    const uri = await openFile('kazaa.p2parch');
    await edit(uri, 'architecture', 'architecture ');
    const text = await until('the channel', () =>
      inHost(async () => {
        const commands = await vscode.commands.getCommands();
        const show = commands.find(
          (name) => name.startsWith('workbench.action.output.show.') && name.includes('Trace'),
        );
        if (!show) return undefined;
        await vscode.commands.executeCommand(show);
        const outputs = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'output');
        return outputs.map((document) => document.getText()).find((said) => said.includes('textDocument/didChange'));
      }, undefined),
    );
    assert.match(text, /Sending notification 'textDocument\/didChange'/);
    await inHost(async () => void (await vscode.commands.executeCommand('workbench.action.closePanel')), undefined);
  });
});
