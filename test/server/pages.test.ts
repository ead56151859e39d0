import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';

const ROOT = path.resolve(import.meta.dirname, '../..');
const TEXT = 'architecture A {\n  vendor Mill\n  service S needs Mill\n}\n';

/** Where the first finding of a text links to, in an editor that starts the command line's server. */
async function linkOf(program: string, initializationOptions?: object): Promise<string | undefined> {
  if (!existsSync(program)) throw new Error(`${program} is missing: \`npm run build\` makes it`);
  const server = spawn(process.execPath, [program, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const told = new Promise<string | undefined>((resolve) => {
    connection.onNotification('textDocument/publishDiagnostics', ({ diagnostics }) => {
      const [finding] = diagnostics.filter(({ code }: { code?: unknown }) => code === 'single-external-dependency');
      if (finding) resolve(finding.codeDescription?.href);
    });
  });
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    initializationOptions,
  });
  await connection.sendNotification('initialized', {});
  const textDocument = { uri: 'untitled:mill', languageId: 'p2parch', version: 1, text: TEXT };
  await connection.sendNotification('textDocument/didOpen', { textDocument });
  const link = await told;
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  await new Promise((resolve) => server.once('exit', resolve));
  connection.dispose();
  return link;
}

const CLI = path.join(ROOT, 'dist', 'cli.js');

it('an editor that names no pages is led to those of the package', async () => {
  const page = fileURLToPath((await linkOf(CLI)) ?? '');
  expect(readFileSync(page, 'utf8')).toMatch(/^# .*single-external-dependency/);
});

it('an editor that names pages is led there', async () => {
  expect(await linkOf(CLI, { documentation: 'https://docs.example/rules/' })).toBe(
    'https://docs.example/rules/single-external-dependency.md',
  );
});

it('a program that was taken out of its package leads nowhere', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'p2parch-'));
  try {
    for (const name of ['cli.js', 'cli-main.cjs', 'server.cjs'])
      cpSync(path.join(ROOT, 'dist', name), path.join(folder, 'bin', name));
    expect(await linkOf(path.join(folder, 'bin', 'cli.js'))).toBeUndefined();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
