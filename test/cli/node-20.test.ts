import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXAMPLES } from './run.ts';

const CLI = path.resolve(import.meta.dirname, '../../dist/cli.js');
const OLDER = path.join(import.meta.dirname, 'as-on-node-20.cjs');
const folder = mkdtempSync(path.join(tmpdir(), 'p2parch-node-20-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Told {
  readonly status: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

function told(node: readonly string[], args: readonly string[]): Promise<Told> {
  return new Promise((resolve) => {
    const options = { cwd: EXAMPLES, maxBuffer: 2 ** 26 };
    execFile(process.execPath, [...node, ...args], options, (error, stdout, stderr) =>
      resolve({ status: error ? error.code : 0, stdout, stderr }),
    );
  });
}

const wrong = path.join(folder, 'wrong.p2parch');
writeFileSync(wrong, 'architecture A {\n  company X needs\n  servce S needs ((X\n  group { users }\n}\nhazzard H\n');

/** Each command, and what brings Langium's own parser into it: a statement that is not right. */
const CALLS = [
  ['check', wrong],
  ['check', '--format', 'sarif', '--runs', '3', 'skype-2007.p2parch'],
  ['analyze', wrong],
  ['analyze', 'tor-2021.p2parch'],
  ['simulate', 'sip-avalanche.p2parch', '--runs', '2', '--format', 'json'],
  ['render', 'kazaa.p2parch', '--architecture', 'Kazaa', '-o', path.join(folder, 'kazaa.svg')],
  ['report', 'sightspeed.p2parch', '--runs', '2', '-o', path.join(folder, 'report.html')],
  ['export', 'meta-2021.p2parch', '--to', 'open-psa', '--architecture', 'InBand', '-o', path.join(folder, 'meta.xml')],
  ['format', '--check', wrong],
  ['help'],
];
const WRITTEN = ['kazaa.svg', 'report.html', 'meta.xml'];
const written = () => WRITTEN.map((name) => readFileSync(path.join(folder, name), 'utf8'));

describe('where the language is that of Node 20, the command line', () => {
  it('is run without what came later', async () => {
    const script =
      'console.log(typeof Object.groupBy, typeof [].values().map, typeof new Set().union, typeof Iterator)';
    expect((await told(['--require', OLDER], ['-e', script])).stdout).toBe(`${'undefined '.repeat(4).trim()}\n`);
  });

  it('tells and writes the same as on this one', { timeout: 120_000 }, async () => {
    const here: Told[] = [];
    for (const call of CALLS) here.push(await told([], [CLI, ...call]));
    const files = written();
    expect(here.map(({ status }) => status)).toEqual([1, 0, 1, 0, 1, 0, 0, 0, 1, 0]);
    for (const [index, call] of CALLS.entries())
      expect(await told(['--require', OLDER], [CLI, ...call])).toEqual(here[index]);
    expect(written()).toEqual(files);
  });
});
