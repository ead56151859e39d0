// Runs the end-to-end suite on the packaged extension in a real VS Code: node test/host/e2e.mjs, after `npm run package`.
//
// VS Code is the embedded one, or the desktop one whose executable P2PARCH_DESKTOP_CODE names. The suite runs in the
// extension host with the VS Code API, and finds the page it lives in at the DevTools port P2PARCH_CDP_PORT, to click
// and look as a user does. With P2PARCH_SCREENSHOTS it also takes pictures into that folder. Further environment: see
// code.mjs.

import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { resolveCliArgsFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';
import { ensureChromium } from './chromium.mjs';
import { ensureHost, ROOT } from './install.mjs';
import { startKeeper, whenParentIsGone } from './keeper.mjs';
import { writeFirstSettings } from './server.mjs';
import { PORT_VARIABLE } from './vscode.mjs';

const { values: given } = parseArgs({
  options: {
    vsix: { type: 'string', default: path.join(ROOT, 'dist', 'p2parch.vsix') },
    suite: { type: 'string', default: path.join(ROOT, 'dist', 'test', 'vscode', 'index.cjs') },
    workspace: { type: 'string', default: path.join(ROOT, 'extension', 'examples') },
  },
});
/** Once the window has had its time, it still has to end. */
const limitSeconds = Number(process.env.P2PARCH_E2E_SECONDS ?? 1200) + 60;

const keeper = startKeeper();
whenParentIsGone(() => end(130));
setTimeout(() => {
  console.error(`The end-to-end tests did not end within ${limitSeconds} s.`);
  end(124);
}, limitSeconds * 1000).unref();
await end(await runSuite().then(() => 0, report));

/** Everything that the run writes goes to folders of its own, the workspace being a copy of the examples. */
async function runSuite() {
  for (const file of [given.vsix, given.suite])
    if (!existsSync(file)) throw new Error(`${file} is missing: \`npm run package\` makes it.`);
  const desktop = process.env.P2PARCH_DESKTOP_CODE;
  const vscode = desktop ? await desktopVSCode(desktop) : await embeddedVSCode();

  const folders = { extensions: keeper.folder('extensions'), user: keeper.folder('user') };
  const workspace = path.join(keeper.folder('workspace'), path.basename(given.workspace));
  cpSync(given.workspace, workspace, { recursive: true });
  writeFirstSettings(folders.user);
  const own = [`--extensions-dir=${folders.extensions}`, `--user-data-dir=${folders.user}`];
  await installExtension([...vscode.command, ...own, '--install-extension', path.resolve(given.vsix)]);

  const pictures = process.env.P2PARCH_SCREENSHOTS && path.resolve(process.env.P2PARCH_SCREENSHOTS);
  if (pictures) mkdirSync(pictures, { recursive: true });
  await runTests({
    vscodeExecutablePath: vscode.executable,
    // The product must come from its package alone, and VS Code wants some extension under development.
    extensionDevelopmentPath: path.join(ROOT, 'test', 'host', 'driver'),
    extensionTestsPath: path.resolve(given.suite),
    extensionTestsEnv: { ...vscode.env, ...keeper.env, ...(pictures && { P2PARCH_SCREENSHOTS: pictures }) },
    launchArgs: [workspace, ...own, ...vscode.launchArgs],
  });
}

/**
 * @typedef {object} Runnable
 * @property {string} executable Opens the window.
 * @property {string[]} command The command line that manages extensions.
 * @property {string[]} launchArgs
 * @property {Record<string, string>} env
 */

/** @returns {Promise<Runnable>} */
async function embeddedVSCode() {
  // Both before the clock of the suite starts to matter.
  await ensureHost();
  const env = { CHROMIUM: ensureChromium() };
  const executable = fileURLToPath(new URL('code.mjs', import.meta.url));
  return { executable, command: [process.execPath, executable], launchArgs: [], env };
}

/**
 * @param {string} executable
 * @returns {Promise<Runnable>}
 */
async function desktopVSCode(executable) {
  if (!existsSync(executable)) throw new Error(`P2PARCH_DESKTOP_CODE names ${executable}, which is not there.`);
  const port = await freePort();
  return {
    executable,
    command: resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true }),
    launchArgs: [`--remote-debugging-port=${port}`],
    env: { [PORT_VARIABLE]: String(port) },
  };
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = /** @type {net.AddressInfo} */ (probe.address());
      probe.close(() => resolve(address.port));
    });
  });
}

/**
 * @param {string[]} line
 * @returns {Promise<void>}
 */
function installExtension([command = '', ...args]) {
  // Windows runs a .cmd only through its shell, which splits at blanks.
  const shell = process.platform === 'win32';
  const quoted = shell ? args.map((arg) => `"${arg}"`) : args;
  const child = spawn(shell ? `"${command}"` : command, quoted, { shell, env: { ...process.env, ...keeper.env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      said += text;
    });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`The .vsix did not install:\n${said}`))));
  });
}

/** @param {unknown} error */
function report(error) {
  const code = error && typeof error === 'object' && 'code' in error && typeof error.code === 'number' ? error.code : 1;
  console.error(error instanceof Error ? error.message : error);
  return code || 1;
}

/** @param {number} code */
async function end(code) {
  await keeper.close();
  process.exit(code);
}
