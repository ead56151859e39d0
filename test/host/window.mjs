// Runs one window of the embedded VS Code from opening to its exit code, with what its suite prints.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { whenParentIsGone } from './keeper.mjs';
import { openVSCode } from './vscode.mjs';

const OUT_OF_TIME = 124;
const STOPPED = 130;

/** @typedef {Awaited<ReturnType<typeof openVSCode>>} VSCode */

/**
 * @typedef {object} Ending
 * @property {Promise<number>} promise
 * @property {(code: number) => void} resolve
 * @property {(error: Error) => void} reject
 */

/**
 * @typedef {object} WindowOptions
 * @property {import('./vscode.mjs').VSCodeOptions} opening
 * @property {string} [suite] The module whose `run` is the suite.
 * @property {string} scratch A folder for passing files.
 * @property {string} pictures Where a window that ran out of time leaves a picture.
 * @property {number} limitSeconds
 * @property {boolean} verbose
 */

/**
 * Opens a window and waits for its end. Without a suite, that is the end of the time or of whoever started it.
 * @param {WindowOptions} options
 * @returns {Promise<number>} The exit code.
 */
export async function runWindow(options) {
  const suite = options.suite ? wrapSuite(options.suite, options.scratch) : undefined;
  const end = newEnding();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end.resolve(STOPPED));
  whenParentIsGone(() => end.resolve(STOPPED));
  setTimeout(() => end.resolve(OUT_OF_TIME), options.limitSeconds * 1000).unref();

  /** @type {VSCode | undefined} */
  let vscode;
  openVSCode({
    ...options.opening,
    ...(suite && { testsPath: suite.file }),
    automation: { onExit: end.resolve, onLog: (type, said) => print(type, said, options.verbose) },
  }).then((opened) => {
    vscode = opened;
    watch(opened, end, options.verbose);
  }, end.reject);

  const code = await end.promise;
  if (code === OUT_OF_TIME) {
    console.error(`The suite did not end within ${options.limitSeconds} s.`);
    if (vscode) await takePicture(vscode, options.pictures);
  }
  // A window that is still opening goes with this process.
  await vscode?.close();
  // The workbench reports success too when the extension host dies under the suite: so the suite itself must say so.
  if (code === 0 && suite && !existsSync(suite.mark)) {
    console.error('The extension host ended before the suite did.');
    return 1;
  }
  return code;
}

/**
 * Wraps the suite in a module that leaves a mark when it has run to its end without a failure.
 * @param {string} suite
 * @param {string} folder
 */
function wrapSuite(suite, folder) {
  const mark = path.join(folder, 'passed');
  const file = path.join(folder, 'run.cjs');
  const lines = [
    `exports.run = async () => {`,
    `  const suite = require(${JSON.stringify(suite)});`,
    `  await (suite.run ?? suite.default.run)();`,
    `  require('node:fs').writeFileSync(${JSON.stringify(mark)}, '');`,
    `};`,
  ];
  writeFileSync(file, lines.join('\n'));
  return { file, mark };
}

/**
 * Ends the run when a part of VS Code goes before its time, and says which.
 * @param {VSCode} vscode
 * @param {Ending} end
 * @param {boolean} verbose
 */
function watch({ page, context, server }, end, verbose) {
  let isEnding = false;
  const stopWatching = () => {
    isEnding = true;
  };
  end.promise.then(stopWatching, stopWatching);
  /** @param {string} what */
  const broken = (what) => {
    if (!isEnding) end.reject(new Error(`${what} The server’s log:\n${server.log()}`));
  };
  page.on('crash', () => broken('The page of VS Code crashed.'));
  context.on('close', () => broken('Chromium ended.'));
  server.ended.then((code) => broken(`The VS Code server ended with ${code}.`));
  if (verbose) page.on('console', (message) => console.error(`[page] ${message.text()}`));
}

/**
 * @param {VSCode} vscode
 * @param {string} folder
 */
async function takePicture({ page }, folder) {
  const file = path.join(folder, 'out-of-time.png');
  mkdirSync(folder, { recursive: true });
  const taken = await page.screenshot({ path: file }).catch(() => undefined);
  if (taken) console.error(`What VS Code showed then: ${file}`);
}

/** What VS Code says of itself in every run, of which none concerns a suite. */
const NOISE = new RegExp(
  [
    '^(Resolv(ing|ed) connection token|Creating a socket|Creation of workbench|Ignoring fetching|Updating additional)',
    '^\\[(reconnection-grace-time|remote-connection|AccountPolicyGate|AgentHost|Service Worker|ChatModelSelection)',
    "^Started |^An unknown error occurred|authentication provider 'github'|bindings file|release/watchdog",
  ].join('|'),
  'i',
);

/**
 * @param {string} type
 * @param {unknown[]} said
 * @param {boolean} verbose
 */
function print(type, said, verbose) {
  const all = format(...said);
  if (NOISE.test(all) && !verbose) return;
  // Frames within VS Code itself tell nothing about the extension.
  const line = verbose ? all : all.replaceAll(/\n\s+at .*workbench\.js:.*/g, '');
  if (type === 'error' || type === 'warn') console.error(line);
  else console.log(line);
}

/** @returns {Ending} A promise with its two ends in hand; Node 20 has no Promise.withResolvers yet. */
function newEnding() {
  /** @type {Partial<Ending>} */
  const ending = {};
  ending.promise = new Promise((resolve, reject) => {
    Object.assign(ending, { resolve, reject });
  });
  return /** @type {Ending} */ (ending);
}
