// `npm start`, after the build: opens VS Code on the examples, with the extension running from this folder.
//
//   node test/host/start.mjs             desktop VS Code where it can be used, else the embedded one
//   node test/host/start.mjs --embedded  the embedded one
//   node test/host/start.mjs --check     the embedded one, asked for its page once, and ended

import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findDesktopCode, runDesktopCode } from './desktop.mjs';
import { openDoorway } from './doorway.mjs';
import { ensureHost, ROOT, STATE } from './install.mjs';
import { startKeeper, whenParentIsGone } from './keeper.mjs';
import { foldersUnder, startServer } from './server.mjs';

const EXAMPLES = path.join(ROOT, 'extension', 'examples');
const FIRST_FILE = path.join(EXAMPLES, 'skype-2007.p2parch');
const PORT = 3434;
/** Kept, so that VS Code opens the second time as it was left the first time. */
const REMEMBERED = path.join(STATE, 'user');

const { values: options } = parseArgs({ options: { embedded: { type: 'boolean' }, check: { type: 'boolean' } } });

process.exit(await start().catch(report));

async function start() {
  const desktop = options.embedded || options.check ? undefined : findDesktopCode();
  if (desktop && 'command' in desktop) {
    console.log('Opening desktop VS Code on the examples, with P2P Arch.');
    return runDesktopCode(desktop.command, [`--extensionDevelopmentPath=${ROOT}`, EXAMPLES, FIRST_FILE]);
  }
  if (desktop) console.log(`Running the embedded VS Code, as ${desktop.reason}.`);
  return runEmbedded();
}

async function runEmbedded() {
  const keeper = startKeeper();
  /** @type {Promise<number>} */
  const stopped = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => resolve(0));
    whenParentIsGone(() => resolve(0));
  });
  try {
    const opened = openEmbedded(keeper);
    const ended = opened.then(async ({ address, server }) => {
      if (options.check) return check(address);
      console.log(`\n  P2P Arch is open in VS Code at  ${address}\n\n  Ctrl-C ends it.`);
      const code = await server.ended;
      throw new Error(`The VS Code server ended with ${code}:\n${server.log()}`);
    });
    return await Promise.race([stopped, ended]);
  } finally {
    await keeper.close();
  }
}

/** @param {import('./keeper.mjs').Keeper} keeper */
async function openEmbedded(keeper) {
  const host = await ensureHost();
  const token = rememberedToken();
  // A check leaves no trace in what is remembered, and so may run beside a VS Code that is in use.
  const folders = foldersUnder(options.check ? keeper.folder('user') : REMEMBERED);
  const server = await startServer({ host, keeper, token, folders });
  const opening = { folder: EXAMPLES, file: FIRST_FILE, developmentPath: ROOT };
  const port = await openDoorway({ port: options.check ? 0 : PORT, behind: server.port, opening });
  return { address: `http://127.0.0.1:${port}/?tkn=${token}`, server };
}

/** The same every time, so that an address once opened can be opened again. */
function rememberedToken() {
  const file = path.join(REMEMBERED, 'token');
  if (!existsSync(file)) {
    mkdirSync(REMEMBERED, { recursive: true });
    writeFileSync(file, randomUUID(), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}

/**
 * Follows the address as a browser does, to the page of the workbench.
 * @param {string} address
 */
async function check(address) {
  let url = new URL(address);
  let cookie = '';
  for (let step = 0; step < 5; step++) {
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
    cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    const next = answer.headers.get('location');
    if (next) {
      url = new URL(next, url);
      continue;
    }
    const isWorkbench = answer.ok && (await answer.text()).includes('vscode-workbench-web-configuration');
    if (!isWorkbench) throw new Error(`${url} answers ${answer.status}, and not with the workbench.`);
    console.log('ok: the embedded VS Code starts and gives its page.');
    return 0;
  }
  throw new Error(`${address} leads nowhere.`);
}

/** @param {unknown} error */
function report(error) {
  console.error(error instanceof Error ? error.message : error);
  return 1;
}
