import { type FailureTree, type Gate, gateOf, isCircle } from './failure-tree.ts';
import { propagated } from './propagate-events.ts';

/**
 * The same tree with fewer gates, so that modules show and diagrams stay small (Rauzy 2001, "Mathematical foundations
 * of minimal cutsets"; Niemelä 1997): an `or` in an `or`, or an `and` in an `and`, that nothing else uses goes up into
 * it; gates that say the same are one; an event is said once on each way down to it.
 */
export function simplified(tree: FailureTree): FailureTree {
  let current = tree;
  for (;;) {
    const next = propagated(once(current));
    if (sizeOf(next) === sizeOf(current)) return next;
    current = next;
  }
}

const sizeOf = ({ gates }: FailureTree): number =>
  [...gates.values()].reduce((sum, { inputs }) => sum + inputs.length, gates.size);

function once(tree: FailureTree): FailureTree {
  const users = countUsers(tree);
  const gates = new Map<number, Gate>();
  const parts: (readonly number[])[] = [];
  const same = new Map<number, number>();
  // By a number that gates that say the same have in common.
  const byMeaning = new Map<number, readonly number[]>();
  const cyclic = new Set(tree.parts.filter((part) => isCircle(tree, part)).flat());
  for (const part of tree.parts) {
    const left = part.filter(reduce);
    if (left.length > 0) parts.push(left);
  }
  const top = tree.top === undefined ? undefined : (same.get(tree.top) ?? tree.top);
  return reachable({ ...tree, top, parts, gates });

  function reduce(name: number): boolean {
    const { count, inputs } = tree.gates.get(name) as Gate;
    const kind = count === 1 ? 'or' : count === inputs.length ? 'and' : 'k of';
    const gate = kind === 'k of' ? { count, inputs: inputs.map(resolved) } : spliced(kind, inputs);
    const [only] = gate.inputs;
    if (cyclic.has(name)) {
      gates.set(name, gate);
      return true;
    }
    if (gate.inputs.length === 1 && only !== undefined) {
      same.set(name, only);
      return false;
    }
    const alike = byMeaning.get(mixed(gate)) ?? [];
    const twin = alike.find((other) => sameGate(gate, gates.get(other) as Gate));
    if (twin !== undefined) {
      same.set(name, twin);
      return false;
    }
    byMeaning.set(mixed(gate), [...alike, name]);
    gates.set(name, gate);
    return true;
  }

  function resolved(input: number): number {
    return same.get(input) ?? input;
  }

  function spliced(kind: 'or' | 'and', inputs: readonly number[]): Gate {
    const flat = inputs.flatMap((input) => {
      const to = resolved(input);
      const inner = gates.get(to);
      if (inner === undefined || cyclic.has(to) || to === tree.top) return [to];
      const alike = kind === 'or' ? inner.count === 1 : inner.count === inner.inputs.length;
      return alike && users.get(input) === 1 && to === input ? inner.inputs : [to];
    });
    return gateOf(kind === 'or' ? 1 : flat.length, flat);
  }
}

const mixed = ({ count, inputs }: Gate): number => inputs.reduce((sum, input) => sum + input * input, count);

function sameGate(a: Gate, b: Gate): boolean {
  if (a.count !== b.count || a.inputs.length !== b.inputs.length) return false;
  const sorted = b.inputs.toSorted((x, y) => x - y);
  return a.inputs.toSorted((x, y) => x - y).every((input, at) => input === sorted[at]);
}

/** By node: how many gates read it, each as often as it does. */
export function countUsers(tree: FailureTree): Map<number, number> {
  const users = new Map<number, number>();
  for (const { inputs } of tree.gates.values()) {
    for (const input of inputs) users.set(input, (users.get(input) ?? 0) + 1);
  }
  return users;
}

/** Without the gates that the top does not ask any more. */
function reachable(tree: FailureTree): FailureTree {
  const met = new Set<number>();
  const open = tree.top === undefined ? [] : [tree.top];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const gate = tree.gates.get(name);
    if (gate === undefined || met.has(name)) continue;
    met.add(name);
    open.push(...gate.inputs);
  }
  const parts = tree.parts.map((part) => part.filter((name) => met.has(name))).filter((part) => part.length > 0);
  return { ...tree, parts, gates: new Map([...tree.gates].filter(([name]) => met.has(name))) };
}
