import * as vscode from 'vscode';

/**
 * The panel's page: nothing but the bundle, which alone may run, and loads nothing from anywhere. Pictures that are given
 * as data are what an exported one is drawn from.
 */
export function pageOf(webview: vscode.Webview, extension: vscode.Uri): string {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const file = (name: string): vscode.Uri => webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', name));
  const policy = `default-src 'none'; style-src ${webview.cspSource} 'nonce-${nonce}'; script-src 'nonce-${nonce}'; img-src data:`;
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>P2P Arch</title>
    <link rel="stylesheet" href="${file('webview.css')}">
  </head>
  <body>
    <div id="app"></div>
    <script nonce="${nonce}" src="${file('webview.js')}"></script>
  </body>
</html>`;
}

/** For a page that another build of the extension has made: it cannot be talked with. */
export function otherBuildPage(): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'">
    <title>P2P Arch</title>
  </head>
  <body>
    <p>This panel was drawn by another version of P2P Arch. Close it, and open the diagram again.</p>
  </body>
</html>`;
}
