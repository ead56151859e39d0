// Finds a Chromium, or installs one where that is a matter of one package; and starts it without a window.
// The end-to-end tests and the pictures need it. `npm start` does not: there the user's own browser shows VS Code.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startKeeper } from './keeper.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
// With the fonts that fonts.conf asks for, as a bare Debian has none at all, and one that has most signs.
const DEBIAN_PACKAGES = ['chromium', 'fonts-inter', 'fonts-jetbrains-mono', 'fonts-dejavu-core'];
const FONTS = fileURLToPath(new URL('fonts.conf', import.meta.url));

/**
 * Gives the path of a Chromium that runs here.
 * @returns {string}
 */
export function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (!isRootOnDebian())
    throw new Error(
      'The end-to-end tests show VS Code in Chromium, and there is none here. Any of these helps: install Chromium or ' +
        'Google Chrome so that it is on PATH; name its executable in CHROMIUM; or `npx playwright-core install chromium`.',
    );
  installDebianChromium();
  const installed = findChromium();
  if (!installed) throw new Error('Debian’s package chromium is installed, but its command is not on PATH.');
  return installed;
}

function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) {
    if (runs(named)) return named;
    throw new Error(`CHROMIUM names ${named}, which does not run.`);
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...onPath, chromium.executablePath()].find((file) => existsSync(file) && runs(file));
}

/** Ubuntu's package of the same name is a stub that asks for another installer: so it must run, not only be there. */
function runs(/** @type {string} */ file) {
  return spawnSync(file, ['--version'], { timeout: 20_000 }).status === 0;
}

function isRootOnDebian() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return process.getuid?.() === 0 && /^ID=debian$/m.test(release) && existsSync('/usr/bin/apt-get');
}

function installDebianChromium() {
  console.log(
    `Installing ${DEBIAN_PACKAGES.join(', ')} with apt-get (about 350 MB, once): the end-to-end tests show VS Code in Chromium.`,
  );
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...DEBIAN_PACKAGES]]) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const done = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], { env, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`apt-get ${args[0]} failed:\n${done.stdout}${done.stderr}`);
  }
}

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--font-render-hinting=none',
  // A page of a test talks to this machine and to nothing else.
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost , EXCLUDE *.localhost',
  // A free port for the DevTools protocol, so that a suite inside VS Code can drive the page that VS Code is shown in.
  '--remote-debugging-port=0',
];

/**
 * @typedef {object} ChromiumOptions
 * @property {{ width: number, height: number }} [viewport]
 * @property {number} [scale] Device pixels to one of the page: 2 for sharp pictures.
 * @property {import('./keeper.mjs').Keeper} [keeper] Whoever gives one closes it, and Chromium with it.
 * @property {string} [executable]
 */

/**
 * VS Code in a browser puts webviews at other sites than its own, and they need a service worker to load their files:
 * Chromium gives none to the pages of a site within another unless its user lets them store something.
 * @param {string} profile
 */
function allowForeignStorage(profile) {
  mkdirSync(path.join(profile, 'Default'), { recursive: true });
  const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
  writeFileSync(path.join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
}

/**
 * Starts headless Chromium with one empty page, for this page or any other.
 * @param {ChromiumOptions} [options]
 */
export async function launchChromium(options = {}) {
  const keeper = options.keeper ?? startKeeper();
  try {
    const profile = keeper.folder('chromium');
    allowForeignStorage(profile);
    const { viewport = { width: 1280, height: 800 }, scale = 1 } = options;
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: options.executable ?? ensureChromium(),
      headless: true,
      viewport,
      deviceScaleFactor: scale,
      // Said to Chromium too, as a second client at the port knows nothing of what Playwright pretends to be.
      args: [...FLAGS, `--window-size=${viewport.width},${viewport.height}`, `--force-device-scale-factor=${scale}`],
      env: { .../** @type {Record<string, string>} */ (process.env), FONTCONFIG_FILE: FONTS, ...keeper.env },
      // The keeper ends Chromium when this process ends; Playwright's own handlers would end the process first.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    const port = Number(readFileSync(path.join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0]);
    return {
      context,
      page: context.pages()[0] ?? (await context.newPage()),
      /** Where `chromium.connectOverCDP('http://127.0.0.1:' + port)` finds this browser. */
      port,
      async close() {
        await context.close().catch(() => {});
        if (!options.keeper) await keeper.close();
      },
    };
  } catch (error) {
    if (!options.keeper) await keeper.close();
    throw error;
  }
}
