import type { DiagramNode } from '../../../language/core/diagram/index.ts';
import type { Losses } from '../../../language/protocol/faults.ts';
import type { Fate, FateMark, Fates } from '../../picture/index.ts';

/**
 * What is seen of it: what was failed at once, and what falls with it as soon as that is known. A box of what is folded
 * says how much in it is down.
 */
export function fatesOf(
  failed: readonly string[],
  losses: Losses | undefined,
  nodes: readonly DiagramNode[] = [],
): Fates {
  const fates = new Map<string, FateMark>();
  const mark = (name: string, fate: Fate): void => void fates.set(name, { fate });
  if (failed.length > 0) {
    for (const name of losses?.components ?? []) mark(name, 'lost');
    for (const name of losses?.services ?? []) mark(name, 'serviceLost');
  }
  for (const name of failed) mark(name, 'failed');
  for (const node of nodes) {
    if (node.kind !== 'folded') continue;
    const { components, operator } = node;
    const down = components.filter((name) => fates.has(name)).length;
    if (operator !== undefined && failed.includes(`operator:${operator}`)) fates.set(node.id, { fate: 'failed' });
    else if (down > 0) fates.set(node.id, { fate: 'lost', words: `${down} of ${components.length} down` });
  }
  return fates;
}
