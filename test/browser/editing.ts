import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import {
  closeAll,
  edit,
  errorsBecome,
  finding,
  inHost,
  openFile,
  page,
  problemsOf,
  until,
  writeFile,
} from './workbench.ts';

const FOLDER = path.resolve(__dirname, '../../../extension/examples');
const EXAMPLES = readdirSync(FOLDER).filter((name) => name.endsWith('.p2parch'));

/** What the command line finds in an example, on Node: the same is to be seen in a browser. */
function checkedOnNode(example: string): string[] {
  const cli = path.resolve(__dirname, '../../cli.js');
  const call = [cli, 'check', path.join(FOLDER, example), '--format', 'json', '--no-scenarios'];
  const { files } = JSON.parse(spawnSync(process.execPath, call, { encoding: 'utf8' }).stdout) as Report;
  const problems = files[0]?.problems.filter(({ accepted }) => !accepted) ?? [];
  return problems.map(({ rule, message, range: { start, end } }) => written(rule, message, [start, end])).sort();
}

interface Report {
  readonly files: readonly {
    readonly problems: readonly {
      readonly rule?: string;
      readonly accepted: boolean;
      readonly message: string;
      readonly range: { readonly start: Position; readonly end: Position };
    }[];
  }[];
}

interface Position {
  readonly line: number;
  readonly character: number;
}

const written = (rule: string | undefined, message: string, [start, end]: readonly [Position, Position]): string =>
  `${start.line}:${start.character}-${end.line}:${end.character} ${rule ?? 'error'}: ${message}`;

describe('editing in a browser', () => {
  afterEach(closeAll);

  for (const example of EXAMPLES) {
    it(`shows in ${example} what the command line tells, at the same words`, async () => {
      const expected = checkedOnNode(example);
      const uri = await openFile(example);
      let seen: string[] = [];
      await until(
        () => `the problems ${JSON.stringify(expected)}, not ${JSON.stringify(seen)}`,
        async () => {
          seen = (await problemsOf(uri))
            .map(({ code, message, range: [line, character, endLine, endCharacter] }) =>
              written(code, message, [
                { line, character },
                { line: endLine, character: endCharacter },
              ]),
            )
            .sort();
          return JSON.stringify(seen) === JSON.stringify(expected) ? true : undefined;
        },
      );
    });
  }

  it('runs the server in a worker, and the extension from another origin than its files', async () => {
    const origins = await inHost(
      () => ({
        host: location.href,
        extension: String(vscode.extensions.getExtension('p2parch.p2parch')?.extensionUri),
      }),
      undefined,
    );
    assert.match(origins.host, /^blob:http:\/\/v--/);
    assert.match(origins.extension, /^http:\/\/localhost/);
    assert.ok(page().workers().length > 1);
  });

  it('takes a finding away with the words that caused it, and brings it back with them', async () => {
    const uri = await openFile('skype-2007.p2parch');
    const before = '95% through SuperNode, 5% through LoginServer';
    const after = '45% through SuperNode, 55% through LoginServer';
    await finding(uri, 'uncontrolled-majority', `traffic ${before}`);
    await edit(uri, before, after);
    await until('the finding gone', async () =>
      (await problemsOf(uri)).every(({ code }) => code !== 'uncontrolled-majority') ? true : undefined,
    );
    await edit(uri, after, before);
    await finding(uri, 'uncontrolled-majority', `traffic ${before}`);
  });

  it('follows what is typed at the keyboard', async () => {
    await writeFile('typed.p2parch', 'architecture A {\n  company Server\n  users Client { needs Server }\n}\n');
    const uri = await openFile('typed.p2parch');
    await inHost(async (text) => {
      const editor = vscode.window.activeTextEditor;
      if (editor?.document.uri.toString() !== text) throw new Error('another editor is active');
      const end = editor.document.positionAt(editor.document.getText().indexOf('Server }') + 'Server'.length);
      editor.selection = new vscode.Selection(end, end);
      await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    }, uri);
    await page().keyboard.type('x');
    const [problem] = await errorsBecome(uri, ['Serverx']);
    assert.equal(problem?.message, 'No component named "Serverx" in A. Did you mean "Server"?');
    assert.deepEqual(problem?.range, [2, 23, 2, 30]);
    await page().keyboard.press('Backspace');
    await errorsBecome(uri, []);
  });

  it('completes, hovers, formats, and goes to a definition', async () => {
    const text = 'architecture A {\n  company Server\n  company Other\n  users Client { needs   Server }\n}\n';
    await writeFile('small.p2parch', text);
    const uri = await openFile('small.p2parch');
    const at = text.indexOf('needs   ') + 'needs   '.length;
    const asked = [uri, at] as const;
    const labels = await until('the names', async () => {
      const found = await inHost(async ([address, offset]) => {
        const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(address));
        const list = await vscode.commands.executeCommand<import('vscode').CompletionList>(
          'vscode.executeCompletionItemProvider',
          document.uri,
          document.positionAt(offset),
        );
        return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      }, asked);
      return found.includes('Other') ? found : undefined;
    });
    // The component that is asked about does not need itself.
    assert.ok(!labels.includes('Client'));

    const told = await inHost(async ([address, offset]) => {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(address));
      const place = [document.uri, document.positionAt(offset + 1)] as const;
      const hovers = await vscode.commands.executeCommand<import('vscode').Hover[]>(
        'vscode.executeHoverProvider',
        ...place,
      );
      const targets = await vscode.commands.executeCommand<
        (import('vscode').Location | import('vscode').LocationLink)[]
      >('vscode.executeDefinitionProvider', ...place);
      const edits = await vscode.commands.executeCommand<import('vscode').TextEdit[]>(
        'vscode.executeFormatDocumentProvider',
        document.uri,
        { tabSize: 2, insertSpaces: true },
      );
      const change = new vscode.WorkspaceEdit();
      change.set(document.uri, edits);
      await vscode.workspace.applyEdit(change);
      return {
        hover: hovers.flatMap(({ contents }) => contents.map((part) => (typeof part === 'string' ? part : part.value))),
        lines: targets.map((target) => ('targetUri' in target ? target.targetRange : target.range).start.line),
        text: document.getText(),
      };
    }, asked);
    assert.match(told.hover.join('\n'), /company Server/);
    assert.deepEqual(told.lines, [1]);
    assert.equal(told.text, text.replace('needs   Server', 'needs Server'));
  });
});
