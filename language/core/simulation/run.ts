import type { Architecture, Scenario } from '../model/index.ts';
import { type Compiled, compile } from './compiled.ts';
import { addStarting, crashUp, refreshFunctions, sendDown } from './holding.ts';
import { accrueForWaiting, settle } from './joining.ts';
import { noteJoins } from './load.ts';
import { markSmall } from './planning.ts';
import { type Change, type Program, type SimulationOptions, VACANT } from './program.ts';
import { clearReturns } from './returns.ts';
import { binomial } from './samplers.ts';
import { beginStep, createSamples, finished, readNow, readWithin } from './sampling.ts';
import { createState, type State } from './state.ts';
import { step } from './stepping.ts';
import type { ComponentTrace, ServiceTrace, Trace } from './trace.ts';
import { createWatch, observe, recoveryOf } from './watching.ts';

/** One run of a scenario: a pure function of its arguments, the same to the last bit on every machine. */
export const simulate = (
  architecture: Architecture,
  scenario: Scenario,
  seed: number,
  options: SimulationOptions = {},
): Trace => run(compile(architecture, scenario, options), seed);

/** One run of a compiled scenario. `inspect` sees the state wherever the services are looked at; it must not change it. */
export const run = (compiled: Compiled, seed: number, inspect?: (state: State) => void): Trace =>
  runUnless(compiled, seed, NEVER_STOPPED, inspect) as Trace;

const NEVER_STOPPED = (): boolean => false;

/** The same, given up as soon as `shouldStop` says so, which is asked before every step; undefined then. */
export function runUnless(
  compiled: Compiled,
  seed: number,
  shouldStop: () => boolean,
  inspect?: (state: State) => void,
): Trace | undefined {
  const services: Record<string, ServiceTrace> = Object.create(null);
  const found = new Map<string, ComponentTrace>();
  for (const program of compiled.programs) {
    const samples = runProgram(program, seed, shouldStop, inspect);
    if (samples === undefined) return undefined;
    Object.assign(services, samples.services);
    for (const [index, { name }] of program.pools.entries())
      found.set(name, samples.components[index] as ComponentTrace);
  }
  const components: Record<string, ComponentTrace> = Object.create(null);
  for (const name of compiled.components) components[name] = found.get(name) as ComponentTrace;
  const { times, firstStepSeconds, horizonSeconds, recoveryLevels } = compiled;
  return { seed, times, firstStepSeconds, horizonSeconds, recoveryLevels, components, services };
}

/** Of a program: its services by name, its components as it numbers them. */
interface Ran {
  readonly services: Readonly<Record<string, ServiceTrace>>;
  readonly components: readonly ComponentTrace[];
}

function runProgram(
  program: Program,
  seed: number,
  shouldStop: () => boolean,
  inspect: ((state: State) => void) | undefined,
): Ran | undefined {
  const state = createState(program, seed);
  const watch = createWatch(program, seed);
  const samples = createSamples(state);
  const look = (gradual: boolean): void => {
    refreshFunctions(state);
    observe(watch, state, gradual);
    readWithin(samples, state, watch, gradual);
    inspect?.(state);
  };
  markSmall(state);
  look(false);

  let moment = 0;
  for (let mark = 0; mark < program.marks.length; ) {
    const acting = program.moments[moment]?.atSeconds ?? Infinity;
    const marked = program.marks[mark] as number;
    const until = Math.min(acting, marked);
    while (state.seconds < until) {
      if (shouldStop()) return undefined;
      beginStep(samples, state, watch, until);
      step(state, until, look);
    }
    if (moment < program.moments.length && (program.moments[moment]?.atSeconds ?? 0) <= until) {
      // A step's own change is no gradual one, and neither is what follows from it at once.
      state.crashFromSeconds = state.seconds;
      state.crashToSeconds = state.seconds;
      // What a scenario does at one moment is one: nobody joins between its steps.
      for (; (program.moments[moment]?.atSeconds ?? Infinity) <= until; moment++)
        for (const change of program.moments[moment]?.changes ?? []) apply(state, change);
      settle(state);
      accrueForWaiting(state);
      noteJoins(state, state.seconds);
      markSmall(state);
      watch.begun = true;
      look(false);
    }
    readNow(samples, state, watch);
    if (marked <= until) mark += 1;
  }

  const services: Record<string, ServiceTrace> = Object.create(null);
  program.services.forEach((service, index) => {
    services[service.name] = {
      level: samples.levels[index] as Float64Array,
      lowest: Math.min(1, watch.lowest[index] as number),
      recovery: recoveryOf(watch, index),
    };
  });
  return { services, components: finished(samples) };
}

function apply(state: State, change: Change): void {
  const { pool } = change;
  switch (change.kind) {
    case 'crash': {
      const waiting = state.waiting[pool] as Float64Array;
      let hit = 0;
      for (let refusals = 0; refusals < waiting.length; refusals++) {
        const here = binomial(state.random, waiting[refusals] as number, change.amount);
        waiting[refusals] = (waiting[refusals] as number) - here;
        hit += here;
      }
      state.starting[pool] = (state.starting[pool] as number) - hit;
      if (hit > 0) sendDown(state, pool, hit);
      crashUp(state, pool, binomial(state.random, state.up[pool] as number, change.amount));
      return;
    }
    case 'restore': {
      const down = state.down[pool] as number;
      clearReturns(state.returns[pool] as State['returns'][number]);
      state.down[pool] = 0;
      if (down > 0) addStarting(state, pool, down);
      return;
    }
    case 'add':
      state.size[pool] = (state.size[pool] as number) + change.amount;
      state.version += 1;
      if (state.program.pools[pool]?.comeback !== VACANT) addStarting(state, pool, change.amount);
  }
}
