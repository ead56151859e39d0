import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { componentsOf } from '../../language/core/model/index.ts';
import { compile, run, simulate } from '../../language/core/simulation/index.ts';
import { ALL, JOINT_PLACES, LEAF, LOOSE_PLACES, type NeedNode } from '../../language/core/simulation/needs.ts';
import { type Pool, VACANT } from '../../language/core/simulation/program.ts';
import type { State } from '../../language/core/simulation/state.ts';
import { systems } from './generate.ts';

const RUNS = { numRuns: 150, seed: 2007 };

const sum = (values: Iterable<number>): number => {
  let all = 0;
  for (const value of values) all += value;
  return all;
};

/** Whole, not negative, and adding up: what must hold at every moment of every run. */
function checkState(state: State): void {
  const { program } = state;
  for (const pool of program.pools) {
    const i = pool.index;
    const [up, starting, down, all] = [state.up, state.starting, state.down, state.size].map(
      (counts) => counts[i] ?? -1,
    );
    if (up === undefined || starting === undefined || down === undefined || all === undefined) continue;
    for (const count of [up, starting, down]) {
      if (!(count >= 0) || !Number.isInteger(count)) throw new Error(`${pool.name}: count ${count}`);
    }
    if (pool.comeback === VACANT ? up > all || starting + down > 0 : up + starting + down !== all) {
      throw new Error(`${pool.name}: ${up} + ${starting} + ${down} is not ${all}`);
    }
    if (sum(state.waiting[i] ?? []) !== starting) throw new Error(`${pool.name}: waiting is not ${starting}`);
    const returns = state.returns[i];
    if (returns && (pool.comeback === 2 || pool.comeback === 3)) {
      const scheduled = sum(
        [...returns.exact, ...returns.loose, ...returns.flow.slice(returns.met), ...returns.cohorts].map(
          (entry) => entry.count,
        ),
      );
      if (scheduled !== down) throw new Error(`${pool.name}: ${scheduled} scheduled of ${down} down`);
    }
    if (pool.needs.placing === JOINT_PLACES) checkSets(state, pool, up);
    else if (pool.hold) checkPlaces(state, pool.hold, up, pool.name);
  }
  program.links.forEach((link, index) => {
    const consumer = program.pools[link.consumer];
    const held = state.held[index] ?? -1;
    const sets = state.sets[link.consumer];
    const places =
      consumer?.needs.placing === LOOSE_PLACES
        ? sum(link.leaves.map((leaf) => state.places[leaf.place] ?? Number.NaN))
        : consumer?.needs.placing === JOINT_PLACES
          ? sum((sets?.counts ?? []).filter((_, at) => sets?.links[at]?.includes(index)))
          : consumer?.needs.plain.some((leaf) => leaf.holds && leaf.link === index)
            ? (state.up[link.consumer] ?? -1)
            : 0;
    if (places !== held) throw new Error(`held ${held}, places ${places}`);
    if (link.capacity > 0 && state.up[link.server] === 0 && held > 0) throw new Error('a place at nobody');
  });
}

/** Held = those connected: each instance that is up holds one set of places, and each such set fulfils its needs. */
function checkSets(state: State, pool: Pool, up: number): void {
  const { counts, links } = state.sets[pool.index] ?? expect.fail();
  if (sum(counts) !== up) throw new Error(`${pool.name}: ${counts} hold places, ${up} are up`);
  links.forEach((held, at) => {
    const fulfils = (node: NeedNode): boolean =>
      node.kind === LEAF
        ? !node.holds || held.includes(node.link)
        : node.operands.filter(fulfils).length >= (node.kind === ALL ? node.operands.length : node.count);
    if (counts[at] !== 0 && pool.hold && !fulfils(pool.hold))
      throw new Error(`${pool.name}: places ${held} are too few`);
    if (!((counts[at] ?? -1) >= 0)) throw new Error(`${pool.name}: ${counts[at]} hold ${held}`);
  });
}

/** The same where only totals are known: each instance that is up holds what its needs say, and nobody else holds anything. */
function checkPlaces(state: State, node: NeedNode, count: number, name: string): void {
  if (node.kind === LEAF) {
    if (node.place >= 0 && state.places[node.place] !== count) {
      throw new Error(`${name}: ${state.places[node.place]} places for ${count}`);
    }
  } else if (node.kind === ALL) for (const operand of node.operands) checkPlaces(state, operand, count, name);
  else {
    const chosen = node.operands.map((_, at) => state.branches[node.branch + at] ?? Number.NaN);
    if (sum(chosen) !== count * node.count) throw new Error(`${name}: chose ${chosen}, ${count} are up`);
    for (const one of chosen) if (!(one >= 0 && one <= count)) throw new Error(`${name}: ${one} of ${count} chose`);
    node.operands.forEach((operand, at) => {
      checkPlaces(state, operand, chosen[at] ?? 0, name);
    });
  }
}

describe('any architecture under any scenario', () => {
  test('up + starting + down = n, held = those connected, at every step', () => {
    fc.assert(
      fc.property(systems, ({ model, story, seed }) => {
        run(compile(model, story), seed, checkState);
      }),
      RUNS,
    );
  }, 60_000);

  test('samples add up, and grow by what is added', () => {
    fc.assert(
      fc.property(systems, ({ model, story, seed }) => {
        const trace = simulate(model, story, seed, { everySeconds: 300 });
        for (const { name, instances } of model.components) {
          const { up, starting, down } = trace.components[name] ?? expect.fail();
          trace.times.forEach((seconds, at) => {
            const added = story.steps.filter(
              ({ atSeconds, action }) =>
                action.kind === 'add' && atSeconds <= seconds && componentsOf(model, action.target).includes(name),
            );
            const all = instances + sum(added.map(({ action }) => (action.kind === 'add' ? action.count : 0)));
            expect((up[at] ?? 0) + (starting[at] ?? 0) + (down[at] ?? 0)).toBe(all);
          });
        }
        for (const { level, lowest } of Object.values(trace.services)) {
          for (const one of level) expect(one >= 0 && one <= 1).toBe(true);
          expect(lowest >= 0 && lowest <= 1).toBe(true);
        }
      }),
      RUNS,
    );
  }, 60_000);

  test('same seed, same trace, bit for bit; compiled once or twice', () => {
    fc.assert(
      fc.property(systems, ({ model, story, seed }) => {
        const program = compile(model, story);
        const first = run(program, seed);
        run(program, seed + 1);
        expect(run(program, seed)).toEqual(first);
        expect(simulate(structuredClone(model), structuredClone(story), seed)).toEqual(first);
      }),
      { ...RUNS, numRuns: 60 },
    );
  }, 60_000);
});
