import { addStarting, crashUp, refreshFunctions } from './holding.ts';
import { accrue, accrueForWaiting, forget, joinOne, promote, settle } from './joining.ts';
import { loadOf, noteJoins } from './load.ts';
import { drawSingle, planStep } from './planning.ts';
import { EXPONENTIAL, FIXED, type Pool, UNIFORM } from './program.ts';
import { promoteLate, promoteMore, promoteWithin } from './promoting.ts';
import { uniform } from './random.ts';
import { chanceWithin } from './real.ts';
import { attempt, attemptLate } from './retrying.ts';
import { comeBack, dueExactly, takeOne } from './returns.ts';
import { binomial } from './samplers.ts';
import type { State } from './state.ts';

/**
 * One step of a run. What happens in bulk is split symmetrically (Strang 1968): half of the crashes, then returns,
 * promotions and joins, then the other half; the error is of second order in the step. What happens alone happens
 * at the step's end, at its exact moment.
 * `watch` is called with what was reached gradually, and again if the step ends with a jump.
 */
export function step(state: State, untilSeconds: number, watch: (gradual: boolean) => void): void {
  planStep(state, untilSeconds);
  const { plan, program } = state;
  const due = drawSingle(state);
  const single = due < plan.endSeconds;
  const end = single ? due : plan.endSeconds;
  const seconds = end - state.seconds;
  state.steps += 1;
  const begun = state.seconds;
  state.stepSeconds = begun;
  state.upBefore.set(state.up);
  state.joinedBefore.set(state.joined);
  state.startingBefore.set(state.starting);
  state.crashes.fill(0);
  state.kicked.fill(0);
  state.blows.fill(0);

  const moved = bulk(state, end, seconds);
  // Whoever comes now was not there before: what accrued meanwhile and was not used was for nobody.
  state.stepSeconds = end;
  if (moved) for (const i of program.sorts.asking) forget(state, program.pools[i] as Pool);
  noteJoins(state, begun);
  if (moved) watch(true);

  let jump = single;
  if (single) happen(state);
  for (const i of program.sorts.timed) {
    if (state.down[i] === 0) continue;
    const back = dueExactly(state.returns[i] as State['returns'][number], end);
    if (back > 0) {
      comeUp(state, program.pools[i] as Pool, back);
      jump = true;
    }
  }
  if (settle(state)) jump = true;
  accrueForWaiting(state);
  noteJoins(state, end);
  if (jump || !moved) watch(!jump);
}

function comeUp(state: State, pool: Pool, count: number): void {
  state.down[pool.index] = (state.down[pool.index] as number) - count;
  addStarting(state, pool.index, count);
}

