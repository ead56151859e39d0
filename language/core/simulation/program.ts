import {
  type Action,
  type Architecture,
  type Component,
  componentsOf,
  namesIn,
  neededFirst,
  type Scenario,
} from '../model/index.ts';
import { doorsOf, isLimited } from './doors.ts';
import { compileLevels, type ServiceLevel } from './levels.ts';
import { compileLinks, type Link } from './links.ts';
import { compileNeeds, emptyTally, type NeedNode, type Needs, type PlaceTally } from './needs.ts';

/** Ways in which a crashed instance comes back. */
export const NEVER = 0;
export const EXPONENTIAL = 1;
export const FIXED = 2;
export const UNIFORM = 3;
/** Not at all: whatever is missing of a promoted pool is vacant, and filled anew. */
export const VACANT = 4;

/** One component, ready to run. Indices point into `Program.pools`, `Program.links`. */
export interface Pool {
  readonly index: number;
  readonly name: string;
  readonly instances: number;
  readonly comeback: number;
  readonly restartSeconds: number;
  /** Of a restart, the mean. */
  readonly waitSeconds: number;
  /** 1 ÷ mean time to failure, per instance and second. */
  readonly hazardPerSecond: number;
  /** Load above which each instance crashes at `lossPerSecond`; `lossPerSecond` is 0 without `overloads`. */
  readonly limit: number;
  readonly lossPerSecond: number;
  /** −1 unless promoted. */
  readonly source: number;
  readonly promotedPerSecond: number;
  readonly promotedByShare: boolean;
  /** Mean seconds to the next attempt by number of refusals, the last for all further ones; [0] without `retries`. */
  readonly retryMeans: Float64Array;
  readonly retries: boolean;
  readonly needs: Needs;
  /** What it goes on needing, and all that it asks to join; null for nothing. */
  readonly hold: NeedNode | null;
  readonly join: NeedNode | null;
  /** Pools that it is asked by or asks: links on which it serves or admits, and links on which it is let in. */
  readonly serves: readonly number[];
  readonly asks: readonly number[];
  /** Links with a limit to the admissions that each instance asks for in any case, or else of which it asks for one. */
  readonly doors: readonly number[];
  readonly doorsAreAlternatives: boolean;
  /** Whether such a limit stands in its way whatever it chooses. */
  readonly limited: boolean;
  /** How its count acts on others: 0 not at all, 1 by being there, 2 by how many there are, 3 by growing on itself. */
  readonly influence: number;
}

/** A scenario's step with its pools looked up; several changes where it names a group or a hazard. */
export interface Change {
  readonly kind: 'crash' | 'restore' | 'add';
  readonly pool: number;
  /** Share hit (0…1) for `crash`, instances for `add`. */
  readonly amount: number;
}

export interface Moment {
  readonly atSeconds: number;
  readonly changes: readonly Change[];
}

/**
 * Indices of pools by what can happen to them, ascending: what is done at every step walks through no others, and looks
 * at no pool in which nothing happens.
 */
export interface Sorts {
  /** Crash by themselves. */
  readonly crashing: Int32Array;
  /** Come back at moments that are kept, not at a rate. */
  readonly timed: Int32Array;
  readonly promoted: Int32Array;
  readonly retrying: Int32Array;
  /** Are let in by others; and, of them, those without retries, whose joins are attempts. */
  readonly asking: Int32Array;
  readonly joining: Int32Array;
  readonly serving: Int32Array;
  /** By pool, 1 where nothing but its own hazard happens to it while all of it is up: neither promoted nor overloaded. */
  readonly plain: Uint8Array;
  /** By pool: `Pool.hazardPerSecond`. */
  readonly hazards: Float64Array;
}

/** A part of an architecture under a scenario, see islands.ts; compiled once and never changed by a run. */
export interface Program {
  /** Of chance; each part of an architecture has its own. */
  readonly stream: number;
  /** What serves before what it serves. */
  readonly pools: readonly Pool[];
  readonly sorts: Sorts;
  readonly links: readonly Link[];
  /** What is needed before what needs it. */
  readonly services: readonly ServiceLevel[];
  readonly tally: PlaceTally;
  readonly moments: readonly Moment[];
  /** When samples are read; they change nothing of the run. */
  readonly times: Float64Array;
  /** Where a step ends in any case: each 360th of the run. */
  readonly marks: Float64Array;
  readonly firstStepSeconds: number;
  readonly horizonSeconds: number;
  readonly recoveryLevels: readonly number[];
  readonly stepScale: number;
}

