// Finds desktop VS Code, where it can open a window for whoever runs the command.

import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

/**
 * The `code` command of a desktop VS Code, or why there is none to use.
 * @returns {{ command: string } | { reason: string }}
 */
export function findDesktopCode() {
  const command = onPath(process.platform === 'win32' ? 'code.cmd' : 'code');
  if (!command) return { reason: 'there is no command `code` on PATH' };
  // In the terminal of a remote VS Code, `code` only speaks to the window at the other end, and knows few options.
  if (process.env.VSCODE_IPC_HOOK_CLI || /[\\/]remote-cli[\\/]/.test(realpathSync(command)))
    return { reason: 'the command `code` here belongs to a remote VS Code' };
  if (process.platform !== 'linux') return { command };
  if (process.env.WSL_DISTRO_NAME) return { reason: 'the command `code` here is that of Windows, outside this Linux' };
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return { reason: 'this machine has no display' };
  if (process.getuid?.() === 0) return { reason: 'desktop VS Code does not run as root' };
  return { command };
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<number>} The exit code; VS Code's window goes on without the command.
 */
export function runDesktopCode(command, args) {
  // Windows runs a .cmd only through its shell, which splits at blanks.
  const shell = process.platform === 'win32';
  const quote = (/** @type {string} */ word) => (shell ? `"${word}"` : word);
  const child = spawn(quote(command), args.map(quote), { stdio: 'inherit', shell });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** @param {string} name */
function onPath(name) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}
