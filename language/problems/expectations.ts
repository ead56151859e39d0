import { AstUtils, GrammarUtils } from 'langium';
import { percentWords, spanWords } from '../core/diagram/index.ts';
import type { Architecture, Expectation } from '../core/model/index.ts';
import { acceptedBy } from '../core/rules/index.ts';
import type { Summary, Verdict } from '../core/simulation/index.ts';
import type { LoweredScenario } from '../lowering/scenario.ts';
import type { Problem } from './problems.ts';
import type { Settings } from './settings.ts';

const RULE = 'expectation-failed';

/** The rule `expectation-failed`: what the runs of a scenario on one architecture did not keep, at the `expect`. */
export function failedExpectations(
  { model, syntax, architecture }: LoweredScenario,
  on: Architecture,
  summary: Summary,
  { today, severities }: Settings,
): Problem[] {
  const severity = severities?.[RULE] ?? 'error';
  if (severity === 'off') return [];
  return model.expectations.flatMap((expectation, index): Problem[] => {
    const verdict = summary.verdicts[index];
    const range = syntax.expectations[index]?.$cstNode?.range;
    const { service } = expectation;
    if (!verdict || verdict.holds || !range) return [];
    return [
      {
        kind: 'finding',
        rule: RULE,
        severity,
        message: `${architecture.name}: ${measuredWords(expectation, verdict, summary.runs)}`,
        range,
        architecture: architecture.name,
        service,
        subject: service,
        accepted: acceptedBy(RULE, { subject: service, service }, on, today) !== undefined,
        related: [
          {
            uri: AstUtils.getDocument(architecture).uri.toString(),
            range: GrammarUtils.findNodeForProperty(architecture.$cstNode, 'name')?.range ?? range,
            message: `The scenario runs on ${architecture.name}.`,
          },
        ],
      },
    ];
  });
}

/** What was measured, beside what was expected: "back to 95% after 33 h 50 min (90th percentile of 100 runs)". */
export function measuredWords(expectation: Expectation, { measured, share }: Verdict, runs: number): string {
  const { service } = expectation;
  const held = `Kept in ${Math.round(share * runs)} of ${runs} runs; 90% are asked for.`;
  const level = percentWords(expectation.level);
  if (expectation.kind === 'neverBelow') {
    const lowest = measured === null ? 'an unknown level' : percentWords(measured);
    return `${service} is at ${lowest} at the lowest (10th percentile of ${runs} runs); ${level} is the least allowed. ${held}`;
  }
  const asked = spanWords(expectation.withinSeconds);
  if (measured === null) return `${service} is not back to ${level} within the run; ${asked} is allowed. ${held}`;
  const when = measured === 0 ? `never leaves ${level}` : `is back to ${level} after ${spanWords(measured)}`;
  return `${service} ${when} (90th percentile of ${runs} runs); ${asked} is allowed. ${held}`;
}
