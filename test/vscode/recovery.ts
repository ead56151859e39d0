import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { charted } from './charted.ts';
import { painted } from './staged.ts';
import { closeAll, fileUri, openFile, openText, Panel, setAutomatic, until } from './workbench.ts';

describe('recovery', () => {
  afterEach(closeAll);

  it('plays the crash and the way back: the level falls, and comes back', async () => {
    await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    await panel.part('run').click();
    await panel.part('scrub').waitFor({ state: 'visible', timeout: 60_000 });
    await panel.scrubTo(0.5);
    assert.equal(await panel.level('Calling'), 100);
    // It is seen as well: painted along the whole of its track.
    const track = '.track';
    const full = await painted(panel, 'Calling', track);
    assert.ok((await painted(panel, 'Calling', '[data-role="level-figure"]')).share > 0.05);
    await panel.scrubTo(3);
    assert.ok((await panel.level('Calling')) < 20);
    const low = await painted(panel, 'Calling', track);
    assert.ok(full.share > 0.9 && low.share < 0.3, `of the level's track ${full.share}, then ${low.share} is painted`);
    await panel.scrubTo(60);
    assert.ok((await panel.level('Calling')) > 99);
    // It plays by itself as well.
    await panel.scrubTo(0);
    const before = await panel.part('clock').textContent();
    if ((await panel.part('play').getAttribute('data-playing')) !== 'true') await panel.part('play').click();
    await until('the clock running', async () =>
      (await panel.part('clock').textContent()) !== before ? true : undefined,
    );
    assert.match((await panel.part('expectations').textContent()) ?? '', /Calling back to 95%/);
    await panel.part('close-recovery').click();
    await panel.part('scrub').waitFor({ state: 'detached' });
  });

  it('puts two architectures side by side under one crash', async () => {
    await openFile('supernodes-or-servers.p2parch');
    const panel = await Panel.find();
    await panel.part('compare').click();
    await panel.part('scrub').waitFor({ state: 'visible', timeout: 60_000 });
    await panel.allPictures(2);
    await panel.scrubTo(4);
    assert.ok((await panel.level('Calling', 'CompanyCore')) > 99);
    assert.ok((await panel.level('Calling', 'Skype2007')) < 50);
    const text = (await panel.part('expectations').textContent()) ?? '';
    assert.match(text, /met/);
    assert.match(text, /missed/);
  });
});

const BLOW = `architecture Small {
  company Server { instances 100 serves 100 Client restarts in 1 h }
  users Client { instances 10_000 needs Server }
  service Calling for Client { needs Server }
}
scenario Blow on Small {
  at 1 h crash 40% of Server
  run 8 h
  expect Calling back to 90% within 3 h
}
`;

