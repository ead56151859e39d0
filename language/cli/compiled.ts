import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

/** A script of Node's own kind of module. */
export interface Script {
  readonly file: string;
  /** Of its text, which is never the same for two texts; without it nothing is remembered. */
  readonly hash: string;
}

/**
 * Runs a script, and remembers by `purpose` what of it was compiled: most of a short call is the compiling of what it
 * calls. Node's own cache is made before anything is called, so it holds next to nothing of that. What is remembered is
 * made anew after the 1st, 2nd, 4th, 8th … call, for each may have called more than those before it.
 */
export function runCompiled({ file, hash }: Script, purpose: string): void {
  const source = readFileSync(file, 'latin1');
  const folder = hash === '' ? undefined : cacheFolder();
  const cache = folder && path.join(folder, `${hash}-${process.version}-${process.arch}-${purpose}`);
  const before = cache === undefined ? undefined : remembered(cache);
  const script = new vm.Script(`(function (require, __dirname) {${source}\n})`, {
    filename: file,
    ...(before && { cachedData: before.code }),
  });
  if (cache) process.once('exit', () => remember(cache, script, script.cachedDataRejected ? undefined : before));
  script.runInThisContext()(require, path.dirname(file));
}

interface Remembered {
  readonly code: Buffer;
  /** How often it was used, this time not counted. */
  readonly calls: number;
}

/** Four bytes that say how long the code is, the code, and a byte for each call. */
function remembered(cache: string): Remembered | undefined {
  try {
    const bytes = readFileSync(cache);
    const end = 4 + bytes.readUInt32LE(0);
    return end > bytes.length ? undefined : { code: bytes.subarray(4, end), calls: bytes.length - end };
  } catch {
    return undefined;
  }
}

/** Nothing that goes wrong here is worth a word: the next call is as slow as this one. */
function remember(cache: string, script: vm.Script, before: Remembered | undefined): void {
  try {
    const calls = (before?.calls ?? 0) + 1;
    const anew = (calls & (calls - 1)) === 0;
    const code = anew ? script.createCachedData() : undefined;
    // After a long call the machine has thrown away what it had not used for a while.
    if (code === undefined || code.length < (before?.code.length ?? 0)) appendFileSync(cache, '.');
    else write(cache, code, calls);
    if (anew) forgetUnused(path.dirname(cache));
  } catch {}
}

function write(cache: string, code: Buffer, calls: number): void {
  mkdirSync(path.dirname(cache), { recursive: true, mode: 0o700 });
  const length = Buffer.alloc(4);
  length.writeUInt32LE(code.length);
  // Never half a file under the name, whoever else writes it at the same time.
  const unfinished = `${cache}.${process.pid}`;
  writeFileSync(unfinished, Buffer.concat([length, code, Buffer.alloc(calls, '.')]), { mode: 0o600 });
  renameSync(unfinished, cache);
}

function forgetUnused(folder: string): void {
  for (const name of readdirSync(folder)) {
    const old = path.join(folder, name);
    if (Date.now() - statSync(old).mtimeMs > KEPT_MILLISECONDS) rmSync(old);
  }
}

/** What no call has used for so long is of a version that is gone. */
const KEPT_MILLISECONDS = 30 * 24 * 3600 * 1000;

/** The user's own, for whoever may write here says what the program does. */
function cacheFolder(): string | undefined {
  const { NODE_DISABLE_COMPILE_CACHE: disabled, XDG_CACHE_HOME: caches, LOCALAPPDATA: local, HOME: home } = process.env;
  if (disabled) return undefined;
  const folder = process.platform === 'win32' && local ? local : caches || (home && path.join(home, '.cache'));
  return folder ? path.join(folder, 'p2parch') : undefined;
}
