import type { Run } from '../problems/problems.ts';
import { JOBS } from '../workers/jobs.ts';
import type { CheckedFile, CheckedFiles } from './files.ts';
import { progress } from './progress.ts';

/** Runs the scenarios of a file that expect something, and adds what they say to the problems of the file. */
export async function judge({ language }: CheckedFiles, { name, document }: CheckedFile, runs: number): Promise<void> {
  const problems = language.problems.Problems;
  const { models } = problems;
  const scenarios = models
    .scenarios(document)
    .filter((scenario) => scenario.model.expectations.length > 0 && problems.isRunnable(scenario));
  const done: Run[] = [];
  for (const scenario of scenarios) {
    progress(`${name}: ${scenario.model.name} on ${scenario.architecture.name}, ${runs} runs`);
    const architecture = models.lower(scenario.architecture).model;
    const { summary } = await JOBS.simulation({ architecture, scenario: scenario.model, runs, firstSeed: 1 });
    done.push({ scenario, summary });
  }
  problems.afterRuns(document, done);
}
