import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const CLI = path.resolve(import.meta.dirname, '../../dist/cli.js');
const EXAMPLE = path.resolve(import.meta.dirname, '../../extension/examples/skype-2007.p2parch');

let home = '';
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'p2parch-compiled-'));
});
afterEach(() => rm(home, { recursive: true }));

async function analyze(environment: Readonly<Record<string, string>> = {}, file = EXAMPLE): Promise<string> {
  const env = { ...process.env, XDG_CACHE_HOME: home, LOCALAPPDATA: home, ...environment };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [CLI, 'analyze', file], { env });
  expect(stderr).toBe('');
  return stdout;
}

const folder = (): string => path.join(home, 'p2parch');

async function remembered(): Promise<{ readonly file: string; readonly bytes: Buffer; readonly inode: number }> {
  const names = await readdir(folder());
  expect(names).toHaveLength(1);
  const file = path.join(folder(), names[0] as string);
  return { file, bytes: await readFile(file), inode: (await stat(file)).ino };
}

/** As after a call that had compiled more than any other can: V8 reads code up to its end, whatever stands behind it. */
async function swell(file: string): Promise<void> {
  const bytes = await readFile(file);
  const end = 4 + bytes.readUInt32LE(0);
  const length = Buffer.alloc(4);
  const room = 4_000_000;
  length.writeUInt32LE(end - 4 + room);
  await writeFile(file, Buffer.concat([length, bytes.subarray(4, end), Buffer.alloc(room), bytes.subarray(end)]));
}

describe('what was compiled of the command line', () => {
  it('is remembered with the number of calls, and made anew when a later one has called more', async () => {
    const empty = path.join(home, 'empty.p2parch');
    await writeFile(empty, 'architecture A {}');
    await analyze({}, empty);
    const first = await remembered();
    await analyze();
    const second = await remembered();
    expect(second.bytes.length).toBeGreaterThan(first.bytes.length);
    await analyze();
    const third = await remembered();
    expect(third.inode).toBe(second.inode);
    expect([first, second, third].map(({ bytes }) => bytes.length - 4 - bytes.readUInt32LE(0))).toEqual([1, 2, 3]);
  });

  it('changes no word, whatever has become of it on disk', async () => {
    const said = await analyze();
    const { file, bytes } = await remembered();
    const damage = fc.oneof(
      fc.uint8Array({ maxLength: 64 }).map((noise) => Buffer.from(noise)),
      fc.nat(bytes.length).map((length) => bytes.subarray(0, length)),
      fc.constant(Buffer.concat([bytes.subarray(0, 4), Buffer.alloc(bytes.length - 4)])),
    );
    await fc.assert(
      fc.asyncProperty(damage, async (damaged) => {
        await writeFile(file, damaged);
        expect(await analyze()).toBe(said);
      }),
      { numRuns: 12 },
    );
  });

  it('is not needed: neither a folder that cannot be written nor the wish to remember nothing is told of', async () => {
    const said = await analyze();
    const blocked = path.join(home, 'a file');
    await writeFile(blocked, '');
    expect(await analyze({ XDG_CACHE_HOME: blocked, LOCALAPPDATA: blocked })).toBe(said);
    const other = path.join(home, 'other');
    expect(await analyze({ XDG_CACHE_HOME: other, LOCALAPPDATA: other, NODE_DISABLE_COMPILE_CACHE: '1' })).toBe(said);
    await expect(stat(other)).rejects.toThrow('ENOENT');
  });

  // A long call leaves less compiled than the one before it, and then what is remembered stays as it is.
  it.each([true, false])('goes when no call has used it for a month, where code is written: %s', async (written) => {
    await analyze();
    const { file, inode } = await remembered();
    if (!written) await swell(file);
    const old = path.join(folder(), 'of-another-version');
    await writeFile(old, '');
    const monthAgo = new Date(Date.now() - 31 * 24 * 3600 * 1000);
    await utimes(old, monthAgo, monthAgo);
    await analyze();
    expect(await readdir(folder())).toEqual([path.basename(file)]);
    if (!written) expect((await remembered()).inode).toBe(inode);
  });
});