export interface SimulationOptions {
  /** Seconds between samples; a 360th of the run unless said. */
  readonly everySeconds?: number;
  /** Instead of that: when to sample, ascending, up to the horizon. */
  readonly times?: readonly number[];
  /** Factor on the length of every step; below 1 for tests of exactness. */
  readonly stepScale?: number;
}

/** Looks every name up once. Unknown names never fail and are never hit; nothing throws. */
export function compileProgram(
  architecture: Architecture,
  scenario: Scenario,
  options: SimulationOptions,
  stream: number,
): Program {
  const components = neededFirst(architecture.components, neededBy);
  const indexOf = new Map(components.map((component, index) => [component.name, index]));
  const links = compileLinks(components, indexOf);
  const linkOf = new Map(links.map((link, index) => [link.consumer * components.length + link.server, index]));
  const served = components.map((): number[] => []);
  links.forEach((link, at) => {
    served[link.server]?.push(at);
  });
  const tally = emptyTally();
  const influences = influencesOf(components, architecture.services, indexOf, links);
  const means = new Map<string, Float64Array>();
  const pools = components.map((component, index): Pool => {
    const needs = compileNeeds(
      component.needs,
      component.instances,
      (name) => indexOf.get(name) ?? -1,
      (server) => linkOf.get(index * components.length + server) ?? -1,
      links,
      tally,
    );
    for (const at of needs.asks) (links[at] as Link).asked = true;
    return {
      index,
      name: component.name,
      instances: component.instances,
      ...comebackOf(component, indexOf),
      hazardPerSecond: component.mttfSeconds === undefined ? 0 : 1 / component.mttfSeconds,
      limit: component.overload?.limit ?? Infinity,
      lossPerSecond: component.overload?.lossPerSecond ?? 0,
      retryMeans: retryMeans(component, means),
      retries: component.retry !== undefined,
      needs,
      hold: needs.hold,
      join: needs.join,
      serves: served[index] ?? [],
      asks: needs.asks,
      limited: isLimited(needs.join, links),
      ...doorsOf(needs, links),
      influence: influences[index] ?? 0,
    };
  });
  const horizonSeconds = scenario.horizonSeconds;
  return {
    stream,
    pools,
    sorts: sortsOf(pools),
    links,
    services: compileLevels(
      architecture.services,
      indexOf,
      (server, consumer) => links[linkOf.get(consumer * components.length + server) ?? -1],
    ),
    tally,
    moments: compileMoments(architecture, scenario, indexOf),
    times: options.times ? Float64Array.from(options.times) : sampleTimes(horizonSeconds, options.everySeconds),
    marks: sampleTimes(horizonSeconds, undefined),
    firstStepSeconds: scenario.steps[0]?.atSeconds ?? 0,
    horizonSeconds,
    recoveryLevels: recoveryLevels(scenario),
    stepScale: options.stepScale ?? 1,
  };
}

function sortsOf(pools: readonly Pool[]): Sorts {
  const which = (has: (pool: Pool) => boolean): Int32Array => Int32Array.from(pools.filter(has), ({ index }) => index);
  return {
    crashing: which(({ hazardPerSecond, lossPerSecond }) => hazardPerSecond > 0 || lossPerSecond > 0),
    timed: which(({ comeback }) => comeback === FIXED || comeback === UNIFORM),
    promoted: which(({ source }) => source >= 0),
    retrying: which(({ retries }) => retries),
    asking: which(({ asks }) => asks.length > 0),
    joining: which(({ asks, retries }) => asks.length > 0 && !retries),
    serving: which(({ serves }) => serves.length > 0),
    plain: Uint8Array.from(pools, ({ source, lossPerSecond }) => (source < 0 && lossPerSecond === 0 ? 1 : 0)),
    hazards: Float64Array.from(pools, ({ hazardPerSecond }) => hazardPerSecond),
  };
}

/** 50%, 90%, 95%, 99%, and what the scenario's expectations ask for, ascending. */
export function recoveryLevels(scenario: Scenario): number[] {
  const levels = new Set([0.5, 0.9, 0.95, 0.99]);
  for (const expectation of scenario.expectations) if (expectation.kind === 'backTo') levels.add(expectation.level);
  return [...levels].sort((a, b) => a - b);
}

