import { circles } from './circles.ts';
import { type Formula, gate, leaves, NEVER, substitute, TooLarge } from './formula.ts';

/** One gate of a fault tree without circles: the failure of `element`, or of what of it is known after some rounds. */
export interface Gate {
  readonly name: string;
  readonly element: string;
  /** Of an element in a circle of needs, before the last round: in which round, of how many. */
  readonly round?: { readonly number: number; readonly of: number };
  /** Of a gate that only helps another: which of its helpers. */
  readonly part?: number;
  readonly formula: Formula;
}

export interface AcyclicGates {
  /** By name; each stands after the gates that it depends on. */
  readonly gates: ReadonlyMap<string, Gate>;
  /** The failure of each element that was asked for or is needed: a gate, one event, or `never`. */
  readonly failureOf: ReadonlyMap<string, Formula>;
}

/** As many operands in all as make a file of some 50 megabytes. */
export const MOST_OPERANDS = 1_000_000;

/**
 * The least solution of equations of failure as gates that no longer depend on one another in circles.
 *
 * In each circle of needs a few elements are chosen that every way round passes, say m of them. At first none of those
 * has failed; then the circle's equations are read through m times, each time with what the time before has found. A
 * round that finds nothing new is the solution, and each before it finds at least one of the m, so m rounds are enough
 * whatever events have happened (Kleene's iteration; Bekić for taking only the m). `nameOf` names the gates.
 */
export function acyclicGates(
  equations: ReadonlyMap<string, Formula>,
  roots: readonly string[],
  nameOf: (element: string, round: number | undefined) => string,
): AcyclicGates {
  const gates = new Map<string, Gate>();
  const failureOf = new Map<string, Formula>();
  let operands = 0;

  for (const { inOrder, everyWayRound } of circles(equations, roots)) {
    const rounds = everyWayRound.size;
    let before = new Map([...everyWayRound].map((element) => [element, NEVER]));
    for (let round = 1; round <= rounds; round++) {
      const found = new Map(before);
      const now = readThrough(inOrder, before, (element) =>
        everyWayRound.has(element) && round === rounds ? undefined : { number: round, of: rounds },
      );
      for (const element of everyWayRound) found.set(element, now.get(element) ?? NEVER);
      before = found;
    }
    for (const [element, value] of readThrough(
      inOrder.filter((element) => !everyWayRound.has(element)),
      before,
      () => undefined,
    )) {
      failureOf.set(element, value);
    }
    for (const [element, value] of before) failureOf.set(element, value);
  }
  return { gates: onlyUsed(gates, failureOf, roots), failureOf };

  /** The elements of one circle, once through: `given` says what is known of those that every way round passes. */
  function readThrough(
    elements: readonly string[],
    given: ReadonlyMap<string, Formula>,
    roundOf: (element: string) => Gate['round'],
  ): Map<string, Formula> {
    const now = new Map<string, Formula>();
    for (const element of elements) {
      const known = (name: string): Formula => given.get(name) ?? now.get(name) ?? failureOf.get(name) ?? NEVER;
      now.set(element, define(element, roundOf(element), substitute(equations.get(element) ?? NEVER, known)));
    }
    return now;
  }

  /** What is one event or one gate needs no gate of its own. */
  function define(element: string, round: Gate['round'], formula: Formula): Formula {
    if (!('operands' in formula)) return formula;
    operands += leaves(formula).length;
    if (operands > MOST_OPERANDS) throw new TooLarge();
    const name = nameOf(element, round?.number);
    gates.set(name, { name, element, ...(round && { round }), formula });
    return gate(name);
  }
}

function onlyUsed(
  gates: ReadonlyMap<string, Gate>,
  failureOf: ReadonlyMap<string, Formula>,
  roots: readonly string[],
): Map<string, Gate> {
  const used = new Set<string>();
  const open = roots.flatMap((root) => leaves(failureOf.get(root) ?? NEVER));
  for (let leaf = open.pop(); leaf !== undefined; leaf = open.pop()) {
    const found = leaf.kind === 'gate' && !used.has(leaf.name) ? gates.get(leaf.name) : undefined;
    if (found === undefined) continue;
    used.add(found.name);
    open.push(...leaves(found.formula));
  }
  return new Map([...gates].filter(([name]) => used.has(name)));
}
