/** How soon those who wait can be let in, as far as the length of a step hangs on it. */
import { waitingRate } from './load.ts';
import { ALL, LEAF, type NeedNode } from './needs.ts';
import { EXPONENTIAL, type Pool } from './program.ts';
import { nextOfFew } from './returns.ts';
import { capacity, packing } from './rooms.ts';
import type { State } from './state.ts';

/** Seconds to the next whole admission on a link of a pool that waits; Infinity if that is not what it waits for. */
export function nextAdmission(state: State, pool: Pool): number {
  let next = Infinity;
  for (const index of pool.asks) {
    const link = state.program.links[index] as State['program']['links'][number];
    if (link.ratePerSecond === 0 || !link.hard) continue;
    const missing = 1 - (state.allowance[index] as number);
    const rate = link.ratePerSecond * (state.up[link.server] as number);
    // No step shorter than time can tell apart late in a run.
    if (missing > 1e-9 && rate > 0) next = Math.min(next, Math.max(1e-6, missing / rate));
  }
  return next;
}

/**
 * Seconds in which some of the last come that a pool is short of. No curve shows them, but when all are back hangs on them.
 * Only for a pool that loses none meanwhile: of another they are never the last.
 */
export function lastOnes(state: State, pool: Pool): number {
  const half = (missing: number): number => Math.max(1, 0.5 * missing);
  const promoted = state.plan.promoted[pool.index] as number;
  if (promoted > 0) return half((state.size[pool.index] as number) - (state.up[pool.index] as number)) / promoted;
  const waiting = state.starting[pool.index] as number;
  if (waiting === 0) return lastReturns(state, pool);
  // The last of those who try at moments of their own comes within such a step, and is noted at its end.
  if (pool.retries)
    return capacity(state, pool.join) >= 1 ? (0.1 * waiting) / waitingRate(state, pool.index) : Infinity;
  // While an admission is left unused, it is not admissions that they wait for.
  const next = nextAdmission(state, pool);
  const rate = next === Infinity ? 0 : admissionRate(state, pool.join);
  return rate > 0 ? next + (half(waiting) - 1) / rate : Infinity;
}

function lastReturns(state: State, pool: Pool): number {
  if (state.down[pool.index] === 0) return Infinity;
  if (pool.comeback === EXPONENTIAL) return 0.1 * pool.restartSeconds;
  return nextOfFew(state.returns[pool.index] as State['returns'][number]) - state.seconds;
}

/** Expected admissions a second by a need: what limiters let in, and how fast room grows. */
export function admissionRate(state: State, node: NeedNode | null): number {
  if (node === null) return Infinity;
  if (node.kind === LEAF) {
    if (state.functions[node.pool] === 0) return 0;
    if (node.link < 0) return Infinity;
    const link = state.program.links[node.link] as State['program']['links'][number];
    if (!link.hard) return Infinity;
    const up = state.up[link.server] as number;
    let rate = node.asks ? link.ratePerSecond * up : Infinity;
    if (link.capacity > 0) {
      const room = Math.max(0, link.capacity * up - (state.held[node.link] as number));
      rate = Math.min(rate, room + link.capacity * (state.plan.gain[link.server] as number));
    }
    return rate;
  }
  if (node.kind === ALL) {
    let least = Infinity;
    for (let i = 0; i < node.operands.length; i++) {
      least = Math.min(least, admissionRate(state, node.operands[i] as NeedNode));
    }
    return least;
  }
  return packing(
    node.operands.map((operand) => admissionRate(state, operand)),
    node.count,
  );
}
