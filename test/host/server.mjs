// Starts the VS Code server: what serves the workbench to a browser and runs extensions in Node.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const START_LIMIT_MS = 60_000;

/** A workbench with nothing on it that the user or the test did not ask for; written only where there are no settings. */
const FIRST_SETTINGS = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'window.commandCenter': false,
  // In a browser VS Code would save by itself, and the examples are the user's to change.
  'files.autoSave': 'off',
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'editor.fontFamily': "'JetBrains Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
};

/**
 * @typedef {object} ServerOptions
 * @property {import('./install.mjs').Host} host
 * @property {import('./keeper.mjs').Keeper} keeper
 * @property {string} token Without it a page of any web site could reach the server, and so run what it likes here.
 * @property {Folders} folders
 * @property {Record<string, string>} [env] For the server, and so for the extension host.
 */

/**
 * @typedef {object} Folders
 * @property {string} user
 * @property {string} extensions
 * @property {string} server
 */

/**
 * Where the server keeps what it remembers, all under one folder.
 * @param {string} folder
 * @returns {Folders}
 */
export function foldersUnder(folder) {
  const under = (/** @type {string} */ name) => path.join(folder, name);
  return { user: under('user'), extensions: under('extensions'), server: under('server') };
}

/**
 * Starts the server on a free port of 127.0.0.1; resolves when it answers.
 * @param {ServerOptions} options
 */
export async function startServer({ host, keeper, token, folders, env }) {
  writeFirstSettings(folders.user);
  mkdirSync(folders.extensions, { recursive: true });
  const child = spawn(
    host.node,
    [
      host.server,
      ...['--host', '127.0.0.1', '--port', '0', '--connection-token', token],
      // Only with this does the workbench heed an extension under development, or a suite, named in its address.
      '--enable-smoke-test-driver',
      ...['--accept-server-license-terms', '--disable-telemetry', '--disable-experiments'],
      ...['--disable-workspace-trust', '--disable-getting-started-override'],
      ...folderArguments(folders),
    ],
    { env: { ...serverEnvironment(), ...env, ...keeper.env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );

  let log = '';
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => child.on('exit', resolve));
  /** @type {Promise<number>} */
  const listening = new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        log += text;
        const port = /Extension host agent listening on (\d+)/.exec(log)?.[1];
        if (port) resolve(Number(port));
      });
    child.on('error', reject);
    ended.then((code) => reject(new Error(`The VS Code server ended with ${code}:\n${log}`)));
    setTimeout(() => reject(new Error(`The VS Code server did not start:\n${log}`)), START_LIMIT_MS).unref();
  });
  return { port: await listening, ended, log: () => log };
}

/**
 * Runs the command-line half of VS Code (`--install-extension` and the like), which the server does itself.
 * @param {import('./install.mjs').Host} host
 * @param {import('./keeper.mjs').Keeper} keeper
 * @param {string[]} args
 * @returns {Promise<number>} The exit code.
 */
export function runServerCommand(host, keeper, args) {
  const all = [host.server, '--accept-server-license-terms', '--server-data-dir', keeper.folder('server'), ...args];
  const child = spawn(host.node, all, { env: { ...serverEnvironment(), ...keeper.env }, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** @param {Folders} folders */
function folderArguments(folders) {
  return [
    ...['--server-data-dir', folders.server],
    ...['--user-data-dir', folders.user],
    ...['--extensions-dir', folders.extensions],
  ];
}

/** @param {string} userFolder */
export function writeFirstSettings(userFolder) {
  const file = path.join(userFolder, 'User', 'settings.json');
  if (existsSync(file)) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(FIRST_SETTINGS, null, 2)}\n`);
}

/** The terminal of another VS Code tells its commands where that one listens; this server must not hear of it. */
function serverEnvironment() {
  const own = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name));
  // No gallery: nothing is fetched, and an extension here is the one under test.
  return { ...Object.fromEntries(own), EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
}
