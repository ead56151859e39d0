import v8 from 'node:v8';
import vm from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Analysis, analyse, minimalCutSets, serviceFaults } from '../../language/core/analysis/index.ts';
import { find, keep, meaningOf, moduleStore } from '../../language/core/analysis/module-store.ts';
import { orderMemory, recalledOrder, rememberOrder } from '../../language/core/analysis/order-memory.ts';
import { ORDERS } from '../../language/core/analysis/variable-order.ts';
import type { Architecture, Component, Service } from '../../language/core/model/index.ts';
import { architectureOf, randomTree } from './fault-trees.ts';
import { architecture, atLeast, component, needs, needsToStart, or, service, smallArchitectures } from './generate.ts';

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc') as () => void;

const known = (analysis: Analysis) => ({
  singles: analysis.singleFailures(),
  cold: analysis.coldStart(),
  faults: analysis.architecture.services.map(({ name }) => serviceFaults(analysis, name)),
});

const SHAPE = { events: 40, gates: 32, most: 4, circles: 0.02, reach: 3 };

/** One gate of a tree reads other things, as after a change of one line. */
function edited(model: Architecture, seed: number): Architecture {
  const other = architectureOf(randomTree(seed, SHAPE)).services;
  const at = seed % model.services.length;
  return { ...model, services: model.services.with(at, other[at] as (typeof other)[number]) };
}

describe('an analysis after another', () => {
  test('says what it would say alone, whatever the other was of', () => {
    fc.assert(
      fc.property(fc.array(smallArchitectures(5), { minLength: 2, maxLength: 5 }), (models) => {
        let former: Analysis | undefined;
        for (const model of models) {
          const analysis = analyse(model, former);
          expect(known(analysis)).toEqual(known(analyse(model)));
          former = analysis;
        }
      }),
      { numRuns: 400 },
    );
  });

  test('sees a change of any single word that a fault depends on', () => {
    const source = { source: 'B', rate: { kind: 'count', perSecond: 1 } } as const;
    const of = (a: Partial<Component>, populated: Partial<Service> = {}) =>
      architecture({
        components: [
          component('A', 'company', { needs: [needs('B')], ...a }),
          component('B', 'vendor', { operator: 'P', needs: [needsToStart('A')] }),
        ],
        services: [service('S', [needs('A')], populated)],
      });
    const models = [
      of({}),
      of({ needs: [needsToStart('B')] }),
      of({ needs: [] }),
      of({ needs: [], promotion: source }),
      of({ operator: 'P' }),
      of({ exposures: [{ hazard: 'H', share: 0 }] }),
      of({ exposures: [{ hazard: 'H', share: 1 }] }),
      of({}, { population: 'B' }),
      of({}, { needs: [needs('B')] }),
    ];
    for (const before of models) {
      for (const after of models) expect(known(analyse(after, analyse(before)))).toEqual(known(analyse(after)));
    }
  });

  test('takes over the graph where nothing changed that a fault depends on, and the figures are the new ones', () => {
    const model = (instances: number, seconds: number) =>
      architecture({
        components: [
          component('A', 'company', { instances, mttfSeconds: 9, restart: { distribution: 'fixed', seconds } }),
        ],
        services: [service('S', [needs('A')])],
      });
    const former = analyse(model(1, 1));
    const analysis = analyse(model(2, 3), former);
    expect(analysis.graph).toBe(former.graph);
    expect(analysis.architecture.components[0]?.instances).toBe(2);
    expect(serviceFaults(analysis, 'S').unavailability).toBe(0.25);
  });

  test('solves no module again that is there: a stop at once finds all that has been solved', () => {
    const names = Array.from({ length: 12 }, (_, at) => `C${at}`);
    const model = (extra: string) =>
      architecture({
        components: [...names, extra].map((name) => component(name, 'vendor')),
        services: [service('S', [needs(atLeast(5, ...names)), needs(extra)]), service('T', [needs(or('C0', 'C1'))])],
      });
    const former = analyse(model('X'));
    expect(minimalCutSets(former, 'S').total).toBe(496n);
    let asked = 0;
    const never = () => {
      asked++;
      return false;
    };
    minimalCutSets(analyse(model('Y'), former), 'S', { maxSets: 0, shouldStop: never });
    const reused = asked;
    asked = 0;
    minimalCutSets(analyse(model('Y')), 'S', { maxSets: 0, shouldStop: never });
    expect(reused).toBeLessThan(asked);
  });
});

