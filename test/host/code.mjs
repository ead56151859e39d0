#!/usr/bin/env node
// Stands in for the executable of desktop VS Code: takes its command line and runs the embedded one instead. So
// `runTests({ vscodeExecutablePath })` of @vscode/test-electron runs a suite here as it would there.
//
// Environment: P2PARCH_E2E_SECONDS limits the run; P2PARCH_VIEWPORT (1600x1000) and P2PARCH_SCALE (1) say how large and
// how fine the page is; P2PARCH_SCREENSHOTS is the folder for pictures; P2PARCH_VERBOSE shows all that VS Code logs.

import { statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureHost, STATE } from './install.mjs';
import { startKeeper } from './keeper.mjs';
import { runServerCommand } from './server.mjs';
import { runWindow } from './window.mjs';

const args = process.argv.slice(2);
const { values, positionals } = parseArgs({
  args,
  strict: false,
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
    'folder-uri': { type: 'string' },
    'file-uri': { type: 'string' },
    'install-extension': { type: 'string' },
    'uninstall-extension': { type: 'string' },
  },
});
const COMMANDS = ['version', 'install-extension', 'uninstall-extension', 'list-extensions'];

const keeper = startKeeper();
const run = COMMANDS.some((name) => name in values) ? runCommand : openWindow;
const code = await run().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
await keeper.close();
process.exit(code);

/** What needs no window is done by the server, which knows fewer options than the desktop's command. */
async function runCommand() {
  const desktopOnly = /^--(no-sandbox|disable-gpu-sandbox|disable-updates|skip-|no-cached-data)/;
  const known = args.filter((arg) => !desktopOnly.test(arg));
  return runServerCommand(await ensureHost(), keeper, known);
}

function openWindow() {
  const [width, height] = (process.env.P2PARCH_VIEWPORT ?? '1600x1000').split('x').map(Number);
  const suite = localPath('extensionTestsPath');
  return runWindow({
    opening: {
      ...whatToOpen(),
      ...given('developmentPath', localPath('extensionDevelopmentPath')),
      ...given('userFolder', localPath('user-data-dir')),
      ...given('extensionsFolder', localPath('extensions-dir')),
      ...(values['disable-extensions'] === true && { disableExtensions: true }),
      ...(width && height && { viewport: { width, height } }),
      scale: Number(process.env.P2PARCH_SCALE ?? 1),
    },
    ...given('suite', suite),
    scratch: keeper.folder('suite'),
    pictures: process.env.P2PARCH_SCREENSHOTS ?? STATE,
    limitSeconds: Number(process.env.P2PARCH_E2E_SECONDS ?? 1200),
    verbose: Boolean(process.env.P2PARCH_VERBOSE),
  });
}

/** As with the desktop's command, folders, .code-workspace files and files to edit stand without an option. */
function whatToOpen() {
  let folder = localPath('folder-uri');
  let file = localPath('file-uri');
  let workspace = '';
  for (const name of positionals) {
    if (name.endsWith('.code-workspace')) workspace = name;
    else if (statSync(name).isDirectory()) folder = name;
    else file = name;
  }
  return { ...given('folder', folder), ...given('file', file), ...given('workspace', workspace) };
}

/**
 * The path that an option names, by itself or as a file: URI; empty when it is not given.
 * @param {string} option
 */
function localPath(option) {
  const value = values[option];
  if (typeof value !== 'string') return '';
  return path.resolve(value.startsWith('file:') ? fileURLToPath(value) : value);
}

/**
 * Leaves the key out when there is nothing to say.
 * @template {string} Key
 * @param {Key} key
 * @param {string} value
 */
function given(key, value) {
  return /** @type {{ [key in Key]?: string }} */ (value ? { [key]: value } : {});
}
