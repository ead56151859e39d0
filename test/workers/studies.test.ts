import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JOBS, type SimulationJob } from '../../language/workers/jobs.ts';
import { JobEnded, type JobRunner } from '../../language/workers/runner.ts';
import { type StudyProgress, study, verdicts } from '../../language/workers/studies.ts';
import { HOUR, PATCH_TUESDAY, SKYPE_2007 } from '../simulation/build.ts';
import { systems } from '../simulation/generate.ts';
import { inOnePiece } from './one-piece.ts';

const JOB: SimulationJob = {
  architecture: SKYPE_2007,
  scenario: { ...PATCH_TUESDAY, horizonSeconds: 2 * HOUR },
  runs: 12,
  firstSeed: 5,
};

/** Does jobs at once, `width` of them by turns; counts the runs that were begun, and in how many parts. */
class Inline implements JobRunner {
  runs = 0;
  parts = 0;

  constructor(
    readonly width: number,
    private readonly before: () => Promise<void> | void = () => {},
  ) {}

  run: JobRunner['run'] = (async (kind: 'runs', input: never, options?: { signal?: AbortSignal }) => {
    await this.before();
    if (options?.signal?.aborted) throw new JobEnded('cancelled');
    if (kind === 'runs') {
      this.runs += (input as SimulationJob).runs;
      this.parts++;
    }
    return JOBS[kind](structuredClone(input));
  }) as never;

  async dispose(): Promise<void> {}
}

describe('a study', () => {
  it('of any system on any number of threads gives the bytes of one piece', async () => {
    await fc.assert(
      fc.asyncProperty(
        systems,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 4 }),
        async (system, runs, width) => {
          const { model: architecture, story: scenario, seed: firstSeed } = system;
          const job = { architecture, scenario, runs, firstSeed, everySeconds: scenario.horizonSeconds / 20 };
          const [inParts, inOne] = [await study(new Inline(width), job), inOnePiece(job)];
          expect(JSON.stringify(inParts)).toBe(JSON.stringify(inOne));
          expect((await verdicts(new Inline(width), job)).verdicts).toEqual(inOne.summary.verdicts);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('tells of its runs as they are done, with a first result after the first few', async () => {
    const told: StudyProgress[] = [];
    const runner = new Inline(2);
    await study(runner, JOB, { onProgress: (progress) => told.push(progress) });
    const done = told.map(({ doneRuns }) => doneRuns);
    expect(done).toEqual([...done].sort((left, right) => left - right));
    const first = told.find(({ result }) => result)?.result?.summary;
    expect(first?.runs).toBeLessThan(JOB.runs);
    // What is shown of a few runs is what those few say.
    expect(first).toEqual(inOnePiece({ ...JOB, runs: first?.runs ?? 0 }).summary);
    expect(runner.parts).toBeGreaterThan(2);
  });

  it('begins no run once it is cancelled', async () => {
    const abort = new AbortController();
    const runner = new Inline(2);
    const cancelled = study(
      runner,
      { ...JOB, runs: 10_000 },
      { signal: abort.signal, onProgress: ({ doneRuns }) => doneRuns >= 3 && abort.abort() },
    );
    await expect(cancelled).rejects.toEqual(new JobEnded('cancelled'));
    const { runs } = runner;
    expect(runs).toBeLessThan(100);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(runner.runs).toBe(runs);
  });

  it('that fails on one thread begins nothing more on the others', async () => {
    let left = 3;
    const runner = new Inline(2, () => {
      if (left-- === 0) throw new Error('out of memory');
    });
    await expect(study(runner, { ...JOB, runs: 1000 })).rejects.toThrow('out of memory');
    const { runs } = runner;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(runner.runs).toBe(runs);
    expect(runs).toBeLessThan(100);
  });
});
