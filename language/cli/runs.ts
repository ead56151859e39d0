import path from 'node:path';
import { type Curves, compile, merge, type Partial, runPartial } from '../core/simulation/index.ts';
import type { SimulationJob } from '../workers/jobs.ts';
import type { JobRunner } from '../workers/runner.ts';
import { workerThreads } from '../workers/runner-node.ts';
import { runsInParts } from '../workers/studies.ts';
import { endProgress, progress, progressed, tick } from './progress.ts';

/** What takes less is done before another thread has started. */
const ALONE_MILLISECONDS = 150;

let threads: JobRunner | undefined;

/** All runs of a study, on all processors where that pays, with progress under a name. */
export async function allRuns(
  name: string,
  job: SimulationJob,
  { curves = 'all' }: { readonly curves?: Curves } = {},
): Promise<Partial> {
  const words = (done: number): string => `${name}: ${done} of ${job.runs} runs`;
  progress(words(0));
  const until = performance.now() + ALONE_MILLISECONDS;
  const program = compile(
    job.architecture,
    job.scenario,
    job.everySeconds === undefined ? {} : { everySeconds: job.everySeconds },
  );
  const begun = runPartial(program, job.firstSeed, job.runs, { curves, shouldStop: () => performance.now() > until });
  let done = begun.runs.length;
  if (done === job.runs) return begun;
  const rest = { ...job, firstSeed: job.firstSeed + done, runs: job.runs - done };
  const parts = await inThreads((runner) =>
    runsInParts(runner, rest, {
      curves,
      onPart: (part) => {
        done += part.runs.length;
        progressed(words(done));
      },
    }),
  );
  const merged = merge([begun, parts]);
  if (merged.kind === 'refused') throw new Error(`Runs of one study that do not fit: ${merged.reason}.`);
  return merged.partial;
}

/** Threads stay for the next study of the call. They keep no program alive by themselves, and an interrupt ends all. */
export async function inThreads<Result>(act: (runner: JobRunner) => Promise<Result>): Promise<Result> {
  threads ??= workerThreads(path.join(import.meta.dirname, 'worker.cjs'));
  const alive = setInterval(tick, 250);
  const interrupted = (): void => {
    endProgress();
    // As a shell expects it of a program that was interrupted; threads go with the program.
    process.removeListener('SIGINT', interrupted);
    process.kill(process.pid, 'SIGINT');
  };
  process.on('SIGINT', interrupted);
  try {
    return await act(threads);
  } finally {
    clearInterval(alive);
    process.removeListener('SIGINT', interrupted);
  }
}
