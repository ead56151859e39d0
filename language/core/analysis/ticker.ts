import { BudgetExhausted } from './node-table.ts';

/** Steps between two questions to the caller: a few tenths of a millisecond. */
const STEPS = 1 << 12;

/** A function for long loops to call at each step; throws `BudgetExhausted` once the caller wants to stop. */
export function ticker(shouldStop: (() => boolean) | undefined): () => void {
  if (shouldStop === undefined) return () => undefined;
  let left = 1;
  return () => {
    if (--left > 0) return;
    left = STEPS;
    if (shouldStop()) throw new BudgetExhausted('stopped');
  };
}

/** The result of a computation, or undefined where the budget ended it. */
export function unlessExhausted<Value>(compute: () => Value): Value | undefined {
  try {
    return compute();
  } catch (error) {
    // A recursion is as deep as a diagram has variables, and the stack of the machine is a budget like the others.
    if (error instanceof BudgetExhausted || error instanceof RangeError) return undefined;
    throw error;
  }
}
