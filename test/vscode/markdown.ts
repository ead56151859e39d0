import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hostileFile } from '../cli/hostile.ts';
import { closeAll, fileUri, framesWith, until } from './workbench.ts';

const made: vscode.Uri[] = [];

async function preview(name: string, blocks: readonly string[]): Promise<void> {
  const uri = fileUri(name);
  made.push(uri);
  const text = blocks.map((block) => `~~~p2parch\n${block}\n~~~\n`).join('\nWords between.\n\n');
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(`# Notes\n\n${text}`));
  await vscode.commands.executeCommand('markdown.showPreview', uri);
}

describe('the Markdown preview', () => {
  afterEach(async () => {
    await closeAll();
    for (const uri of made.splice(0)) await vscode.workspace.fs.delete(uri);
  });

  it('draws fenced blocks, with what they import, and says what is wrong with them and where', async () => {
    await preview('notes.md', [
      'architecture First "The first" { company Server service S needs Server }',
      'import "./skype-2007.p2parch"\narchitecture Hosted extends Skype2007 { company SuperNode { instances 10_000 } }',
      'architecture Bad {\n  company X needs\n}',
    ]);
    const frame = await until(
      'the pictures',
      async () => (await framesWith('.p2parch-picture [data-node="LoginServer"]'))[0],
    );
    await until('both', async () => ((await frame.locator('.p2parch-picture svg').count()) === 2 ? true : undefined));
    assert.match((await frame.locator('.p2parch-errors li').first().textContent()) ?? '', /^Line 2: /);
    // In the editor's own colours: the style sheet that comes with the extension is there.
    const drawn = frame.locator('.p2parch-picture [data-node="Server"] > .box');
    assert.notEqual(await drawn.evaluate((box) => getComputedStyle(box).stroke), 'none');
  });

  it('draws hostile words as words', async () => {
    await preview('hostile.md', [hostileFile()]);
    const frame = await until('the picture', async () => (await framesWith('.p2parch-picture [data-node="C"]'))[0]);
    assert.equal(await frame.locator('.p2parch-block :is(img, script, iframe, a, b)').count(), 0);
  });
});