/** All that is drawn by number; true if anything can have moved. */
function bulk(state: State, end: number, seconds: number): boolean {
  const { plan, program, random } = state;
  const { up, down, starting } = state;
  const { few, hazard: hazards, promoted } = plan;
  const begin = state.seconds;
  let moved = false;
  state.displaced.fill(0);
  state.displacedBy.fill(0);
  state.crashFromSeconds = begin;
  state.crashToSeconds = begin + 0.5 * seconds;
  for (const i of program.sorts.crashing) {
    const hazard = hazards[i] as number;
    if (few[i] === 1 || hazard === 0 || up[i] === 0) continue;
    moved = true;
    const pool = program.pools[i] as Pool;
    const part = earlyPart(pool, seconds);
    state.crashToSeconds = begin + (outlasts(pool, seconds) ? seconds - pool.restartSeconds : 0.5 * seconds);
    crashUp(state, i, binomial(random, up[i] as number, chanceWithin(part * seconds * hazard)));
  }

  state.seconds = end;
  let shared = false;
  for (let i = 0; i < program.pools.length; i++) {
    if (down[i] === 0 && starting[i] === 0 && promoted[i] === 0) continue;
    const pool = program.pools[i] as Pool;
    if ((plan.promoted[i] as number) > 0) {
      moved = true;
      shared ||= pool.promotedByShare;
      promoteWithin(state, pool, seconds);
    }
    let fresh = 0;
    const awaited = (plan.restart[i] as number) > 0;
    if ((state.down[i] as number) > 0 && !(awaited && pool.comeback === EXPONENTIAL)) {
      const chance = pool.comeback === EXPONENTIAL ? chanceWithin(seconds / pool.restartSeconds) : 0;
      fresh = comeBack(
        random,
        pool,
        state.returns[i] as State['returns'][number],
        state.down[i] as number,
        begin,
        end,
        chance,
        awaited,
      );
      if (fresh > 0) {
        moved = true;
        state.down[i] = (state.down[i] as number) - fresh;
      }
    }
    if (!pool.retries) {
      if (fresh > 0) addStarting(state, i, fresh);
      if ((state.starting[i] as number) > 0 && plan.small[i] === 0) {
        moved = true;
        settle(state, true);
      }
    } else if (fresh + (state.starting[i] as number) > 0) {
      if (plan.small[i] === 0 && plan.attempt[i] === 0) {
        moved = true;
        refreshFunctions(state);
        accrue(state, pool);
        attempt(state, pool, seconds, state.displaced[i] as number, fresh, true);
      } else if (plan.attempt[i] === 0) attempt(state, pool, seconds, state.displaced[i] as number, fresh, false);
      else if (fresh > 0) addStarting(state, i, fresh);
    }
  }
  if (shared) promoteMore(state, seconds);

  state.crashToSeconds = end;
  state.displaced.fill(0);
  state.displacedBy.fill(0);
  for (const i of program.sorts.crashing) {
    if (few[i] === 1 || up[i] === 0) continue;
    const pool = program.pools[i] as Pool;
    let hazard = program.sorts.hazards[i] as number;
    if (program.sorts.plain[i] === 0) {
      if (pool.lossPerSecond > 0 && loadOf(state, i) > pool.limit) hazard += pool.lossPerSecond;
    }
    const lasting = (1 - earlyPart(pool, seconds)) * seconds * hazard;
    state.crashFromSeconds = end - (outlasts(pool, seconds) ? pool.waitSeconds : 0.5 * seconds);
    if (hazard === 0) continue;
    // Who crashed, came back and crashed again is down as well: of such a step the chance is that of the long run.
    const chance = outlasts(pool, seconds) ? lasting / (1 + lasting) : chanceWithin(lasting);
    crashUp(state, i, binomial(random, state.up[i] as number, chance));
  }
  state.crashFromSeconds = end;
  for (const i of program.sorts.promoted) promoteLate(state, program.pools[i] as Pool, seconds);
  for (const i of program.sorts.retrying) {
    const late = state.displaced[i] as number;
    if (late === 0 || plan.small[i] === 1) continue;
    refreshFunctions(state);
    attemptLate(state, program.pools[i] as Pool, seconds, late);
  }
  if (moved) settle(state, true);
  return moved;
}

/**
 * The part of a step's crashes that is put at its begin, the others at its end: half; for exponential restarts so many that
 * as many are back by the end as of crashes at any moment of it, x = step ÷ restart time: 1 ÷ (1 − e^−x) − 1 ÷ x.
 */
function earlyPart(pool: Pool, seconds: number): number {
  if (outlasts(pool, seconds)) return 1 - pool.waitSeconds / seconds;
  if (pool.comeback !== EXPONENTIAL) return 0.5;
  const x = seconds / pool.restartSeconds;
  return x < 1e-3 ? 0.5 + x / 12 : 1 / chanceWithin(x) - 1 / x;
}

/**
 * Whether a step is longer than any restart takes, as in a run of years: who crashed early in it is back by its end, and
 * still down is who crashed within the mean time of a restart before it.
 */
const outlasts = ({ comeback, restartSeconds }: Pool, seconds: number): boolean =>
  (comeback === FIXED || comeback === UNIFORM) && seconds > restartSeconds;

/** The event that ends the step: which of all it is goes by their rates. */
function happen(state: State): void {
  const { plan, program } = state;
  let pick = uniform(state.random) * plan.single;
  for (const pool of program.pools) {
    const i = pool.index;
    const crash = plan.crash[i] as number;
    if (pick < crash) {
      // What was drawn in bulk before may have left fewer to crash than the rate was for.
      if (uniform(state.random) * (state.upBefore[i] as number) < (state.up[i] as number)) crashUp(state, i, 1);
      return;
    }
    pick -= crash;
    const restart = plan.restart[i] as number;
    if (pick < restart) {
      takeOne(state.random, state.returns[i] as State['returns'][number], state.seconds);
      comeUp(state, pool, 1);
      return;
    }
    pick -= restart;
    const promotion = plan.promotion[i] as number;
    if (pick < promotion) {
      promote(state, pool, 1);
      return;
    }
    pick -= promotion;
    const attempts = plan.attempt[i] as number;
    if (pick < attempts) {
      refreshFunctions(state);
      accrue(state, pool);
      joinOne(state, pool, pick);
      return;
    }
    pick -= attempts;
  }
}
