import { admissionRate, lastOnes, nextAdmission } from './coming.ts';
import { refreshFunctions } from './holding.ts';
import { idlingLimit } from './idling.ts';
import { loadOf, nextForgotten, waitingRate } from './load.ts';
import { EXPONENTIAL, FIXED, type Pool } from './program.ts';
import { exponential } from './random.ts';
import { cohortRate, nextBoundary } from './returns.ts';
import { capacity } from './rooms.ts';
import type { State } from './state.ts';

/**
 * How long the next step is. Small pools go event by event (Gillespie 1976): their next event ends the step. Large ones
 * leap (Cao, Gillespie & Petzold, J. Chem. Phys. 124, 2006): a step is so short that nothing that others depend on
 * changes by more than a small part of itself. What can be drawn exactly whatever the step (restarts, attempts, crashes
 * at a constant rate) sets no limit of its own.
 */

/** Pools of so few instances are never drawn in bulk. */
const SMALL = 128;
/** Crashes and promotions of a pool on which others depend are not drawn in bulk while so few are up. */
const FEW = 12;
/** So many steps are taken without a look at the cost; beyond, steps are no shorter than a part of the run. */
export const PATIENT_STEPS = 30_000;
const LEAST_PART = 2e-7;
const IMPATIENT_PART = 1e-5;
const SINGLE_STEPS = 400_000;

/** Relative change per step of a count that others feel in a non-linear way (overload, growth by share). */
const FINE = 0.05;
/** The same where counts are felt in proportion. */
const COARSE = 0.1;
/** Change per step of the share that is up, where nobody else feels it: what a reader of the curve would see. */
const VISIBLE = 0.02;
/** Chance of an instance to crash within a step, at most. */
const CRASH_CHANCE = 0.2;

export function markSmall(state: State): void {
  const patient = state.steps <= SINGLE_STEPS;
  for (const { index } of state.program.pools)
    state.plan.small[index] = patient && (state.size[index] as number) <= SMALL ? 1 : 0;
  state.plan.rest.fill(NOT_AT_REST);
}

