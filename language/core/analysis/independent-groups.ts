import { type FailureTree, type Gate, isCircle } from './failure-tree.ts';
import { countUsers } from './simplify-tree.ts';

/**
 * The same tree with gates added so that it has more modules. Inputs of an `and` or `or` that share nothing with the
 * rest of the tree become one gate of the same kind: what only this gate reads, anywhere; and at the top of a module,
 * groups of inputs that share nothing with one another. New gates have numbers of their own.
 */
export function independentGroups(tree: FailureTree, moduleTops: readonly number[]): FailureTree {
  const modules = new Set(moduleTops);
  const users = countUsers(tree);
  const circles = new Set(tree.parts.filter((part) => isCircle(tree, part)).flat());
  const gates = new Map(tree.gates);
  let name = [...gates.keys()].reduce((most, gate) => Math.max(most, gate), tree.events);
  const parts = tree.parts.flatMap((part) => {
    const made: number[] = [];
    for (const gate of part) regroup(gate, made);
    return [...made.map((gate) => [gate]), part];
  });
  return { ...tree, gates, parts };

  function regroup(top: number, made: number[]): void {
    const gate = gates.get(top) as Gate;
    const kind = gate.count === 1 ? 'or' : gate.count === gate.inputs.length ? 'and' : 'k of';
    if (kind === 'k of') return;
    const isOwn = (input: number) => users.get(input) === 1 && isVariable(input) && !circles.has(input);
    const own = gate.inputs.filter(isOwn);
    const others = own.length === 0 ? gate.inputs : gate.inputs.filter((input) => !isOwn(input));
    const groups = modules.has(top) && !circles.has(top) ? groupsOf(others) : others.map((input) => [input]);
    if (own.length > 0) groups.push(own);
    if (groups.length < 2 || groups.length === gate.inputs.length) return;
    const inputs = groups.map((group) => {
      if (group.length === 1) return group[0] as number;
      gates.set(++name, { count: kind === 'or' ? 1 : group.length, inputs: group });
      made.push(name);
      return name;
    });
    gates.set(top, { count: kind === 'or' ? 1 : inputs.length, inputs });
  }

  function isVariable(input: number): boolean {
    return input < tree.events || modules.has(input);
  }

  /** Inputs that reach a common node stand in one group. Smaller modules are not gone into: they share nothing. */
  function groupsOf(inputs: readonly number[]): number[][] {
    const parent = inputs.map((_, at) => at);
    const owner = new Map<number, number>();
    for (const [at, input] of inputs.entries()) {
      const open = [input];
      for (let node = open.pop(); node !== undefined; node = open.pop()) {
        const met = owner.get(node);
        if (met !== undefined) {
          parent[find(parent, at)] = find(parent, met);
          continue;
        }
        owner.set(node, at);
        if (!modules.has(node)) open.push(...(gates.get(node)?.inputs ?? []));
      }
    }
    const groups = new Map<number, number[]>();
    for (const [at, input] of inputs.entries()) {
      const root = find(parent, at);
      const group = groups.get(root);
      if (group === undefined) groups.set(root, [input]);
      else group.push(input);
    }
    return [...groups.values()];
  }
}

/** The representative of a group, by halving paths (Tarjan, van Leeuwen 1984). */
function find(parent: number[], of: number): number {
  let at = of;
  for (let up = parent[at] as number; up !== at; up = parent[at] as number) {
    parent[at] = parent[up] as number;
    at = up;
  }
  return at;
}
