import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { LANGUAGE_ID, type Server } from './client.ts';
import type { DiagramPanels } from './panels.ts';
import { elementAt } from './source.ts';

/** What a code lens asks for; from the palette the commands come without, and look at the active editor. */
const diagramArguments = z.object({ uri: z.string(), architecture: z.string() });
const serviceArguments = z.object({ uri: z.string(), architecture: z.string(), service: z.string() });
const scenarioArguments = z.object({
  uri: z.string(),
  scenario: z.string(),
  architectures: z.optional(z.array(z.string())),
});

export function registerCommands(server: Server, panels: DiagramPanels): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('p2parch.openDiagram', async (input: unknown) => {
      const asked = diagramArguments.safeParse(input);
      if (asked.success) panels.open({ uri: vscode.Uri.parse(asked.data.uri), architecture: asked.data.architecture });
      else await openDiagram(server, panels);
    }),
    vscode.commands.registerCommand('p2parch.showFaultTree', async (input: unknown) => {
      const asked = serviceArguments.safeParse(input);
      if (asked.success) {
        const { uri, architecture, service } = asked.data;
        panels.open({ uri: vscode.Uri.parse(uri), architecture }).showFaultTree(service);
      } else await chooseFaultTree(server, panels);
    }),
    vscode.commands.registerCommand('p2parch.runScenario', async (input: unknown) => {
      const asked = scenarioArguments.safeParse(input);
      if (asked.success) await playNamed(server, panels, asked.data);
      else await chooseAndPlay(server, panels);
    }),
  ];
}

async function openDiagram(server: Server, panels: DiagramPanels): Promise<void> {
  const editor = activeEditor();
  if (editor) panels.open({ uri: editor.document.uri, architecture: await architectureAt(server, editor) });
}

/** The service in which the cursor stands; else the only one of the architecture, or one that the user chooses. */
async function chooseFaultTree(server: Server, panels: DiagramPanels): Promise<void> {
  const editor = activeEditor();
  if (!editor) return;
  const { uri } = editor.document;
  const outline = await outlineOf(server, uri, await architectureAt(server, editor));
  if (!outline || outline.services.length === 0) {
    void vscode.window.showInformationMessage('P2P Arch: a fault tree is of a service, and there is none here.');
    return;
  }
  const at = elementAt(outline, uri, editor.selection.active);
  const items = outline.services.map(({ name, label }) => ({
    label,
    description: label === name ? '' : name,
    service: name,
  }));
  const around = items.find(({ service }) => service === at) ?? (items.length === 1 ? items[0] : undefined);
  const chosen = around ?? (await vscode.window.showQuickPick(items, { placeHolder: 'Which service?' }));
  if (chosen) panels.open({ uri, architecture: outline.architecture }).showFaultTree(chosen.service);
}

/** The architecture in which the cursor stands, else the first of the file. */
async function architectureAt(server: Server, { document, selection }: vscode.TextEditor): Promise<string | undefined> {
  const { uri } = document;
  const architectures = (await outlineOf(server, uri))?.architectures ?? [];
  const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
    'vscode.executeDocumentSymbolProvider',
    uri,
  );
  const around = symbols?.find((symbol) => symbol.range.contains(selection.active));
  return (architectures.find(({ name }) => name === around?.name) ?? architectures[0])?.name;
}

async function playNamed(
  server: Server,
  panels: DiagramPanels,
  { uri: text, scenario: name, architectures: asked }: z.infer<typeof scenarioArguments>,
): Promise<void> {
  const uri = vscode.Uri.parse(text);
  const scenario = (await outlineOf(server, uri))?.scenarios.find((candidate) => candidate.name === name);
  if (scenario) play(panels, uri, name, asked ?? scenario.architectures.slice(0, 1));
  else void vscode.window.showInformationMessage(`P2P Arch: ${name} cannot be run while the file has errors.`);
}

async function chooseAndPlay(server: Server, panels: DiagramPanels): Promise<void> {
  const editor = activeEditor();
  if (!editor) return;
  const { uri } = editor.document;
  const scenarios = (await outlineOf(server, uri))?.scenarios ?? [];
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
  if (chosen) play(panels, uri, chosen.scenario.name, chosen.scenario.architectures);
}

/** As many side by side as a panel shows, in the panel of the first that the file itself has. */
function play(panels: DiagramPanels, uri: vscode.Uri, scenario: string, architectures: readonly string[]): void {
  const shown = architectures.slice(0, 4);
  if (shown.length > 0) panels.open({ uri }).play(scenario, shown);
}

function activeEditor(): vscode.TextEditor | undefined {
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
  const editor = editors.find((candidate) => candidate?.document.languageId === LANGUAGE_ID);
  if (!editor) void vscode.window.showInformationMessage('P2P Arch: open a .p2parch file first.');
  return editor;
}

async function outlineOf(server: Server, uri: vscode.Uri, architecture?: string) {
  const request = { uri: uri.toString(), ...(architecture !== undefined && { architecture }) };
  const reply = await server.outline(request);
  return reply?.kind === 'outline' ? reply.outline : undefined;
}
