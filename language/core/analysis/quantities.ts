import type { Component } from '../model/index.ts';
import { solutionsBelow } from './cut-set-counts.ts';
import type { Diagram } from './diagram.ts';
import type { Solution } from './solve-tree.ts';

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
  readonly given: (event: number) => Given;
}

interface Given {
  readonly happened: number;
  readonly never: number;
  readonly difference: number;
}

/**
 * Exact probabilities of a service's loss, never the rare-event sum: `singles` are the cut sets of order 1, the others
 * are in `rest`. Events are independent, `q` gives each its probability.
 */
export function probabilities(
  singles: readonly number[],
  rest: Solution | undefined,
  q: (event: number) => number,
  tick: () => void,
): Probabilities {
  const others = restProbabilities(rest, q, tick);
  // before[n]: one of the first n singles has happened; after[n]: one of those from the n-th on, or the rest.
  const before = [0];
  for (const event of singles) before.push(either(before.at(-1) as number, q(event)));
  const after = [others.top];
  for (const event of singles.toReversed()) after.push(either(after.at(-1) as number, q(event)));
  after.reverse();
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

/** One module in numbers: its probability as a function of that of one of its variables is a straight line. */
interface Measured {
  readonly value: number;
  /** By level: the probability if the variable never happens, and how much its happening adds. */
  readonly lines: () => { readonly never: Float64Array; readonly slope: Float64Array };
  /** The module that it is a variable of, and at which level. */
  outside?: { readonly module: Measured; readonly level: number };
}

function restProbabilities(top: Solution | undefined, q: (event: number) => number, tick: () => void): Probabilities {
  const measured = new Map<Solution, Measured>();
  const places = new Map<number, { readonly module: Measured; readonly level: number }>();
  for (const solution of top === undefined ? [] : solutionsBelow(top, ({ loss }) => loss)) {
    if (solution.loss === undefined) continue;
    const { diagram, variables } = solution.loss;
    const happens = Float64Array.from(variables, (variable) =>
      typeof variable === 'number' ? q(variable) : (measured.get(variable)?.value ?? 0),
    );
    const module = measure(diagram, happens, tick);
    measured.set(solution, module);
    for (const [level, variable] of variables.entries()) {
      if (typeof variable === 'number') places.set(variable, { module, level });
      else (measured.get(variable) as Measured).outside = { module, level };
    }
  }
  const value = top === undefined ? 0 : (measured.get(top)?.value ?? 0);
  return {
    top: value,
    given: (event) => {
      const place = places.get(event);
      if (place === undefined) return { happened: value, never: value, difference: 0 };
      let [happened, never, difference] = [1, 0, 1];
      for (let at: typeof place | undefined = place; at !== undefined; at = at.module.outside) {
        const lines = at.module.lines();
        const base = lines.never[at.level] as number;
        const slope = lines.slope[at.level] as number;
        happened = Math.min(base + slope * happened, 1);
        never = base + slope * never;
        difference *= slope;
      }
      return { happened, never, difference };
    },
  };
}

function measure(diagram: Diagram, happens: Float64Array, tick: () => void): Measured {
  const { root, size, levels, highs, lows } = diagram;
  const probability = new Float64Array(size);
  let known: ReturnType<Measured['lines']> | undefined;
  return { value: upwards(), lines: () => (known ??= linesOf()) };

  function upwards(): number {
    probability[1] = 1;
    for (let node = 2; node < size; node++) {
      tick();
      const p = happens[levels[node] as number] as number;
      probability[node] =
        p * (probability[highs[node] as number] as number) + (1 - p) * (probability[lows[node] as number] as number);
    }
    return probability[root] as number;
  }

  /** Downwards: the probability of coming by a node, and with it what hangs on its variable (Dutuit, Rauzy 2001). */
  function linesOf(): ReturnType<Measured['lines']> {
    const value = upwards();
    const slope = new Float64Array(happens.length);
    const coming = new Float64Array(size);
    coming[root] = 1;
    for (let node = size - 1; node > 1; node--) {
      tick();
      const here = coming[node] as number;
      if (here === 0) continue;
      const level = levels[node] as number;
      const [high, low] = [highs[node] as number, lows[node] as number];
      const p = happens[level] as number;
      slope[level] = (slope[level] as number) + here * ((probability[high] as number) - (probability[low] as number));
      coming[high] = (coming[high] as number) + here * p;
      coming[low] = (coming[low] as number) + here * (1 - p);
    }
    const never = slope.map((steep, level) => value - (happens[level] as number) * steep);
    for (const [level, rest] of never.entries()) {
      // Where the variable is in nearly every cut set the two terms cancel, and only a second way up gives the rest.
      if (rest >= 1e-4 * value) continue;
      const kept = happens[level] as number;
      happens[level] = 0;
      never[level] = upwards();
      happens[level] = kept;
    }
    return { never, slope };
  }
}
