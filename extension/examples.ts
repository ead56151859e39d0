import * as vscode from 'vscode';

/** The names of the examples, put in by the build: over a network a browser can read files, and list no folder. */
declare const EXAMPLE_FILES: readonly string[];

/** Likewise those of the records beside them. */
declare const RECORD_FILES: readonly string[];

/**
 * Opens one of the examples, in a copy that is the user's own to change: what an extension brings must stay as it is,
 * and examples import one another.
 */
export async function openExample(context: vscode.ExtensionContext): Promise<void> {
  const shipped = vscode.Uri.joinPath(context.extensionUri, 'extension', 'examples');
  const own = vscode.Uri.joinPath(context.globalStorageUri, 'examples');
  const items = await Promise.all(
    EXAMPLE_FILES.map(async (file) => ({ label: file, detail: await firstWords(shipped, file), file })),
  );
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: 'Which system?' });
  if (!chosen) return;
  for (const file of [...EXAMPLE_FILES, ...RECORD_FILES]) {
    const copy = vscode.Uri.joinPath(own, file);
    if (await exists(copy)) continue;
    // Read and written, as no file system copies to another that it does not know.
    await vscode.workspace.fs.writeFile(copy, await vscode.workspace.fs.readFile(vscode.Uri.joinPath(shipped, file)));
  }
  await vscode.window.showTextDocument(vscode.Uri.joinPath(own, chosen.file), { viewColumn: vscode.ViewColumn.One });
  await vscode.commands.executeCommand('p2parch.openDiagram');
}

/** The first sentence of an example's first comment. */
async function firstWords(folder: vscode.Uri, file: string): Promise<string> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, file));
  const [comment] = /[^/*\s][^.:]*[.:]/.exec(new TextDecoder().decode(bytes)) ?? [''];
  return comment.replace(/\s+/g, ' ').replace(/[.:]$/, '');
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
