import * as assert from 'node:assert/strict';
import { hostileFile } from '../cli/hostile.ts';
import { closeAll, inHost, openDiagram, page, until, writeFile } from './workbench.ts';

/** Runs a command that writes a file, and gives what stands in it, in base64. */
const written = (command: string, given: Record<string, string>, name: string): Promise<string> =>
  inHost(
    async ([asked, rest, file]) => {
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      if (!folder) throw new Error('the examples are not open');
      const to = vscode.Uri.joinPath(folder.uri, file as string);
      await vscode.commands.executeCommand(asked as string, { ...(rest as object), to: to.toString() });
      const bytes = await vscode.workspace.fs.readFile(to);
      await vscode.workspace.fs.delete(to);
      let binary = '';
      for (const byte of bytes) binary += String.fromCharCode(byte);
      return btoa(binary);
    },
    [command, given, name] as const,
  );

const textOf = (base64: string): string => Buffer.from(base64, 'base64').toString();

describe('what leaves a browser', () => {
  afterEach(closeAll);

  it('is the picture as SVG and PNG, and the whole review as one page', async () => {
    const { uri, panel } = await openDiagram('skype-2007.p2parch');
    await panel.node('SuperNode').waitFor({ state: 'visible' });
    assert.match(textOf(await written('p2parch.exportPicture', { theme: 'dark' }, 'a.svg')), /data-node="SuperNode"/);
    const png = Buffer.from(await written('p2parch.exportPicture', { theme: 'light' }, 'a.png'), 'base64');
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    assert.match(textOf(await written('p2parch.exportReview', { uri }, 'a.html')), /data-recovery="0"/);
  });

  it('is drawn in the Markdown preview, hostile words as words', async () => {
    const uri = await writeFile('notes.md', `# Notes\n\n~~~p2parch\n${hostileFile()}\n~~~\n`);
    await inHost((text) => vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.parse(text)), uri);
    const drawn = await until('the picture', async () => {
      for (const frame of page().frames()) {
        const found = frame.locator('.p2parch-picture [data-node="C"]');
        if ((await found.count().catch(() => 0)) > 0) return frame;
      }
      return undefined;
    });
    assert.equal(await drawn.locator('.p2parch-block :is(img, script, iframe, a, b)').count(), 0);
  });
});
