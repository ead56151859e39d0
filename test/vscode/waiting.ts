import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { generateProgram } from '../bench/generate.ts';
import { text } from './failing.ts';
import { closeAll, edit, openFile, openText, Panel, problemsOf, until } from './workbench.ts';

/** Votes over votes: more minimal cut sets than anybody could count. */
const HARD = `architecture Hard {
${Array.from({ length: 90 }, (_, at) => `  company C${at}`).join('\n')}
${Array.from({ length: 70 }, (_, at) => {
  const members = Array.from({ length: 9 }, (_, step) => `C${(at * 7 + step * step * 5 + step * 11) % 90}`);
  return `  company G${at} { needs 4 of (${[...new Set(members)].join(', ')}) }`;
}).join('\n')}
  service S needs 30 of (${Array.from({ length: 70 }, (_, at) => `G${at}`).join(', ')})
}
`;

const errorsOf = (editor: vscode.TextEditor): vscode.Diagnostic[] =>
  problemsOf(editor).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);

describe('what takes long', () => {
  afterEach(closeAll);

  it('typing goes on while a large picture is laid out, and the picture is then that of the last text', async function () {
    this.timeout(120_000);
    const editor = await openText('large.p2parch', generateProgram(1000));
    const panel = await Panel.find();
    await panel.part('unfold-all').click();
    await edit(editor, 'company Part0 ', 'company Renamed needs needs ');
    await until('the error', () => (errorsOf(editor).length > 0 ? true : undefined));
    assert.equal(await panel.node('Renamed').count(), 0);
    await edit(editor, 'company Renamed needs needs ', 'company Part0 ');
    await edit(editor, '\n}', '\n  company Latecomer\n}');
    await until('no error', () => (errorsOf(editor).length === 0 ? true : undefined));
    // Where it is among a thousand, nobody would see it.
    await panel.node('Latecomer').waitFor({ state: 'attached', timeout: 60_000 });
    await panel.node('Part999').waitFor({ state: 'attached' });
  });

  it('what cannot be counted in time ends in words, and typing goes on meanwhile', async function () {
    this.timeout(120_000);
    const editor = await openText('hard.p2parch', HARD);
    const panel = await Panel.find();
    await panel.part('failures-toggle').click();
    await panel.part('failure').waitFor({ state: 'visible' });
    await edit(editor, 'company C0\n', 'company C0 { needs Nobody }\n');
    await until('the error', () => (errorsOf(editor).length > 0 ? true : undefined));
    await edit(editor, 'company C0 { needs Nobody }\n', 'company C0\n');
    await until('no error', () => (errorsOf(editor).length === 0 ? true : undefined));
    await text(panel, 'cut-set-count', /up to order \d+; larger ones were not counted/);
    // It is failed and told as any other.
    await panel.part('tab-reach').click();
    await panel.part('lists').locator('.row').first().click();
    await panel.part('summary-failed').waitFor({ state: 'visible' });
  });

  it('few runs follow a slider at once, and as many as the settings ask for when it rests', async () => {
    await openFile('skype-2007.p2parch');
    const panel = await Panel.find();
    await panel.part('run').click();
    await panel.part('scrub').waitFor({ state: 'visible', timeout: 60_000 });
    await panel.part('run-progress').waitFor({ state: 'detached', timeout: 60_000 });
    await panel.part('tab-what-if').click();
    await panel.part('find-number').fill('supernode promoted');
    await panel.part('number').first().click();
    const legend = panel.part('recovery').locator('.chart-legend');
    await panel.part('recovery').evaluate((recovery) => {
      const said: string[] = [];
      Object.assign(window, { said });
      const note = (): void => {
        const [, runs] =
          /of ([\d,]+) runs.*as written/s.exec(recovery.querySelector('.chart-legend')?.textContent ?? '') ?? [];
        if (runs !== undefined && said.at(-1) !== runs) said.push(runs);
      };
      new MutationObserver(note).observe(recovery, { childList: true, subtree: true, characterData: true });
    });
    const number = panel.part('slider').locator('input[type="number"]');
    await number.fill('90');
    await number.press('Enter');
    await until('all of the runs', async () =>
      /of 100 runs.*as written/s.test((await legend.textContent()) ?? '') ? true : undefined,
    );
    const said = await panel.part('recovery').evaluate(() => (window as unknown as { said: string[] }).said);
    assert.equal(said[0], '4');
    assert.equal(said.at(-1), '100');
  });
});
