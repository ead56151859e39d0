/**
 * All that has to be true before a change lands: `npm test`. The steps run one after the other; the first that fails
 * ends the run. The last line counts the tests of all runners.
 */
import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { ensureHost, ensureWebHost } from './host/install.mjs';
import { whenParentIsGone } from './host/keeper.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');
const REPORT = path.join(ROOT, 'dist', 'unit-tests.json');

whenParentIsGone(() => process.exit(130));

/** Runs a command with its output shown; gives the output, and how it ended. */
function attempt(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
      process.stdout.write(data);
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve({ output, ended: signal ?? code, words: [command, ...args].join(' ') }));
  });
}

/** As `attempt`, for commands that count nothing: their failing ends the run. */
async function run(command, args) {
  const { ended, words } = await attempt(command, args);
  if (ended !== 0) throw new Error(`${words} ended with ${ended}`);
}

const tool = (name) => path.join(ROOT, 'node_modules', '.bin', name);

/** Generated code is committed; generating it again must change nothing. */
async function checkGenerated() {
  const files = ['ast.ts', 'grammar.ts', 'module.ts'].map((file) => path.join(ROOT, 'language', 'generated', file));
  const read = () => Promise.all(files.map((file) => readFile(file, 'utf8')));
  const before = await read();
  await run(tool('langium'), ['generate']);
  const after = await read();
  const stale = files.filter((_, index) => before[index] !== after[index]);
  if (stale.length > 0) throw new Error(`not generated from the grammar as it is: ${stale.join(', ')}`);
}

async function unitTests() {
  await rm(REPORT, { force: true });
  const { ended } = await attempt(tool('vitest'), [
    'run',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${REPORT}`,
  ]);
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(await readFile(REPORT, 'utf8'));
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests, ended };
}

async function endToEndTests(program) {
  await installing;
  const { output, ended } = await attempt(process.execPath, [path.join(ROOT, 'test', 'host', program)]);
  const count = (word) => Number(new RegExp(`^\\s*(\\d+) ${word}`, 'm').exec(output)?.[1] ?? 0);
  return { passed: count('passing'), failed: count('failing'), skipped: count('pending'), ended };
}

const STEPS = [
  ['generated code', checkGenerated],
  ['types', () => run(tool('tsc'), ['--noEmit'])],
  ['lint', () => run(tool('biome'), ['check', '.'])],
  ['package', () => run('npm', ['run', '--silent', 'package'])],
  ['unit and property tests', unitTests],
  ['end-to-end tests in VS Code', () => endToEndTests('e2e.mjs')],
  ['end-to-end tests in VS Code in a browser', () => endToEndTests('e2e-web.mjs')],
];

/** A clone that is new installs VS Code while the other tests run; where that fails, the end-to-end tests say why. */
const installing = (process.env.P2PARCH_DESKTOP_CODE ? Promise.resolve() : ensureHost())
  .then(ensureWebHost)
  .catch(() => undefined);

const total = { passed: 0, failed: 0, skipped: 0 };
try {
  for (const [name, step] of STEPS) {
    const begun = Date.now();
    console.log(`\n${name} …`);
    const counts = await step();
    for (const key of Object.keys(total)) total[key] += counts?.[key] ?? 0;
    if (counts && (counts.ended !== 0 || counts.failed > 0 || counts.passed === 0)) {
      throw new Error(`${name}: ${counts.passed} passed, ${counts.failed} failed, ended with ${counts.ended}`);
    }
    console.log(`${name}: done in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  }
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
const failed = Math.max(total.failed, process.exitCode ? 1 : 0);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${failed} failed${skipped}`);
// Whoever broke something need not wait for what goes on beside.
process.exit();
