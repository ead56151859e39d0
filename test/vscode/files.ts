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
    // The editor holds what it has shown for a while: this is a file that it never showed.
    const write = (text: string): void => writeFileSync(fileUri('risks.p2parch').fsPath, text);
    const mill = await openText('mill.p2parch', MILL.replace('dangers', 'risks'));
    await errors(mill, ['"./risks.p2parch" cannot be read.']);
    write('hazard Fire\n');
    await errors(mill, ['No hazard named "Storm" in A.']);
    write('hazard Storm\n');
    await errors(mill, []);
    rmSync(fileUri('risks.p2parch').fsPath);
    await errors(mill, ['"./risks.p2parch" cannot be read.']);
    write('hazard Storm\n');
    await errors(mill, []);
    renameSync(fileUri('risks.p2parch').fsPath, fileUri('perils.p2parch').fsPath);
    await errors(mill, ['"./risks.p2parch" cannot be read.']);
    rmSync(fileUri('perils.p2parch').fsPath);
  });

  it('are there as long as an editor shows them, also when they are deleted, and written again at once', async () => {
    const storms = fileUri('storms.p2parch').fsPath;
    const shown = await openText('dangers.p2parch', 'hazard Storm\n');
    const mill = await openText('mill.p2parch', `import "./storms.p2parch"\n${MILL}`);
    const names = (): Promise<number> =>
      until('the names', async () => {
        const found = await vscode.commands.executeCommand<unknown[]>(
          'vscode.executeDocumentSymbolProvider',
          shown.document.uri,
        );
        return found?.length;
      });
    for (let round = 0; round < 5; round++) {
      writeFileSync(storms, '');
      await errors(mill, []);
      rmSync(shown.document.uri.fsPath);
      rmSync(storms);
      if (round > 0) writeFileSync(shown.document.uri.fsPath, 'hazard Storm\n');
      // Deleted later than the other: the watcher has told of both.
      await errors(mill, ['"./storms.p2parch" cannot be read.']);
      assert.equal(await names(), 1);
      if (round === 0) writeFileSync(shown.document.uri.fsPath, 'hazard Storm\n');
    }
  });
});
