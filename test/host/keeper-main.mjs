// The keeper's own process, see keeper.mjs. Reads folders from its input, one a line; acts when the input ends.

import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { MARK } from './keeper.mjs';

const POLITE_MS = 2000;
const GIVE_UP_MS = 10_000;
const id = /** @type {string} */ (process.argv[2]);

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => {});

/** @type {string[]} */
const folders = [];
for await (const folder of createInterface({ input: process.stdin })) folders.push(folder);
await endProcesses();
for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });

/** Asks the marked processes to end, then makes them; looks again, as a process may start another before it ends. */
async function endProcesses() {
  const start = Date.now();
  const asked = new Set();
  let emptyLooks = 0;
  while (emptyLooks < 2 && Date.now() - start < GIVE_UP_MS) {
    const found = markedProcesses();
    emptyLooks = found.length === 0 ? emptyLooks + 1 : 0;
    const force = Date.now() - start > POLITE_MS;
    for (const pid of found) {
      if (force || !asked.has(pid)) send(pid, force ? 'SIGKILL' : 'SIGTERM');
      asked.add(pid);
    }
    await sleep(50);
  }
}

/** Where there is no /proc (macOS, Windows) nothing is found: there Playwright ends its browser by itself. */
function markedProcesses() {
  const pids = entries('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter(isMarked).map(Number);
}

/** @param {string} pid */
function isMarked(pid) {
  try {
    const variables = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    const [, marks = ''] = variables.find((variable) => variable.startsWith(`${MARK}=`))?.split('=') ?? [];
    return marks.split('/').includes(id);
  } catch {
    return false; // It has ended meanwhile, or is another user's.
  }
}

/** @param {string} folder */
function entries(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
