import type { NeedExpression } from '../model/index.ts';
import { byOneEvent, holds, type OneByOne, WORDS } from './by-one-event.ts';
import { firstPathText } from './chain-text.ts';
import { type Aftermath, afterEvents, type Chain, type Step } from './chains.ts';
import type { DependencyGraph } from './dependency-graph.ts';
import { nearestEvents, nodesOf } from './nearest-events.ts';
import { type Redundancy, redundancies } from './redundancies.ts';
import { strongComponents } from './strong-components.ts';

/** What takes so many alternatives of one need, each event alone, that too few are left. Events by index. */
export interface SharedFate {
  readonly redundancy: Redundancy;
  /** The events by which alternatives they take down; every event stands in one group, the nearest ones in the first. */
  readonly groups: readonly FateGroup[];
  /** Whether these are all such events; but for huge knots of needs they are. */
  readonly isWhole: boolean;
  /** How the first event takes the first few of the first group down, from each of them to it; empty where it strikes one. */
  readonly ways: readonly FateWay[];
}

/** A chain of which no more is kept than is told of it: of a large architecture there are thousands. */
export interface FateWay {
  readonly text: string;
  /** As far as it comes to no choice. */
  readonly steps: readonly Step[];
}

export interface FateGroup {
  /** By their position. */
  readonly alternatives: readonly number[];
  /** Those that the needs of the alternatives come to before any other such event. In the order of the graph. */
  readonly nearest: readonly number[];
  /** Those that they come to through another such event alone: the ground that the nearest stand on. */
  readonly below: readonly number[];
}

/** An event that takes too many alternatives of one need, and which. */
interface Blow {
  readonly event: number;
  readonly alternatives: readonly number[];
}

/**
 * The fates that the alternatives of the needs of an architecture share, exact: every basic event that takes down too
 * many of them, whatever the way, over needs with alternatives and circles too. What is lost only together with its owner
 * is no redundancy that the owner could miss, so each owner is thought to stand. In the order of the text.
 */
export function sharedFates(graph: DependencyGraph, of: Parameters<typeof redundancies>[0]): SharedFate[] {
  const needs = redundancies(of);
  const withOwnerUp = ownersUp(graph);
  const nearest = nearestEvents(graph);
  const asked = blowsTo(graph, needs).map((some, at) => withOwnerUp(needs[at] as Redundancy, some));
  const groups = asked.map(({ blows }, at) => grouped(blows, nearest(needs[at] as Redundancy, blows)));
  const told = waysOf(graph, needs, groups);
  return needs.flatMap((redundancy, at) => {
    const [some = [], ways = []] = [groups[at], told[at]];
    return some.length === 0 ? [] : { redundancy, groups: some, isWhole: asked[at]?.isWhole ?? true, ways };
  });
}

/** By need, the events that leave too few of its alternatives; of those that depend on the owner perhaps by its loss. */
function blowsTo(graph: DependencyGraph, needs: readonly Redundancy[]): Blow[][] {
  const result = needs.map((): Blow[] => []);
  const roots = needs.flatMap(({ alternatives }) => alternatives.flatMap((one) => nodesOf(graph, one)));
  byOneEvent(graph, roots, (found) => {
    for (const [at, need] of needs.entries()) {
      const { alternatives, needed } = need;
      const isAskedAgain = dependsOnOwner(graph, need);
      const fallen = alternatives.map((alternative) => fallenBits(graph, alternative, found));
      const tooMany = reached(fallen, alternatives.length - needed + 1);
      for (let word = 0; word < WORDS; word++) {
        for (let rest = tooMany[word] as number; rest !== 0; rest &= rest - 1) {
          const bit = word * 32 + 31 - Math.clz32(rest & -rest);
          const struck = isAskedAgain
            ? NOBODY
            : [...alternatives.keys()].filter((one) => holds(fallen[one] as Int32Array, 0, bit));
          result[at]?.push({ event: found.events[bit] as number, alternatives: struck });
        }
      }
    }
  });
  return result;
}

const NOBODY: readonly number[] = [];

