import type { FailureTree, Gate } from './failure-tree.ts';
import { independentGroups } from './independent-groups.ts';
import { isCircle } from './simplify-tree.ts';

/**
 * A part of a tree that shares nothing with the rest but its top, so that it can be solved apart and stand for one
 * event in what is around it.
 */
export interface Module {
  readonly top: number;
  /** The gates inside, those of smaller modules left out; every gate after its inputs, circles together. */
  readonly parts: readonly Part[];
  readonly gates: ReadonlyMap<number, Gate>;
}

/** Gates that depend on one another in a circle, or one gate. */
export interface Part {
  readonly gates: readonly number[];
  readonly circle: boolean;
}

/** All modules of a tree, each after those inside it; the last is the whole (Dutuit, Rauzy 1996). */
export function modulesOf(tree: FailureTree): Module[] {
  if (tree.top === undefined) return [];
  const grouped = independentGroups(tree, moduleTops(tree));
  const tops = moduleTops(grouped);
  const inside = new Set(tops);
  const parts = grouped.parts.map((gates): Part => ({ gates, circle: isCircle(grouped, gates) }));
  const partOf = new Map(grouped.parts.flatMap((gates, at) => gates.map((gate) => [gate, at] as const)));
  return tops.map(contents);

  function contents(top: number): Module {
    const gates = new Map<number, Gate>();
    const met = new Set<number>();
    const open = [top];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      const gate = grouped.gates.get(name);
      if (gate === undefined || gates.has(name)) continue;
      gates.set(name, gate);
      met.add(partOf.get(name) as number);
      for (const input of gate.inputs) if (!inside.has(input)) open.push(input);
    }
    return { top, parts: [...met].sort((a, b) => a - b).map((at) => parts[at] as Part), gates };
  }
}

interface Visit {
  readonly unit: number;
  readonly below: readonly number[];
  next: number;
}

/**
 * The gates that are tops of modules, each after those below it, in linear time: a walk dates when each node is met
 * first, met last, and left. All below the top of a module is met only between the top's first date and its leaving.
 * A circle of gates is walked through as one node.
 */
function moduleTops(tree: FailureTree): number[] {
  const partOf = new Map(tree.parts.flatMap((part, at) => part.map((gate) => [gate, at] as const)));
  // The units of the walk: parts, and after them basic events.
  const unitOf = (name: number) => partOf.get(name) ?? tree.parts.length + name;
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  const left: [Visit, number][] = [];
  const path: Visit[] = [];
  let date = 0;
  enter(unitOf(tree.top as number));
  for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
    const below = here.below[here.next++];
    if (below === undefined) left.push([path.pop() as Visit, ++date]);
    else if (first.has(below)) last.set(below, ++date);
    else enter(below);
  }

  const earliest = new Map<number, number>();
  const latest = new Map<number, number>();
  const entries = entryGates(tree, partOf);
  const tops: number[] = [];
  for (const [{ unit, below }, leaving] of left) {
    let low = Number.POSITIVE_INFINITY;
    let high = 0;
    for (const other of below) {
      low = Math.min(low, first.get(other) as number, earliest.get(other) as number);
      high = Math.max(high, last.get(other) as number, latest.get(other) as number);
    }
    earliest.set(unit, low);
    latest.set(unit, high);
    const [entry, ...more] = entries[unit] ?? [];
    const apart = low > (first.get(unit) as number) && high < leaving;
    if (entry !== undefined && more.length === 0 && apart) tops.push(entry);
  }
  return tops;

  function enter(unit: number): void {
    const part = tree.parts[unit] ?? [];
    const inputs = part.flatMap((gate) => (tree.gates.get(gate) as Gate).inputs.map(unitOf));
    first.set(unit, ++date);
    last.set(unit, date);
    path.push({ unit, below: inputs.filter((input) => input !== unit), next: 0 });
  }
}

/** By part: the gates that something outside of it reads, the top of the tree among them. */
function entryGates(tree: FailureTree, partOf: ReadonlyMap<number, number>): number[][] {
  const entries = tree.parts.map(() => new Set<number>());
  const enter = (gate: number) => entries[partOf.get(gate) ?? -1]?.add(gate);
  enter(tree.top as number);
  for (const [at, part] of tree.parts.entries()) {
    for (const gate of part) {
      for (const input of (tree.gates.get(gate) as Gate).inputs) if (partOf.get(input) !== at) enter(input);
    }
  }
  return entries.map((gates) => [...gates]);
}
