import { type Curves, judgePartial, merge, type Partial, type Summary } from '../core/simulation/index.ts';
import type { RunsJob, SimulationJob, SimulationResult } from './jobs.ts';
import { JobEnded, type JobRunner } from './runner.ts';

/** What is known while a study goes on. */
export interface StudyProgress {
  readonly doneRuns: number;
  /** Of the runs done so far; now and then. */
  readonly result?: SimulationResult;
}

export interface StudyOptions {
  readonly signal?: AbortSignal;
  readonly urgent?: boolean;
  readonly onProgress?: (progress: StudyProgress) => void;
}

/** How long a part should take: a thread is free again soon, and sending costs little beside it. */
const PART_MILLISECONDS = 25;
/** Results of the runs done so far are put together no more often than that, and once there is that much more to say. */
const RESULT_MILLISECONDS = 200;
const RESULT_GROWTH = 1.2;
/** Fewer would be shown only to be replaced. */
const FIRST_RUNS = 4;

/**
 * All runs of a study on all threads, merged to the bytes of one piece; the first result comes after the first few.
 * Components are told by one run, that with the median recovery: over all runs there are curves of services only.
 * Rejected with `JobEnded` when the signal says so: no run is begun after that.
 */
export async function study(
  runner: JobRunner,
  job: SimulationJob,
  { onProgress, ...options }: StudyOptions = {},
): Promise<SimulationResult> {
  const whole = { ...job, study: newStudy() };
  let parts: Partial[] = [];
  let doneRuns = 0;
  const summary = (): Promise<SimulationResult> => {
    const partial = merged(parts);
    parts = [partial];
    return runner.run('summary', { ...whole, partial }, options);
  };
  let isSummarising = false;
  let nextAtMilliseconds = 0;
  let nextAtRuns = FIRST_RUNS;
  let isOver = false;
  const showSoFar = async (): Promise<void> => {
    isSummarising = true;
    try {
      nextAtMilliseconds = performance.now() + RESULT_MILLISECONDS;
      nextAtRuns = RESULT_GROWTH * doneRuns;
      const result = await summary();
      if (!isOver) onProgress?.({ doneRuns, result });
    } finally {
      isSummarising = false;
    }
  };
  try {
    await inParts(runner, { ...whole, curves: 'services' }, options, (part) => {
      parts.push(part);
      doneRuns += part.runs.length;
      if (doneRuns === job.runs || !onProgress) return;
      if (isSummarising || doneRuns < nextAtRuns || performance.now() < nextAtMilliseconds) onProgress({ doneRuns });
      // A result that could not be shown is no harm: the last one tells what went wrong.
      else showSoFar().catch(() => undefined);
    });
    return await summary();
  } finally {
    isOver = true;
  }
}

/** What came of the expectations of a study, without its curves. */
export async function verdicts(
  runner: JobRunner,
  job: SimulationJob,
  options: Omit<StudyOptions, 'onProgress'> = {},
): Promise<Verdicts> {
  const partial = await runsInParts(runner, job, { ...options, curves: 'none' });
  return { runs: job.runs, verdicts: judgePartial(partial, job.scenario) };
}

export type Verdicts = Pick<Summary, 'runs' | 'verdicts'>;

/** At least one run on all threads, merged to what one thread would have kept of them. */
export async function runsInParts(
  runner: JobRunner,
  job: SimulationJob,
  {
    curves = 'all',
    onPart,
    ...options
  }: Omit<StudyOptions, 'onProgress'> & { readonly curves?: Curves; readonly onPart?: (part: Partial) => void } = {},
): Promise<Partial> {
  const parts: Partial[] = [];
  await inParts(runner, { ...job, study: newStudy(), curves }, options, (part) => {
    parts.push(part);
    onPart?.(part);
  });
  return merged(parts);
}

/** Hands the runs out in parts, the first of one run each, the next as large as the time of the last allows. */
async function inParts(
  runner: JobRunner,
  job: RunsJob,
  options: Pick<StudyOptions, 'signal' | 'urgent'>,
  onPart: (part: Partial) => void,
): Promise<void> {
  let begun = 0;
  let size = 1;
  let hasFailed = false;
  const work = async (): Promise<void> => {
    while (begun < job.runs && !hasFailed) {
      if (options.signal?.aborted) throw new JobEnded('cancelled');
      const firstSeed = job.firstSeed + begun;
      const runs = Math.min(size, job.runs - begun);
      begun += runs;
      const { partial, milliseconds } = await runner.run('runs', { ...job, firstSeed, runs }, options);
      onPart(partial);
      const fitting = Math.floor((PART_MILLISECONDS * runs) / Math.max(milliseconds, 1e-3));
      // All threads are to end together.
      size = Math.max(1, Math.min(fitting, 4 * runs, Math.ceil((job.runs - begun) / (2 * runner.width))));
    }
  };
  await Promise.all(
    Array.from({ length: runner.width }, () =>
      work().catch((error: unknown) => {
        hasFailed = true;
        throw error;
      }),
    ),
  );
}

let studies = 0;
/** Threads are shared by one program at most, so that counting is enough. */
const newStudy = (): string => String(++studies);

function merged(parts: readonly Partial[]): Partial {
  const result = merge(parts);
  if (result.kind === 'refused') throw new Error(`Parts of one study that do not fit: ${result.reason}.`);
  return result.partial;
}
