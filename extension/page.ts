import * as vscode from 'vscode';

/** What a panel's page is made of. */
export interface PageParts {
  readonly script: string;
  readonly styles: string;
}

/** Read once for all panels. Fails where the extension's own files cannot be read. */
export async function readPageParts(extension: vscode.Uri): Promise<PageParts> {
  const read = async (name: string): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, 'dist', name)));
  const [script, styles] = await Promise.all([read('webview.js'), read('webview.css')]);
  return { script, styles };
}

/**
 * The panel's page: nothing but its script, which alone may run, and its styles. Both stand in it, for a page that asks
 * for them is there a tenth of a second later; it loads nothing from anywhere. Pictures that are given as data are what
 * an exported one is drawn from.
 */
export function pageOf({ script, styles }: PageParts): string {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; img-src data:`;
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>P2P Arch</title>
    <style nonce="${nonce}">${within(styles)}</style>
  </head>
  <body>
    <div id="app"></div>
    <script nonce="${nonce}">${within(script)}</script>
  </body>
</html>`;
}

/** Within its element of HTML: what would end it, or begin a comment, stands there in strings alone. */
const within = (text: string): string => text.replace(/<(?=\/(?:script|style)|!--)/gi, '<\\');

/** Where the extension's own files cannot be read. */
export function missingPartsPage(): string {
  return plainPage('The files of P2P Arch cannot be read. Install the extension again, and open the diagram anew.');
}

/** For a page that another build of the extension has made: it cannot be talked with. */
export function otherBuildPage(): string {
  return plainPage('This panel was drawn by another version of P2P Arch. Close it, and open the diagram again.');
}

const plainPage = (words: string): string => `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'">
    <title>P2P Arch</title>
  </head>
  <body>
    <p>${words}</p>
  </body>
</html>`;
