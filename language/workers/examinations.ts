import type { Architecture, Scenario } from '../core/model/index.ts';
import {
  type Examination,
  examinedNumbers,
  examineNumber,
  examineWhole,
  type NumberSensitivity,
  type Said,
  type Sensitivity,
  variedRuns,
} from '../core/simulation/index.ts';
import type { JobRunner } from './runner.ts';
import { runsInParts } from './studies.ts';

export interface ExaminationOptions {
  readonly signal?: AbortSignal;
  readonly urgent?: boolean;
  /** Numbers that are done, of how many. */
  readonly onProgress?: (done: number, of: number) => void;
}

/** `sensitivity` of the simulation on all threads: as many numbers at once as there are, to the same result. */
export async function examine(
  runner: JobRunner,
  { architecture, scenario }: { readonly architecture: Architecture; readonly scenario: Scenario },
  { runs, firstSeed, said }: { readonly runs: number; readonly firstSeed: number; readonly said?: Said },
  { onProgress, ...options }: ExaminationOptions = {},
): Promise<Sensitivity> {
  const asked = { scenario, runs, firstSeed, ...(said && { said }) };
  const numbers = examinedNumbers(architecture, scenario);
  onProgress?.(0, numbers.length);
  const baseline = await answered(runner, examineWhole(architecture, asked), options);
  const found: NumberSensitivity[] = [];
  let begun = 0;
  let done = 0;
  let hasFailed = false;
  const work = async (): Promise<void> => {
    while (begun < numbers.length && !hasFailed) {
      const at = begun++;
      const number = numbers[at] as (typeof numbers)[number];
      found[at] = await answered(runner, examineNumber(number, baseline, asked), options);
      onProgress?.(++done, numbers.length);
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
  return { complete: true, runs, variedRuns: variedRuns(runs), firstSeed, ...baseline, numbers: found };
}

async function answered<Result>(
  runner: JobRunner,
  examination: Examination<Result>,
  options: ExaminationOptions,
): Promise<Result> {
  let step = examination.next();
  while (!step.done) step = examination.next(await runsInParts(runner, step.value, { ...options, curves: 'none' }));
  return step.value;
}
