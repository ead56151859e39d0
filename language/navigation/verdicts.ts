import type { LangiumDocument } from 'langium';
import { percentWords, spanWords } from '../core/diagram/index.ts';
import type { Expectation } from '../core/model/index.ts';
import { measuredWords } from '../core/rules/index.ts';
import type { Scenario } from '../generated/ast.ts';
import type { Problems, Run } from '../problems/problems.ts';

export interface ShownVerdict {
  readonly label: string;
  readonly tooltip: string;
}

/**
 * What the runs say of expectation number `index` of a scenario, as it stands behind the `expect`: of each architecture
 * that it runs on, by name where there are several. Undefined until there were runs of the text as it is.
 */
export function verdictOf(
  problems: Problems,
  document: LangiumDocument,
  scenario: Scenario,
  index: number,
): ShownVerdict | undefined {
  const runs = problems.runsOf(document).filter(({ scenario: { syntax } }) => syntax === scenario);
  const named = runs.flatMap((run) => {
    const shown = shownIn(run, index);
    return shown ? [{ ...shown, name: run.scenario.architecture.name }] : [];
  });
  if (named.length === 0) return undefined;
  const isOne = named.length === 1;
  return {
    label: named.map(({ label, name }) => (isOne ? label : `${name} ${label}`)).join(' · '),
    tooltip: named.map(({ tooltip, name }) => (isOne ? tooltip : `${name}: ${tooltip}`)).join('\n\n'),
  };
}

function shownIn({ scenario, summary }: Run, index: number): ShownVerdict | undefined {
  const expectation = scenario.model.expectations[index];
  const verdict = summary.verdicts[index];
  if (!expectation || !verdict) return undefined;
  const mark = verdict.holds ? '✓' : '✗';
  return {
    label: `${mark} ${figure(expectation, verdict.measured)}`,
    tooltip: measuredWords(expectation, verdict, summary.runs),
  };
}

function figure({ kind }: Expectation, measured: number | null): string {
  if (kind === 'neverBelow') return measured === null ? 'unknown' : `${percentWords(measured)} at the lowest`;
  if (measured === null) return 'not within the run';
  return measured === 0 ? 'never lost' : `after ${spanWords(measured)}`;
}
