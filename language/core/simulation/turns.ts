import type { State } from './state.ts';

/**
 * Whose turn it is to be let in, of those who do not wait for a moment of their own. How many can join goes by the time,
 * by what functions, by what their servers have up and by what they hold themselves; only who waits and for whom one of
 * these has changed is looked at again. So a step costs what happens in it, not each of its joins a look at every pool.
 */
export interface Turns {
  /** Pools, ascending. */
  readonly open: number[];
  readonly isOpen: Uint8Array;
  /** The moment at which all who wait had a turn; −1 if what functions has changed since then. */
  seconds: number;
}

export const createTurns = (pools: number): Turns => ({ open: [], isOpen: new Uint8Array(pools), seconds: -1 });

/** To a pool for which something has changed. */
export function giveTurn({ turns, program, starting }: State, pool: number): void {
  if (turns.isOpen[pool] === 1 || starting[pool] === 0 || program.pools[pool]?.retries) return;
  const { open } = turns;
  turns.isOpen[pool] = 1;
  let at = open.length;
  for (; at > 0 && (open[at - 1] as number) > pool; at--) open[at] = open[at - 1] as number;
  open[at] = pool;
}

/** To all, once at each moment: admissions accrue. */
export function giveTurns(state: State): void {
  const { turns, program, starting } = state;
  if (turns.seconds === state.seconds) return;
  turns.seconds = state.seconds;
  turns.open.length = 0;
  for (const { index, retries } of program.pools) {
    const waits = starting[index] !== 0 && !retries;
    turns.isOpen[index] = waits ? 1 : 0;
    if (waits) turns.open.push(index);
  }
}

/** Takes the turn at a position of the list. */
export function takeTurn({ open, isOpen }: Turns, at: number): number {
  const pool = open[at] as number;
  open.splice(at, 1);
  isOpen[pool] = 0;
  return pool;
}
