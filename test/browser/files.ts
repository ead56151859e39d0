import * as assert from 'node:assert/strict';
import {
  closeAll,
  deleteFile,
  edit,
  errorsBecome,
  finding,
  inHost,
  openFile,
  Panel,
  page,
  renameFile,
  until,
  writeFile,
} from './workbench.ts';

const EXPOSED =
  'import "./hazards.p2parch"\narchitecture A {\n  vendor Mill { exposed to Storm 50% }\n  service S needs Mill\n}\n';
const EXPOSURE = 'exposed to Storm 50%';
const RULE = 'single-external-dependency';

describe('files in a browser', () => {
  afterEach(closeAll);

  it('checks the files of the folder that nobody has opened', async () => {
    const checked = await until('the findings of Kazaa', () =>
      inHost(() => {
        const all = vscode.languages.getDiagnostics();
        const names = all.filter(([, problems]) => problems.length > 0).map(([uri]) => uri.path);
        return names.includes('/kazaa.p2parch') ? names : undefined;
      }, undefined),
    );
    assert.ok(checked.includes('/skype-2007.p2parch'));
  });

  it('tells of a hazard of another file, which no editor shows', async () => {
    await writeFile('hazards.p2parch', 'hazard Storm\n');
    await writeFile('exposed.p2parch', EXPOSED);
    const { range } = await finding(await openFile('exposed.p2parch'), RULE, EXPOSURE);
    assert.deepEqual(range, [2, 16, 2, 36]);
  });

  it('follows files that are changed, renamed and deleted past the editor', async () => {
    await writeFile('hazards.p2parch', 'hazard Storm\n');
    await writeFile('exposed.p2parch', EXPOSED);
    const uri = await openFile('exposed.p2parch');
    await finding(uri, RULE, EXPOSURE);

    await writeFile('hazards.p2parch', 'hazard Flood\n');
    await errorsBecome(uri, ['Storm']);
    await writeFile('hazards.p2parch', 'hazard Storm\n');
    await finding(uri, RULE, EXPOSURE);

    await renameFile('hazards.p2parch', 'dangers.p2parch');
    await errorsBecome(uri, ['"./hazards.p2parch"']);
    await edit(uri, './hazards.p2parch', './dangers.p2parch');
    await finding(uri, RULE, EXPOSURE);

    await deleteFile('dangers.p2parch');
    await errorsBecome(uri, ['"./dangers.p2parch"']);
    await writeFile('dangers.p2parch', 'hazard Storm\n');
    await finding(uri, RULE, EXPOSURE);
  });

  it('reads an import from a folder that is not open, and lists it for completion', async () => {
    const text = 'import "./deep/"\n';
    await writeFile('deep/inner.p2parch', 'hazard Storm\n');
    await writeFile('importing.p2parch', text);
    const uri = await openFile('importing.p2parch');
    const labels = await until('the path', () =>
      inHost(
        async ([address, offset]) => {
          const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(address));
          const list = await vscode.commands.executeCommand<import('vscode').CompletionList>(
            'vscode.executeCompletionItemProvider',
            document.uri,
            document.positionAt(offset),
          );
          const names = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
          return names.some((name) => name.includes('inner.p2parch')) ? names : undefined;
        },
        [uri, text.indexOf('deep/') + 5] as const,
      ),
    );
    assert.ok(labels.some((label) => label.endsWith('deep/inner.p2parch')));
  });

  it("opens an example in a copy of the user's own, with its diagram and what it imports", async () => {
    await inHost(() => void vscode.commands.executeCommand('p2parch.openExample'), undefined);
    // The list draws only what is in view.
    await page().locator('.quick-input-widget input[type="text"]').fill('supernodes-or');
    await page()
      .locator('.quick-input-widget .monaco-list-row', { hasText: 'supernodes-or-servers.p2parch' })
      .click({ timeout: 20_000 });
    const opened = await until('the example', () =>
      inHost(() => {
        const uris = vscode.window.visibleTextEditors.map(({ document }) => document.uri);
        return uris.find(({ path }) => path.endsWith('examples/supernodes-or-servers.p2parch'))?.toString();
      }, undefined),
    );
    assert.match(opened, /^vscode-userdata:/);
    const panel = await Panel.find();
    assert.deepEqual(await panel.nodes(), ['Calling', 'Client', 'LoginServer', 'MassReboot', 'SuperNode']);
  });

  it('opens the page of a rule, which a finding links to, in the editor', async () => {
    const uri = await openFile('kazaa.p2parch');
    await finding(uri, RULE, 'BadUpdate');
    const shown = await inHost(async (text) => {
      const [problem] = vscode.languages
        .getDiagnostics(vscode.Uri.parse(text))
        .filter(({ code }) => typeof code === 'object' && code.value === 'single-external-dependency');
      if (typeof problem?.code !== 'object') return undefined;
      await vscode.commands.executeCommand('vscode.open', problem.code.target);
      return vscode.window.activeTextEditor?.document.getText();
    }, uri);
    assert.match(shown ?? '', /^# .*single-external-dependency/);
  });

  it('shows the first steps with their texts', async () => {
    await inHost(
      async () => void vscode.commands.executeCommand('workbench.action.openWalkthrough', 'p2parch.p2parch#start'),
      undefined,
    );
    await page().getByText('Get started with P2P Arch').first().waitFor({ state: 'visible', timeout: 20_000 });
    const text = page().frameLocator('iframe.webview.ready').frameLocator('#active-frame').locator('body');
    await until('the text of the first step', async () =>
      ((await text.first().textContent({ timeout: 10_000 })) ?? '').trim().length > 40 ? true : undefined,
    );
  });
});
