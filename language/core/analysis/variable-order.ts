import type { Gate } from './failure-tree.ts';
import { forceOrder } from './force-order.ts';
import type { Module } from './modules.ts';
import { weightOrder } from './weight-order.ts';

/**
 * Ways to order the variables of a module. Diagrams are small where what fails together stands together. None is best
 * for all trees, and which is good for one nobody knows beforehand; so there are several, unlike one another.
 */
export const ORDERS = {
  shared,
  forcedShared: (module) => forceOrder(module, shared(module)),
  forcedText: (module) => forceOrder(module, walk(module)),
  weighted: weightOrder,
  forcedWeighted: (module) => forceOrder(module, weightOrder(module)),
  light: (module) => walk(module, (a, b) => a.weight - b.weight),
  heavy: (module) => walk(module, (a, b) => b.weight - a.weight),
  text: (module) => walk(module),
} as const satisfies Readonly<Record<string, (module: Module) => number[]>>;

/** Into what many gates share first, then into what holds much. */
function shared(module: Module): number[] {
  return walk(module, (a, b) => b.users - a.users || b.weight - a.weight);
}

interface Rank {
  /** Gates of the module that read it. */
  readonly users: number;
  /** Variables below it, each as often as it is met. */
  readonly weight: number;
}

/** The variables as a walk from the top meets them, depth first (Fujita et al. 1988; Bouissou 1996). */
function walk(module: Module, before?: (a: Rank, b: Rank) => number): number[] {
  const rank = before === undefined ? undefined : ranks(module);
  const sorted = ({ inputs }: Gate): readonly number[] =>
    before === undefined || rank === undefined ? inputs : inputs.toSorted((a, b) => before(rank(a), rank(b)));
  const order: number[] = [];
  const met = new Set<number>();
  const open = [module.top];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (met.has(node)) continue;
    met.add(node);
    const gate = module.gates.get(node);
    if (gate === undefined) order.push(node);
    else open.push(...sorted(gate).toReversed());
  }
  return order;
}

function ranks(module: Module): (node: number) => Rank {
  const users = new Map<number, number>();
  const weights = new Map<number, number>();
  for (const part of module.parts) {
    for (const gate of part.gates) {
      let sum = 0;
      for (const input of module.gates.get(gate)?.inputs ?? []) {
        users.set(input, (users.get(input) ?? 0) + 1);
        // A variable counts one, and so does, seen from inside its circle, a gate whose weight is not known yet.
        sum += weights.get(input) ?? 1;
      }
      weights.set(gate, sum);
    }
  }
  return (node) => ({ users: users.get(node) ?? 0, weight: weights.get(node) ?? 1 });
}
