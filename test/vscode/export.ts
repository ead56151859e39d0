import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, fileUri, openFile, Panel, until } from './workbench.ts';

const made: vscode.Uri[] = [];

const into = (name: string): vscode.Uri => {
  const uri = fileUri(name);
  made.push(uri);
  return uri;
};

const textOf = async (uri: vscode.Uri): Promise<string> =>
  new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));

async function exportedPicture(name: string, theme = 'light'): Promise<string> {
  const to = into(name);
  await vscode.commands.executeCommand('p2parch.exportPicture', { to: to.toString(), theme });
  return textOf(to);
}

describe('export', () => {
  afterEach(async () => {
    await closeAll();
    for (const uri of made.splice(0)) await vscode.workspace.fs.delete(uri, { recursive: true });
  });

  it('writes the picture that is seen as SVG, in the colours that are asked for', async () => {
    await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    await panel.node('SuperNode').waitFor();
    const light = await exportedPicture('light.svg');
    assert.match(light, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]* class="p2p theme-light"/);
    assert.match(light, /data-node="SuperNode"/);
    assert.doesNotMatch(light, /var\(--|<script|tabindex/);
    assert.match(await exportedPicture('dark.svg', 'dark'), /class="p2p theme-dark"/);
  });

  it('asks in which colours and where, beside the file unless the user says otherwise', async () => {
    await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    await panel.node('SuperNode').waitFor();
    const asking = panel.page.locator('.quick-input-widget');
    const place = asking.locator('input[type="text"]').first();
    const exported = async (colours: RegExp, elsewhere?: vscode.Uri): Promise<void> => {
      const exporting = vscode.commands.executeCommand('p2parch.exportPicture');
      await asking.getByPlaceholder('In which colours?').waitFor({ state: 'visible' });
      await asking.locator('.monaco-list-row', { hasText: colours }).click();
      await until('the place', async () => ((await place.inputValue()) === beside.path ? true : undefined));
      if (elsewhere) await place.fill(elsewhere.path);
      await place.press('Enter');
      await exporting;
    };
    const beside = into('Skype2007.svg');
    await exported(/^Dark/);
    assert.match(await textOf(beside), /^<svg xmlns=.* class="p2p theme-dark"/);
    const elsewhere = into('elsewhere.svg');
    await exported(/^High Contrast Light/, elsewhere);
    assert.match(await textOf(elsewhere), /^<svg xmlns=.* class="p2p theme-contrast-light"/);
    assert.match(await textOf(beside), / class="p2p theme-dark"/);
  });

  it('writes what has failed and falls with it', async () => {
    await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    await panel.part('failures-toggle').click();
    await panel
      .node('SuperNode')
      .locator('> .box')
      .click({ position: { x: 12, y: 14 } });
    await until('the service lost', async () =>
      /Service lost/.test((await panel.node('Calling').getAttribute('aria-label')) ?? '') ? true : undefined,
    );
    const svg = await exportedPicture('failed.svg');
    assert.match(svg, /class="node component party-users failed" data-node="SuperNode"/);
    assert.match(svg, />Service lost</);
  });

  it('writes PNGs of the same', async () => {
    await openFile('skype-2007.p2parch');
    await (await Panel.find()).node('SuperNode').waitFor();
    const to = into('picture.png');
    await vscode.commands.executeCommand('p2parch.exportPicture', { to: to.toString(), theme: 'dark' });
    const bytes = Buffer.from(await vscode.workspace.fs.readFile(to));
    assert.equal(bytes.subarray(0, 8).toString('hex'), '89504e470d0a1a0a');
    assert.ok(bytes.readUInt32BE(16) > 1000, 'twice as wide as the picture');
    assert.ok(bytes.length > 50_000, 'more than a ground');
  });

  it('writes a recovery at the moment that is seen', async () => {
    await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    await vscode.commands.executeCommand('p2parch.runScenario', {
      uri: fileUri('skype-2007.p2parch').toString(),
      scenario: 'PatchTuesday',
      architectures: ['Skype2007', 'Skype2007WithoutOverload'],
    });
    await panel.part('recovery').waitFor();
    await panel.allPictures(2);
    await panel.part('run-progress').waitFor({ state: 'detached', timeout: 60_000 });
    await panel.scrubTo(3);
    const levels = await Promise.all(
      ['Skype2007', 'Skype2007WithoutOverload'].map((name) => panel.level('Calling', name)),
    );
    assert.ok(levels.every((level) => level < 50));
    const svg = await exportedPicture('recovery.svg');
    assert.equal(svg.match(/class="p2p theme-light recovering"/g)?.length, 2);
    const written = [...svg.matchAll(/data-role="level-figure"[^>]*>([\d.]+)%/g)].map(([, figure]) => Number(figure));
    assert.deepEqual(written, levels);
  });

  it('writes the whole review as one page and as Markdown with pictures beside it', async () => {
    await openFile('skype-2007.p2parch');
    const uri = fileUri('skype-2007.p2parch').toString();
    const page = into('review.html');
    await vscode.commands.executeCommand('p2parch.exportReview', { uri, to: page.toString() });
    const html = await textOf(page);
    assert.match(html, /default-src &#39;none&#39;/);
    assert.match(html, /<div class="player" data-recovery="0"/);
    const markdown = into('review.md');
    const pictures = into('review-pictures');
    await vscode.commands.executeCommand('p2parch.exportReview', { uri, to: markdown.toString() });
    const shown = [...(await textOf(markdown)).matchAll(/\]\(review-pictures\/([^)]+)\)/g)].map(([, name]) => name);
    const there = (await vscode.workspace.fs.readDirectory(pictures)).map(([name]) => name);
    assert.deepEqual([...shown].sort(), there.sort());
    assert.ok(shown.length > 3);
  });
});
