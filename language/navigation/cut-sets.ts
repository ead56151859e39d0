import { type Analysis, type MinimalCutSets, serviceFaults } from '../core/analysis/index.ts';
import { countWords } from '../core/diagram/index.ts';

/** What a lens may cost: a line above a service is no reason to wait. */
const MAX_NODES = 100_000;
const DEADLINE_MS = 150;

/** How many minimal cut sets a service has; kept as long as the analysis, and so as long as the model, is the same. */
export class CutSetWords {
  private readonly kept = new WeakMap<Analysis, Map<string, string>>();

  of(analysis: Analysis, service: string): string {
    const known = this.kept.get(analysis) ?? new Map<string, string>();
    this.kept.set(analysis, known);
    const title = known.get(service) ?? cutSetWords(countCutSets(analysis, service));
    known.set(service, title);
    return title;
  }
}

function countCutSets(analysis: Analysis, service: string): MinimalCutSets {
  const deadline = performance.now() + DEADLINE_MS;
  const shouldStop = (): boolean => performance.now() > deadline;
  return serviceFaults(analysis, service, { maxNodes: MAX_NODES, maxSets: 0, shouldStop }).minimalCutSets;
}

/** "3 minimal cut sets, smallest order 1"; where not all are counted, what is known of them. */
export function cutSetWords({ byOrder, total, complete, completeToOrder }: MinimalCutSets): string {
  const smallest = byOrder.findIndex((count) => count > 0n) + 1;
  if (smallest === 0) return complete ? 'No minimal cut set' : `No minimal cut set up to order ${completeToOrder}`;
  const number = countWords(Number(total));
  const sets = total === 1n ? 'minimal cut set' : 'minimal cut sets';
  return complete
    ? `${number} ${sets}, smallest order ${smallest}`
    : `${number} ${sets} up to order ${completeToOrder}, smallest order ${smallest}`;
}
