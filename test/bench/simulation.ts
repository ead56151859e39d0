/** What the simulation costs: against its promises, against one instance at a time, and against how much there is. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Architecture, Scenario } from '../../language/core/model/index.ts';
import { bytesOf, compile, run, runPartial } from '../../language/core/simulation/index.ts';
import { workerThreads } from '../../language/workers/runner-node.ts';
import { study } from '../../language/workers/studies.ts';
import { chance, simulateInstances } from '../simulation/oracle/index.ts';
import { measureCancelling } from './cancelling.ts';
import { measure, type Row } from './measure.ts';
import { printScaling } from './scaling.ts';
import { PATCH_TUESDAY, regions, SKYPE_2007, skypeOf } from './simulation-models.ts';

const ROOT = path.resolve(__dirname, '../../..');
const HOUR = 3600;

/** Rows for the table of `npm run bench`; what is no time is printed at once. */
export async function measureSimulating(): Promise<Row[]> {
  const rows: Row[] = [];
  const program = compile(SKYPE_2007, PATCH_TUESDAY);
  let seed = 0;
  const one = await measure('simulation: one run of 72 h, 9.6 million clients', () => run(program, ++seed), {
    atMost: 20,
    runs: 31,
  });
  rows.push(one, ...(await onAllThreads()), ...(await measureCancelling()));
  printMemory(peakMegabytes(SKYPE_2007, PATCH_TUESDAY), keptMegabytes());
  await printInstances(one.median);
  printScaling();
  return rows;
}

/** 100 runs with their summary on all threads, as the server does them, and the first results of a what-if. */
async function onAllThreads(): Promise<Row[]> {
  const runner = workerThreads(path.join(ROOT, 'dist/worker.cjs'));
  // Threads that wait keep no program alive.
  const alive = setInterval(() => {}, 1000);
  const job = { architecture: SKYPE_2007, scenario: PATCH_TUESDAY, runs: 100, firstSeed: 1 };
  const few = { ...job, runs: 4 };
  try {
    const all = await measure(`simulation: 100 runs of it on ${runner.width} threads`, () => study(runner, job), {
      atMost: 1000,
      runs: 7,
      warmUp: 1,
    });
    const first = await measure('simulation: 4 runs of it, the first results of a what-if', () => study(runner, few), {
      atMost: 100,
      runs: 15,
    });
    return [all, first];
  } finally {
    clearInterval(alive);
    await runner.dispose();
  }
}

/** The most that a process of its own holds that runs a scenario 100 times and sums it up. */
function peakMegabytes(architecture: Architecture, scenario: Scenario): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'p2parch-bench-'));
  try {
    const core = path.join(folder, 'core.cjs');
    const entry = path.join(ROOT, 'language/core/simulation/index.ts');
    const esbuild = path.join(ROOT, 'node_modules/.bin/esbuild');
    spawnSync(esbuild, [
      entry,
      '--bundle',
      '--format=cjs',
      '--platform=node',
      `--outfile=${core}`,
      '--log-level=error',
    ]);
    const script = path.join(folder, 'main.cjs');
    writeFileSync(
      script,
      `const { compile, runPartial, summarisePartial } = require('./core.cjs');
       const [architecture, scenario] = ${JSON.stringify([architecture, scenario])};
       summarisePartial(runPartial(compile(architecture, scenario), 1, 100), scenario);
       console.log(${PEAK_KILOBYTES} / 1024);`,
    );
    return Number(spawnSync(process.execPath, [script], { encoding: 'utf8' }).stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Linux counts towards `maxRSS` what the program held that started this one, whose copy it was before it became itself;
 * the peak of itself stands elsewhere.
 */
const PEAK_KILOBYTES = `(() => {
  try {
    return Number(/VmHWM:\\s*(\\d+)/.exec(require('node:fs').readFileSync('/proc/self/status', 'utf8'))[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
})()`;

/** What is kept of 100 runs of a thousand components, from a few of them. */
function keptMegabytes(): number {
  const { model, story } = regions(1000, 100_000);
  const RUNS = 3;
  const { runs } = runPartial(compile(model, story), 1, RUNS);
  const bytes = runs.reduce(
    (sum, { services, components }) =>
      sum +
      services.reduce((all, { level }) => all + bytesOf(level), 0) +
      components.reduce((all, one) => all + Object.values(one).reduce((each, series) => each + bytesOf(series), 0), 0),
    0,
  );
  return ((bytes / RUNS) * 100) / 2 ** 20;
}

function printMemory(peak: number, kept: number): void {
  console.log(
    `simulation: 100 runs of the example and their summary, a process of its own: ${peak.toFixed(0)} MB (150 allowed)`,
  );
  console.log(
    `simulation: kept of 100 runs of 1,000 components, 100,000 instances each in 100 of them: ${kept.toFixed(0)} MB\n`,
  );
}

const CLIENTS = 10_000;

/** The test oracle, and SimPy where it is installed, with ten thousand clients; milliseconds a client and hour. */
async function printInstances(runMilliseconds: number): Promise<void> {
  const horizonSeconds = 6 * HOUR;
  const story = { ...PATCH_TUESDAY, horizonSeconds };
  const row = await measure(
    'oracle',
    () => simulateInstances(skypeOf(CLIENTS), story, [0.95], [horizonSeconds], chance(1)),
    { runs: 3, warmUp: 1 },
  );
  const instances = row.median / CLIENTS / (horizonSeconds / HOUR);
  const counts = runMilliseconds / 9_600_000 / 72;
  const simpy = simpyMilliseconds(horizonSeconds);
  const line = (what: string, each: number): string =>
    `${what.padEnd(58)}${(each * 1e6).toPrecision(3).padStart(12)} ns a client and hour ${(each / counts).toPrecision(2).padStart(10)} times`;
  console.log(line('simulation by counts, 9.6 million clients, 72 h', counts));
  console.log(line('one instance at a time, 10,000 clients, 6 h (test oracle)', instances));
  console.log(
    simpy === undefined
      ? 'SimPy is not installed (Debian: python3-simpy)\n'
      : `${line('one process each, 10,000 clients, 6 h (SimPy)', simpy / CLIENTS / (horizonSeconds / HOUR))}\n`,
  );
}

function simpyMilliseconds(horizonSeconds: number): number | undefined {
  const script = path.join(ROOT, 'test/bench/simulation-simpy.py');
  const done = spawnSync('python3', [script, String(CLIENTS), String(horizonSeconds)], { encoding: 'utf8' });
  return done.status === 0 ? Number(done.stdout) : undefined;
}
