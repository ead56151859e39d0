import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { REVIEW, SHARED } from '../lsp/review.ts';
import { closeAll, openText, Panel, setAutomatic, until } from './workbench.ts';

/** Each feature of the editor once, asked for as VS Code asks, in one pair of files. */
describe('the editor asks for', () => {
  let shared: vscode.TextEditor;
  let review: vscode.TextEditor;

  before(async () => {
    await setAutomatic(false);
    review = await openText('review.p2parch', REVIEW);
    shared = await openText('shared.p2parch', SHARED);
    // The first answer tells that the server has both files.
    await until('the server', async () =>
      (await ask('DefinitionProvider', review, 'extends Base', 9)) ? true : undefined,
    );
  });
  after(async () => {
    await closeAll();
    await setAutomatic(true);
  });

  /** Asks at words of a file, so many letters into them; undefined where there is no answer. */
  async function ask<Item>(
    provider: string,
    editor: vscode.TextEditor,
    words: string,
    letters: number,
    ...more: unknown[]
  ): Promise<Item[] | undefined> {
    const position = placeOf(editor, words, letters);
    const found = await vscode.commands.executeCommand<Item[] | undefined>(
      `vscode.execute${provider}`,
      editor.document.uri,
      position,
      ...more,
    );
    return found && found.length > 0 ? found : undefined;
  }

  it('highlighting: the names of company, users and vendors in three colours', async () => {
    const { page } = await Panel.window();
    const colours = (): Promise<string[]> =>
      page.evaluate(
        (names) => {
          const spans = [...document.querySelectorAll('.editor-instance .view-line span > span')];
          return names.map((name) => {
            const span = spans.find((one) => one.textContent?.trim() === name);
            return span ? getComputedStyle(span).color : '';
          });
        },
        ['Login', 'Peer', 'Cloud', 'architecture', '10'],
      );
    await until('five colours', async () => {
      const found = await colours();
      return !found.includes('') && new Set(found).size === found.length ? true : undefined;
    }).catch(async () => assert.fail(`not five colours: ${await colours()}`));
  });

  it('hover', async () => {
    const hovers = await ask<vscode.Hover>('HoverProvider', shared, 'company Login', 10);
    const text = hovers?.flatMap(({ contents }) => contents.map((one) => (typeof one === 'string' ? one : one.value)));
    assert.match(text?.join('\n') ?? '', /Lets people in\..*The company runs it/s);
  });

  it('signature help', async () => {
    const help = await vscode.commands.executeCommand<vscode.SignatureHelp>(
      'vscode.executeSignatureHelpProvider',
      shared.document.uri,
      placeOf(shared, 'admits 5 ', 9),
    );
    assert.equal(help.signatures[0]?.label, 'admits n component/s');
  });

  it('definition, references and highlights', async () => {
    const [definition] = (await ask<vscode.LocationLink>('DefinitionProvider', review, 'extends Base', 9)) ?? [];
    assert.equal(definition?.targetUri.toString(), shared.document.uri.toString());
    const references = await ask<vscode.Location>('ReferenceProvider', shared, 'users Peer', 7);
    assert.equal(references?.filter(({ uri }) => uri.toString() === review.document.uri.toString()).length, 2);
    assert.equal(references?.length, 7);
    const highlights = await ask<vscode.DocumentHighlight>('DocumentHighlights', shared, 'users Hub', 7);
    assert.equal(highlights?.length, 4);
  });

  it('call hierarchy', async () => {
    const [item] = await vscode.commands.executeCommand<vscode.CallHierarchyItem[]>(
      'vscode.prepareCallHierarchy',
      shared.document.uri,
      placeOf(shared, 'users Hub', 7),
    );
    const calls = await vscode.commands.executeCommand<vscode.CallHierarchyIncomingCall[]>(
      'vscode.provideIncomingCalls',
      item,
    );
    assert.deepEqual(calls.map(({ from }) => from.name).sort(), ['Calling', 'Peer']);
    const [peer] = calls.filter(({ from }) => from.name === 'Peer');
    const out = await vscode.commands.executeCommand<vscode.CallHierarchyOutgoingCall[]>(
      'vscode.provideOutgoingCalls',
      peer?.from,
    );
    assert.deepEqual(out.map(({ to }) => to.name).sort(), ['Hub', 'Login']);
  });

  it('outline, folding, selections and workspace symbols', async () => {
    const { uri } = review.document;
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    assert.deepEqual(
      symbols.map(({ name, children }) => [name, children.map((child) => child.name)]),
      [
        ['Hosted', ['Hub', 'Calling']],
        ['Patch', []],
      ],
    );
    const folding = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      uri,
    );
    assert.deepEqual(
      folding.map(({ start }) => start + 1),
      [3, 4, 12],
    );
    const [selection] = await vscode.commands.executeCommand<vscode.SelectionRange[]>(
      'vscode.executeSelectionRangeProvider',
      uri,
      [placeOf(review, 'serves 100 Peer', 12)],
    );
    assert.equal(selection && review.document.getText(selection.parent?.range), 'serves 100 Peer');
    const everywhere = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
      'vscode.executeWorkspaceSymbolProvider',
      'Hosted',
    );
    assert.ok(everywhere.some(({ name, location }) => name === 'Hosted' && location.uri.toString() === uri.toString()));
  });

  it('links on imports, and completion of their paths', async () => {
    const [link] = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      review.document.uri,
    );
    assert.equal(link?.target?.toString(), shared.document.uri.toString());
    const paths = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      shared.document.uri,
      placeOf(shared, '/** The day', 0),
    );
    const labels = paths.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('import'), labels.join());
  });

  it('formatting of a range and of what is typed', async () => {
    const range = new vscode.Range(0, 0, 3, 0);
    const options = { tabSize: 2, insertSpaces: true };
    const { uri } = shared.document;
    await shared.edit((builder) => builder.insert(new vscode.Position(4, 0), '      '));
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
      'vscode.executeFormatRangeProvider',
      uri,
      new vscode.Range(4, 0, 4, 20),
      options,
    );
    const typed = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
      'vscode.executeFormatOnTypeProvider',
      uri,
      placeOf(shared, '    serves 100 Peer\n    promoted', 20),
      '\n',
      options,
    );
    assert.equal(
      await vscode.commands.executeCommand('vscode.executeFormatRangeProvider', uri, range, options),
      undefined,
    );
    assert.equal(typed, undefined, 'what stands well is left alone');
    const change = new vscode.WorkspaceEdit();
    change.set(uri, edits ?? []);
    await vscode.workspace.applyEdit(change);
    assert.equal(shared.document.getText(), SHARED);
  });

  it('quick fixes', async () => {
    await shared.edit((builder) => builder.replace(wordsAt(shared, 'Hub and Cloud'), 'Hub and Clod'));
    const actions = await until('the fix', async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        shared.document.uri,
        wordsAt(shared, 'Clod'),
      );
      return found.find(({ title }) => title === 'Change to "Cloud"');
    });
    await vscode.workspace.applyEdit(actions.edit ?? new vscode.WorkspaceEdit());
    assert.equal(shared.document.getText(), SHARED);
  });

  it('accepting a finding selects the reason that is to be written', async () => {
    const accept = await until('the fix', async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        shared.document.uri,
        new vscode.Range(0, 0, shared.document.lineCount, 0),
      );
      return found.find(({ title }) => title.startsWith('Accept this finding'));
    });
    await vscode.workspace.applyEdit(accept.edit ?? new vscode.WorkspaceEdit());
    const editor = await until('the blank', () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.getText(active.selection) === '…' ? active : undefined;
    });
    assert.match(
      editor.document.getText(),
      /\n {2}accept \S+ on \S+( for \S+)?\n {4}because "…" until \d{4}-\d\d-\d\d\n/,
    );
    await vscode.commands.executeCommand('undo');
    assert.equal(shared.document.getText(), SHARED);
  });

  it('lenses and hints', async () => {
    const titles = await until('the lenses', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        shared.document.uri,
        10,
      );
      const found = lenses.map(({ command }) => command?.title);
      return found.length === 3 && !found.includes(undefined) ? found : undefined;
    });
    assert.deepEqual(titles, ['Diagram', 'Compare', '2 minimal cut sets, smallest order 1']);
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
      'vscode.executeInlayHintProvider',
      shared.document.uri,
      new vscode.Range(0, 0, 100, 0),
    );
    assert.deepEqual(
      hints.map(({ label }) => label),
      ['≈ 1 min for all 3,000', '≈ 15 min for all 10', '≈ 30 min for all 60'],
    );
  });

  it('a new name in both files', async () => {
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      review.document.uri,
      placeOf(review, 'company Hub', 9),
      'Relay-中継',
    );
    await vscode.workspace.applyEdit(edit);
    assert.equal(shared.document.getText(), SHARED.replaceAll('Hub', 'Relay-中継'));
    assert.equal(review.document.getText(), REVIEW.replaceAll('Hub', 'Relay-中継'));
  });
});

function placeOf({ document }: vscode.TextEditor, words: string, letters: number): vscode.Position {
  const offset = document.getText().indexOf(words);
  if (offset < 0) throw new Error(`"${words}" is not in the text`);
  return document.positionAt(offset + letters);
}

function wordsAt(editor: vscode.TextEditor, words: string): vscode.Range {
  return new vscode.Range(placeOf(editor, words, 0), placeOf(editor, words, words.length));
}
