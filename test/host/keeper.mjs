// Ends whatever a run has started and removes its temporary folders, however the run itself ends.
//
// A second process (keeper-main.mjs) waits at the far end of a pipe. The operating system closes the pipe when this
// process ends, be it by return, exception, signal or SIGKILL: so one path of cleaning serves all endings, and no
// handler of a signal is needed here. Processes are known by a mark in their environment, which children inherit.

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const MARK = 'P2PARCH_RUN';

/**
 * @typedef {object} Keeper
 * @property {Record<string, string>} env Goes into the environment of every process that must not outlive this one.
 * @property {(name: string) => string} folder Makes a temporary folder of that name, removed in the end.
 * @property {(folder: string) => void} removeLater Names another folder to be removed in the end.
 * @property {() => Promise<void>} close Ends the processes and removes the folders now.
 */

/** @returns {Keeper} */
export function startKeeper() {
  const id = randomUUID();
  const main = fileURLToPath(new URL('keeper-main.mjs', import.meta.url));
  // Detached, so that Ctrl-C in the terminal, which reaches the whole group, does not end the keeper too; unmarked, so
  // that the keeper of a run around this one does not either.
  const { [MARK]: outer, ...env } = process.env;
  const keeper = spawn(process.execPath, [main, id], { detached: true, env, stdio: ['pipe', 'ignore', 'inherit'] });
  const gone = once(keeper, 'exit');
  keeper.stdin.on('error', () => {});
  keeper.unref();

  /** @param {string} folder */
  const removeLater = (folder) => {
    keeper.stdin.write(`${folder}\n`);
  };
  const all = mkdtempSync(path.join(tmpdir(), 'p2parch-'));
  removeLater(all);
  /** @param {string} name */
  const folder = (name) => {
    const made = path.join(all, name);
    mkdirSync(made, { recursive: true });
    return made;
  };
  return {
    // A run inside a run carries both marks: either keeper then knows its processes. What they leave in the temporary
    // folder of the machine (sockets, profiles) is left in that of the run.
    env: { [MARK]: [outer, id].filter(Boolean).join('/'), TMPDIR: folder('tmp') },
    removeLater,
    folder,
    async close() {
      keeper.ref();
      keeper.stdin.end();
      await gone;
    },
  };
}

/**
 * Calls back when whoever started this process is gone, and so nobody waits for the result any more.
 * @param {() => void} callback
 */
export function whenParentIsGone(callback) {
  const waiting = whoWaits();
  const timer = setInterval(() => {
    if (whoWaits() === waiting) return;
    clearInterval(timer);
    callback();
  }, 500);
  timer.unref();
}

/** The parent; and behind a shell that only runs one line, as npm's does, the parent of that shell. */
function whoWaits() {
  const pids = [process.ppid];
  for (let pid = process.ppid; isShellOfOneLine(pid); pids.push(pid)) pid = parentOf(pid);
  return pids.join();
}

/** @param {number} pid */
function isShellOfOneLine(pid) {
  return /^(\S*\/)?(sh|bash|dash)\0-c\0/.test(processFile(pid, 'cmdline'));
}

/** @param {number} pid */
function parentOf(pid) {
  return Number(/^PPid:\s*(\d+)/m.exec(processFile(pid, 'status'))?.[1] ?? 0);
}

/**
 * What Linux tells of a process; nothing elsewhere, or once it has ended.
 * @param {number} pid
 * @param {string} name
 */
function processFile(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