describe('recovery: what if', () => {
  afterEach(closeAll);

  it('runs follow a number that is moved, and Write to source puts it into the text as one edit', async () => {
    const editor = await openFile('skype-2007.p2parch');
    const before = editor.document.getText();
    const panel = await Panel.find();
    await panel.part('run').click();
    await panel.part('scrub').waitFor({ state: 'visible', timeout: 60_000 });
    await panel.part('run-progress').waitFor({ state: 'detached', timeout: 60_000 });
    await panel.part('tab-what-if').click();
    await panel.part('find-number').fill('supernode promoted');
    await panel.part('number').first().click();
    const slider = panel.part('slider').locator('input[type="number"]');
    const written = await slider.inputValue();
    await slider.fill('90');
    await slider.press('Enter');
    await until('the runs with the other number', async () =>
      (await panel.part('reset-numbers').count()) === 1 ? true : undefined,
    );
    await panel.screenshot('recovery-what-if');
    assert.equal(editor.document.getText(), before);
    await panel.part('write-number').click();
    await until('the value in the text', () => (editor.document.getText().includes('at 90/min') ? true : undefined));
    // What is played is then that of the text, and nothing is moved any more.
    await until('the number as it is written now', async () =>
      /90\/min/.test((await panel.part('number-written').textContent()) ?? '') ? true : undefined,
    );
    await panel.part('reset-numbers').waitFor({ state: 'detached', timeout: 60_000 });
    await panel.screenshot('recovery-written');
    await vscode.window.showTextDocument(editor.document, { viewColumn: vscode.ViewColumn.One });
    await vscode.commands.executeCommand('undo');
    await until('one undo taking it back', () => (editor.document.getText() === before ? true : undefined));
    assert.notEqual(written, '90');
  });

  it('moves a number of the scenario, and writes it into its step', async () => {
    const editor = await openText('blow.p2parch', BLOW);
    const panel = await Panel.find();
    await panel.part('run').click();
    await panel.part('scrub').waitFor({ state: 'visible', timeout: 60_000 });
    await panel.scrubTo(1.01);
    const level = await panel.level('Calling');
    await panel.part('tab-what-if').click();
    await panel.part('find-number').fill('crash');
    await panel.part('number').first().click();
    const slider = panel.part('slider').locator('input[type="number"]');
    assert.equal(await slider.inputValue(), '40');
    await slider.fill('90');
    await slider.press('Enter');
    await panel.part('reset-numbers').waitFor({ state: 'visible', timeout: 60_000 });
    await panel.scrubTo(1.01);
    await until('the runs with the harder blow', async () =>
      (await panel.level('Calling')) < level - 30 ? true : undefined,
    );
    assert.equal(editor.document.getText(), BLOW);
    await panel.part('write-number').click();
    const written = BLOW.replace('crash 40%', 'crash 90%');
    await until('the share in the text', () => (editor.document.getText() === written ? true : undefined));
    await until('the share as it is written now', async () =>
      /90%/.test((await panel.part('number-written').textContent()) ?? '') ? true : undefined,
    );
    await panel.part('tab-sensitivity').click();
    await panel.part('tornado').waitFor({ state: 'visible', timeout: 60_000 });
    assert.match((await panel.part('tornado').textContent()) ?? '', /at 1 h, Server: crash/);
  });

  it('what matters: which number moves the recovery, and what would just meet the expectation', async function () {
    // Some hundred runs, on a machine that may be busy.
    this.timeout(240_000);
    await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    await panel.part('run').click();
    await panel.part('scrub').waitFor({ state: 'visible', timeout: 60_000 });
    await panel.part('tab-sensitivity').click();
    await panel.part('tornado').waitFor({ state: 'visible', timeout: 200_000 });
    await panel.screenshot('recovery-sensitivity');
    const text = (await panel.part('sensitivity').textContent()) ?? '';
    assert.match(text, /Calling back to 95% within 48 h(Met|Missed)\./);
    assert.match((await panel.part('tornado').textContent()) ?? '', /promoted from/);
  });

  it('draws what was measured over the runs, with its sources', async () => {
    await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    await panel.part('run').click();
    await panel.part('record').first().waitFor({ state: 'visible', timeout: 60_000 });
    await panel.part('record').first().locator('summary').click();
    assert.match((await panel.part('record').first().textContent()) ?? '', /On record: .*Source: /);
    const file = await vscode.workspace.fs.readFile(fileUri('record/skype-2007.json'));
    const { points } = JSON.parse(new TextDecoder().decode(file)) as { points: { hours: number; level: number }[] };
    const drawn = points.filter(({ hours }) => hours < 71);
    assert.ok(drawn.length > 5);
    const places = drawn.map(({ hours, level }) => ({ seconds: (hours + 1) * 3600, level }));
    const { marked } = await charted(panel, { levels: [], places, ofSeconds: 72 * 3600 });
    assert.deepEqual(
      marked,
      drawn.map(() => true),
    );
    await panel.screenshot('recovery-record');
  });

  it('presents: the whole window, arrow keys from event to event, Escape leaves', async () => {
    await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    await panel.part('run').click();
    await panel.part('scrub').waitFor({ state: 'visible', timeout: 60_000 });
    const width = async () => (await panel.part('recovery').boundingBox())?.width ?? 0;
    const type = async () => {
      const sizes = await Promise.all(
        [panel.part('clock'), panel.part('expectations')].map((words) =>
          words.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize)),
        ),
      );
      return Math.min(...sizes);
    };
    const before = await width();
    const small = await type();
    if ((await panel.part('play').getAttribute('data-playing')) === 'true') await panel.part('play').click();
    await panel.settled();
    await panel.part('present').click();
    await until('the whole window', async () => ((await width()) > before * 1.5 ? true : undefined));
    await panel.part('toolbar').waitFor({ state: 'hidden' });
    // What stands at the clock in the chart is as large as the chart.
    const widthOf = async (part: string) =>
      (await panel
        .part('chart')
        .locator(part)
        .evaluate((all: HTMLCanvasElement) => all.width / devicePixelRatio)) ?? 0;
    await until('the chart as large as its room', async () => {
      const chart = await panel.part('chart').locator('.u-over').boundingBox();
      return Math.abs((await widthOf('.chart-cursor')) - 12 - (chart?.width ?? 0)) < 2 ? true : undefined;
    });
    await panel.scrubTo(0);
    await panel.part('scrub').press('ArrowRight');
    await panel.settled();
    assert.equal(await panel.part('clock').textContent(), 'T + 0 min');
    await panel.part('scrub').press('ArrowRight');
    await panel.settled();
    assert.notEqual(await panel.part('clock').textContent(), 'T + 0 min');
    await panel.part('scrub').press('ArrowLeft');
    await panel.settled();
    assert.equal(await panel.part('clock').textContent(), 'T + 0 min');
    const large = await type();
    assert.ok(large >= 1.4 * small, `${small} px of type become ${large} px`);
    assert.equal(await panel.page.locator('.monaco-editor .view-lines').first().isVisible(), false);
    await panel.screenshot('recovery-present');
    await panel.part('scrub').press('Escape');
    await until('the window as it was', async () => (Math.abs((await width()) - before) < 40 ? true : undefined));
    assert.equal(await panel.part('recovery').count(), 1);
  });

  it('comes back from behind another tab as it was: the same recovery at the same time', async () => {
    await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    await panel.part('run').click();
    await panel.part('scrub').waitFor({ state: 'visible', timeout: 60_000 });
    await panel.part('run-progress').waitFor({ state: 'detached', timeout: 60_000 });
    await panel.scrubTo(20);
    const clock = await panel.part('clock').textContent();
    await panel.saved();
    await setAutomatic(false);
    try {
      await vscode.window.showTextDocument(fileUri('kazaa.p2parch'), { viewColumn: vscode.ViewColumn.Two });
      await panel.part('scrub').waitFor({ state: 'hidden' });
      await vscode.commands.executeCommand('workbench.action.previousEditor');
      await until('the recovery again', async () =>
        (await panel.part('clock').count()) === 1 && (await panel.part('clock').textContent()) === clock
          ? true
          : undefined,
      );
    } finally {
      await setAutomatic(true);
    }
  });
});
