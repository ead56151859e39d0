import { type Acceptance, type Architecture, componentsOf } from '../model/index.ts';
import type { Observation } from './rule.ts';

/** An acceptance of the architecture, with all the names that it covers. */
export interface Covering {
  /** Its place among the architecture's acceptances. */
  readonly index: number;
  readonly acceptance: Acceptance;
  readonly names: ReadonlySet<string>;
}

export const coverings = (architecture: Architecture): Covering[] =>
  architecture.acceptances.map((acceptance, index) => ({
    index,
    acceptance,
    names: new Set([acceptance.on, ...componentsOf(architecture, acceptance.on)]),
  }));

/** Whether its day has passed on `today` (`YYYY-MM-DD`); `until` is the last day on which it holds. */
export const hasExpired = ({ until }: Acceptance, today: string): boolean =>
  // Dates of this form compare as text.
  until !== undefined && until < today;

/** Whether an acceptance means an observation, at least for one of its services, on whatever day. */
export function covers({ acceptance, names }: Covering, rule: string, { about, services }: Observation): boolean {
  if (acceptance.rule !== rule || !about.some((name) => names.has(name))) return false;
  return acceptance.service === undefined || services.includes(acceptance.service);
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
  const covering = acceptances.filter((acceptance) => covers(acceptance, rule, observation));
  if (observation.services.length === 0) {
    const [first] = covering;
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