function fallenBits(graph: DependencyGraph, need: NeedExpression, found: OneByOne): Int32Array {
  if (need.kind === 'reference') {
    const node = graph.nodeOf.get(need.name);
    return node === undefined ? NONE : found.fallen.subarray(node * WORDS, (node + 1) * WORDS);
  }
  const operands = need.operands.map((operand) => fallenBits(graph, operand, found));
  return reached(operands, operands.length - leastOf(need) + 1);
}

const NONE = new Int32Array(WORDS);

/** How many operands have to work; a count that the language forbids is read as the nearest it allows. */
function leastOf(need: Exclude<NeedExpression, { kind: 'reference' }>): number {
  const all = need.operands.length;
  if (need.kind === 'atLeast') return Math.min(Math.max(Math.ceil(need.count), 1), all);
  return need.kind === 'and' ? all : 1;
}

/** The events that are in at least `count` of some sets. */
function reached(sets: readonly Int32Array[], count: number): Int32Array {
  // inAtLeast[j]: the events that are in j of the sets looked at so far; nothing is in more sets than there are.
  const inAtLeast = Array.from({ length: count + 1 }, (_, j) => new Int32Array(WORDS).fill(j === 0 ? -1 : 0));
  for (const [at, set] of sets.entries()) {
    // Fewer than these would not be enough with all that follow.
    const least = Math.max(1, count - (sets.length - 1 - at));
    for (let j = Math.min(count, at + 1); j >= least; j--) {
      const [to, from] = [inAtLeast[j] as Int32Array, inAtLeast[j - 1] as Int32Array];
      for (let word = 0; word < WORDS; word++) {
        to[word] = (to[word] as number) | ((from[word] as number) & (set[word] as number));
      }
    }
  }
  return inAtLeast[count] as Int32Array;
}

/** Nodes that may fall, over all needs of an architecture, while it is asked what takes alternatives with their owner up. */
const MOST_FALLS = 4_000_000;
/** Events that are asked about for each need even when that is spent. */
const LEAST_ASKED = 2;

/**
 * Leaves out what takes the alternatives only by taking their owner. In a large knot of needs, where nearly everything
 * takes everything, not all events can be asked about at the speed of typing: the nearest come first, and the rest is not
 * told.
 */
function ownersUp(graph: DependencyGraph): (need: Redundancy, blows: readonly Blow[]) => Asked {
  const nearest = nearestEvents(graph);
  let falls = 0;
  return (need, blows) => {
    if (blows.length === 0 || !dependsOnOwner(graph, need)) return { blows, isWhole: true };
    const all = blows.map(({ event }) => event);
    // If all at once do not take them, none does.
    if (struckBy(all).length <= need.alternatives.length - need.needed) return { blows: [], isWhole: true };
    const first = nearest(need, blows);
    const kept: Blow[] = [];
    let asked = 0;
    for (const event of [...all.filter((one) => first.has(one)), ...all.filter((one) => !first.has(one))]) {
      if (falls > MOST_FALLS && asked >= LEAST_ASKED) break;
      asked += 1;
      const alternatives = struckBy([event]);
      if (alternatives.length > need.alternatives.length - need.needed) kept.push({ event, alternatives });
    }
    return { blows: kept.sort((a, b) => a.event - b.event), isWhole: asked === all.length };

    function struckBy(events: readonly number[]): number[] {
      const look = ({ size, hasFallen }: Aftermath): number[] => {
        falls += size;
        return [...need.alternatives.keys()].filter((at) =>
          hasFailed(need.alternatives[at] as NeedExpression, hasFallen),
        );
      };
      return afterEvents(graph, events, look, need.owner);
    }
  };
}

interface Asked {
  readonly blows: readonly Blow[];
  readonly isWhole: boolean;
}

const circles = new WeakMap<DependencyGraph, Int32Array>();

