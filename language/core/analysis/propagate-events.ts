import { type FailureTree, type Gate, gateOf, isCircle } from './failure-tree.ts';

/**
 * The same tree without the repetitions of an event that make no difference: below an `and` that has the event itself,
 * it has happened, for otherwise nothing there matters; below an `or` that has it, it has not. A gate that several read is
 * changed by what holds for all of them. The top is the same function of the events, a gate below it need not be. Gates in
 * circles, and what they read, stay as they are.
 */
export function propagated(tree: FailureTree): FailureTree {
  const { top } = tree;
  const numbers = eventNumbers(tree);
  const words = (numbers.size + 31) >> 5;
  if (top === undefined || tree.gates.size * words > MOST_WORDS) return tree;
  const cyclic = new Set(tree.parts.filter((part) => isCircle(tree, part)).flat());
  const known = new Map<number, Known>();
  const decided = new Map<number, Gate>();
  for (const part of tree.parts.toReversed()) for (const name of part.toReversed()) decide(name);
  return folded({ ...tree, gates: decided }, cyclic);

  /** Leaves out of a gate the events that are known where it is read, and tells its inputs what is known there. */
  function decide(name: number): void {
    const gate = tree.gates.get(name) as Gate;
    const here = cyclic.has(name) ? nothingKnown(words) : (known.get(name) ?? nothingKnown(words));
    known.delete(name);
    const inputs = gate.inputs.filter((input) => !isKnown(here, numbers.get(input)));
    const happened = gate.inputs.filter((input) => holds(here.happened, numbers.get(input))).length;
    decided.set(name, { count: gate.count - happened, inputs });
    const below = cyclic.has(name) ? here : withOwn(here, gate);
    for (const input of inputs) if (tree.gates.has(input)) meet(input, below);
  }

  function withOwn({ happened, never }: Known, { count, inputs }: Gate): Known {
    const isAnd = count === inputs.length;
    const below = { happened: happened.slice(), never: never.slice() };
    if (!isAnd && count !== 1) return below;
    for (const input of inputs) {
      const number = numbers.get(input);
      if (number === undefined || holds(happened, number) || holds(never, number)) continue;
      const set = isAnd ? below.happened : below.never;
      set[number >> 5] = (set[number >> 5] as number) | (1 << (number & 31));
    }
    return below;
  }

  function meet(name: number, below: Known): void {
    const before = known.get(name);
    if (before === undefined) {
      known.set(name, { happened: below.happened.slice(), never: below.never.slice() });
      return;
    }
    for (let word = 0; word < words; word++) {
      before.happened[word] = (before.happened[word] as number) & (below.happened[word] as number);
      before.never[word] = (before.never[word] as number) & (below.never[word] as number);
    }
  }
}

/** 80 MB at most, of a tree that no diagram would be made of. */
const MOST_WORDS = 10_000_000;

/** Sets of events by their numbers. */
interface Known {
  readonly happened: Int32Array;
  readonly never: Int32Array;
}

const nothingKnown = (words: number): Known => ({ happened: new Int32Array(words), never: new Int32Array(words) });

const holds = (set: Int32Array, number: number | undefined): boolean =>
  number !== undefined && ((set[number >> 5] as number) & (1 << (number & 31))) !== 0;

const isKnown = ({ happened, never }: Known, number: number | undefined): boolean =>
  holds(happened, number) || holds(never, number);

function eventNumbers({ gates }: FailureTree): Map<number, number> {
  const numbers = new Map<number, number>();
  for (const { inputs } of gates.values()) {
    for (const input of inputs) if (!gates.has(input) && !numbers.has(input)) numbers.set(input, numbers.size);
  }
  return numbers;
}

/** Without the gates that are decided: that always fail or never do, or fail when one other does. */
function folded(tree: FailureTree, cyclic: ReadonlySet<number>): FailureTree {
  const constants = new Map<number, boolean>();
  const same = new Map<number, number>();
  const gates = new Map<number, Gate>();
  const parts = tree.parts.map((part) => part.filter(fold)).filter((part) => part.length > 0);
  const top = tree.top === undefined ? undefined : (same.get(tree.top) ?? tree.top);
  return { ...tree, top, parts, gates };

  function fold(name: number): boolean {
    const { count, inputs } = tree.gates.get(name) as Gate;
    const open = inputs.map((input) => same.get(input) ?? input).filter((input) => !constants.has(input));
    const failed = inputs.filter((input) => constants.get(input) === true).length;
    const [only] = open;
    const left = count - failed;
    if (!cyclic.has(name) && (left <= 0 || left > open.length)) constants.set(name, left <= 0);
    else if (!cyclic.has(name) && open.length === 1 && only !== undefined) same.set(name, only);
    else {
      gates.set(name, gateOf(left, open));
      return true;
    }
    return false;
  }
}
