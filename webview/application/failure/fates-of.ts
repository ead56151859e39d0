import type { Losses } from '../../../language/protocol/faults.ts';
import type { Fate, Fates } from '../../picture/index.ts';

/** What is seen of it: what was failed at once, and what falls with it as soon as that is known. */
export function fatesOf(failed: readonly string[], losses: Losses | undefined): Fates {
  const fates = new Map<string, Fate>();
  if (failed.length > 0) {
    for (const name of losses?.components ?? []) fates.set(name, 'lost');
    for (const name of losses?.services ?? []) fates.set(name, 'serviceLost');
  }
  for (const name of failed) fates.set(name, 'failed');
  return fates;
}