/** Whether an alternative may depend on whoever needs it: by needs to start it may without a circle of what is running. */
function dependsOnOwner(graph: DependencyGraph, { owner, toStart, alternatives }: Redundancy): boolean {
  if (toStart) return true;
  let circleOf = circles.get(graph);
  if (circleOf === undefined) {
    circleOf = new Int32Array(graph.origins.length);
    const all = [...graph.nodeOf.values()];
    for (const [circle, nodes] of strongComponents(graph, all, new Uint8Array(circleOf.length).fill(1)).entries()) {
      for (const node of nodes) circleOf[node] = circle;
    }
    circles.set(graph, circleOf);
  }
  const own = circleOf[graph.nodeOf.get(owner) ?? -1];
  return alternatives.some((one) => nodesOf(graph, one).some((node) => circleOf[node] === own));
}

function hasFailed(need: NeedExpression, hasFallen: Aftermath['hasFallen']): boolean {
  if (need.kind === 'reference') return hasFallen(need.name);
  const left = need.operands.filter((operand) => !hasFailed(operand, hasFallen)).length;
  return left < leastOf(need);
}

function grouped(blows: readonly Blow[], isNearest: ReadonlySet<number>): FateGroup[] {
  const groups = new Map<string, { alternatives: readonly number[]; nearest: number[]; below: number[] }>();
  for (const { event, alternatives } of blows) {
    const key = alternatives.join();
    const group = groups.get(key) ?? { alternatives, nearest: [], below: [] };
    groups.set(key, group);
    (isNearest.has(event) ? group.nearest : group.below).push(event);
  }
  const all = [...groups.values()];
  return [...all.filter(({ nearest }) => nearest.length > 0), ...all.filter(({ nearest }) => nearest.length === 0)];
}

/** More than these are not told. */
const MOST_CHAINS = 3;
/** Each choice on the way doubles what there is to read; how it falls in its turn is told where it stands. */
const MOST_CHOICES = 1;

/** Each event is struck once for all the needs that tell it first, as far as their owners need not be held up. */
function waysOf(
  graph: DependencyGraph,
  needs: readonly Redundancy[],
  groups: readonly (readonly FateGroup[])[],
): FateWay[][] {
  const ways = needs.map((): FateWay[] => []);
  const byEvent = new Map<string, { event: number; held?: string; needs: number[] }>();
  for (const [at, [first]] of groups.entries()) {
    const need = needs[at] as Redundancy;
    const event = first?.nearest[0] ?? first?.below[0];
    if (event === undefined) continue;
    const held = dependsOnOwner(graph, need) ? need.owner : undefined;
    const key = `${event} ${held ?? ''}`;
    const known = byEvent.get(key);
    if (known !== undefined) known.needs.push(at);
    else byEvent.set(key, { event, ...(held !== undefined && { held }), needs: [at] });
  }
  for (const { event, held, needs: some } of byEvent.values()) {
    afterEvents(
      graph,
      [event],
      ({ hasFallen, chainOf }) => {
        const known = new Map<string, FateWay>();
        for (const at of some) {
          const { alternatives } = needs[at] as Redundancy;
          const fallen = groups[at]?.[0]?.alternatives ?? [];
          const names = fallen.flatMap((one) => fallenNames(alternatives[one] as NeedExpression, hasFallen));
          ways[at] = [...new Set(names)].slice(0, MOST_CHAINS).flatMap((name) => {
            const way = known.get(name) ?? wayOf(chainOf(name, MOST_CHOICES));
            known.set(name, way);
            return way.text === '' ? [] : way;
          });
        }
      },
      held,
    );
  }
  return ways;
}

const wayOf = (chain: Chain): FateWay => ({ text: firstPathText(chain), steps: chain.steps });

/** Enough of what an alternative names to say how it falls: of an `and` one that does, of a choice all that do. */
function fallenNames(need: NeedExpression, hasFallen: Aftermath['hasFallen']): string[] {
  if (need.kind === 'reference') return [need.name];
  const fallen = need.operands.filter((operand) => hasFailed(operand, hasFallen));
  return (need.kind === 'and' ? fallen.slice(0, 1) : fallen).flatMap((operand) => fallenNames(operand, hasFallen));
}
