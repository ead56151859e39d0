import { type Covering, coverings, covers, divide, hasExpired } from './acceptance.ts';
import type { Observation, Observed, Rule } from './rule.ts';

export const expiredAcceptance: Rule = {
  defaultSeverity: 'warning',
  says: 'The date of an acceptance has passed, and the finding that it covered shows again.',
  why: 'A team takes a risk on for a time. When the time is over, somebody has to look at it again; an acceptance that went on quietly would be one that nobody decides on any more.',
  remedy: 'Mend what the finding speaks of, or look at it anew and move the date.',
  observe: ({ architecture, today, observed, inheritedAcceptances }) => {
    const all = coverings(architecture);
    const holding = all.filter(({ acceptance }) => !hasExpired(acceptance, today));
    return all.flatMap((covering): Observation[] => {
      const { index, acceptance } = covering;
      if (index < inheritedAcceptances || !hasExpired(acceptance, today)) return [];
      // Where it is certain that it covers nothing any more, that is what is told: it can go.
      const meant = observed.filter(({ rule, observation }) => covers(covering, rule, observation));
      if (meant.length === 0) return [];
      const { rule, on, service } = acceptance;
      const isOpen = showsAgain(covering, meant, holding);
      const what = `${rule} on ${on}${service === undefined ? '' : ` for ${service}`}`;
      return [
        {
          subject: on,
          about: [on],
          services: service === undefined ? [] : [service],
          describe: () => ({
            message:
              `This acceptance ended on ${acceptance.until}` +
              (isOpen
                ? `, so ${what} shows again. Mend what it speaks of, or decide anew and move the date.`
                : `, and another one covers ${what}. Remove it, or move the date.`),
            place: { kind: 'acceptance', index },
            related: meant.slice(0, 3).map(({ observation }) => {
              const { place } = observation.describe(observation.services);
              return { place, message: 'What it covered.' };
            }),
          }),
        },
      ];
    });
  },
};

/** Whether any of what an acceptance has covered is covered by no other now. */
const showsAgain = ({ acceptance }: Covering, meant: readonly Observed[], holding: readonly Covering[]): boolean =>
  meant.some(({ rule, observation }) =>
    divide(rule, observation, holding).some(
      ({ acceptedBy, services }) =>
        acceptedBy === undefined && (acceptance.service === undefined || services.includes(acceptance.service)),
    ),
  );
