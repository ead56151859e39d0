import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  analyse,
  type BasicEvent,
  type MinimalCutSets,
  minimalCutSets,
  serviceFaults,
} from '../../language/core/analysis/index.ts';
import { architectureOf, type FaultTree, failures, minimalSets, randomTree } from './fault-trees.ts';
import { and, architecture, atLeast, component, needs, or, service, smallArchitectures } from './generate.ts';
import { bruteForceCutSets } from './oracle.ts';

const sorted = (sets: readonly string[][]) =>
  sets.map((set) => [...set].sort()).sort((a, b) => a.length - b.length || (a.join(' ') < b.join(' ') ? -1 : 1));

/** What a result says is true: every set up to the order that it claims, and no other. */
function checkHonest(result: MinimalCutSets, all: readonly string[][], maxOrder = Number.POSITIVE_INFINITY): void {
  const { byOrder, total, complete, completeToOrder, sets, allListed } = result;
  const largest = Math.max(0, ...all.map(({ length }) => length));
  expect(completeToOrder).toBeGreaterThanOrEqual(1);
  expect(complete).toBe(completeToOrder === Number.POSITIVE_INFINITY);
  if (complete) expect(result.endedBy).toBeUndefined();
  if (complete) expect(largest).toBeLessThanOrEqual(maxOrder);
  const claimed = all.filter(({ length }) => length <= Math.min(completeToOrder, maxOrder));
  const expected = Array.from({ length: Math.max(0, ...claimed.map(({ length }) => length)) }, (_, at) =>
    BigInt(claimed.filter(({ length }) => length === at + 1).length),
  );
  expect(byOrder).toEqual(expected);
  expect(total).toBe(BigInt(claimed.length));
  expect(sets).toEqual(claimed.slice(0, sets.length));
  expect(allListed).toBe(sets.length === claimed.length);
}

const shapes = fc.record({
  seed: fc.nat(1_000_000),
  events: fc.integer({ min: 1, max: 10 }),
  gates: fc.integer({ min: 1, max: 14 }),
  most: fc.integer({ min: 2, max: 5 }),
  circles: fc.constantFrom(0, 0, 0.1, 0.3),
  reach: fc.integer({ min: 1, max: 6 }),
});
const smallTrees: fc.Arbitrary<FaultTree> = shapes.map(({ seed, ...shape }) => randomTree(seed, shape));
/** Of one module each, as a rule, so that few nodes do not do. */
const knottyTrees: fc.Arbitrary<FaultTree> = fc
  .record({ seed: fc.nat(1_000_000), circles: fc.constantFrom(0, 0.1), reach: fc.integer({ min: 2, max: 4 }) })
  .map(({ seed, ...shape }) => randomTree(seed, { events: 10, gates: 12, most: 4, ...shape }));