function sampleTimes(horizonSeconds: number, everySeconds: number | undefined): Float64Array {
  const every = everySeconds !== undefined && everySeconds > 0 ? everySeconds : horizonSeconds / 360;
  const count = Math.max(1, Math.ceil(horizonSeconds / every - 1e-9));
  const times = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) times[i] = i * every;
  times[count] = horizonSeconds;
  return times;
}

const neededBy = (component: Component): string[] => namesIn(component.needs.map((need) => need.expression));

function influencesOf(
  components: readonly Component[],
  services: Architecture['services'],
  indexOf: ReadonlyMap<string, number>,
  links: readonly Link[],
): number[] {
  const influences = components.map(() => 0);
  const raise = (index: number | undefined, to: number): void => {
    if (index !== undefined) influences[index] = Math.max(influences[index] ?? 0, to);
  };
  for (const component of components) {
    for (const name of neededBy(component)) raise(indexOf.get(name), 1);
    if (component.promotion)
      raise(indexOf.get(component.promotion.source), component.promotion.rate.kind === 'share' ? 3 : 1);
  }
  for (const { needs } of services)
    for (const name of namesIn(needs.map((need) => need.expression))) raise(indexOf.get(name), 1);
  for (const link of links) raise(link.server, link.hard ? 2 : 3);
  return influences;
}

function comebackOf(
  component: Component,
  indexOf: ReadonlyMap<string, number>,
): Pick<Pool, 'comeback' | 'restartSeconds' | 'waitSeconds' | 'source' | 'promotedPerSecond' | 'promotedByShare'> {
  const { promotion, restart } = component;
  const none = { restartSeconds: 0, waitSeconds: 0, source: -1, promotedPerSecond: 0, promotedByShare: false };
  if (promotion !== undefined) {
    return {
      comeback: VACANT,
      restartSeconds: 0,
      waitSeconds: 0,
      source: indexOf.get(promotion.source) ?? -1,
      promotedPerSecond: promotion.rate.perSecond,
      promotedByShare: promotion.rate.kind === 'share',
    };
  }
  if (restart === undefined) return { ...none, comeback: NEVER };
  const comeback = { exponential: EXPONENTIAL, fixed: FIXED, uniform: UNIFORM }[restart.distribution];
  const waitSeconds = comeback === UNIFORM ? 0.5 * restart.seconds : restart.seconds;
  return { ...none, comeback, restartSeconds: restart.seconds, waitSeconds };
}

/** The same array for all that retry alike: what is found for it is found once. */
function retryMeans({ retry }: Component, known: Map<string, Float64Array>): Float64Array {
  const key = retry === undefined ? '' : `${retry.firstSeconds} ${retry.maxSeconds}`;
  const before = known.get(key);
  if (before) return before;
  const means: number[] = [];
  const { firstSeconds = 0, maxSeconds = 0 } = retry ?? {};
  for (let mean = firstSeconds; mean < maxSeconds; mean *= 2) means.push(mean);
  means.push(Math.max(firstSeconds, maxSeconds));
  const array = Float64Array.from(means);
  known.set(key, array);
  return array;
}

function compileMoments(
  architecture: Architecture,
  scenario: Scenario,
  indexOf: ReadonlyMap<string, number>,
): Moment[] {
  const poolsOf = (target: string): number[] =>
    componentsOf(architecture, target).flatMap((name) => indexOf.get(name) ?? []);
  const changesOf = (action: Action): Change[] => {
    switch (action.kind) {
      case 'crash':
        return poolsOf(action.target).map((pool) => ({ kind: 'crash', pool, amount: action.share }));
      case 'strike':
        return architecture.components.flatMap((component): Change[] => {
          const exposure = component.exposures.find((one) => one.hazard === action.hazard);
          const pool = indexOf.get(component.name);
          return exposure === undefined || pool === undefined ? [] : [{ kind: 'crash', pool, amount: exposure.share }];
        });
      case 'restore':
        return poolsOf(action.target).map((pool) => ({ kind: 'restore', pool, amount: 0 }));
      case 'add':
        return poolsOf(action.target).map((pool) => ({ kind: 'add', pool, amount: action.count }));
    }
  };
  return scenario.steps.map(({ atSeconds, action }) => ({ atSeconds, changes: changesOf(action) }));
}
