import { type Acceptance, type Architecture, componentsOf } from '../model/index.ts';
import type { Observation } from './rule.ts';

/** An acceptance of the architecture that holds today, with all the names that it covers. */
interface Covering {
  readonly index: number;
  readonly acceptance: Acceptance;
  readonly names: ReadonlySet<string>;
}

/** The acceptances that hold on `today` (`YYYY-MM-DD`); `until` is the last day on which one holds. */
export function holdingAcceptances(architecture: Architecture, today: string): Covering[] {
  return architecture.acceptances.flatMap((acceptance, index): Covering[] => {
    // Dates of this form compare as text.
    if (acceptance.until !== undefined && acceptance.until < today) return [];
    return [{ index, acceptance, names: new Set([acceptance.on, ...componentsOf(architecture, acceptance.on)]) }];
  });
}

/** Some services of an observation, and the acceptance that covers them, if any does. */
export interface Covered {
  readonly services: readonly string[];
  readonly acceptedBy?: number;
}

/**
 * Divides an observation by what covers it, the open part first: one finding never mixes services that the team has
 * accepted it for with others. Of two acceptances that cover the same, the first in the text does.
 */
export function divide(rule: string, observation: Observation, acceptances: readonly Covering[]): Covered[] {
  const covering = acceptances.filter(
    ({ acceptance, names }) => acceptance.rule === rule && observation.about.some((name) => names.has(name)),
  );
  if (observation.services.length === 0) {
    const [first] = covering.filter(({ acceptance }) => acceptance.service === undefined);
    return [first === undefined ? { services: [] } : { services: [], acceptedBy: first.index }];
  }
  const parts = new Map<number | undefined, string[]>([[undefined, []]]);
  for (const service of observation.services) {
    const by = covering.find(({ acceptance }) => acceptance.service === undefined || acceptance.service === service);
    const part = parts.get(by?.index);
    if (part === undefined) parts.set(by?.index, [service]);
    else part.push(service);
  }
  return [...parts]
    .filter(([, services]) => services.length > 0)
    .map(([acceptedBy, services]) => (acceptedBy === undefined ? { services } : { services, acceptedBy }));
}

/** The acceptance that covers a finding on one subject and service today, by its index; for rules that need runs. */
export function acceptedBy(
  rule: string,
  { subject, service }: { readonly subject: string; readonly service: string },
  architecture: Architecture,
  today: string,
): number | undefined {
  return holdingAcceptances(architecture, today).find(
    ({ acceptance, names }) =>
      acceptance.rule === rule && names.has(subject) && (acceptance.service ?? service) === service,
  )?.index;
}