describe('the cut sets of random fault trees', () => {
  test('are those of brute force: shared subtrees, repeated events, k of n, circles', () => {
    fc.assert(
      fc.property(smallTrees, (tree) => {
        const all = minimalSets(tree, failures(tree));
        const result = minimalCutSets(analyse(architectureOf(tree)), 'G0');
        checkHonest(result, all);
        expect([result.complete, result.allListed]).toEqual([true, true]);
      }),
      { numRuns: 3000 },
    );
  });

  test('are listed from the first on, however few are asked for', () => {
    fc.assert(
      fc.property(fc.oneof(smallTrees, knottyTrees), fc.integer({ min: 0, max: 8 }), (tree, maxSets) => {
        const all = minimalSets(tree, failures(tree));
        const result = minimalCutSets(analyse(architectureOf(tree)), 'G0', { maxSets });
        checkHonest(result, all);
        expect(result.sets.length).toBe(Math.min(maxSets, all.length));
      }),
      { numRuns: 1000 },
    );
  });

  test('and their unavailability is that of the sum over all states', () => {
    fc.assert(
      fc.property(smallTrees, (tree) => {
        const fails = failures(tree);
        let expected = 0;
        for (let set = 0; set < fails.length; set++) {
          if (fails[set] === 0) continue;
          let probability = 1;
          for (let event = 0; event < tree.events; event++) {
            const mttr = 1 + (event % 3);
            const q = mttr / (10 + (event % 7) + mttr);
            probability *= (set >> event) & 1 ? q : 1 - q;
          }
          expected += probability;
        }
        const { unavailability } = serviceFaults(analyse(architectureOf(tree)), 'G0');
        expect(unavailability ?? 0).toBeCloseTo(expected, 12);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('two ways to the same cut sets, in trees too large for brute force', () => {
  test('agree: through the diagram of the loss, and gate by gate up to an order', () => {
    let largest = 0n;
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.constantFrom(0, 0.03), fc.constantFrom(3, 6, 12), (seed, circles, reach) => {
        const model = architectureOf(randomTree(seed, { events: 80, gates: 90, most: 5, circles, reach }));
        const whole = minimalCutSets(analyse(model), 'G0', { maxSets: 300 });
        expect(whole.complete).toBe(true);
        if (whole.total > largest) largest = whole.total;
        const small = minimalCutSets(analyse(model), 'G0', { maxSets: 300, maxOrder: 4 });
        expect(small.completeToOrder).toBeGreaterThanOrEqual(4);
        const upTo4 = whole.byOrder.slice(0, 4);
        while (upTo4.at(-1) === 0n) upTo4.pop();
        expect(small.byOrder).toEqual(upTo4);
        expect(small.sets).toEqual(whole.sets.filter(({ length }) => length <= 4));
      }),
      { numRuns: 300 },
    );
    expect(largest).toBeGreaterThan(200n);
  });
});

describe('a query for small cut sets among some events', () => {
  test('has those of brute force, no larger ones, and says so', () => {
    fc.assert(
      fc.property(smallTrees, fc.integer({ min: 1, max: 5 }), fc.nat(1023), (tree, maxOrder, mask) => {
        const fails = failures(tree);
        const allowed = (event: number) => ((mask >> event) & 1) === 1;
        const among = ({ name }: BasicEvent) => allowed(Number(name.slice(1)));
        const analysis = analyse(architectureOf(tree));
        const result = minimalCutSets(analysis, 'G0', { maxOrder, among });
        checkHonest(result, minimalSets(tree, fails, allowed), maxOrder);
        expect(result.completeToOrder).toBeGreaterThanOrEqual(maxOrder);
        expect(result.allListed).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  test('knows hazards and operators as events, and every service', () => {
    fc.assert(
      fc.property(smallArchitectures(4), fc.integer({ min: 1, max: 3 }), (model, maxOrder) => {
        const analysis = analyse(model);
        for (const { name } of model.services) {
          const all = sorted(bruteForceCutSets(model, name));
          checkHonest(minimalCutSets(analysis, name, { maxOrder }), all, maxOrder);
          const hazards = all.filter((set) => set.every((event) => event.startsWith('H')));
          const among = ({ kind }: BasicEvent) => kind === 'hazard';
          checkHonest(minimalCutSets(analysis, name, { among }), hazards);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('pays for no more than it asks: pairs among a thousand parts whose triples nobody could list', () => {
    const names = Array.from({ length: 1000 }, (_, at) => `C${at}`);
    const pairs = names.flatMap((name, at) => (at % 2 === 0 ? [or(name, names[at + 1] as string)] : []));
    const model = architecture({
      components: names.map((name) => component(name, 'vendor')),
      services: [service('S', [needs(and(...pairs)), needs(atLeast(990, ...names))])],
    });
    const result = minimalCutSets(analyse(model), 'S', { maxOrder: 2, maxSets: 2 });
    expect(result).toEqual({
      byOrder: [0n, 500n],
      total: 500n,
      complete: false,
      completeToOrder: 2,
      sets: [
        ['C0', 'C1'],
        ['C10', 'C11'],
      ],
      allListed: false,
    });
  });

  test('of a service that there is not has nothing to say', () => {
    const none = { byOrder: [], total: 0n, complete: true, completeToOrder: Number.POSITIVE_INFINITY };
    expect(minimalCutSets(analyse(architecture({})), 'Nobody')).toEqual({ ...none, sets: [], allListed: true });
  });
});

describe('a budget that ends', () => {
  test('leaves what is said to be complete: nodes', () => {
    const orders = new Set<number>();
    fc.assert(
      fc.property(knottyTrees, fc.integer({ min: 1, max: 150 }), fc.boolean(), (tree, maxNodes, limited) => {
        const all = minimalSets(tree, failures(tree));
        const analysis = analyse(architectureOf(tree));
        const maxOrder = limited ? 3 : Number.POSITIVE_INFINITY;
        const result = minimalCutSets(analysis, 'G0', { maxNodes, maxOrder });
        // Without a word to stop there are always the pairs.
        expect(result.completeToOrder).toBeGreaterThanOrEqual(2);
        if (!limited) orders.add(result.completeToOrder);
        checkHonest(result, all, maxOrder);
      }),
      { numRuns: 1000 },
    );
    // The test has seen results that end in the middle, not only none and all.
    expect([...orders].sort()).toEqual(expect.arrayContaining([2, 3, 4, Number.POSITIVE_INFINITY]));
  });

  test('ends at once when asked to stop, in a tree that would take long, and keeps what it has', () => {
    const tree = randomTree(3, { events: 191, gates: 219, most: 6, circles: 0.01, reach: 16 });
    const analysis = analyse(architectureOf(tree));
    const singles = analysis.singleFailures().filter(({ services }) => services.includes('G0')).length;
    for (const after of [0, 3, 40, 150]) {
      let asked = 0;
      const { byOrder, completeToOrder } = minimalCutSets(analysis, 'G0', { shouldStop: () => ++asked > after });
      expect(asked).toBeGreaterThan(after);
      // Each loop above the one that was stopped may ask once more.
      expect(asked).toBeLessThan(after + 8);
      expect(completeToOrder).toBeGreaterThanOrEqual(1);
      expect(Number(byOrder[0] ?? 0n)).toBe(singles);
    }
  });

  test('leaves what is said to be complete: time, wherever it ends', () => {
    fc.assert(
      fc.property(smallTrees, fc.nat(40), fc.boolean(), (tree, after, quantities) => {
        const all = minimalSets(tree, failures(tree));
        const analysis = analyse(architectureOf(tree));
        let asked = 0;
        const options = { maxNodes: 60, shouldStop: () => asked++ >= after };
        const whole = quantities ? serviceFaults(analysis, 'G0', options) : undefined;
        checkHonest(whole?.minimalCutSets ?? minimalCutSets(analysis, 'G0', options), all);
      }),
      { numRuns: 2000 },
    );
  });
});
