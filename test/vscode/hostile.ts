import * as assert from 'node:assert/strict';
import type { Dialog, Request } from 'playwright-core';
import * as vscode from 'vscode';
import { HOSTILE, hostileFile, seenAs } from '../cli/hostile.ts';
import { closeAll, fileUri, openText, Panel, until } from './workbench.ts';

/** Elements that the panel never has, whatever it shows. */
const STRANGE = 'img, image, iframe, object, embed, a, base, form, foreignObject, b, script:not([nonce])';

/** A file in which the editor finds a NUL is no text to it. */
const textOf = (turn: number): string => hostileFile(turn).replaceAll('\0', '\u0001');

describe('words that try to be more', () => {
  const terminators = (value: string | undefined) =>
    vscode.workspace.getConfiguration('editor').update('unusualLineTerminators', value, true);
  // The editor asks what to do about them before it shows the text.
  before(() => terminators('off'));
  afterEach(closeAll);
  after(() => terminators(undefined));

  for (const turn of [0, 3])
    it(`are words in every view of the panel, and ask for nothing: turn ${turn}`, async function () {
      this.timeout(180_000);
      const panel = await Panel.window();
      const told: string[] = [];
      const onDialog = (dialog: Dialog): void => {
        told.push(`dialog ${dialog.message()}`);
        void dialog.dismiss();
      };
      const onRequest = (request: Request): void => {
        if (/:9\/|\/x$|javascript:/.test(request.url())) told.push(`request ${request.url()}`);
      };
      panel.page.on('dialog', onDialog).on('request', onRequest);
      const looked: string[] = [];
      const look = async (view: string): Promise<void> => {
        looked.push(view);
        assert.equal(await panel.part('toolbar').count(), 1, view);
        assert.deepEqual(await panel.part('toolbar').evaluate(strangeThings, STRANGE), [], view);
        assert.deepEqual(told, [], view);
      };
      try {
        await openText('hostile.p2parch', textOf(turn));
        await Panel.find();
        await panel.part('legend-toggle').click();
        for (const node of ['C', 'L', 'U', 'S', 'T', 'H']) await panel.node(node).first().focus();
        await look('diagram');
        await panel.part('search').fill(HOSTILE[(turn + 3) % HOSTILE.length]?.slice(0, 3) ?? '');
        await panel.part('search-result').first().waitFor({ state: 'visible' });
        await look('search');
        await panel.page.keyboard.press('Escape');
        await panel.part('failures-toggle').click();
        await panel.part('lists').locator('.row').first().click();
        await panel.part('summary-failed').waitFor({ state: 'visible' });
        await look('cut sets');
        await panel.part('tab-reach').click();
        await panel.part('lists').locator('.row').nth(1).click();
        await look('what falls with each');
        await panel.part('tree-toggle').click();
        await Panel.findTree();
        await look('fault tree');
        await panel.part('close-tree').click();
        await panel.part('compare').click();
        await panel.part('scrub').waitFor({ state: 'visible', timeout: 60_000 });
        await panel.part('run-progress').waitFor({ state: 'detached', timeout: 60_000 });
        assert.match(
          (await panel.part('recovery').textContent()) ?? '',
          literally(seenAs(HOSTILE[(turn + 1) % HOSTILE.length] ?? '')),
        );
        await look('comparison');
        await panel.part('tab-what-if').click();
        await panel.part('number').first().click();
        await panel.part('number-written').waitFor({ state: 'visible' });
        await look('what if');
        await panel.part('tab-sensitivity').click();
        await panel.part('tornado').first().waitFor({ state: 'visible', timeout: 60_000 });
        await look('what matters');
        await panel.part('present').click();
        await panel.part('toolbar').waitFor({ state: 'hidden' });
        await look('presented');
        await panel.part('scrub').press('Escape');
        await panel.part('toolbar').waitFor({ state: 'visible' });
        assert.equal(looked.length, 9);
      } finally {
        panel.page.off('dialog', onDialog).off('request', onRequest);
      }
    });

  it('are words in hovers: no picture that is loaded, no command', async () => {
    const editor = await openText(
      'hovered.p2parch',
      `/** [run](command:workbench.action.closeAllEditors) ![](https://127.0.0.1:9/e.png) ${HOSTILE.join(' ').replaceAll('\0', '')} */\n${textOf(0).replace(/^.*\n/, '')}`,
    );
    const text = editor.document.getText();
    const places = [...text.matchAll(/\b(hazard H|vendor C|company L|users U|service S|scenario X|group G)\b/g)];
    assert.equal(places.length, 7);
    for (const { index, 0: words } of places) {
      const at = editor.document.positionAt(index + words.length);
      const hovers = await until(`the hover of ${words}`, async () => {
        const found = await vscode.commands.executeCommand<vscode.Hover[]>(
          'vscode.executeHoverProvider',
          editor.document.uri,
          at,
        );
        return found.length > 0 ? found : undefined;
      });
      for (const content of hovers.flatMap(({ contents }) => contents)) {
        assert.ok(content instanceof vscode.MarkdownString, words);
        assert.notEqual(content.isTrusted, true);
        assert.notEqual(content.supportHtml, true);
      }
    }
    // As it is drawn: the hover of the hazard, whose comment is the worst.
    const { page } = await Panel.window();
    await vscode.window.showTextDocument(editor.document, { viewColumn: vscode.ViewColumn.One });
    const hazard = editor.document.positionAt(text.indexOf('hazard H') + 'hazard H'.length);
    editor.selection = new vscode.Selection(hazard, hazard);
    await vscode.commands.executeCommand('editor.action.showHover');
    const hover = page.locator('.monaco-hover-content .hover-contents').first();
    await hover.waitFor({ state: 'visible' });
    await until('the words of the comment', async () =>
      /closeAllEditors|run/.test((await page.locator('.monaco-hover').first().textContent()) ?? '') ? true : undefined,
    );
    const bad = await page
      .locator('.monaco-hover')
      .evaluateAll((hovers) =>
        hovers.flatMap((each) =>
          [
            ...each.querySelectorAll(
              'img, script, iframe, [onerror], [href^="command:"], [data-href^="command:"], [data-href^="javascript:"]',
            ),
          ].map((element) => element.outerHTML),
        ),
      );
    assert.deepEqual(bad, []);
  });

  it('are words on disk: the picture that is exported', async () => {
    await openText('hostile.p2parch', textOf(1));
    const panel = await Panel.find();
    await panel.node('C').waitFor();
    const to = fileUri('hostile.svg');
    await vscode.commands.executeCommand('p2parch.exportPicture', { to: to.toString(), theme: 'dark' });
    const svg = new TextDecoder().decode(await vscode.workspace.fs.readFile(to));
    await vscode.workspace.fs.delete(to);
    const strange = await panel.part('toolbar').evaluate(
      (_, { source, selector }) => {
        const read = new DOMParser().parseFromString(source, 'image/svg+xml');
        const found = [...read.querySelectorAll(`parsererror, ${selector}, script`)].map(({ outerHTML }) => outerHTML);
        const handlers = [...read.querySelectorAll('*')].flatMap((element) =>
          [...element.attributes].filter(({ name }) => /^on|href$/.test(name)).map(({ name }) => name),
        );
        return [...found, ...handlers];
      },
      { source: svg, selector: STRANGE },
    );
    assert.deepEqual(strange, []);
    assert.ok(svg.includes('&lt;/script&gt;'));
  });
});

/** Elements and attributes in the panel's page by which words would have become more. */
function strangeThings(inside: Element, selector: string): string[] {
  const page = inside.ownerDocument;
  const elements = [...page.body.querySelectorAll(selector)];
  const handlers = [...page.body.querySelectorAll('*')].filter((element) =>
    [...element.attributes].some(({ name, value }) => /^on/.test(name) || /^\s*javascript:/i.test(value)),
  );
  return [...elements, ...handlers].map(({ outerHTML }) => outerHTML.slice(0, 200));
}

const literally = (words: string): RegExp => new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