/** Plans the step that begins now and ends at `untilSeconds` or before. */
export function planStep(state: State, untilSeconds: number): void {
  const { plan, program } = state;
  const now = state.seconds;
  refreshFunctions(state);
  if (state.steps === SINGLE_STEPS + 1) markSmall(state);
  plan.single = 0;
  plan.drift.fill(0);
  plan.kicked.fill(0);
  let forced = untilSeconds;
  let bulk = Infinity;
  const patient = state.steps < PATIENT_STEPS;
  const few = state.steps > SINGLE_STEPS ? 0 : FEW;

  const { plain, hazards } = program.sorts;
  const { starting } = state;
  const { rest, crash } = plan;
  for (let i = 0; i < program.pools.length; i++) {
    const up = state.up[i] as number;
    const down = state.down[i] as number;
    if (down === 0 && starting[i] === 0 && plain[i] === 1 && plan.small[i] === 1) {
      if (up !== rest[i]) planAtRest(plan, i, up, hazards[i] as number);
      plan.single += crash[i] as number;
      continue;
    }
    rest[i] = NOT_AT_REST;
    const small = plan.small[i] === 1;
    const pool = program.pools[i] as Pool;

    let hazard = pool.hazardPerSecond;
    let load = 0;
    if (pool.lossPerSecond > 0 && up > 0) {
      load = loadOf(state, i);
      if (load > pool.limit) {
        hazard += pool.lossPerSecond;
        if (patient) forced = Math.min(forced, nextForgotten(state, pool));
      }
    }
    plan.hazard[i] = hazard;
    const alone = small || (pool.influence > 0 && up <= few);
    plan.few[i] = alone ? 1 : 0;
    const crashes = up * hazard;
    plan.crash[i] = alone ? crashes : 0;

    let promotions = 0;
    const vacant = pool.source >= 0 && up < (state.size[i] as number);
    // Who crashes within the step leaves a vacancy within it.
    if (vacant || (pool.source >= 0 && !alone && crashes > 0)) {
      const sources = state.up[pool.source] as number;
      if (sources > 0 && capacity(state, pool.join) >= 1)
        promotions = pool.promotedByShare ? pool.promotedPerSecond * sources : pool.promotedPerSecond;
      else if (sources > 0 && vacant) forced = Math.min(forced, now + nextAdmission(state, pool));
    }
    plan.promotion[i] = alone ? promotions : 0;
    plan.promoted[i] = alone ? 0 : promotions;

    if (down > 0) forced = Math.min(forced, nextBoundary(state.returns[i] as State['returns'][number]));
    const restarts =
      down === 0
        ? 0
        : pool.comeback === EXPONENTIAL
          ? down / pool.restartSeconds
          : cohortRate(state.returns[i] as State['returns'][number], now);
    plan.attempt[i] = 0;

    const waiting = starting[i] as number;
    // The first of many is there at its own moment, as what needs one of them works from then on.
    const first = pool.influence > 0 && up === 0 && waiting === 0 && few > 0;
    plan.restart[i] = (small && pool.comeback === EXPONENTIAL) || (first && !small) ? restarts : 0;
    if (small) {
      plan.gain[i] = 0;
      if (waiting > 0) {
        if (pool.retries && capacity(state, pool.join) >= 1) plan.attempt[i] = waitingRate(state, i);
        else {
          const opening = nextAdmission(state, pool);
          if (now + opening < forced) forced = now + opening;
          if (pool.retries) bulk = Math.min(bulk, levelLimit(state, pool, 0));
        }
      }
      plan.single += singleRate(plan, i);
      continue;
    }
    // It may have to be let in at a moment of its own.
    if (up === 0 && few > 0 && pool.retries && waiting > 0 && capacity(state, pool.join) >= 1)
      plan.attempt[i] = waitingRate(state, i);
    plan.single += singleRate(plan, i);

    const kicked = plan.kicked[i] as number;
    let joins = 0;
    if (pool.source < 0 && (waiting > 0 || restarts > 0 || kicked > 0)) {
      // Those who lose their place and do not wait for a moment of their own come back as fast as they go.
      const arriving = restarts + kicked;
      const wanted = pool.retries ? waitingRate(state, i) : waiting > 0 ? Infinity : arriving;
      if (wanted > 0) joins = Math.min(wanted, admissionRate(state, pool.join));
      if (joins === Infinity) joins = arriving;
    }
    const leaving = (alone ? 0 : crashes) + kicked;
    // What is as good as full and gains more than it loses stays full: its gains are no faster than its losses.
    const missing = (state.size[i] as number) - up;
    const gains = joins + (plan.promoted[i] as number);
    const full = missing <= asGoodAsNone(pool, state.size[i] as number, gains, leaving);
    const gained = full ? Math.min(gains, leaving) : gains;
    if ((full || missing <= FEW) && leaving === 0) bulk = Math.min(bulk, lastOnes(state, pool));
    plan.gain[i] = gained;
    plan.drift[i] = gained - leaving;
    if (!alone)
      for (const index of pool.serves) {
        const link = program.links[index] as State['program']['links'][number];
        plan.kicked[link.consumer] = (plan.kicked[link.consumer] as number) + (state.held[index] as number) * hazard;
      }
    const limit = bulkLimit(state, pool, crashes, restarts, load);
    if (limit < bulk) bulk = limit;
  }

  bulk *= program.stepScale;
  const least = program.horizonSeconds * (patient ? LEAST_PART : IMPATIENT_PART);
  plan.endSeconds = Math.min(forced, now + Math.max(bulk, least));
}

/**
 * So few missing are no way back, but what chance leaves missing of a full pool. Of a promoted one that is a queue with
 * ρ ÷ (1 − ρ) in it on average, ρ = losses ÷ gains: steps may not be shorter while there are some, or the long ones would
 * all begin with none, and so would the line on which curves are read.
 */
function asGoodAsNone(pool: Pool, size: number, gains: number, leaving: number): number {
  const queue = pool.source >= 0 && gains > leaving ? 2 + (5 * leaving) / (gains - leaving) : 0;
  return Math.max(1e-3 * size, Math.min(Math.max(FEW, 1e-2 * size), queue));
}

const singleRate = ({ crash, promotion, restart, attempt }: State['plan'], i: number): number =>
  (crash[i] as number) + (promotion[i] as number) + (restart[i] as number) + (attempt[i] as number);

const NOT_AT_REST = -1;

/** A small pool of which all is up: nothing but the next crash can come. Planned once, and so until something happens. */
function planAtRest(plan: State['plan'], i: number, up: number, hazard: number): void {
  plan.few[i] = 1;
  plan.hazard[i] = hazard;
  plan.crash[i] = up * hazard;
  plan.promotion[i] = 0;
  plan.promoted[i] = 0;
  plan.attempt[i] = 0;
  plan.restart[i] = 0;
  plan.gain[i] = 0;
  plan.rest[i] = up;
}

