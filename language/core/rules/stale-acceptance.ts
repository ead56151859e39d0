import { type Covering, coverings, covers } from './acceptance.ts';
import type { Observation, Rule } from './rule.ts';

const NAME = 'stale-acceptance';

export const staleAcceptance: Rule = {
  defaultSeverity: 'warning',
  says: 'An acceptance covers no finding.',
  why: 'What it was written for is mended or gone. Left standing, it would hide the next finding of the same rule at the same place, which nobody has looked at.',
  remedy: 'Remove it; or, if it should cover something, correct the rule or the name.',
  observe: ({ architecture, observed, inheritedAcceptances, isJudged }) => {
    const own = coverings(architecture).filter(
      // What cannot be known to cover nothing, for its rule is switched off or was not asked, is left alone.
      ({ index, acceptance }) => index >= inheritedAcceptances && isJudged(acceptance.rule),
    );
    const ofOthers = own.filter(({ acceptance }) => acceptance.rule !== NAME);
    const stale = ofOthers
      .filter((one) => !observed.some(({ rule, observation }) => covers(one, rule, observation)))
      .map(observationOf);
    // An acceptance of this very rule can only be judged by what it finds on the others.
    const ofThis = own
      .filter(({ acceptance }) => acceptance.rule === NAME)
      .filter((one) => !stale.some((observation) => covers(one, NAME, observation)))
      .map(observationOf);
    return [...stale, ...ofThis];
  },
};

function observationOf({ index, acceptance }: Covering): Observation {
  const { rule, on, service } = acceptance;
  const where = `${on}${service === undefined ? '' : ` for ${service}`}`;
  return {
    subject: on,
    about: [on],
    services: service === undefined ? [] : [service],
    acceptance: index,
    describe: () => ({
      message:
        `This acceptance covers nothing: ${rule} finds nothing on ${where}. ` +
        `Remove it, so that it does not hide a later finding that nobody has looked at.`,
      place: { kind: 'acceptance', index },
      related: [],
    }),
  };
}
