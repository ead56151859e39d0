import { BudgetExhausted, type DecisionDiagram, decisionDiagram } from './decision-diagram.ts';
import { type FailureTree, type Preference, variableOrder } from './failure-tree.ts';

/** A service's loss as a function of basic events, in a diagram. */
export interface TopEvent {
  readonly diagram: DecisionDiagram;
  /** The event of each level. */
  readonly order: readonly number[];
  /** The diagram of the function. */
  readonly top: number;
  /** The zero-suppressed diagram of its minimal cut sets. */
  readonly cutSets: number;
}

export interface EngineBudget {
  /** Nodes of one decision diagram, 16 to 40 bytes each. */
  readonly maxNodes?: number;
  /** Asked every few tenths of a millisecond; true ends the computation, and the result says what is complete. */
  readonly shouldStop?: () => boolean;
}

const DEFAULT_MAX_NODES = 4_500_000;
const FIRST_NODES = 400_000;

/**
 * A good variable order needs few nodes, and which is good nobody knows beforehand: so each is tried with few, and the
 * best two with all that there are. On published trees, `shared` is seldom bad and `heavy` or `light` good where it is.
 */
const ATTEMPTS = {
  quick: ['shared', 'light', 'heavy'],
  thorough: ['shared', 'heavy'],
} as const satisfies Record<string, readonly Preference[]>;

/**
 * The diagram of a tree and its minimal cut sets; or why there is none: the nodes are used up, or it was stopped.
 * `quick` answers within about a second whatever the tree.
 */
export function topEvent(
  tree: FailureTree,
  effort: keyof typeof ATTEMPTS,
  budget: EngineBudget,
): TopEvent | 'nodes' | 'stopped' {
  const most = budget.maxNodes ?? DEFAULT_MAX_NODES;
  const maxNodes = effort === 'quick' ? Math.min(FIRST_NODES, most) : most;
  for (const preference of ATTEMPTS[effort]) {
    const result = attempt(tree, preference, maxNodes, budget.shouldStop);
    if (result !== 'nodes') return result;
  }
  return 'nodes';
}

function attempt(
  tree: FailureTree,
  preference: Preference,
  maxNodes: number,
  shouldStop: (() => boolean) | undefined,
): TopEvent | 'nodes' | 'stopped' {
  try {
    if (shouldStop?.() === true) return 'stopped';
    const diagram = decisionDiagram({ maxNodes, shouldStop });
    const order = variableOrder(tree, preference);
    const top = evaluate(tree, order, diagram);
    return { diagram, order, top, cutSets: diagram.minimalSolutions(top) };
  } catch (error) {
    if (error instanceof BudgetExhausted) return error.reason;
    // A diagram is as deep as it has variables, and the stack of the machine is a budget like the others.
    if (error instanceof RangeError) return 'nodes';
    throw error;
  }
}

function evaluate(tree: FailureTree, order: readonly number[], diagram: DecisionDiagram): number {
  if (tree.top === undefined) return 0;
  const functions = new Map<number, number>(order.map((event, level) => [event, diagram.variable(level)]));
  for (const part of tree.parts) {
    // The least fixed point of failure in a circle: nothing has failed but what must, until nothing more must. A part
    // that is no circle reads nothing of its own, and its second round only finds that out.
    for (let changed = true; changed; ) {
      changed = false;
      for (const gate of part) {
        const result = gateFunction(gate);
        if (result === functions.get(gate)) continue;
        functions.set(gate, result);
        changed = part.length > 1 || (tree.inputs.get(gate)?.includes(gate) ?? false);
      }
    }
  }
  return functions.get(tree.top) ?? 0;

  function gateFunction(gate: number): number {
    const operands = (tree.inputs.get(gate) ?? []).map((input) => functions.get(input) ?? 0);
    const count = tree.count[gate] as number;
    // From the bottom of the order upwards, so that each operation adds above what stands already.
    const upwards = operands.sort((a, b) => diagram.level(b) - diagram.level(a));
    if (count === 1) return upwards.reduce(diagram.or, 0);
    if (count === operands.length) return upwards.reduce(diagram.and, 1);
    return diagram.atLeast(count, upwards);
  }
}
