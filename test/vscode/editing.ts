import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, edit, openFile, openText, Panel, problemsOf, ruleIn, underlined, until } from './workbench.ts';

describe('editing', () => {
  afterEach(closeAll);

  it('underlines the findings of the Skype example at their exact words', async () => {
    const editor = await openFile('skype-2007.p2parch');
    const lineOf = (words: string): number => {
      const text = editor.document.getText();
      return editor.document.positionAt(text.indexOf(words)).line + 1;
    };
    const variant = lineOf('architecture Skype2007WithoutOverload');
    const expected = [
      `${lineOf('hazard MassReboot')} single-external-dependency: MassReboot`,
      `${lineOf('users SuperNode')} single-external-dependency: SuperNode`,
      `${lineOf('promoted from')} cold-start-cycle: promoted from Client at 9/min`,
      `${lineOf('overloads above')} hidden-overload: overloads above 500% losing 0.25%/min`,
      `${lineOf('traffic')} uncontrolled-majority: traffic 95% through SuperNode, 5% through LoginServer`,
      `${variant + 1} single-external-dependency: SuperNode`,
      `${variant + 4} cold-start-cycle: promoted from Client at 9/min`,
    ];
    await until('the findings', () =>
      JSON.stringify(underlined(editor)) === JSON.stringify(expected) ? true : undefined,
    ).catch(() => assert.deepEqual(underlined(editor), expected));
    const [, superNode] = problemsOf(editor);
    assert.equal(superNode?.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(superNode?.message ?? '', /^Calling needs SuperNode; users run it/);
  });

  it('takes a finding away with the words that caused it, and brings it back with them', async () => {
    const editor = await openFile('skype-2007.p2parch');
    const has = (rule: string): boolean => underlined(editor).some((problem) => problem.includes(`${rule}: traffic`));
    await until('the finding', () => has('uncontrolled-majority') || undefined);
    await edit(
      editor,
      '95% through SuperNode, 5% through LoginServer',
      '45% through SuperNode, 55% through LoginServer',
    );
    await until('the finding gone', () => !has('uncontrolled-majority') || undefined);
    await edit(
      editor,
      '45% through SuperNode, 55% through LoginServer',
      '95% through SuperNode, 5% through LoginServer',
    );
    await until('the finding back', () => has('uncontrolled-majority') || undefined);
  });

  it('tells of an unknown name with the nearest one, and goes from a need to its component', async () => {
    const editor = await openText(
      'typo.p2parch',
      'architecture A {\n  company Server\n  users Client { needs Servr }\n}\n',
    );
    const [problem] = await until('the error', () => (problemsOf(editor).length > 0 ? problemsOf(editor) : undefined));
    assert.equal(problem?.message, 'No component named "Servr" in A. Did you mean "Server"?');
    assert.equal(editor.document.getText(problem?.range), 'Servr');
    await edit(editor, 'Servr', 'Server');
    await until(
      'the error gone',
      () => problemsOf(editor).every(({ severity }) => severity !== vscode.DiagnosticSeverity.Error) || undefined,
    );
    const position = editor.document.positionAt(editor.document.getText().lastIndexOf('Server') + 1);
    const [target] = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      editor.document.uri,
      position,
    );
    const range =
      target && ('targetUri' in target ? (target.targetSelectionRange ?? target.targetRange) : target.range);
    assert.equal(range?.start.line, 1);
  });

  it('shows findings as severely as the settings say, at once', async () => {
    const settings = vscode.workspace.getConfiguration('p2parch');
    const editor = await openFile('skype-2007.p2parch');
    const severity = (): vscode.DiagnosticSeverity | undefined =>
      problemsOf(editor).find(({ code }) => ruleIn(code) === 'uncontrolled-majority')?.severity;
    await until('the finding', () => (severity() === vscode.DiagnosticSeverity.Warning ? true : undefined));
    try {
      await settings.update('rules', { 'uncontrolled-majority': 'error', 'cold-start-cycle': 'off' }, true);
      await until('the error', () => (severity() === vscode.DiagnosticSeverity.Error ? true : undefined));
      assert.ok(!problemsOf(editor).some(({ code }) => ruleIn(code) === 'cold-start-cycle'));
    } finally {
      await settings.update('rules', undefined, true);
    }
    await until('the warning', () => (severity() === vscode.DiagnosticSeverity.Warning ? true : undefined));
  });

  it("opens an example in a copy of the user's own, with its diagram", async () => {
    const opened = vscode.commands.executeCommand('p2parch.openExample');
    const page = (await Panel.window()).page;
    await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'kazaa.p2parch' }).click();
    await opened;
    const editor = await until('the example', () =>
      vscode.window.visibleTextEditors.find(({ document }) => document.uri.path.endsWith('examples/kazaa.p2parch')),
    );
    assert.ok(!editor.document.uri.path.includes('/extension/examples/'));
    const panel = await Panel.find();
    assert.ok((await panel.nodes()).includes('SuperNode'));
  });

  it('completes, renames and formats', async () => {
    const editor = await openText(
      'small.p2parch',
      'architecture A {\n  company Server\n  company Other\n  users Client { needs   Server }\n}\n',
    );
    const { uri } = editor.document;
    const at = editor.document.positionAt(editor.document.getText().indexOf('needs   ') + 'needs   '.length);
    const labels = async (): Promise<string[]> => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        uri,
        at,
      );
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    // The component that is asked about does not need itself.
    await until('the names', async () => ((await labels()).includes('Other') ? true : undefined));
    assert.ok(!(await labels()).includes('Client'));
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>('vscode.executeFormatDocumentProvider', uri, {
      tabSize: 2,
      insertSpaces: true,
    });
    const formatting = new vscode.WorkspaceEdit();
    formatting.set(uri, edits);
    await vscode.workspace.applyEdit(formatting);
    assert.match(editor.document.getText(), /needs Server \}/);
    const renaming = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      uri,
      editor.document.positionAt(editor.document.getText().indexOf('Server') + 1),
      'Core',
    );
    await vscode.workspace.applyEdit(renaming);
    assert.equal(
      editor.document.getText(),
      'architecture A {\n  company Core\n  company Other\n  users Client { needs Core }\n}\n',
    );
  });
});
