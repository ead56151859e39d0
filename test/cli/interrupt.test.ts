import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { EXAMPLES } from './run.ts';

const CLI = path.resolve(import.meta.dirname, '../../dist/cli.js');

it('an interrupt ends a study on all its threads, with nothing said', async () => {
  const args = [CLI, 'simulate', 'kazaa.p2parch', '--runs', '1000000'];
  const child = spawn(process.execPath, args, { cwd: EXAMPLES });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('close', (_, signal) => resolve(signal)));
  // Long enough for threads to be at work, even where the machine is busy; it would go on for many minutes.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(child.exitCode).toBeNull();
  child.kill('SIGINT');
  expect(await ended).toBe('SIGINT');
  expect(said).toBe('');
});
