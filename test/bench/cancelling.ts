/** How soon a study is over that is no longer wanted: promised are 50 ms, whatever is being run. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SimulationJob } from '../../language/workers/jobs.ts';
import { inLanes } from '../../language/workers/lanes.ts';
import { JobEnded, type JobRunner } from '../../language/workers/runner.ts';
import { study } from '../../language/workers/studies.ts';
import type { StartThread } from '../../language/workers/thread.ts';
import { chance } from '../simulation/oracle/index.ts';
import { type Row, rowOf } from './measure.ts';
import { PATCH_TUESDAY, regions, SKYPE_2007 } from './simulation-models.ts';

const ROOT = path.resolve(__dirname, '../../..');
const CANCELS = 60;
const LATEST_MILLISECONDS = 800;
const AT_MOST = 50;

/** Two rows each: until whoever waits is told, and until no thread works on it any more. */
export async function measureCancelling(): Promise<Row[]> {
  const { model, story } = regions(1000, 100_000);
  const example = { architecture: SKYPE_2007, scenario: PATCH_TUESDAY };
  const width = availableParallelism();
  return [
    ...(await cancelled('the example', width, example)),
    ...(await cancelled('1,000 components', width, { architecture: model, scenario: story })),
    ...(await cancelled('the example', 8, example)),
  ];
}

async function cancelled(
  what: string,
  width: number,
  job: Pick<SimulationJob, 'architecture' | 'scenario'>,
): Promise<Row[]> {
  const { runner, whenIdle } = watchedThreads(width);
  const random = chance(50);
  const told: number[] = [];
  const idle: number[] = [];
  // Threads that wait keep no program alive.
  const alive = setInterval(() => {}, 1000);
  try {
    // All threads have started and know the study's code.
    await study(runner, { ...job, runs: 4 * width, firstSeed: 1 });
    for (let index = 0; index < CANCELS; index++) {
      const abort = new AbortController();
      const due = performance.now() + random() * LATEST_MILLISECONDS;
      // Counted from the moment that was meant, so that a program too busy to hear it does not look faster.
      setTimeout(() => abort.abort(), due - performance.now());
      const options = { signal: abort.signal, urgent: true, onProgress: () => {} };
      const ended = await study(runner, { ...job, runs: 100_000, firstSeed: 1 }, options).catch((error) => error);
      if (!(ended instanceof JobEnded)) throw new Error('a study was not cancelled');
      told.push(performance.now() - due);
      await whenIdle();
      idle.push(performance.now() - due);
    }
  } finally {
    clearInterval(alive);
    await runner.dispose();
  }
  const name = `cancelling a study of ${what}, ${width} threads`;
  return [rowOf(`${name}: told`, told, AT_MOST), rowOf(`${name}: all threads idle`, idle, AT_MOST)];
}

/** The threads of runner-node.ts, and a promise of the moment at which none of them has anything to do. */
function watchedThreads(width: number): { readonly runner: JobRunner; readonly whenIdle: () => Promise<void> } {
  const working = new Set<Worker>();
  let waiting: (() => void)[] = [];
  const rest = (worker: Worker): void => {
    working.delete(worker);
    if (working.size > 0) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  const start: StartThread = ({ onReply, onFailure }) => {
    const worker = new Worker(path.join(ROOT, 'dist/worker.cjs'));
    worker.on('message', (reply) => {
      rest(worker);
      onReply(reply);
    });
    worker.on('error', onFailure);
    worker.unref();
    return {
      post: (request) => {
        working.add(worker);
        worker.postMessage(request);
      },
      end: () => worker.terminate().then(() => rest(worker)),
    };
  };
  return {
    runner: inLanes(start, width),
    whenIdle: () => (working.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
