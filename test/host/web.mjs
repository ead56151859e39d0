// VS Code as vscode.dev runs it, in one call: the workbench from a server of plain files, its extension host a worker of
// the page, and headless Chromium showing it. Webviews and the extension host have origins of their own there, too.

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchChromium } from './chromium.mjs';
import { ensureWebHost } from './install.mjs';

const DRIVER = fileURLToPath(new URL('web/driver/', import.meta.url));
const SERVER = fileURLToPath(new URL('web/serve.mjs', import.meta.url));
const START_LIMIT_MS = 60_000;

/**
 * @typedef {object} WebOptions
 * @property {import('./keeper.mjs').Keeper} keeper Ends the browser and removes the folders.
 * @property {string} vsix The extension, as it is packaged.
 * @property {string} workspace The folder to open; what is written there stays in the page.
 * @property {{ width: number, height: number }} [viewport]
 */

/**
 * Opens the workbench on a folder with the packaged extension in it; resolves when its extension host runs. What was
 * written into the folder is gone when the workbench is opened `again`.
 * @param {WebOptions} options
 */
export async function openWebVSCode({ keeper, vsix, workspace, viewport }) {
  const host = await ensureWebHost();
  const require = createRequire(path.join(host.modules, 'none.cjs'));
  const extension = keeper.folder('extension');
  unpack(require('fflate'), vsix, extension);
  // Translations, which the workbench asks for again and again where there are none.
  writeFileSync(path.join(extension, 'package.nls.json'), '{}\n');

  const port = await freePort();
  await serve(keeper, host.modules, {
    ...{ browserType: 'none', host: 'localhost', port },
    ...{ quality: 'stable', commit: 'local', testRunnerDataDir: host.data, esm: true },
    ...{ extensionDevelopmentPath: DRIVER, extensionPaths: [extension], folderPath: workspace },
  });
  const browser = await launchChromium({ keeper, ...(viewport && { viewport }) });
  const { page } = browser;
  /** @type {string[]} */
  const log = [];
  page.on('console', (message) => log.push(message.text()));
  await page.addInitScript(haveOrigins);
  const open = async () => {
    await page.goto(`http://localhost:${port}/`);
    return { page, extensionHost: await extensionHostOf(page, log), log, again: open };
  };
  return open();
}

/**
 * Gives the page what makes the workbench put its extension host at an origin of its own, as vscode.dev does: a version
 * of VS Code that is not built from sources. Runs in the page, before its scripts.
 */
function haveOrigins() {
  const observer = new MutationObserver(() => {
    const configuration = document.getElementById('vscode-workbench-web-configuration');
    if (!configuration) return;
    observer.disconnect();
    const settings = JSON.parse(configuration.dataset.settings ?? '{}');
    Object.assign(settings.productConfiguration, { commit: 'local', quality: 'stable' });
    configuration.dataset.settings = JSON.stringify(settings);
  });
  observer.observe(document, { childList: true, subtree: true });
}

/**
 * The worker in which extensions run, once the driver has given the tests its API.
 * @param {import('playwright-core').Page} page
 * @param {readonly string[]} log
 */
async function extensionHostOf(page, log) {
  const end = Date.now() + START_LIMIT_MS;
  while (Date.now() < end) {
    for (const worker of page.workers()) {
      const isHost = await worker.evaluate(() => 'vscode' in globalThis).catch(() => false);
      if (isHost) return worker;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`No extension host in the page. What it logged:\n${log.join('\n')}`);
}

/**
 * A .vsix is a zip with the extension in a folder of that name.
 * @param {{ unzipSync: (bytes: Uint8Array) => Record<string, Uint8Array> }} zip
 * @param {string} vsix
 * @param {string} folder
 */
function unpack({ unzipSync }, vsix, folder) {
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(vsix)))) {
    if (!name.startsWith('extension/') || name.endsWith('/')) continue;
    const file = path.join(folder, name.slice('extension/'.length));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}

/**
 * Starts the server of files; resolves when it listens.
 * @param {import('./keeper.mjs').Keeper} keeper
 * @param {string} modules
 * @param {object} options
 * @returns {Promise<void>}
 */
function serve(keeper, modules, options) {
  const child = spawn(process.execPath, [SERVER, modules, JSON.stringify(options)], {
    env: { ...process.env, ...keeper.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        said = (said + text).slice(-10_000);
        if (said.includes('Listening on')) resolve();
      });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`The server of files ended with ${code}:\n${said}`)));
  });
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
