import * as vscode from 'vscode';

const addresses = new Map<string, Promise<string>>();

/**
 * An address from which a worker may start one of the extension's scripts. The files of an extension lie at another
 * origin than its host, from where a browser starts no worker, or behind a scheme of VS Code's own, which a browser does
 * not know: so the script is read, and offered from memory.
 */
export function scriptAddress(context: vscode.ExtensionContext, name: string): Promise<string> {
  const known = addresses.get(name);
  if (known) return known;
  const address = read(context, name);
  addresses.set(name, address);
  // What could not be read, over a network that was away, is tried again when next asked for.
  address.catch(() => addresses.delete(name));
  return address;
}

async function read(context: vscode.ExtensionContext, name: string): Promise<string> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, 'dist', name));
  const address = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'text/javascript' }));
  context.subscriptions.push(
    new vscode.Disposable(() => {
      addresses.delete(name);
      URL.revokeObjectURL(address);
    }),
  );
  return address;
}
