import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SCRIPT, WRITTEN, words } from '../completion/script.ts';
import { Typist } from './typist.ts';
import { closeAll, openText, problemsOf, setAutomatic, until } from './workbench.ts';

describe('writing', () => {
  before(() => setAutomatic(false));
  afterEach(closeAll);
  after(() => setAutomatic(true));

  it('the example of the language from an empty file, by completion alone', async function () {
    this.timeout(240_000);
    await openText('hazards.p2parch', 'hazard Fire\n');
    const given = await openText('given.p2parch', WRITTEN);
    const editor = await openText('written.p2parch', '');
    await (await Typist.at(editor)).follow(SCRIPT);
    assert.deepEqual(words(editor.document.getText()), words(WRITTEN));
    await vscode.commands.executeCommand('editor.action.formatDocument');
    // What is wrong with it is what is wrong with the example, at the same words.
    const expected = await until('the findings of the example', () => said(given));
    await until('the same findings', () =>
      JSON.stringify(said(editor)) === JSON.stringify(expected) ? true : undefined,
    ).catch(() => assert.deepEqual(said(editor), expected));
  });
});

function said(editor: vscode.TextEditor): string[] | undefined {
  const problems = problemsOf(editor).map(
    ({ code, message, range, severity }) =>
      `${severity} ${String(code ?? 'error')} at ${words(editor.document.getText(range)).join(' ')}: ${message}`,
  );
  return problems.length > 0 ? problems : undefined;
}
