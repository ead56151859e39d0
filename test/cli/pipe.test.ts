import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const CLI = path.resolve(import.meta.dirname, '../../dist/cli.js');
const folder = mkdtempSync(path.join(tmpdir(), 'p2parch-pipe-'));
afterAll(() => rmSync(folder, { recursive: true }));

// More errors than a pipe holds.
const many = path.join(folder, 'many.p2parch');
const lines = Array.from({ length: 3000 }, (_, at) => `  company C${at} { needs NobodyOfThisName${at} }`);
writeFileSync(many, `architecture A {\n${lines.join('\n')}\n}\n`);

/** The status of the command itself, whatever stands behind it. */
function through(rest: string, ...args: string[]): { status: string; stderr: string } {
  const script = `{ "$0" "$@"; echo $? >&3; } ${rest}`;
  const ended = spawnSync('sh', ['-c', `{ ${script}; } 3>&1 >/dev/null`, process.execPath, CLI, ...args], {
    encoding: 'utf8',
  });
  return { status: ended.stdout.trim(), stderr: ended.stderr };
}

describe.skipIf(process.platform === 'win32')('what a command ends with', () => {
  it('does not hang on how much of its words is read', () => {
    expect(through('| head -n 1', 'check', many)).toEqual({ status: '1', stderr: '' });
    expect(through('| head -n 1', 'analyze', many).status).toBe('1');
    expect(through('| true', 'help').status).toBe('0');
  });

  it.skipIf(!existsSync('/dev/full'))('is 2, with a word, where they cannot be written', () => {
    const { status, stderr } = through('> /dev/full', 'help');
    expect(status).toBe('2');
    expect(stderr).toBe('p2parch: standard output cannot be written (ENOSPC)\n');
  });
});