test('modules have one key if and only if they are the same but for names', () => {
  const module = (top: number, gates: readonly (readonly [number, { count: number; inputs: number[] }])[]) =>
    meaningOf({ top, parts: [], gates: new Map(gates) }).key;
  const one = module(10, [
    [10, { count: 1, inputs: [11, 2] }],
    [11, { count: 2, inputs: [2, 3] }],
  ]);
  expect(
    module(20, [
      [20, { count: 1, inputs: [5, 8] }],
      [5, { count: 2, inputs: [8, 9] }],
    ]),
  ).toBe(one);
  for (const inputs of [
    [3, 2],
    [2, 2],
    [3, 4],
  ]) {
    expect(
      module(10, [
        [10, { count: 1, inputs: [11, 2] }],
        [11, { count: 2, inputs }],
      ]),
    ).not.toBe(one);
  }
});

describe('an order that did for another service', () => {
  const shape = { events: 30, gates: 70, most: 4, circles: 0, reach: 6 };
  const shuffled = fc.shuffledSubarray([...Array(30).keys()], { minLength: 25 });
  const ways = fc.constantFrom(...(Object.keys(ORDERS) as (keyof typeof ORDERS)[]), undefined);
  test('changes no result, whichever it is and in whatever way it was found', () => {
    let recalled = 0;
    fc.assert(
      fc.property(fc.nat(1_000_000), shuffled, ways, fc.boolean(), (seed, events, way, isWayBetter) => {
        const model = architectureOf(randomTree(seed, shape));
        const analysis = analyse(model);
        rememberOrder(analysis.orders, events, 0);
        analysis.orders.way = way;
        analysis.orders.isWayBetter = isWayBetter;
        const { minimalCutSets, unavailability } = serviceFaults(analysis, 'G0');
        const alone = serviceFaults(analyse(model), 'G0');
        expect(minimalCutSets).toEqual(alone.minimalCutSets);
        expect(unavailability).toBeCloseTo(alone.unavailability ?? 0, 12);
        if (recalledOrder(analysis.orders, events, (event) => [event])?.join() === events.join()) recalled += 1;
      }),
      { numRuns: 150 },
    );
    expect(recalled).toBe(150);
  });

  test('is not used where too little is known of it', () => {
    const memory = orderMemory();
    const alone = (event: number) => [event];
    expect(recalledOrder(memory, [1, 2, 3], alone)).toBeUndefined();
    rememberOrder(memory, [3, 1, 2], 0);
    rememberOrder(memory, [4, 5], 0);
    expect(recalledOrder(memory, [1, 2, 3, 4, 5, 6], alone)).toEqual([4, 5, 3, 1, 2, 6]);
    expect(recalledOrder(memory, [1, 10], (variable) => (variable === 10 ? [7, 3] : [variable]))).toEqual([10, 1]);
    expect(recalledOrder(memory, [1, 2, 6, 7], alone)).toBeUndefined();
  });
});

describe('over a day of typing', () => {
  test('what is kept of modules is bounded, and what was asked for last is still there', () => {
    const store = moduleStore();
    const none = new Int32Array();
    const diagram = { root: 0, size: 60_000, levels: none, highs: none, lows: none };
    const found = { loss: { order: [], diagram }, cutSets: { order: [], diagram } };
    for (let module = 0; module < 100; module++) {
      keep(store, String(module), found);
      expect(find(store, '0')).toBe(found);
      expect(store.younger.size + store.older.size).toBeLessThanOrEqual(10);
    }
    expect(find(store, '1')).toBeUndefined();
    expect(find(store, '99')).toBe(found);
  });

  test('a thousand edits leave no more behind than two hundred', () => {
    let model = architectureOf(randomTree(1, SHAPE));
    let analysis = analyse(model);
    const used: number[] = [];
    for (let edit = 1; edit <= 1000; edit++) {
      model = edited(model, edit);
      analysis = analyse(model, analysis);
      for (const name of ['G0', 'G9']) serviceFaults(analysis, name, { maxSets: 50, maxNodes: 20_000 });
      if (edit % 200 !== 0) continue;
      collectGarbage();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      used.push((heapUsed + arrayBuffers) / 1e6);
    }
    const [first, ...later] = used as [number, ...number[]];
    // What a thousand analyses make is several times this; the store up to its bound is a fraction of it.
    expect(Math.max(...later) - first).toBeLessThan(100);
    const { younger, older, nodes } = analysis.modules;
    expect(nodes).toBeLessThanOrEqual(500_000);
    const held = [...younger.values(), ...older.values()].reduce(
      (sum, { loss, cutSets }) => sum + loss.diagram.size + cutSets.diagram.size,
      0,
    );
    expect(held).toBeLessThanOrEqual(1_000_000);
  });
});
