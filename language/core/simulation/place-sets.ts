import { hypergeometric } from './samplers.ts';
import type { State } from './state.ts';

/**
 * Pools whose instances choose whom they join: counted by the set of places that an instance holds, so that who loses
 * one place is known to free just those others that go with it. Instances with the same places are alike.
 */
export interface PlaceSets {
  /** By links, ascending, as text. */
  readonly index: Map<string, number>;
  readonly links: (readonly number[])[];
  readonly counts: number[];
}

export const createSets = (): PlaceSets => ({ index: new Map(), links: [], counts: [] });

export const copySets = ({ index, links, counts }: PlaceSets): PlaceSets => ({
  index: new Map(index),
  links: [...links],
  counts: [...counts],
});

/** Frees the places of `count` of a pool's instances, any of them alike. */
export function releaseAny(state: State, sets: PlaceSets, count: number): void {
  const { counts } = sets;
  let all = 0;
  for (let at = 0; at < counts.length; at++) all += counts[at] as number;
  let left = count;
  for (let at = 0; at < counts.length && left > 0; at++) {
    const here = counts[at] as number;
    if (here === 0) continue;
    const share = hypergeometric(state.random, here, all - here, left);
    all -= here;
    left -= share;
    leave(state, sets, at, share);
  }
}

/** The same for `count` of those who hold a place on this link. */
export function releaseHolders(state: State, sets: PlaceSets, link: number, count: number): void {
  const { counts, links } = sets;
  let all = state.held[link] as number;
  let left = count;
  for (let at = 0; at < counts.length && left > 0; at++) {
    const here = counts[at] as number;
    if (here === 0 || !(links[at] as readonly number[]).includes(link)) continue;
    const share = hypergeometric(state.random, here, all - here, left);
    all -= here;
    left -= share;
    leave(state, sets, at, share);
  }
}

function leave(state: State, sets: PlaceSets, at: number, count: number): void {
  if (count === 0) return;
  sets.counts[at] = (sets.counts[at] as number) - count;
  for (const link of sets.links[at] as readonly number[]) state.held[link] = (state.held[link] as number) - count;
}

export function enter(
  held: Float64Array,
  sets: PlaceSets,
  links: readonly number[],
  count: number,
  key = links.join(' '),
): void {
  let at = sets.index.get(key);
  if (at === undefined) {
    // A set that nobody has any more makes room for another, so that no more are kept than instances.
    at = sets.links.length > REUSE_FROM ? sets.counts.indexOf(0) : -1;
    if (at < 0) at = sets.links.length;
    else sets.index.delete((sets.links[at] as readonly number[]).join(' '));
    sets.index.set(key, at);
    sets.links[at] = links;
    sets.counts[at] = 0;
  }
  sets.counts[at] = (sets.counts[at] as number) + count;
  for (const link of links) held[link] = (held[link] as number) + count;
}

const REUSE_FROM = 128;
