import type { Expectation } from '../model/index.ts';
import { SHARE_ASKED, type Verdict } from '../simulation/index.ts';
import { percentsApart, percentWords, spansApart, spanWords, writtenSpan } from '../words/index.ts';
import type { Observation, Rule } from './rule.ts';

export const expectationFailed: Rule = {
  defaultSeverity: 'error',
  asks: 'runs',
  says: 'An `expect` does not hold in the runs of a scenario.',
  why: 'The team has said how well the service must come through this crash, and in the simulation it does so in fewer than nine of ten runs.',
  remedy:
    'Let it come back faster (more rooms, restarts, admissions, promotions), lose less, or expect less; or accept the finding with a reason and a date.',
  observe: ({ scenarios, outcomes, architecture }) =>
    scenarios.flatMap(({ name, expectations }) => {
      const outcome = outcomes.get(name);
      if (outcome === undefined) return [];
      return expectations.flatMap((expectation, index): Observation[] => {
        const verdict = outcome.verdicts[index];
        if (verdict === undefined || verdict.holds) return [];
        const { service } = expectation;
        return [
          {
            subject: service,
            about: [service],
            services: [service],
            describe: () => ({
              message: measuredWords(expectation, verdict, outcome.runs),
              place: { kind: 'expectation', scenario: name, index },
              related: [{ place: { kind: 'architecture' }, message: `${name} runs on ${architecture.name}.` }],
            }),
          },
        ];
      });
    }),
};

/**
 * What was measured, beside what was expected: "back to 95% after 33 h 50 min (90th percentile of 100 runs)"; and what
 * would help, where it is not kept.
 */
export function measuredWords(expectation: Expectation, { holds, measured, share }: Verdict, runs: number): string {
  const { service } = expectation;
  const level = percentWords(expectation.level);
  const of = runs === 1 ? '1 run' : `${runs} runs`;
  if (expectation.kind === 'neverBelow') {
    const [lowest, least] =
      measured === null ? ['an unknown level', level] : percentsApart(measured, expectation.level);
    return (
      `${service} falls to ${lowest} (10th percentile of ${of}); no less than ${least} is allowed. ` +
      `${heldWords(share, runs)}${holds ? '' : ' Lose less of what it needs, or expect less.'}`
    );
  }
  const advice = holds ? '' : ' Bring it back faster, lose less of what it needs, or expect less.';
  const remedy = `${heldWords(share, runs)}${advice}`;
  if (measured === null)
    return `${service} is not back to ${level} within the run; ${writtenSpan(expectation.withinSeconds)} is allowed. ${remedy}`;
  const [after, rough] = spansApart(measured, expectation.withinSeconds);
  const asked = rough === spanWords(expectation.withinSeconds) ? writtenSpan(expectation.withinSeconds) : rough;
  const when = measured === 0 ? `never leaves ${level}` : `is back to ${level} after ${after}`;
  return `${service} ${when} (90th percentile of ${of}); ${asked} is allowed. ${remedy}`;
}

const heldWords = (share: number, runs: number): string =>
  `This is kept in ${Math.round(share * runs)} of ${runs} ${runs === 1 ? 'run' : 'runs'}, and has to be in at least ${percentWords(SHARE_ASKED)}.`;
