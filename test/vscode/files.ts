import * as assert from 'node:assert/strict';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { closeAll, fileUri, openText, problemsOf, setAutomatic, until } from './workbench.ts';

const MILL = `import "./dangers.p2parch"
architecture A {
  vendor Mill { exposed to Storm }
}
`;

describe('files that import each other', () => {
  before(() => setAutomatic(false));
  afterEach(closeAll);
  after(() => setAutomatic(true));

  const errorsOf = (editor: vscode.TextEditor): string[] =>
    problemsOf(editor)
      .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error)
      .map(({ message }) => message);
  const errors = (editor: vscode.TextEditor, wanted: readonly string[]): Promise<true> =>
    until(`the errors ${JSON.stringify(wanted)}`, () =>
      JSON.stringify(errorsOf(editor)) === JSON.stringify(wanted) ? true : undefined,
    );

  it('see what the other has not saved, and the text on disk again once that is thrown away', async () => {
    const dangers = await openText('dangers.p2parch', 'hazard Storm\n');
    const mill = await openText('mill.p2parch', MILL);
    await errors(mill, []);
    const unsaved = new vscode.WorkspaceEdit();
    unsaved.insert(dangers.document.uri, new vscode.Position(0, 'hazard '.length), 'Snow');
    await vscode.workspace.applyEdit(unsaved);
    await errors(mill, ['No hazard named "Storm" in A.']);
    assert.ok(dangers.document.isDirty);
    await vscode.window.showTextDocument(dangers.document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await errors(mill, []);
  });

  it('notice what is written, deleted and renamed outside of the editor', async () => {
    const write = (text: string): void => writeFileSync(fileUri('dangers.p2parch').fsPath, text);
    const mill = await openText('mill.p2parch', MILL);
    await errors(mill, ['"./dangers.p2parch" cannot be read.']);
    write('hazard Fire\n');
    await errors(mill, ['No hazard named "Storm" in A.']);
    write('hazard Storm\n');
    await errors(mill, []);
    rmSync(fileUri('dangers.p2parch').fsPath);
    await errors(mill, ['"./dangers.p2parch" cannot be read.']);
    write('hazard Storm\n');
    await errors(mill, []);
    renameSync(fileUri('dangers.p2parch').fsPath, fileUri('perils.p2parch').fsPath);
    await errors(mill, ['"./dangers.p2parch" cannot be read.']);
    rmSync(fileUri('perils.p2parch').fsPath);
  });
});
