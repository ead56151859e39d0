import type { Architecture } from '../../language/core/model/index.ts';
import { type Finding, type FindingOptions, findings, type RuleName } from '../../language/core/rules/index.ts';
import { compile, run, summarise } from '../../language/core/simulation/index.ts';
import { type Checked, check, checkMarks } from '../language/check.ts';

export const TODAY = '2026-11-22';

/** The findings of one rule. */
export function found(rule: RuleName, model: Architecture, options: Partial<FindingOptions> = {}): Finding[] {
  return findings(model, { today: TODAY, ...options }).filter((finding) => finding.rule === rule);
}

export const accept = (rule: RuleName, on: string, more: { service?: string; until?: string } = {}) => ({
  rule,
  on,
  because: 'We know.',
  ...more,
});

export const messages = (all: readonly Finding[]) => all.map(({ message }) => message);
export const need = (element: string, index = 0, ...path: number[]) => ({ kind: 'need', element, index, path });

/**
 * A text says itself where one rule finds something: under the words, `//  ^^^^^ what the message begins with`, with
 * "(accepted)" at its end. What other rules find needs no marks. The day is 1 January 2026.
 */
export async function checkRule(
  rule: RuleName,
  text: string,
  { others = {}, runs = 0 }: { others?: Readonly<Record<string, string>>; runs?: number } = {},
): Promise<void> {
  const checked = await check(text, others);
  if (runs > 0) runAll(checked, runs);
  const { language, document, problems } = checked;
  const errors = problems.filter(({ kind }) => kind === 'error').map(({ message }) => message);
  if (errors.length > 0) throw new Error(errors.join('\n'));
  const all = language.problems.Problems.of(document).filter((problem) => problem.rule === rule);
  // The rule's name goes without saying.
  checkMarks(
    text,
    all.map(({ rule: _, ...problem }) => problem),
  );
}

/** Makes the runs of every scenario of a file that expects something: the second wave of its findings. */
export function runAll({ language, document }: Checked, runs: number): void {
  const { Problems } = language.problems;
  const scenarios = Problems.models.scenarios(document).filter(({ model }) => model.expectations.length > 0);
  Problems.afterRuns(
    document,
    scenarios.map((scenario) => {
      const program = compile(Problems.models.lower(scenario.architecture).model, scenario.model);
      const traces = Array.from({ length: runs }, (_, index) => run(program, index + 1));
      return { scenario, summary: summarise(traces, scenario.model) };
    }),
  );
}
