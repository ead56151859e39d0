import { and, atLeast, FALSE, or, TRUE, variable } from './boolean-diagram.ts';
import { type Diagram, extracted } from './diagram.ts';
import type { Module } from './modules.ts';
import { BudgetExhausted, clear, levelOf, type NodeTable } from './node-table.ts';
import { atLeastOf, EMPTY_SET, minimalSolutions, NONE, product, singleton, union } from './set-diagram.ts';
import { ORDERS } from './variable-order.ts';

/** A diagram of one module; `order` names the variable of each level, a basic event or the top of a smaller module. */
export interface Found {
  readonly order: readonly number[];
  readonly diagram: Diagram;
  /** Of a family of sets: whether none were left out. */
  readonly all: boolean;
}

/** Why there is no solution: the nodes are used up, or the caller wants to stop. */
export type Exhausted = BudgetExhausted['reason'];

/** Nodes of each round of attempts: what a good order does with few must not wait for what a bad one does with many. */
const ROUNDS = [10_000, 60_000, 250_000, 1_000_000, Number.POSITIVE_INFINITY] as const;
const FIRST_NODES = 30_000;
/** Where a diagram is going to fit, a node costs less than this. */
export const STEPS_A_NODE = 8;
/** Rounds after which a module has had its quick chance, in about a second. */
const QUICK_ROUNDS = 3;

/** An order that did for a module like this one may take some more nodes for this one; in vain, they are lost. */
const RECALLED_NODES = 150_000;
const MORE_THAN_BEFORE = 1.5;

export type OrderName = keyof typeof ORDERS;

/** What did for a module like this one: an order, or a way to find one. */
export interface Recalled {
  readonly by: readonly number[] | OrderName;
  /** Nodes that it took. */
  readonly nodes: number;
}

/** The search for an order of a module's variables with which the diagram of its loss is small enough. */
export interface Search {
  readonly module: Module;
  /** Tried first, one after the other. */
  recalled: readonly Recalled[];
  round: number;
  /** The most promising first. */
  orders: readonly OrderName[];
  readonly known: Map<OrderName, readonly number[]>;
  /** Whether the first attempt was not enough. */
  isHard: boolean;
  loss: Found | undefined;
  /** The way to the order of the solution, where it is none that was recalled as such. */
  way: OrderName | undefined;
  /** Nodes that the solution took. */
  nodes: number;
}

export const search = (module: Module, recalled: readonly Recalled[] = []): Search => ({
  module,
  recalled,
  round: 0,
  orders: Object.keys(ORDERS) as OrderName[],
  known: new Map(),
  isHard: false,
  loss: undefined,
  way: undefined,
  nodes: 0,
});

/** How far an attempt came: gates begun, and the nodes that there were then. */
interface Progress {
  readonly gates: number;
  readonly nodes: number;
}

const further = (a: Progress, b: Progress): number => (a.gates === b.gates ? a.nodes - b.nodes : b.gates - a.gates);

/** `quick` answers within about a second whatever the module. */
export type Effort = 'quick' | 'thorough';

/**
 * All minimal cut sets of a module, through the diagram of its loss, which stays in `search.loss`. The orders are tried
 * round after round, with ever more nodes, and those that came furthest go on: gates are evaluated in one sequence
 * whatever the order, so how many were done is a measure.
 */
export function solved(table: NodeTable, state: Search, effort: Effort, maxNodes: number): Found | Exhausted {
  const end = effort === 'quick' ? QUICK_ROUNDS : ROUNDS.length;
  const { recalled } = state;
  state.recalled = [];
  for (const { by, nodes } of recalled) {
    const most = Math.max(RECALLED_NODES, Math.ceil(MORE_THAN_BEFORE * nodes));
    const order = () => (typeof by === 'string' ? orderBy(state, by) : by);
    const found = attemptOrder(table, state, order, Math.min(most, maxNodes));
    if (found !== 'nodes') {
      state.way = typeof by === 'string' ? by : undefined;
      return found;
    }
    state.isHard = true;
  }
  for (; state.round < end; state.round++) {
    const most = ROUNDS[state.round] as number;
    const reached = new Map<OrderName, Progress>();
    for (const name of state.orders) {
      // The first order does for most modules: a little more for it saves the others.
      const nodes = Math.min(state.known.size === 0 ? FIRST_NODES : most, maxNodes);
      const order = () => orderBy(state, name);
      const found = attemptOrder(table, state, order, nodes, (progress) => reached.set(name, progress));
      if (found !== 'nodes') {
        state.way = name;
        return found;
      }
      state.isHard = true;
    }
    state.orders = state.orders
      .toSorted((a, b) => further(reached.get(a) as Progress, reached.get(b) as Progress))
      .slice(0, state.round === ROUNDS.length - 2 ? 1 : Math.max(2, Math.ceil(state.orders.length / 2)));
    // The next round would have no more nodes than this one.
    if (most >= maxNodes) state.round = ROUNDS.length;
  }
  return 'nodes';
}

