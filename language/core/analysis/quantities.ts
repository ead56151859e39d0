import type { Component } from '../model/index.ts';
import { nodesBelow } from './cut-set-family.ts';
import type { TopEvent } from './top-event.ts';

/**
 * Unavailability of one component in the long run, `q = MTTR / (MTTF + MTTR)`; the mean of a `restarts over T` is T/2.
 * Undefined where the text does not give both times: without `restarts` there is no mean time to repair.
 */
export function unavailabilityOf(component: Component): number | undefined {
  const { mttfSeconds, restart } = component;
  if (mttfSeconds === undefined || restart === undefined) return undefined;
  const mttrSeconds = restart.distribution === 'uniform' ? restart.seconds / 2 : restart.seconds;
  return mttrSeconds / (mttfSeconds + mttrSeconds);
}

/** Probability of the top event, alone and with one event decided. */
export interface Probabilities {
  readonly top: number;
  /** By event: if it has happened for certain, if it never happens, and by how much the two differ. */
  readonly given: (event: number) => { readonly happened: number; readonly never: number; readonly difference: number };
}

/**
 * Exact probabilities of a service's loss, never the rare-event sum: `singles` are the cut sets of order 1, the others
 * are in `rest`. Events are independent, `q` gives each its probability.
 */
export function probabilities(singles: readonly number[], rest: TopEvent, q: (event: number) => number): Probabilities {
  const others = restProbabilities(rest, q);
  // either[n]: one of the first n singles has happened; after[n]: one of those from the n-th on, or the rest.
  const before = [0];
  for (const event of singles) before.push(either(before.at(-1) as number, q(event)));
  const after = [others.top];
  for (const event of singles.toReversed()) after.unshift(either(after[0] as number, q(event)));
  const anySingle = before.at(-1) as number;
  const positions = new Map(singles.map((event, at) => [event, at]));
  return {
    top: after[0] as number,
    given: (event) => {
      const at = positions.get(event);
      if (at === undefined) {
        const { happened, never, difference } = others.given(event);
        return {
          happened: either(anySingle, happened),
          never: either(anySingle, never),
          difference: difference * (1 - anySingle),
        };
      }
      const never = either(before[at] as number, after[at + 1] as number);
      return { happened: 1, never, difference: 1 - never };
    },
  };
}

/** Of two independent events, one or both. Sums what is small and subtracts nothing large from it. */
const either = (a: number, b: number): number => a + b * (1 - a);

function restProbabilities({ diagram, order, top }: TopEvent, q: (event: number) => number): Probabilities {
  const nodes = nodesBelow(diagram, top);
  const byLevel = order.map(q);
  const probability = new Float64Array(top + 1);
  const value = upwards(byLevel);

  // Downwards: the probability of coming by a node, and with it what hangs on its variable (Dutuit, Rauzy 2001).
  const coming = new Float64Array(top + 1);
  const difference = new Float64Array(order.length);
  coming[top] = 1;
  for (const node of nodes.toReversed()) {
    const level = diagram.level(node);
    const [high, low] = [diagram.high(node), diagram.low(node)];
    const here = coming[node] as number;
    const happens = byLevel[level] as number;
    difference[level] = (difference[level] as number) + here * (probabilityAt(high) - probabilityAt(low));
    coming[high] = (coming[high] as number) + here * happens;
    coming[low] = (coming[low] as number) + here * (1 - happens);
  }

  const levelOf = new Map(order.map((event, level) => [event, level]));
  return {
    top: value,
    given: (event) => {
      const level = levelOf.get(event);
      if (level === undefined) return { happened: value, never: value, difference: 0 };
      const slope = difference[level] as number;
      const happens = byLevel[level] as number;
      const never = value - happens * slope;
      // Where the event is in nearly every cut set the two terms cancel, and only a second way up gives the rest.
      const exact = never < 1e-4 * value ? upwards(byLevel.with(level, 0)) : never;
      return { happened: Math.min(value + (1 - happens) * slope, 1), never: exact, difference: slope };
    },
  };

  function upwards(happens: readonly number[]): number {
    probability[1] = 1;
    for (const node of nodes) {
      const p = happens[diagram.level(node)] as number;
      probability[node] = p * probabilityAt(diagram.high(node)) + (1 - p) * probabilityAt(diagram.low(node));
    }
    return probabilityAt(top);
  }

  function probabilityAt(node: number): number {
    return node <= 1 ? node : (probability[node] as number);
  }
}
