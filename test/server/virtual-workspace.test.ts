import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';

const SERVER = path.resolve(import.meta.dirname, '../../dist/server.cjs');

const FILES: Readonly<Record<string, string>> = {
  'memfs:/team/hazards.p2parch': 'hazard Storm\n',
  'memfs:/team/exposed.p2parch':
    'import "./hazards.p2parch"\narchitecture A {\n  vendor Mill { exposed to Storm 50% }\n  service S needs Mil\n}\n',
};

/** An editor over the built server on Node, with a folder that lies in no file system of the machine. */
async function problemsIn(files: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, readonly string[]>> {
  if (!existsSync(SERVER)) throw new Error('dist/server.cjs is missing: `npm run build` makes it');
  const server = spawn(process.execPath, [SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const told = new Map<string, readonly string[]>();
  const all = new Promise<void>((resolve) => {
    connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }: { uri: string; diagnostics: { message: string }[] }) => {
        told.set(
          uri,
          diagnostics.map(({ message }) => message),
        );
        if (told.size === Object.keys(files).length) resolve();
      },
    );
  });
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null));
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('p2parch/folder', () => ({
    kind: 'folder',
    entries: Object.keys(files).map((uri) => ({ name: path.posix.basename(uri), kind: 'file' })),
  }));
  connection.onRequest('p2parch/file', ({ uri }: { uri: string }): unknown =>
    uri in files ? { kind: 'file', text: files[uri] } : { kind: 'failure', message: 'There is no such file.' },
  );
  connection.listen();
  const folder = { uri: 'memfs:/team', name: 'team' };
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: folder.uri,
    capabilities: { workspace: { workspaceFolders: true } },
    workspaceFolders: [folder],
  });
  await connection.sendNotification('initialized', {});
  // A folder's files are checked when one of them is opened, if not before.
  for (const [uri, text] of Object.entries(files)) {
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'p2parch', version: 1, text },
    });
  }
  await all;
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  await new Promise((resolve) => server.once('exit', resolve));
  connection.dispose();
  return told;
}

describe('the server on Node', () => {
  it('reads the files of a virtual workspace through the editor', async () => {
    const told = await problemsIn({ 'memfs:/team/exposed.p2parch': FILES['memfs:/team/exposed.p2parch'] as string });
    expect(told.get('memfs:/team/exposed.p2parch')).toContainEqual(expect.stringContaining('./hazards.p2parch'));
    const all = await problemsIn(FILES);
    expect(all.get('memfs:/team/hazards.p2parch')).toEqual([]);
    expect(all.get('memfs:/team/exposed.p2parch')).toEqual([expect.stringContaining('Did you mean "Mill"?')]);
  });
});
