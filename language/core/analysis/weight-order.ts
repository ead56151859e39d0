import type { Module } from './modules.ts';

/** Inputs read for all variables together: some ten milliseconds. */
const MOST_STEPS = 500_000;

/**
 * A variable order by dynamic weights (Minato, Ishiura, Yajima 1990): the top weighs one, each gate shares its weight
 * among its inputs, and the heaviest variable comes next and is taken out of the tree. In a large module several come
 * at a time.
 */
export function weightOrder(module: Module): number[] {
  const gates = module.parts.flatMap((part) => [...part.gates]);
  const inputsOf = (gate: number) => module.gates.get(gate)?.inputs ?? [];
  const variables = new Set(gates.flatMap(inputsOf).filter((name) => !module.gates.has(name)));
  const steps = gates.reduce((total, gate) => total + inputsOf(gate).length, 1);
  const atOnce = Math.max(1, Math.ceil((variables.size * steps) / MOST_STEPS));
  const gone = new Set<number>();
  const order: number[] = [];
  while (variables.size > 0) {
    const left = new Map<number, number>();
    for (const gate of gates) {
      const alive = inputsOf(gate).reduce((count, input) => (gone.has(input) ? count : count + 1), 0);
      left.set(gate, alive);
      if (alive === 0) gone.add(gate);
    }
    const weights = new Map<number, number>([[module.top, 1]]);
    for (let at = gates.length - 1; at >= 0; at--) {
      const gate = gates[at] as number;
      const share = (weights.get(gate) ?? 0) / (left.get(gate) as number);
      if (gone.has(gate)) continue;
      for (const input of inputsOf(gate)) if (!gone.has(input)) weights.set(input, (weights.get(input) ?? 0) + share);
    }
    for (const name of heaviest(variables, weights, atOnce)) {
      order.push(name);
      gone.add(name);
      variables.delete(name);
    }
  }
  return order;
}

function heaviest(variables: ReadonlySet<number>, weights: ReadonlyMap<number, number>, count: number): number[] {
  const weight = (name: number) => weights.get(name) ?? 0;
  if (count > 1) return [...variables].sort((a, b) => weight(b) - weight(a)).slice(0, count);
  let best: number | undefined;
  for (const name of variables) if (best === undefined || weight(name) > weight(best)) best = name;
  return best === undefined ? [] : [best];
}
