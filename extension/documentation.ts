import * as vscode from 'vscode';

const SCHEME = 'p2parch-documentation';

/**
 * The address of the pages that come with the extension, ending in `/`. On a machine they are files. In a browser they
 * lie in the web, and a link there would lead out of VS Code: so they are shown as documents of a scheme of their own.
 */
export function documentationAddress(context: vscode.ExtensionContext): string {
  const pages = vscode.Uri.joinPath(context.extensionUri, 'extension', 'documentation');
  if (pages.scheme === 'file') return `${pages}/`;
  const provideTextDocumentContent = async ({ path }: vscode.Uri): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(pages, path)));
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, { provideTextDocumentContent }),
  );
  return `${SCHEME}:/`;
}
