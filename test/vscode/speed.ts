/**
 * How long a reader waits for pictures, in the editor from end to end: from the command or the keystroke to the page
 * that has drawn. Told, and not judged: a shared machine would judge itself.
 */
import * as vscode from 'vscode';
import { generateProgram } from '../bench/generate.ts';
import { closeAll, openFile, openText, Panel, setAutomatic, until } from './workbench.ts';

/** A component whose number can be seen; where all are folded away, the first box of few is opened. */
async function seenPart(panel: Panel): Promise<string> {
  const parts = async () => (await panel.nodes()).filter((name) => /^Part\d+$/.test(name));
  if ((await parts()).length === 0) {
    await panel
      .part('picture')
      .getByRole('button', { name: /^Open .*, \d\d components$/ })
      .first()
      .click();
    await until('the opened box', async () => ((await parts()).length > 0 ? true : undefined));
  }
  const [part] = await parts();
  if (part === undefined) throw new Error('no component is seen');
  return part;
}

/** When the page of a panel showed its first picture: the page itself says so, for who asks it from outside asks rarely. */
const firstShown = (panel: Panel): Promise<number> =>
  panel
    .part('picture')
    .first()
    .evaluate(() => (window as Watched).firstShown ?? Number.NaN);

type Watched = Window & { firstShown?: number };

/** In every frame that is loaded from now on. */
async function watchFirstPictures(): Promise<void> {
  const { page } = await Panel.window();
  await page.addInitScript(() => {
    const looking = setInterval(() => {
      if (document.querySelector('[data-testid="picture"] svg') === null) return;
      clearInterval(looking);
      requestAnimationFrame(() => {
        (window as Watched).firstShown = performance.timeOrigin + performance.now();
      });
    }, 4);
  });
}

describe('speed', () => {
  before(async () => {
    await setAutomatic(false);
    await watchFirstPictures();
  });
  after(() => setAutomatic(true));
  afterEach(closeAll);

  const sizes: readonly [number, string][] = [
    [50, ', the first panel of the window'],
    [50, ''],
    [200, ''],
    [1000, ''],
  ];
  for (const [at, [components, where]] of sizes.entries()) {
    it(`the first picture of ${components} components from a cold panel${where}, and a changed number in it`, async () => {
      const editor = await openText(`large${at}.p2parch`, generateProgram(components));
      const { uri } = editor.document;
      // The text has been checked: what is measured is the panel.
      await until('the check', () => (vscode.languages.getDiagnostics(uri).length > 0 ? true : undefined));
      await new Promise((resolve) => setTimeout(resolve, 2000));
      const start = performance.timeOrigin + performance.now();
      await vscode.commands.executeCommand('p2parch.openDiagram', {
        uri: uri.toString(),
        architecture: 'Generated',
      });
      const panel = await Panel.find();
      const shown = (await firstShown(panel)) - start;
      console.log(`first picture of ${components}${where}: ${Math.round(shown)} ms`);
      const picture = panel.part('picture');
      const changes: number[] = [];
      if ((await panel.part('unfold-all').isEnabled()) && components === 200) {
        const opening = performance.now();
        await panel.part('unfold-all').click();
        await panel.node('Part199').waitFor({ state: 'attached' });
        console.log(`all of ${components} opened: ${Math.round(performance.now() - opening)} ms`);
      }
      const part = await seenPart(panel);
      const lines = new RegExp(`${part} [^\\n]*\\n    instances `);
      for (let at = 0; at < 9; at++) {
        // The page itself says when it has drawn: nothing is asked of it meanwhile.
        const drawn = picture.evaluate(
          (element) =>
            new Promise<number>((resolve) => {
              const watching = new MutationObserver(() => {
                watching.disconnect();
                requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
              });
              watching.observe(element, { childList: true, subtree: true });
            }),
        );
        await new Promise((resolve) => setTimeout(resolve, 1200));
        const pressed = performance.timeOrigin + performance.now();
        const found = lines.exec(editor.document.getText());
        if (found === null) throw new Error(`${part} is not in the text`);
        const digit = editor.document.positionAt(found.index + found[0].length);
        await editor.edit((builder) =>
          builder.replace(new vscode.Range(digit, digit.translate(0, 1)), at % 2 === 0 ? '8' : '9'),
        );
        changes.push((await drawn) - pressed);
      }
      changes.sort((a, b) => a - b);
      console.log(
        `a changed number in ${components}: median ${Math.round(changes[4] ?? 0)} ms, least ${Math.round(changes[0] ?? 0)} ms`,
      );
    });
  }

  it('a slider of what if, from its move to the chart with the runs that follow it', async () => {
    const editor = await openFile('skype-2007.p2parch');
    const uri = editor.document.uri.toString();
    await vscode.commands.executeCommand('p2parch.openDiagram', { uri, architecture: 'Skype2007' });
    const panel = await Panel.find();
    await panel.part('run').click();
    await panel.part('scrub').waitFor({ state: 'visible', timeout: 60_000 });
    await panel.part('run-progress').waitFor({ state: 'detached', timeout: 60_000 });
    // What matters is asked with the numbers, too: its runs are not what is measured.
    await panel.part('tab-sensitivity').click();
    await panel.part('tornado').waitFor({ state: 'visible', timeout: 200_000 });
    await panel.part('tab-what-if').click();
    await panel.part('find-number').fill('supernode promoted');
    await panel.part('number').first().click();
    const took: number[] = [];
    for (let at = 0; at < 15; at++) {
      // All of the runs with the last value are there.
      await panel.page.waitForTimeout(at === 0 ? 500 : 4000);
      took.push(
        await panel
          .part('slider')
          .locator('input[type="range"]')
          .evaluate(
            (slider: HTMLInputElement, by) =>
              new Promise<number>((resolve) => {
                const chart = document.querySelector('[data-testid="chart"]');
                const start = performance.now();
                const watching = new MutationObserver(() => {
                  watching.disconnect();
                  requestAnimationFrame(() => resolve(performance.now() - start));
                });
                if (chart) watching.observe(chart, { childList: true });
                slider.value = String(Number(slider.value) + by);
                slider.dispatchEvent(new Event('input', { bubbles: true }));
              }),
            at % 2 === 0 ? 40 : -37,
          ),
      );
    }
    took.sort((a, b) => a - b);
    console.log(`slider to chart: median ${Math.round(took[7] ?? 0)} ms, least ${Math.round(took[0] ?? 0)} ms`);
  }).timeout(240_000);
});
