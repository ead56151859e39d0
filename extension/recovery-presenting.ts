import * as vscode from 'vscode';

export interface Presentation {
  /** Gives the panel the whole window, or takes it back; asked for what is already so, it does nothing. */
  present(on: boolean): Promise<void>;
}

/**
 * Zen mode hides all of the editor that it can; within it the panel's group is as large as the window. What the editor
 * would then put into the middle of the window is to fill it.
 */
export function presentationOf(view: vscode.WebviewPanel): Presentation {
  let isPresenting = false;
  return {
    async present(on) {
      if (on === isPresenting) return;
      isPresenting = on;
      const hasOthers = vscode.window.tabGroups.all.length > 1;
      if (on) {
        view.reveal(view.viewColumn, false);
        if (hasOthers) await run('workbench.action.toggleMaximizeEditorGroup');
        // Nobody but the editor knows whether it is in zen mode, and the toggle would leave it; leaving does nothing out of it.
        await run('workbench.action.exitZenMode');
        await run('workbench.action.toggleZenMode');
        if (vscode.workspace.getConfiguration('zenMode').get('centerLayout', true))
          await run('workbench.action.toggleCenteredLayout');
      } else {
        await run('workbench.action.exitZenMode');
        if (hasOthers) await run('workbench.action.toggleMaximizeEditorGroup');
      }
    },
  };
}

/** A host without the command goes without it. */
const run = async (command: string): Promise<void> => {
  await Promise.resolve(vscode.commands.executeCommand(command)).catch(() => undefined);
};
