import * as vscode from 'vscode';
import { setTheme, THEMES, type Theme } from './theming.ts';
import { closeAll, openFile, Panel, setAutomatic } from './workbench.ts';

/** Pictures to be looked at: they assert only that they can be taken, and are taken where a folder for them is named. */
describe('the themes of the editor', () => {
  afterEach(async () => {
    await closeAll();
    await setAutomatic(true);
  });
  after(() => setTheme(undefined));

  for (const name of Object.keys(THEMES) as Theme[]) {
    it(`${name}: diagram, recovery and comparison`, async () => {
      await setTheme(name);
      await showText();
      const panel = await Panel.find();
      await panel.page.waitForTimeout(500);
      await panel.screenshot(`diagram-${name}`);
      await panel.part('run').click();
      await panel.part('scrub').waitFor({ state: 'visible', timeout: 60_000 });
      await panel.scrubTo(14);
      await panel.screenshot(`recovery-${name}`);
      await closeAll();
      await openFile('supernodes-or-servers.p2parch');
      const comparison = await Panel.find();
      await comparison.part('compare').click();
      await comparison.part('scrub').waitFor({ state: 'visible', timeout: 60_000 });
      await comparison.scrubTo(6);
      await comparison.screenshot(`comparison-${name}`);
      // The picture of the README: what is underlined, beside what it leads to.
      await setAutomatic(false);
      await showText();
      await vscode.commands.executeCommand('workbench.action.evenEditorWidths');
      await comparison.page.waitForTimeout(500);
      await comparison.screenshot(`workbench-${name}`);
    });
  }
});

async function showText(): Promise<void> {
  const editor = await openFile('skype-2007.p2parch');
  const at = editor.document.positionAt(editor.document.getText().indexOf('users SuperNode'));
  // Where the cursor stands, the picture marks a node: it stands nowhere here.
  editor.selection = new vscode.Selection(0, 0, 0, 0);
  editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenter);
}
