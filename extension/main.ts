import * as vscode from 'vscode';
import { startServer } from './client.ts';
import { registerCommands } from './commands.ts';
import { openExample } from './examples.ts';
import { DiagramPanels } from './panels.ts';

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const server = await startServer(context);
  const panels = new DiagramPanels(server, context.extensionUri);
  context.subscriptions.push(
    panels,
    vscode.commands.registerCommand('p2parch.openExample', () => openExample(context)),
    ...registerCommands(server, panels),
  );
}
