import * as vscode from 'vscode';
import { connectServer, type StartClient } from './client.ts';
import { registerCommands } from './commands.ts';
import { openExample } from './examples.ts';
import { registerExports } from './export.ts';
import { MarkdownBlocks, type MarkdownIt } from './markdown.ts';
import { DiagramPanels } from './panels.ts';

/** What other extensions of VS Code call: the Markdown preview. */
export interface Exports {
  extendMarkdownIt<Markdown extends MarkdownIt>(markdown: Markdown): Markdown;
}

/** All that the extension does, on the desktop and in a browser; the hosts differ in how they start the server. */
export function activateWith(context: vscode.ExtensionContext, startClient: StartClient): Exports {
  const server = connectServer(context, startClient);
  const panels = new DiagramPanels(server, context.extensionUri);
  context.subscriptions.push(
    panels,
    vscode.commands.registerCommand('p2parch.openExample', () => openExample(context)),
    ...registerCommands(server, panels),
    ...registerExports(context, server, panels),
  );
  const blocks = new MarkdownBlocks(server);
  context.subscriptions.push(blocks);
  return { extendMarkdownIt: (markdown) => blocks.extend(markdown) };
}
