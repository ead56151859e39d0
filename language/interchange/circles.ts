import { type Formula, leaves } from './formula.ts';

/** Elements that depend on one another in a circle; most often one element alone, which is none. */
export interface Circle {
  /** Each after those that it depends on, but for those of `everyWayRound`. */
  readonly inOrder: readonly string[];
  /** Every way round passes one of them; empty where there is no circle. */
  readonly everyWayRound: ReadonlySet<string>;
}

/**
 * The strongly connected parts of equations, each after those that it depends on, as far as `roots` need them
 * (Tarjan 1972; iterative, for a chain of needs may be longer than the stack is deep). What a walk, depth first, comes
 * back to while it is still below it is what every way round passes: without such a step there is no way round.
 */
export function circles(equations: ReadonlyMap<string, Formula>, roots: readonly string[]): Circle[] {
  const result: Circle[] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const waiting: string[] = [];
  const closed = new Set<string>();
  const left: string[] = [];
  const everyWayRound = new Set<string>();
  const path: { readonly element: string; readonly inputs: readonly string[]; next: number }[] = [];
  const onPath = new Set<string>();

  for (const root of roots) {
    if (equations.has(root) && !index.has(root)) enter(root);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const { element, inputs } = step;
      const input = inputs[step.next++];
      if (input === undefined) leave(element);
      else if (!index.has(input)) enter(input);
      else if (!closed.has(input)) {
        if (onPath.has(input)) everyWayRound.add(input);
        lower(element, index.get(input) as number);
      }
    }
  }
  return result;

  function enter(element: string): void {
    index.set(element, index.size);
    low.set(element, index.get(element) as number);
    waiting.push(element);
    onPath.add(element);
    const names = leaves(equations.get(element) as Formula).filter(({ kind }) => kind === 'gate');
    path.push({
      element,
      inputs: [...new Set(names.map(({ name }) => name))].filter((name) => equations.has(name)),
      next: 0,
    });
  }

  function leave(element: string): void {
    path.pop();
    onPath.delete(element);
    left.push(element);
    const parent = path.at(-1);
    if (parent !== undefined) lower(parent.element, low.get(element) as number);
    if (low.get(element) !== index.get(element)) return;
    const members = new Set(waiting.splice(waiting.lastIndexOf(element)));
    for (const member of members) closed.add(member);
    // All that was left since this part was entered belongs to it: parts below it were taken out when they closed.
    const inOrder = left.splice(left.length - members.size);
    result.push({ inOrder, everyWayRound: new Set(inOrder.filter((member) => everyWayRound.has(member))) });
  }

  function lower(element: string, to: number): void {
    low.set(element, Math.min(low.get(element) as number, to));
  }
}
