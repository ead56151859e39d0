/** The end-to-end suite: runs in the extension host of a real VS Code, with the extension installed from its package. */
import * as vscode from 'vscode';
import { outcome, suite } from '../host/suite.ts';
import { leaveWorkbench } from './workbench.ts';

export async function run(): Promise<void> {
  const mocha = suite();
  await import('./editing.ts');
  await import('./features.ts');
  await import('./files.ts');
  await import('./writing.ts');
  await import('./diagram.ts');
  await import('./folding.ts');
  await import('./failure.ts');
  await import('./search.ts');
  await import('./waiting.ts');
  await import('./looking.ts');
  await import('./standing.ts');
  await import('./accessibility.ts');
  await import('./state.ts');
  await import('./windows.ts');
  await import('./doors.ts');
  await import('./hostile.ts');
  await import('./recovery.ts');
  await import('./recovery-promises.ts');
  await import('./export.ts');
  await import('./markdown.ts');
  if (process.env.P2PARCH_SCREENSHOTS) await import('./themes.ts');
  if (process.env.P2PARCH_E2E_ONLY) await import('./speed.ts');
  // A panel has the same room, whichever tests run.
  await vscode.commands.executeCommand('workbench.action.closeSidebar');
  const failures = await outcome(mocha);
  await leaveWorkbench();
  if (failures > 0) throw new Error(`${failures} end-to-end tests failed`);
}
