import type { Diagram } from './diagram.ts';
import type { FailureTree } from './failure-tree.ts';
import {
  find,
  keep,
  type Meaning,
  type ModuleStore,
  meaningOf,
  moduleStore,
  type StoredDiagram,
} from './module-store.ts';
import { type Module, modulesOf } from './modules.ts';
import { nodeTable } from './node-table.ts';
import { type OrderMemory, orderMemory, recalledOrder, rememberOrder } from './order-memory.ts';
import { simplified } from './simplify-tree.ts';
import {
  type Effort,
  type Exhausted,
  type Found,
  type Recalled,
  type Search,
  STEPS_A_NODE,
  search,
  solved,
  solvedToOrder,
} from './solve-module.ts';

/** How much one service may cost. */
export interface EngineBudget {
  /** Nodes of one decision diagram: 20 bytes each, and up to 16 MB for results that are remembered. */
  readonly maxNodes?: number;
  /** Asked every few tenths of a millisecond; true ends the computation, and the result says what is complete. */
  readonly shouldStop?: () => boolean;
}

export const DEFAULT_MAX_NODES = 4_000_000;
/** Smaller modules need no order that was found with effort. */
const FEWEST_GATES = 20;

/** A basic event by its number, or a smaller module. */
export type Variable = number | Solution;

/** A diagram, and what stands at each of its levels. */
export interface Leveled {
  readonly diagram: Diagram;
  readonly variables: readonly Variable[];
}

/** What is known of one module. */
export interface Solution {
  /** Its loss as a function of its variables; undefined where the diagram was too large. */
  readonly loss: Leveled | undefined;
  /** Its minimal cut sets, as sets of its variables; undefined where not even the smallest are known. */
  readonly cutSets: Leveled | undefined;
}

/** What is known of other trees of the same architecture, and makes this one easier. */
export interface Memory {
  readonly modules: ModuleStore;
  readonly orders: OrderMemory;
}

/** What the engine found of a tree. */
export interface SolvedTree {
  /** The module of the top event; undefined where nothing can fail. */
  readonly top: Solution | undefined;
  /** All minimal cut sets of at most so many events are in it. */
  readonly completeToOrder: number;
  /** Whether every module has a diagram of its loss. */
  readonly lossKnown: boolean;
  readonly exhausted: Exhausted | undefined;
}

/**
 * The minimal cut sets of a tree, each module apart, and its loss. `onHard` is called where modules defeat the quick
 * attempts: they may defeat the others too, or the caller's patience, so that the caller may make sure of the smallest
 * sets first. Where all else fails, those of order 2, 3, … are found until the budget ends. `maxOrder`: no larger cut
 * sets are wanted, and no diagram of the loss.
 */
