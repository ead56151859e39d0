import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyse, basicEvents, dependencyGraph, running } from '../../language/core/analysis/index.ts';
import {
  and,
  architecture,
  atLeast,
  component,
  needs,
  needsToStart,
  or,
  service,
  skype2007,
  smallArchitectures,
} from './generate.ts';
import { bruteForceCutSets, oracle } from './oracle.ts';

describe('the basic events', () => {
  test('are components, hazards that something is exposed to, and operators of two or more', () => {
    const events = basicEvents(
      architecture({
        hazards: [{ name: 'Fire' }, { name: 'Flood' }, { name: 'Frost' }],
        components: [
          component('A', 'vendor', { operator: 'Amazon', exposures: [{ hazard: 'Flood', share: 0.1 }] }),
          component('B', 'vendor', { operator: 'Amazon', exposures: [{ hazard: 'Frost', share: 0 }] }),
          component('C', 'vendor', { operator: 'Google' }),
        ],
        services: [service('S', [])],
      }),
    );
    expect(events.map(({ name, strikes }) => [name, ...strikes])).toEqual([
      ['A', 'A'],
      ['B', 'B'],
      ['C', 'C'],
      ['Flood', 'A'],
      ['operator:Amazon', 'A', 'B'],
    ]);
  });
});

describe('running, the greatest fixed point', () => {
  test('agrees with the equations for every architecture and every set of failures', () => {
    fc.assert(
      fc.property(smallArchitectures(), fc.infiniteStream(fc.boolean()), (model, coins) => {
        const { events, running: expected } = oracle(model);
        const failed = new Set(events.filter(() => coins.next().value));
        expect(running(dependencyGraph(model, 'running'), failed)).toEqual(expected(failed));
      }),
      { numRuns: 3000 },
    );
  });

  test('loses nobody who is in when a need to start is lost', () => {
    expect(running(dependencyGraph(skype2007, 'running'), ['LoginServer'])).toEqual(
      new Set(['Client', 'SuperNode', 'Calling']),
    );
  });
});

