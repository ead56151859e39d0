import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Architecture, Scenario } from '../../language/core/model/index.ts';
import { compile, run, type Summary, summarise } from '../../language/core/simulation/index.ts';
import { type Checked, check } from '../language/check.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../extension/examples');

/** The texts of the examples, by file name. */
export const EXAMPLES: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.p2parch'))
    .map((file) => [file, readFileSync(path.join(FOLDER, file), 'utf8')]),
);

/** An example, checked with the others beside it; `change` rewrites its text first. */
export function checkExample(file: string, change: (text: string) => string = (text) => text): Promise<Checked> {
  const { [file]: text, ...others } = EXAMPLES;
  if (text === undefined) throw new Error(`there is no example ${file}`);
  return check(change(text), others);
}

export interface Runnable {
  readonly architecture: Architecture;
  readonly scenario: Scenario;
}

/** A scenario of a checked file on one of its architectures. */
export function runnable({ language, document }: Checked, scenario: string, architecture: string): Runnable {
  const { models } = language.problems.Problems;
  const found = models
    .scenarios(document)
    .find((candidate) => candidate.model.name === scenario && candidate.architecture.name === architecture);
  if (!found) throw new Error(`there is no scenario ${scenario} on ${architecture}`);
  return { architecture: models.lower(found.architecture).model, scenario: found.model };
}

export function simulateMany({ architecture, scenario }: Runnable, runs: number): Summary {
  const program = compile(architecture, scenario);
  const traces = Array.from({ length: runs }, (_, index) => run(program, index + 1));
  return summarise(traces, scenario);
}

/** Seconds from the first step to `level`, the median of the runs; null for "not within the run". */
export function medianRecovery(summary: Summary, service: string, level: number): number | null {
  const band = summary.services[service]?.recovery.find((candidate) => candidate.level === level);
  if (!band) throw new Error(`the recovery of ${service} to ${level} was not measured`);
  return band.p50;
}
