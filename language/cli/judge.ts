import { judgePartial } from '../core/simulation/index.ts';
import type { Run } from '../problems/problems.ts';
import type { CheckedFile, CheckedFiles } from './files.ts';
import { allRuns } from './runs.ts';

/** Runs the scenarios of a file that expect something, and adds what they say to the problems of the file. */
export async function judge({ language }: CheckedFiles, { name, document }: CheckedFile, runs: number): Promise<void> {
  const problems = language.problems.Problems;
  const { models } = problems;
  const scenarios = models
    .scenarios(document)
    .filter((scenario) => scenario.model.expectations.length > 0 && problems.isRunnable(scenario));
  const done: Run[] = [];
  for (const scenario of scenarios) {
    const architecture = models.lower(scenario.architecture).model;
    const job = { architecture, scenario: scenario.model, runs, firstSeed: 1 };
    const study = `${name}: ${scenario.model.name} on ${scenario.architecture.name}`;
    const partial = await allRuns(study, job, { curves: 'none' });
    done.push({ scenario, summary: { runs, verdicts: judgePartial(partial, scenario.model) } });
  }
  problems.afterRuns(document, done);
}