describe('cut sets of order 1', () => {
  test('are those that brute force finds, for every service', () => {
    fc.assert(
      fc.property(smallArchitectures(4), (model) => {
        const analysis = analyse(model);
        for (const { name } of model.services) {
          const singles = analysis
            .singleFailures()
            .filter(({ services }) => services.includes(name))
            .map(({ event }) => [analysis.graph.events[event]?.name]);
          expect(singles).toEqual(bruteForceCutSets(model, name).filter(({ length }) => length === 1));
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('of the first page of the language: the supernodes, and what strikes them; not the population itself', () => {
    const analysis = analyse(skype2007);
    expect(
      analysis.singleFailures().map(({ event, services }) => [analysis.graph.events[event]?.name, ...services]),
    ).toEqual([
      ['SuperNode', 'Calling'],
      ['MassReboot', 'Calling'],
    ]);
  });
});

describe('cold start, the least fixed point', () => {
  test('agrees with the equations for every architecture', () => {
    fc.assert(
      fc.property(smallArchitectures(), (model) => {
        const up = oracle(model).startable();
        const names = model.components.map(({ name }) => name);
        const { startable, notStartable } = analyse(model).coldStart();
        expect([startable, notStartable]).toEqual([
          names.filter((name) => up.has(name)),
          names.filter((name) => !up.has(name)),
        ]);
      }),
      { numRuns: 3000 },
    );
  });

  test('names knots that stay down of themselves, and with them every reason why anything stays down', () => {
    fc.assert(
      fc.property(smallArchitectures(6), (model) => {
        const { startable } = oracle(model);
        const all = [...model.components, ...model.services].map(({ name }) => name);
        const { cycles } = analyse(model).coldStart();
        for (const { knot } of cycles) {
          const up = startable(new Set(all.filter((name) => !knot.includes(name))));
          expect(knot.filter((name) => up.has(name))).toEqual([]);
        }
        // With the knots brought up by hand everything else comes up, so no reason is missing.
        expect(startable(new Set(cycles.flatMap(({ knot }) => knot)))).toEqual(new Set(all));
      }),
      { numRuns: 2000 },
    );
  });

  test('every step of a cycle is in the text, and the last leads back to the first', () => {
    fc.assert(
      fc.property(smallArchitectures(6), (model) => {
        for (const { steps, knot } of analyse(model).coldStart().cycles) {
          expect(steps.map(({ to }) => to)).toEqual([...steps.slice(1), steps[0]].map((step) => step?.from));
          expect(new Set(steps.map(({ from }) => from)).size).toBe(steps.length);
          expect(steps.filter(({ from }) => !knot.includes(from))).toEqual([]);
          for (const { owner, to, place, kind } of steps) {
            const text = [...model.components, ...model.services].find(({ name }) => name === owner);
            if (place.kind === 'need') {
              let expression = text?.needs[place.index]?.expression;
              for (const turn of place.path) {
                expression = expression?.kind === 'reference' ? undefined : expression?.operands[turn];
              }
              expect(expression).toEqual({ kind: 'reference', name: to });
              expect(text?.needs[place.index]?.toStart).toBe(kind === 'needToStart');
            } else {
              expect(place).toEqual({ kind: 'property', element: owner, property: 'promoted' });
            }
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  const cyclesOf = (...components: Parameters<typeof component>[]) =>
    analyse(architecture({ components: components.map((words) => component(...words)) }))
      .coldStart()
      .cycles.map(({ steps, knot }) => ({ chain: steps.map(({ from }) => from), knot }));

  test('the clients of 2007 wait for supernodes, which are promoted from clients', () => {
    expect(analyse(skype2007).coldStart()).toEqual({
      startable: ['LoginServer'],
      notStartable: ['Client', 'SuperNode'],
      cycles: [
        {
          steps: [
            {
              from: 'Client',
              to: 'SuperNode',
              kind: 'need',
              owner: 'Client',
              place: { kind: 'need', element: 'Client', index: 0, path: [] },
            },
            {
              from: 'SuperNode',
              to: 'Client',
              kind: 'promotion',
              owner: 'SuperNode',
              place: { kind: 'property', element: 'SuperNode', property: 'promoted' },
            },
          ],
          knot: ['Client', 'SuperNode'],
          services: ['Calling'],
        },
      ],
    });
  });

  test('what merely waits for a knot is none, even if it is a circle itself', () => {
    expect(
      cyclesOf(
        ['A', 'users', { needs: [needs(or('B', 'C'))] }],
        ['B', 'users', { needs: [needs('A')] }],
        ['C', 'users', { needs: [needsToStart('D')] }],
        ['D', 'users', { needs: [needs('C')] }],
        ['E', 'users', { needs: [needs('A')] }],
      ),
    ).toEqual([{ chain: ['C', 'D'], knot: ['C', 'D'] }]);
  });

  test('two knots are two cycles, each with its shortest chain', () => {
    expect(
      cyclesOf(
        ['A', 'users', { needs: [needs(and('B', 'X'))] }],
        ['B', 'users', { needs: [needs('C')] }],
        ['C', 'users', { needs: [needs(atLeast(2, 'A', 'B', 'Free'))] }],
        ['X', 'users', { needs: [needs('Y')] }],
        ['Y', 'users', { needs: [needs('X')] }],
        ['Free', 'company'],
      ),
    ).toEqual([
      { chain: ['B', 'C'], knot: ['A', 'B', 'C'] },
      { chain: ['X', 'Y'], knot: ['X', 'Y'] },
    ]);
  });

  test('a way that starts by itself breaks the circle', () => {
    expect(cyclesOf(['A', 'users', { needs: [needs(or('A', 'Boot'))] }], ['Boot', 'company'])).toEqual([]);
    expect(cyclesOf(['A', 'users', { needs: [needs('A')] }])).toEqual([{ chain: ['A'], knot: ['A'] }]);
  });
});
