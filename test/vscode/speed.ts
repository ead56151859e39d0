/**
 * How long a reader waits for pictures, in the editor from end to end: from the command or the keystroke to the page
 * that has drawn. Told, and not judged: a shared machine would judge itself.
 */
import * as vscode from 'vscode';
import { generateProgram } from '../bench/generate.ts';
import { closeAll, edit, openText, Panel, setAutomatic, until } from './workbench.ts';

describe('speed', () => {
  before(() => setAutomatic(false));
  after(() => setAutomatic(true));
  afterEach(closeAll);

  for (const components of [50, 200, 1000]) {
    it(`the first picture of ${components} components from a cold panel, and a changed number in it`, async () => {
      const editor = await openText(`large${components}.p2parch`, generateProgram(components));
      const { uri } = editor.document;
      // The text has been checked: what is measured is the panel.
      await until('the check', () => (vscode.languages.getDiagnostics(uri).length > 0 ? true : undefined));
      await new Promise((resolve) => setTimeout(resolve, 2000));
      const start = performance.now();
      await vscode.commands.executeCommand('p2parch.openDiagram', {
        uri: uri.toString(),
        architecture: 'Generated',
      });
      const panel = await Panel.find();
      console.log(`first picture of ${components}: ${Math.round(performance.now() - start)} ms`);
      const picture = panel.part('picture');
      const changes: number[] = [];
      if ((await panel.part('unfold-all').isEnabled()) && components === 200) {
        const opening = performance.now();
        await panel.part('unfold-all').click();
        await panel.node('Part199').waitFor({ state: 'attached' });
        console.log(`all of ${components} opened: ${Math.round(performance.now() - opening)} ms`);
      }
      for (let at = 0; at < 9; at++) {
        // The page itself says when it has drawn: nothing is asked of it meanwhile.
        const drawn = picture.evaluate(
          (element) =>
            new Promise<number>((resolve) => {
              const watching = new MutationObserver(() => {
                watching.disconnect();
                requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
              });
              watching.observe(element, { childList: true });
            }),
        );
        await new Promise((resolve) => setTimeout(resolve, 1200));
        const pressed = performance.timeOrigin + performance.now();
        await edit(
          editor,
          at % 2 === 0 ? 'instances 1\n' : 'instances 3\n',
          at % 2 === 0 ? 'instances 3\n' : 'instances 1\n',
        );
        changes.push((await drawn) - pressed);
      }
      changes.sort((a, b) => a - b);
      console.log(
        `a changed number in ${components}: median ${Math.round(changes[4] ?? 0)} ms, least ${Math.round(changes[0] ?? 0)} ms`,
      );
    });
  }
});
