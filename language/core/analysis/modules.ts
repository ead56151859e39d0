import { type FailureTree, type Gate, isCircle } from './failure-tree.ts';
import { independentGroups } from './independent-groups.ts';

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
  const partOf = new Map<number, number>();
  for (const [at, gates] of grouped.parts.entries()) for (const gate of gates) partOf.set(gate, at);
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
  const partOf = new Map<number, number>();
  for (const [at, part] of tree.parts.entries()) for (const gate of part) partOf.set(gate, at);
  // The units of the walk: parts, and after them basic events.
  const unitOf = (name: number) => (name < tree.events ? tree.parts.length + name : (partOf.get(name) as number));
  const units = tree.parts.length + tree.events;
  // By unit; 0 where it has not been met.
  const first = new Int32Array(units);
  const last = new Int32Array(units);
  // By unit: the dates of all below it.
  const earliest = new Int32Array(units).fill(NEVER);
  const latest = new Int32Array(units);
  const entries = entryGates(tree, partOf);
  const tops: number[] = [];
  const path: Visit[] = [];
  const left: [Visit, number][] = [];
  let date = 0;
  meet(unitOf(tree.top as number));
  for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
    const below = here.below[here.next++];
    if (below === undefined) left.push([path.pop() as Visit, ++date]);
    else meet(below);
  }
  for (const [{ unit, below }, leaving] of left) {
    let low = NEVER;
    let high = 0;
    for (const other of below) {
      low = Math.min(low, first[other] as number, earliest[other] as number);
      high = Math.max(high, last[other] as number, latest[other] as number);
    }
    earliest[unit] = low;
    latest[unit] = high;
    const [entry, ...more] = entries[unit] ?? [];
    const apart = low > (first[unit] as number) && high < leaving;
    if (entry !== undefined && more.length === 0 && apart) tops.push(entry);
  }
  return tops;

  function meet(unit: number): void {
    last[unit] = ++date;
    if (first[unit] !== 0) return;
    first[unit] = date;
    // An event has nothing below it, and nobody asks when it is left.
    const part = tree.parts[unit];
    if (part !== undefined) path.push({ unit, below: belowPart(part, unit), next: 0 });
  }

  function belowPart(part: readonly number[], unit: number): number[] {
    const below: number[] = [];
    for (const gate of part) {
      for (const input of (tree.gates.get(gate) as Gate).inputs) {
        const other = unitOf(input);
        if (other !== unit) below.push(other);
      }
    }
    return below;
  }
}

const NEVER = 0x7fffffff;

/** By part: the gates that something outside of it reads, the top of the tree among them. */
function entryGates(tree: FailureTree, partOf: ReadonlyMap<number, number>): number[][] {
  const entries: number[][] = tree.parts.map(() => []);
  enter(tree.top as number, -1);
  for (const [at, part] of tree.parts.entries()) {
    for (const gate of part) for (const input of (tree.gates.get(gate) as Gate).inputs) enter(input, at);
  }
  return entries;

  function enter(gate: number, from: number): void {
    const at = partOf.get(gate);
    if (at === undefined || at === from) return;
    const known = entries[at] as number[];
    if (!known.includes(gate)) known.push(gate);
  }
}