export function solvedTree(
  tree: FailureTree,
  budget: EngineBudget,
  { modules: store, orders }: Memory = { modules: moduleStore(), orders: orderMemory() },
  maxOrder = Number.POSITIVE_INFINITY,
  onHard: () => void = () => undefined,
): SolvedTree {
  const modules = modulesOf(simplified(tree));
  const table = nodeTable({ maxNodes: 0, maxSteps: 0, shouldStop: budget.shouldStop });
  const maxNodes = budget.maxNodes ?? DEFAULT_MAX_NODES;
  const searches = new Map<number, Search>();
  const losses = new Map<number, Found>();
  const families = new Map<number, Found>();
  // By module: the highest order of which all its cut sets are known; those of order 1 are known to the caller.
  const known = new Map(modules.map(({ top }) => [top, 1]));
  let exhausted: Exhausted | undefined;
  // All climbing together costs no more than half of what one diagram may.
  const climbing = { steps: (STEPS_A_NODE / 2) * maxNodes };

  if (maxOrder === Number.POSITIVE_INFINITY) {
    if (throughLoss('quick') && unfinished(maxOrder).length > 0) onHard();
    throughLoss('thorough');
  } else toOrder(maxOrder);
  // What is still open climbs from order to order; each costs more than all before it.
  for (let order = 2; order <= maxOrder && unfinished(maxOrder).length > 0; order++) if (!toOrder(order)) break;
  return {
    top: assembled(modules, losses, families),
    completeToOrder: [...known.values()].reduce((least, order) => Math.min(least, order), Number.POSITIVE_INFINITY),
    lossKnown: modules.every(({ top }) => losses.has(top)),
    exhausted: unfinished(maxOrder).length > 0 ? exhausted : undefined,
  };

  function unfinished(order: number): Module[] {
    return modules.filter(({ top }) => (known.get(top) as number) < order);
  }

  /** False if it was stopped, as is all that follows. */
  function throughLoss(effort: Effort): boolean {
    for (const module of unfinished(Number.POSITIVE_INFINITY)) {
      if (exhausted === 'stopped') return false;
      const meaning = meaningOf(module);
      const before = find(store, meaning.key);
      if (before !== undefined) {
        losses.set(module.top, named(before.loss, meaning));
        settle(module, named(before.cutSets, meaning));
        continue;
      }
      const state = searches.get(module.top) ?? search(module, recalledFor(module));
      searches.set(module.top, state);
      const found = solved(table, state, effort, maxNodes);
      if (state.loss !== undefined) losses.set(module.top, state.loss);
      if (typeof found === 'string') {
        exhausted = found;
        continue;
      }
      settle(module, found);
      if (state.isHard) {
        orders.isWayBetter = state.way !== undefined && state.way === orders.way;
        orders.way = state.way ?? orders.way;
        rememberOrder(orders, found.order.flatMap(eventsIn), state.nodes);
      }
      if (state.loss !== undefined) {
        keep(store, meaning.key, { loss: numbered(state.loss, meaning), cutSets: numbered(found, meaning) });
      }
    }
    return exhausted !== 'stopped';
  }

  function recalledFor(module: Module): readonly Recalled[] {
    if (module.gates.size < FEWEST_GATES) return [];
    const inputs = [...module.gates.values()].flatMap((gate) => gate.inputs);
    const variables = new Set(inputs.filter((input) => !module.gates.has(input)));
    const order = recalledOrder(orders, [...variables], eventsIn);
    if (order === undefined) return [];
    const { nodes, way, isWayBetter } = orders;
    const recalled: Recalled[] = [{ by: order, nodes }, ...(way === undefined ? [] : [{ by: way, nodes }])];
    return isWayBetter ? recalled.toReversed() : recalled;
  }

  /** The events that a variable stands for, in the order of their diagrams. */
  function eventsIn(variable: number): readonly number[] {
    const inside = families.get(variable);
    return inside === undefined ? [variable] : inside.order.flatMap(eventsIn);
  }

  function settle({ top }: Module, cutSets: Found): void {
    families.set(top, cutSets);
    known.set(top, Number.POSITIVE_INFINITY);
  }

  /** False if some module cannot be brought to this order. */
  function toOrder(order: number): boolean {
    for (const module of unfinished(order)) {
      if (exhausted === 'stopped') return false;
      const begun = table.steps;
      const found = solvedToOrder(table, module, order, maxNodes, climbing.steps);
      climbing.steps -= table.steps - begun;
      if (typeof found === 'string') {
        exhausted = found;
        return false;
      }
      families.set(module.top, found);
      known.set(module.top, found.all ? Number.POSITIVE_INFINITY : order);
    }
    return true;
  }
}

function named({ order, diagram }: StoredDiagram, { variables }: Meaning): Found {
  return { order: order.map((number) => variables[number] as number), diagram, all: true };
}

function numbered({ order, diagram }: Found, { variables }: Meaning): StoredDiagram {
  const numbers = new Map(variables.map((name, number) => [name, number]));
  return { order: order.map((name) => numbers.get(name) as number), diagram };
}

/** Solutions with those of smaller modules in them, which stand before. */
function assembled(
  modules: readonly Module[],
  losses: ReadonlyMap<number, Found>,
  families: ReadonlyMap<number, Found>,
): Solution | undefined {
  const solutions = new Map<number, Solution>();
  let last: Solution | undefined;
  for (const { top } of modules) {
    last = { loss: leveled(losses.get(top)), cutSets: leveled(families.get(top)) };
    solutions.set(top, last);
  }
  return last;

  function leveled(found: Found | undefined): Leveled | undefined {
    return found && { diagram: found.diagram, variables: found.order.map((name) => solutions.get(name) ?? name) };
  }
}
