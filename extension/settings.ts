import * as vscode from 'vscode';
import { DEFAULT_RUNS, openAutomaticallySetting, runsSetting } from '../language/protocol/settings.ts';

/** The settings that the extension follows itself. What does not fit is told by the server; here the default holds. */
export function runs(): number {
  const value = runsSetting.safeParse(vscode.workspace.getConfiguration('p2parch').get<unknown>('runs'));
  return value.success ? value.data : DEFAULT_RUNS;
}

export function opensAutomatically(uri: vscode.Uri): boolean {
  const value = vscode.workspace.getConfiguration('p2parch', uri).get<unknown>('diagram.openAutomatically');
  const wanted = openAutomaticallySetting.safeParse(value);
  return wanted.success && wanted.data;
}
