import { coverings, covers, hasExpired } from './acceptance.ts';
import type { Observation, Rule } from './rule.ts';

export const expiredAcceptance: Rule = {
  defaultSeverity: 'warning',
  says: 'The date of an acceptance has passed, and the finding that it covered shows again.',
  why: 'A team takes a risk on for a time. When the time is over, somebody has to look at it again; an acceptance that went on quietly would be one that nobody decides on any more.',
  remedy: 'Mend what the finding speaks of, or look at it anew and move the date.',
  observe: ({ architecture, today, observed, inheritedAcceptances }) =>
    coverings(architecture).flatMap((covering): Observation[] => {
      const { index, acceptance } = covering;
      if (index < inheritedAcceptances || !hasExpired(acceptance, today)) return [];
      // Where it is certain that it covers nothing any more, that is what is told: it can go.
      const meant = observed.filter(({ rule, observation }) => covers(covering, rule, observation));
      if (meant.length === 0) return [];
      const { rule, on, service } = acceptance;
      const what = `${rule} on ${on}${service === undefined ? '' : ` for ${service}`}`;
      return [
        {
          subject: on,
          about: [on],
          services: service === undefined ? [] : [service],
          describe: () => ({
            message:
              `This acceptance ended on ${acceptance.until}, so ${what} shows again. ` +
              `Mend what it speaks of, or decide anew and move the date.`,
            place: { kind: 'acceptance', index },
            related: meant.slice(0, 3).map(({ observation }) => {
              const { place } = observation.describe(observation.services);
              return { place, message: 'What it covered.' };
            }),
          }),
        },
      ];
    }),
};
