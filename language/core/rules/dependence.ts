import { type Chain, chainText, stepsOf } from '../analysis/index.ts';
import type { RelatedPlace } from './finding.ts';
import { agree, listed } from './words.ts';

/** More places than these are a list to read, not a pointer to follow. */
export const RELATED_AT_MOST = 12;

export const NO_CHAIN: Chain = { steps: [], length: 0 };

/** `Calling needs SuperNode`, or with the path where it is not said in one place of the text. */
export function dependence(name: string, services: readonly string[], chains: readonly Chain[]): string {
  const indirect = chains.find(
    ({ steps, choice }) => choice !== undefined || steps.length > 1 || steps.some(({ owner, from }) => owner !== from),
  );
  if (indirect === undefined) return `${listed(services)} ${agree(services, 'needs', 'need')} ${name}`;
  return `${listed(services)} ${agree(services, 'depends', 'depend')} on ${name} (${chainText(indirect)})`;
}

/** The needs that chains go along, the first ones. */
export function needsOn(chains: readonly Chain[]): RelatedPlace[] {
  // Services share the lower parts of their chains: each place once.
  const places = new Map<string, RelatedPlace>();
  for (const { owner, to, place } of chains.flatMap(stepsOf)) {
    places.set(JSON.stringify(place), { place, message: `${owner} needs ${to}` });
    if (places.size === RELATED_AT_MOST) break;
  }
  return [...places.values()];
}
