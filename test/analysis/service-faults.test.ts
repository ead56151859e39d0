import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyse, serviceFaults, trafficControl, unavailabilityOf } from '../../language/core/analysis/index.ts';
import type { Architecture } from '../../language/core/model/index.ts';
import {
  and,
  architecture,
  atLeast,
  component,
  needs,
  or,
  ref,
  service,
  skype2007,
  smallArchitectures,
} from './generate.ts';
import { bruteForceCutSets, oracle, subsets } from './oracle.ts';

const faults = (model: Architecture, name: string, options = {}) => serviceFaults(analyse(model), name, options);

const byOrderThenName = (sets: readonly string[][]) =>
  sets.map((set) => [...set].sort()).sort((a, b) => a.length - b.length || (a.join(' ') < b.join(' ') ? -1 : 1));

const countByOrder = (sets: readonly string[][]) =>
  Array.from({ length: Math.max(0, ...sets.map(({ length }) => length)) }, (_, at) =>
    BigInt(sets.filter(({ length }) => length === at + 1).length),
  );

describe('minimal cut sets', () => {
  test('are those that brute force finds, all of them, in order, and counted', () => {
    fc.assert(
      fc.property(smallArchitectures(5), (model) => {
        for (const { name } of model.services) {
          const expected = byOrderThenName(bruteForceCutSets(model, name));
          expect(faults(model, name).minimalCutSets).toEqual({
            byOrder: countByOrder(expected),
            total: BigInt(expected.length),
            complete: true,
            completeToOrder: Infinity,
            sets: expected,
            allListed: true,
          });
        }
      }),
      { numRuns: 1200 },
    );
  });

  test('are listed up to the limit, the first of all, and the list says that it was cut', () => {
    fc.assert(
      fc.property(smallArchitectures(5), fc.integer({ min: 0, max: 4 }), (model, maxSets) => {
        for (const { name } of model.services) {
          const { sets, total } = faults(model, name).minimalCutSets;
          const cut = faults(model, name, { maxSets }).minimalCutSets;
          expect(cut).toMatchObject({
            sets: sets.slice(0, maxSets),
            total,
            complete: true,
            allListed: total <= maxSets,
          });
        }
      }),
      { numRuns: 300 },
    );
  });

  test('are true up to the order that is said when the nodes run out, and up to order 1 when stopped', () => {
    fc.assert(
      fc.property(smallArchitectures(5), (model) => {
        for (const { name } of model.services) {
          const expected = byOrderThenName(bruteForceCutSets(model, name));
          for (const [options, order] of [
            [{ maxNodes: 3 }, 2],
            [{ shouldStop: () => true }, 1],
          ] as const) {
            const { minimalCutSets, quantitiesCut } = faults(model, name, options);
            const { sets, complete, completeToOrder, endedBy, byOrder, total } = minimalCutSets;
            const by = 'maxNodes' in options ? 'nodes' : 'stopped';
            expect(endedBy).toBe(complete ? undefined : by);
            if (quantitiesCut !== false) expect(quantitiesCut).toBe(by);
            const most = complete ? Number.POSITIVE_INFINITY : order;
            expect(completeToOrder).toBe(most);
            expect(sets).toEqual(expected.filter(({ length }) => length <= most));
            expect(byOrder.reduce((sum, count) => sum + count, 0n)).toBe(total);
            expect(total).toBe(BigInt(sets.length));
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('are all listed to an order that is asked for, whatever else is cut', () => {
    fc.assert(
      fc.property(smallArchitectures(5), fc.nat(3), fc.nat(3), fc.boolean(), (model, maxSets, allToOrder, cut) => {
        for (const { name } of model.services) {
          const expected = byOrderThenName(bruteForceCutSets(model, name));
          const options = { maxSets, allToOrder, ...(cut && { maxNodes: 3 }) };
          const { sets, completeToOrder } = faults(model, name, options).minimalCutSets;
          const known = expected.filter(({ length }) => length <= completeToOrder);
          const most = Math.max(maxSets, expected.filter(({ length }) => length <= allToOrder).length);
          expect(sets).toEqual(known.slice(0, most));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('are counted beyond what a floating-point number holds', () => {
    const names = Array.from({ length: 60 }, (_, at) => [`A${at}`, `B${at}`, `C${at}`]);
    const model = architecture({
      components: names.flat().map((name) => component(name, 'company')),
      services: [service('S', [needs(or(...names.map((three) => and(...three))))])],
    });
    const { byOrder, total, sets } = faults(model, 'S').minimalCutSets;
    expect(total).toBe(3n ** 60n);
    expect(byOrder).toEqual([...Array.from({ length: 59 }, () => 0n), 3n ** 60n]);
    expect(sets).toHaveLength(1000);
    expect(sets[0]).toEqual(names.map(([a]) => a).sort());
  });

  test('of k of n need no expansion: 20 of 40 fail by any 21', () => {
    const names = Array.from({ length: 40 }, (_, at) => `C${at}`);
    const model = architecture({
      components: names.map((name) => component(name, 'users')),
      services: [service('S', [needs(atLeast(20, ...names))])],
    });
    const { total, byOrder } = faults(model, 'S', { maxSets: 1 }).minimalCutSets;
    expect([total, byOrder.length]).toEqual([131_282_408_400n, 21]);
  });

  test('of the first page of the language', () => {
    expect(faults(skype2007, 'Calling').minimalCutSets.sets).toEqual([['MassReboot'], ['SuperNode']]);
  });

  test('follow needs round a circle: two that stand in for each other fall only together with their way out', () => {
    const model = architecture({
      components: [
        component('A', 'company', { needs: [needs(or('B', 'X'))] }),
        component('B', 'company', { needs: [needs(or('A', 'Y'))] }),
        component('X', 'vendor'),
        component('Y', 'vendor'),
      ],
      services: [service('S', [needs(or('A', 'B'))])],
    });
    // Running, A and B hold each other up, whatever becomes of X and Y.
    expect(faults(model, 'S').minimalCutSets.sets).toEqual([
      ['A', 'B'],
      ['A', 'Y'],
      ['B', 'X'],
    ]);
  });

  test('a service that nothing can take down has none, nor has one that there is not', () => {
    const model = architecture({ services: [service('S', [])] });
    for (const name of ['S', 'T']) {
      expect(faults(model, name).minimalCutSets).toMatchObject({ byOrder: [], total: 0n, sets: [], complete: true });
    }
  });
});

describe('quantities', () => {
  test('are those of the full enumeration of states', () => {
    fc.assert(
      fc.property(smallArchitectures(5), (model) => {
        const { events, running } = oracle(model);
        const q = new Map(
          model.components.map(({ name, mttfSeconds, restart }) => {
            if (mttfSeconds === undefined || restart === undefined) return [name, 0];
            const mttr = restart.distribution === 'uniform' ? 1 : 2;
            return [name, mttr / (mttfSeconds + mttr)];
          }),
        );
        const states = subsets(events).map((set) => new Set(set));
        const lost = new Map(states.map((state) => [state, running(state)]));
        const lossOf = (name: string, given: ReadonlyMap<string, number>) =>
          states
            .filter((state) => !lost.get(state)?.has(name))
            .map((state) =>
              events.map((event) => (state.has(event) ? (given.get(event) ?? 0) : 1 - (given.get(event) ?? 0))),
            )
            .reduce((sum, factors) => sum + factors.reduce((product, factor) => product * factor, 1), 0);

        for (const { name } of model.services) {
          const { unavailability, importance, withoutFigures } = faults(model, name);
          const top = lossOf(name, q);
          if (unavailability === null) {
            expect(withoutFigures.filter((component) => q.get(component) !== 0)).toEqual([]);
            expect(top).toBe(0);
            continue;
          }
          expect(unavailability).toBeCloseTo(top, 12);
          for (const measured of importance) {
            const happened = lossOf(name, new Map(q).set(measured.event, 1));
            const never = lossOf(name, new Map(q).set(measured.event, 0));
            expect(measured.birnbaum).toBeCloseTo(happened - never, 10);
            if (top === 0) {
              expect([measured.fussellVesely, measured.riskAchievementWorth]).toEqual([null, null]);
              continue;
            }
            expect(measured.fussellVesely).toBeCloseTo(1 - never / top, 10);
            expect(measured.riskAchievementWorth).toBeCloseTo(happened / top, 10);
            if (never === 0) expect(measured.riskReductionWorth).toBeNull();
            else expect((measured.riskReductionWorth ?? 0) * (never / top)).toBeCloseTo(1, 10);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('q is MTTR / (MTTF + MTTR), and a uniform restart takes half its bound', () => {
    const q = (distribution: 'exponential' | 'fixed' | 'uniform') =>
      unavailabilityOf(component('C', 'users', { mttfSeconds: 99, restart: { distribution, seconds: 1 } }));
    expect([q('exponential'), q('fixed'), q('uniform')]).toEqual([0.01, 0.01, 0.5 / 99.5]);
  });

  test('keep their digits where little hangs on a component', () => {
    const failing = (name: string, q: number) =>
      component(name, 'company', { mttfSeconds: 1 / q - 1, restart: { distribution: 'fixed', seconds: 1 } });
    const model = architecture({
      components: [failing('A', 1e-9), failing('B', 1e-9), failing('C', 0.01)],
      services: [service('S', [needs(or('A', 'B')), needs('C')])],
    });
    const ofA = faults(model, 'S').importance.find(({ event }) => event === 'A')?.fussellVesely ?? 0;
    // P = 0.01 + 0.99 · 10⁻¹⁸, of which 0.99 · 10⁻¹⁸ goes if A never fails.
    expect(ofA / 0.99e-16).toBeCloseTo(1, 6);
  });

  test('are said to be cut where the budget ended, and not where nobody gives figures', () => {
    const restart = { distribution: 'fixed', seconds: 1 } as const;
    const of = (figures: object, options: Parameters<typeof serviceFaults>[2]) => {
      const components = ['A', 'B', 'C'].map((name) => component(name, 'company', figures));
      const model = architecture({ components, services: [service('S', [needs(atLeast(2, 'A', 'B', 'C'))])] });
      const { unavailability, quantitiesCut } = serviceFaults(analyse(model), 'S', options);
      return { known: unavailability !== null, quantitiesCut };
    };
    const ended = { maxNodes: 1 };
    expect(of({ mttfSeconds: 3, restart }, {})).toEqual({ known: true, quantitiesCut: false });
    expect(of({ mttfSeconds: 3, restart }, ended)).toEqual({ known: false, quantitiesCut: 'nodes' });
    expect(of({}, ended)).toEqual({ known: false, quantitiesCut: false });
  });

  test('need both times: what gives one of them, or none, counts as never failing and is named', () => {
    const restart = { distribution: 'fixed', seconds: 1 } as const;
    const model = architecture({
      components: [
        component('Both', 'company', { mttfSeconds: 3, restart }),
        component('NeverBack', 'company', { mttfSeconds: 3 }),
        component('NeverFails', 'company', { restart }),
        component('Apart', 'company'),
      ],
      services: [
        service('S', [needs('Both'), needs('NeverBack'), needs('NeverFails')]),
        service('T', [needs('Apart')]),
      ],
    });
    expect(faults(model, 'S')).toMatchObject({ unavailability: 0.25, withoutFigures: ['NeverBack', 'NeverFails'] });
    expect(faults(model, 'T')).toMatchObject({ unavailability: null, withoutFigures: ['Apart'], importance: [] });
  });

  test('stay exact where two events are in nearly every cut set, and what is left without either is rare', () => {
    const pool = (mttfSeconds: number) => ({ mttfSeconds, restart: { distribution: 'fixed', seconds: 1 } }) as const;
    const model = architecture({
      components: [
        component('A', 'company', pool(1)),
        component('B', 'company', pool(1)),
        component('C', 'company', pool(1e6 - 1)),
        component('D', 'company', pool(1e6 - 1)),
      ],
      services: [service('S', [needs(or('A', 'B')), needs(or('A', 'C')), needs(or('B', 'D'))])],
    });
    const { unavailability, importance } = faults(model, 'S');
    // Cut sets A + B, A + C, B + D: without A only B + D is left, and without B only A + C.
    for (const name of ['A', 'B']) {
      const worth = importance.find(({ event }) => event === name)?.riskReductionWorth ?? 0;
      expect(worth / ((unavailability ?? 0) / (0.5 * 1e-6))).toBeCloseTo(1, 9);
    }
  });

  test('stay exact where the loss is rarer than floating point can tell from one', () => {
    const names = Array.from({ length: 12 }, (_, at) => `C${at}`);
    const pool = { mttfSeconds: 99, restart: { distribution: 'fixed', seconds: 1 } } as const;
    const model = architecture({
      components: names.map((name) => component(name, 'company', pool)),
      services: [service('S', [needs({ kind: 'or', operands: names.map(ref) })])],
    });
    const { unavailability, importance } = faults(model, 'S');
    expect((unavailability ?? 0) / 1e-24).toBeCloseTo(1, 12);
    expect(importance.map(({ riskReductionWorth }) => riskReductionWorth)).toEqual(names.map(() => null));
  });
});

describe('control', () => {
  test('is the share of the traffic that each party carries, and null where none is said', () => {
    const components = [
      component('Own', 'company'),
      component('A', 'users'),
      component('B', 'users'),
      component('C', 'vendor'),
    ];
    const traffic = [0.1, 0.2, 0.3, 0.4].map((share, at) => ({ share, component: components[at]?.name ?? '' }));
    const model = architecture({ components });
    expect(trafficControl(model, service('S', [], { traffic }))).toEqual({ company: 0.1, users: 0.5, vendor: 0.4 });
    const halves = [0.1, 0.2, 0.7].map((share, at) => ({ share, component: components[at + 1]?.name ?? '' }));
    expect(trafficControl(model, service('S', [], { traffic: halves }))).toEqual({
      company: 0,
      users: 0.3,
      vendor: 0.7,
    });
    expect(trafficControl(model, service('S', []))).toBeNull();
  });
});
