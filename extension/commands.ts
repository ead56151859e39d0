import * as vscode from 'vscode';
import { LANGUAGE_ID, type Server } from './client.ts';
import type { DiagramPanels } from './panels.ts';

export function registerCommands(server: Server, panels: DiagramPanels): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('p2parch.openDiagram', () => openDiagram(server, panels)),
    vscode.commands.registerCommand('p2parch.runScenario', () => runScenario(server, panels)),
  ];
}

/** The architecture in which the cursor stands, else the first of the file. */
async function openDiagram(server: Server, panels: DiagramPanels): Promise<void> {
  const editor = activeEditor();
  if (!editor) return;
  const { uri } = editor.document;
  const architectures = (await pictureOf(server, uri))?.architectures ?? [];
  const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
    'vscode.executeDocumentSymbolProvider',
    uri,
  );
  const around = symbols?.find((symbol) => symbol.range.contains(editor.selection.active));
  const architecture = architectures.find(({ name }) => name === around?.name) ?? architectures[0];
  panels.open({ uri, architecture: architecture?.name });
}

async function runScenario(server: Server, panels: DiagramPanels): Promise<void> {
  const editor = activeEditor();
  if (!editor) return;
  const { uri } = editor.document;
  const scenarios = (await pictureOf(server, uri))?.scenarios ?? [];
  if (scenarios.length === 0) {
    void vscode.window.showInformationMessage('P2P Arch: this file has no scenario that can be run.');
    return;
  }
  const items = scenarios.map((scenario) => ({
    label: scenario.title,
    description: `on ${scenario.architectures.join(', ')}`,
    scenario,
  }));
  const chosen =
    items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { placeHolder: 'Which scenario?' });
  const architectures = chosen?.scenario.architectures.slice(0, 4);
  const first = architectures?.[0];
  if (!chosen || !architectures || first === undefined) return;
  panels.open({ uri, architecture: first }).play(chosen.scenario.name, architectures);
}

function activeEditor(): vscode.TextEditor | undefined {
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
  const editor = editors.find((candidate) => candidate?.document.languageId === LANGUAGE_ID);
  if (!editor) void vscode.window.showInformationMessage('P2P Arch: open a .p2parch file first.');
  return editor;
}

async function pictureOf(server: Server, uri: vscode.Uri) {
  const reply = await server.picture({ uri: uri.toString() }, new vscode.CancellationTokenSource().token);
  return reply?.kind === 'picture' ? reply.picture : undefined;
}
