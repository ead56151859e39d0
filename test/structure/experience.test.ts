import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const TESTS = path.resolve(import.meta.dirname, '..');
const ROOT = path.resolve(TESTS, '..');
const list = readFileSync(path.join(TESTS, 'vscode', 'experience.md'), 'utf8');

const rows = list
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (promise|---)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, promise = '', file = '', test = '']) => ({ promise, file, test }));

/** The names of the tests of a file: what stands in quotes after `it(` or `test(`. */
const namesIn = (file: string): string[] =>
  [...readFileSync(path.join(TESTS, file), 'utf8').matchAll(/\b(?:it|test)\(\s*(['"`])(.*?)\1,/gs)].map(
    ([, , name = '']) => name,
  );

describe('what a user is promised', () => {
  it('has a test for each sentence', () => {
    expect(rows.length).toBeGreaterThan(45);
    const missing = rows.filter(({ file, test }) => test === '' || !namesIn(file).some((name) => name.includes(test)));
    expect(missing).toEqual([]);
  });

  it('sends no telemetry, keeps no hidden page, and works in untrusted workspaces', () => {
    const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    expect(manifest.capabilities.untrustedWorkspaces).toEqual({ supported: true });
    const sources = ['extension', 'webview', 'language'].flatMap((room) =>
      readdirSync(path.join(ROOT, room), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('generated'))
        .map((file) => ({ file, text: readFileSync(path.join(ROOT, room, file), 'utf8') })),
    );
    const found = sources.filter(({ text }) =>
      /retainContextWhenHidden\s*:\s*true|createTelemetryLogger|sendTelemetry|\bnew XMLHttpRequest\b|navigator\.sendBeacon/.test(
        text,
      ),
    );
    expect(found.map(({ file }) => file)).toEqual([]);
  });
});
