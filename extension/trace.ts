import * as vscode from 'vscode';
import { traceSetting } from '../language/protocol/settings.ts';

/**
 * The channel for the talk between editor and server. The client traces only while its channel's level is Trace, and
 * then whatever the setting `p2parch.trace.server` says: so here the setting is the level.
 */
export function traceChannel(context: vscode.ExtensionContext): vscode.LogOutputChannel {
  let channel: vscode.OutputChannel | undefined;
  const changed = new vscode.EventEmitter<vscode.LogLevel>();
  // Made when first written to: who traces nothing has no empty channel in the list.
  const open = (): vscode.OutputChannel => {
    if (!channel) {
      channel = vscode.window.createOutputChannel('P2P Arch Trace');
      context.subscriptions.push(channel);
    }
    return channel;
  };
  context.subscriptions.push(
    changed,
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('p2parch.trace.server')) changed.fire(level());
    }),
  );
  const write = (message: string | Error): void =>
    open().appendLine(`[${new Date().toISOString()}] ${message instanceof Error ? message.message : message}`);
  return {
    name: 'P2P Arch Trace',
    get logLevel() {
      return level();
    },
    onDidChangeLogLevel: changed.event,
    trace: write,
    debug: write,
    info: write,
    warn: write,
    error: write,
    append: (value) => open().append(value),
    appendLine: (value) => open().appendLine(value),
    replace: (value) => open().replace(value),
    clear: () => channel?.clear(),
    show: () => open().show(),
    hide: () => channel?.hide(),
    dispose: () => channel?.dispose(),
  };
}

/** A value that does not fit is told by the server; here the default holds. */
function level(): vscode.LogLevel {
  const value = vscode.workspace.getConfiguration('p2parch').get<unknown>('trace.server');
  const trace = traceSetting.safeParse(value);
  return trace.success && trace.data !== 'off' ? vscode.LogLevel.Trace : vscode.LogLevel.Off;
}