function orderBy({ known, module }: Search, name: OrderName): readonly number[] {
  const order = known.get(name) ?? ORDERS[name](module);
  known.set(name, order);
  return order;
}

function attemptOrder(
  table: NodeTable,
  state: Search,
  orderOf: () => readonly number[],
  nodes: number,
  reach: (progress: Progress) => void = () => undefined,
): Found | Exhausted {
  let progress: Progress = { gates: 0, nodes: 0 };
  reach(progress);
  return attempt(table, state.module, nodes, STEPS_A_NODE * nodes, (): Found => {
    const order = orderOf();
    const top = functionOf(table, state.module, order, () => {
      progress = { gates: progress.gates + 1, nodes: table.size };
      reach(progress);
    });
    reach({ gates: Number.POSITIVE_INFINITY, nodes: table.size });
    state.loss = { order, diagram: extracted(table, top), all: true };
    const cutSets = { order, diagram: extracted(table, minimalSolutions(table, top)), all: true };
    state.nodes = table.size;
    return cutSets;
  });
}

/**
 * The minimal cut sets of a module of at most `order` members, without a diagram of its loss: gate by gate, as families
 * of sets (Jung, Han, Ha 2004), larger ones left out as they arise.
 */
export function solvedToOrder(
  table: NodeTable,
  module: Module,
  order: number,
  maxNodes: number,
  maxSteps: number,
): Found | Exhausted {
  const variables = ORDERS.shared(module);
  return attempt(table, module, maxNodes, maxSteps, (): Found => {
    const diagram = extracted(table, familyOf(table, module, variables, order));
    return { order: variables, diagram, all: !table.truncated };
  });
}

function attempt(
  table: NodeTable,
  module: Module,
  maxNodes: number,
  maxSteps: number,
  compute: () => Found,
): Found | Exhausted {
  // Small modules need few nodes, and there are many of them.
  clear(table, module.gates.size < 20 ? 0 : maxNodes);
  table.budget.maxNodes = maxNodes;
  table.budget.maxSteps = table.steps + maxSteps;
  try {
    if (table.budget.shouldStop?.() === true) return 'stopped';
    return compute();
  } catch (error) {
    if (error instanceof BudgetExhausted) return error.reason;
    // A diagram is as deep as it has variables, and the stack of the machine is a budget like the others.
    if (error instanceof RangeError) return 'nodes';
    throw error;
  }
}

function functionOf(table: NodeTable, module: Module, order: readonly number[], done: () => void): number {
  const variables = order.map((_, level) => variable(table, level));
  return evaluated(module, order, variables, FALSE, (count, operands) => {
    done();
    // From the bottom of the order upwards, so that each operation adds above what stands already.
    operands.sort((a, b) => levelOf(table, b) - levelOf(table, a));
    if (count === 1) return operands.reduce((f, g) => or(table, f, g), FALSE);
    if (count === operands.length) return operands.reduce((f, g) => and(table, f, g), TRUE);
    return atLeast(table, count, operands);
  });
}

function familyOf(table: NodeTable, module: Module, order: readonly number[], most: number): number {
  const variables = order.map((_, level) => singleton(table, level));
  return evaluated(module, order, variables, NONE, (count, operands) => {
    operands.sort((a, b) => levelOf(table, b) - levelOf(table, a));
    if (count === 1) return operands.reduce((f, g) => union(table, f, g), NONE);
    if (count === operands.length) return operands.reduce((f, g) => product(table, f, g, most), EMPTY_SET);
    return atLeastOf(table, count, operands, most);
  });
}

/**
 * What the top of a module comes to, gate by gate. In a circle the least fixed point of failure is reached from below:
 * nothing has failed but what must, and a gate is asked again only when something that it reads has changed.
 */
function evaluated(
  module: Module,
  order: readonly number[],
  variables: readonly number[],
  nothing: number,
  gateValue: (count: number, operands: number[]) => number,
): number {
  const values = new Map(order.map((name, level) => [name, variables[level] as number]));
  for (const { gates, circle } of module.parts) {
    if (circle) fixedPoint(gates);
    else for (const gate of gates) values.set(gate, valueAt(gate));
  }
  return values.get(module.top) ?? nothing;

  function valueAt(name: number): number {
    const gate = module.gates.get(name);
    if (gate === undefined) return nothing;
    return gateValue(
      gate.count,
      gate.inputs.map((input) => values.get(input) ?? nothing),
    );
  }

  function fixedPoint(gates: readonly number[]): void {
    const readers = new Map<number, number[]>(gates.map((gate) => [gate, []]));
    for (const gate of gates) for (const input of module.gates.get(gate)?.inputs ?? []) readers.get(input)?.push(gate);
    // Rounds in the order of the part, in which inputs tend to stand before their readers.
    let due = new Set(gates);
    while (due.size > 0) {
      const round = due;
      due = new Set();
      for (const gate of gates) {
        if (!round.has(gate)) continue;
        const value = valueAt(gate);
        if (value === (values.get(gate) ?? nothing)) continue;
        values.set(gate, value);
        for (const reader of readers.get(gate) ?? []) due.add(reader);
      }
    }
  }
}