/** When the first event that comes alone is due; Infinity if none. */
export const drawSingle = (state: State): number =>
  state.plan.single > 0 ? state.seconds + exponential(state.random) / state.plan.single : Infinity;

function bulkLimit(state: State, pool: Pool, crashes: number, restarts: number, load: number): number {
  const { plan } = state;
  const i = pool.index;
  const up = state.up[i] as number;
  const size = state.size[i] as number;
  const drift = Math.abs(plan.drift[i] as number);
  let limit = Infinity;

  if (drift > 0) {
    // What is missing of the whole is read off the curve too, down to a thousandth of it.
    const missing = COARSE * Math.max(size - up, 1e-3 * size);
    let change = Math.min(missing, Math.max(VISIBLE * size, COARSE * up));
    if (pool.influence >= 2) change = Math.min(change, (pool.influence === 3 ? FINE : COARSE) * up);
    if (pool.influence === 1 && up === 0) change = 1;
    limit = Math.max(1, change) / drift;
  }
  if (pool.influence === 3 && up > 0) {
    const noise = (plan.gain[i] as number) + crashes;
    const change = Math.max(1, FINE * up);
    if (noise > 0) limit = Math.min(limit, (change * change) / noise);
  }
  if (crashes > 0 && plan.few[i] === 0) {
    limit = Math.min(limit, CRASH_CHANCE / (plan.hazard[i] as number));
    if (pool.restartSeconds > 0) {
      // Crashes are put at a step's ends, which bends the curve of those down within a step: by x² ÷ 12 of them at most,
      // x = step ÷ restart time; three quarters of a percent, and 1e-4 of the whole.
      const flow = (crashes * pool.restartSeconds) / size;
      const part = Math.min(Math.max(0.3, Math.sqrt(1.2e-5 / flow)), Math.max(0.1, Math.sqrt(1.2e-3 / flow)));
      limit = Math.min(limit, pool.restartSeconds * (pool.comeback === EXPONENTIAL ? part : 0.6 * part));
    }
  }
  if (restarts > 0 && pool.comeback === EXPONENTIAL) {
    const net = Math.abs(restarts - crashes);
    if (net > 0) limit = Math.min(limit, (COARSE * Math.max(state.down[i] as number, 1e-3 * size)) / net);
  } else if (restarts > 0) limit = Math.min(limit, (VISIBLE * size) / restarts);
  if (pool.retries && (state.starting[i] as number) > 0) {
    limit = Math.min(limit, levelLimit(state, pool, 1e-3 * size));
    if (pool.doors.length > 0) limit = Math.min(limit, idlingLimit(state, pool, waitingRate(state, i)));
  }
  if (pool.comeback === FIXED && crashes > 0) limit = Math.min(limit, pool.restartSeconds);
  const promoted = plan.promoted[i] as number;
  if (promoted > 0 && pool.doors.length > 0) limit = Math.min(limit, idlingLimit(state, pool, promoted));
  if (pool.lossPerSecond > 0 && load > 0) limit = Math.min(limit, crossingLimit(state, pool, load));
  return limit;
}

/** The mean of the first level at which more than `least` wait and are moved on by a refusal. */
function levelLimit(state: State, pool: Pool, least: number): number {
  const waiting = state.waiting[pool.index] as Float64Array;
  for (let level = 0; level + 1 < waiting.length; level++) {
    if ((waiting[level] as number) > least) return 2 * (pool.retryMeans[level] as number);
  }
  return Infinity;
}

/** The time within which the load may reach its limit, or change by a fiftieth if it is there. */
function crossingLimit(state: State, pool: Pool, load: number): number {
  const up = state.up[pool.index] as number;
  let change = 0;
  for (const index of pool.serves) {
    const link = state.program.links[index] as State['program']['links'][number];
    if (link.capacity === 0) continue;
    const held = state.held[index] as number;
    const consumer = Math.abs(state.plan.drift[link.consumer] as number);
    change = Math.max(
      change,
      (consumer + (held * Math.abs(state.plan.drift[pool.index] as number)) / up) / (link.capacity * up),
    );
  }
  if (change === 0) return Infinity;
  return Math.max(Math.abs(load - pool.limit), 0.02 * pool.limit) / change;
}
