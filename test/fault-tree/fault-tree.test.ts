import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../language/core/analysis/index.ts';
import {
  blastRadii,
  byReach,
  type FaultTreeOptions,
  fallenWith,
  faultTree,
} from '../../language/core/fault-tree/index.ts';
import type { Architecture } from '../../language/core/model/index.ts';
import {
  and,
  architecture,
  atLeast,
  component,
  needs,
  or,
  service,
  skype2007,
  smallArchitectures,
} from '../analysis/generate.ts';
import { oracle, subsets } from '../analysis/oracle.ts';
import { happens, outline } from './evaluate.ts';

const WHOLE: FaultTreeOptions = { maxNodes: Number.POSITIVE_INFINITY, maxInputs: Number.POSITIVE_INFINITY };

const outlineOf = (model: Architecture, of: string, options = WHOLE) => outline(faultTree(analyse(model), of, options));

describe('The fault tree of a service', () => {
  it('happens for a set of basic events if and only if the fixed point loses the service', () => {
    fc.assert(
      fc.property(smallArchitectures(4), (model) => {
        const { events, running } = oracle(model);
        const analysis = analyse(model);
        for (const { name } of model.services) {
          const tree = faultTree(analysis, name, WHOLE);
          for (const set of subsets(events)) {
            const failed = new Set(set);
            expect(happens(tree, failed), `${name} with ${set.join(', ')}`).toBe(!running(failed).has(name));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has every node once, every input among its nodes, and no way down that meets a gate twice', () => {
    fc.assert(
      fc.property(
        smallArchitectures(5),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 3 }),
        (model, maxNodes, maxInputs) => {
          for (const { name } of model.services) {
            const { nodes, top } = faultTree(analyse(model), name, { maxNodes, maxInputs });
            const byId = new Map(nodes.map((node) => [node.id, node]));
            expect(byId.size).toBe(nodes.length);
            const walk = (id: string, way: readonly string[]): void => {
              expect(way).not.toContain(id);
              const node = byId.get(id);
              expect(node, id).toBeDefined();
              if (node?.kind === 'gate') for (const input of node.inputs) walk(input, [...way, id]);
            };
            if (top !== undefined) walk(top, []);
          }
        },
      ),
    );
  });

  it('says of what fails only through what is above it that it stands there', () => {
    const model = architecture({
      components: [
        component('Client', 'users', { needs: [needs('SuperNode')] }),
        component('SuperNode', 'users', { needs: [needs('Client')] }),
      ],
      services: [service('Calling', [needs('Client')])],
    });
    expect(outlineOf(model, 'Calling')).toEqual([
      'Loss of Calling ← Loss of Client',
      'Loss of Client ← any one: Client: own failure | Loss of SuperNode',
      'Loss of SuperNode ← any one: SuperNode: own failure | ↺ Loss of Client',
    ]);
  });

  it('draws a basic event once, whatever it strikes', () => {
    expect(outlineOf(skype2007, 'Calling')).toEqual([
      'Loss of Calling ← Loss of SuperNode',
      'Loss of SuperNode ← any one: SuperNode: own failure | MassReboot strikes',
    ]);
    const shared = { exposures: [{ hazard: 'Storm', share: 1 }] };
    const model = architecture({
      components: [component('A', 'company', shared), component('B', 'vendor', shared)],
      services: [service('S', [needs(or('A', 'B'))])],
      hazards: [{ name: 'Storm' }],
    });
    const { nodes } = faultTree(analyse(model), 'S', WHOLE);
    expect(nodes.filter(({ kind }) => kind === 'event').map(({ words }) => words)).toEqual([
      'A: own failure',
      'Storm strikes',
      'B: own failure',
    ]);
  });

  it('tells alternatives, sums and what is needed together', () => {
    const names = ['A', 'B', 'C', 'D', 'E'];
    const model = architecture({
      components: names.map((name) => component(name, 'company')),
      services: [
        service('Either', [needs(or('A', and('B', 'C')))]),
        service('Most', [needs(atLeast(2, 'A', 'B', 'C'))]),
        service('Mixed', [needs('A'), needs(atLeast(3, 'B', 'C', 'D', 'E'))]),
        service('Both', [needs(and('A', and('B', 'C')))]),
      ],
    });
    expect(outlineOf(model, 'Either')).toEqual([
      'Loss of Either ← all 2: Loss of A | One of 2 together missing for Either',
      'One of 2 together missing for Either ← any one: Loss of B | Loss of C',
    ]);
    expect(outlineOf(model, 'Most')).toEqual(['Loss of Most ← 2 of 3: Loss of A | Loss of B | Loss of C']);
    expect(outlineOf(model, 'Mixed')).toEqual([
      'Loss of Mixed ← any one: Loss of A | Fewer than 3 of 4 left for Mixed',
      'Fewer than 3 of 4 left for Mixed ← 2 of 4: Loss of B | Loss of C | Loss of D | Loss of E',
    ]);
    expect(outlineOf(model, 'Both')).toEqual(['Loss of Both ← any one: Loss of A | Loss of B | Loss of C']);
  });

  it('has no top where nothing that may fail takes the service down', () => {
    const model = architecture({ services: [service('S', [])] });
    expect(faultTree(analyse(model), 'S')).toEqual({ service: 'S', title: 'S', nodes: [] });
    expect(faultTree(analyse(model), 'Unknown').nodes).toEqual([]);
  });
});

describe('A large tree', () => {
  const chain = architecture({
    components: Array.from({ length: 60 }, (_, at) =>
      component(`C${at}`, 'vendor', { needs: at < 59 ? [needs(`C${at + 1}`)] : [] }),
    ),
    services: [service('S', [needs('C0')])],
  });
  const wide = architecture({
    components: Array.from({ length: 50 }, (_, at) => component(`C${at}`, 'vendor')),
    services: [
      service(
        'S',
        Array.from({ length: 50 }, (_, at) => needs(`C${at}`)),
      ),
    ],
  });

  it('folds below, and counts what is folded', () => {
    const { nodes } = faultTree(analyse(chain), 'S', { maxNodes: 10 });
    const folded = nodes.filter((node) => node.kind === 'folded');
    expect(folded).toMatchObject([{ id: 'C4', words: 'Loss of C4', events: 56 }]);
  });

  it('opens what is asked for, and folds what is asked for', () => {
    const opened = faultTree(analyse(chain), 'S', { maxNodes: 10, open: ['C4'] });
    expect(opened.nodes.filter(({ kind }) => kind === 'folded')).toMatchObject([{ id: 'C5' }]);
    const closed = faultTree(analyse(chain), 'S', { maxNodes: 10, closed: ['C1', 'S'] });
    expect(closed.nodes.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'S gate',
      'C0 gate',
      '!C0 event',
      'C1 folded',
    ]);
  });

  it('leaves inputs out of a gate that has very many, and says how many', () => {
    const { nodes } = faultTree(analyse(wide), 'S', { maxInputs: 8 });
    expect(nodes.filter(({ kind }) => kind === 'event')).toHaveLength(8);
    expect(nodes.at(-1)).toMatchObject({ kind: 'rest', id: 'S>', words: '42 more causes', count: 42 });
    expect(faultTree(analyse(wide), 'S', { maxInputs: 8, open: ['S>'] }).nodes).toHaveLength(51);
  });

  it('of needs in one great circle is read as far as it is drawn, and no farther', () => {
    const names = Array.from({ length: 300 }, (_, at) => `C${at}`);
    const model = architecture({
      components: names.map((name, at) =>
        component(name, 'users', { needs: [needs(or(...names.filter((_, other) => other !== at)))] }),
      ),
      services: [service('S', [needs('C0')])],
    });
    expect(faultTree(analyse(model), 'S').nodes.length).toBeLessThan(60);
  });
});

describe('The blast radius of a basic event', () => {
  it('is what the fixed point loses with it', () => {
    fc.assert(
      fc.property(smallArchitectures(5), (model) => {
        const { events, running } = oracle(model);
        const analysis = analyse(model);
        const lost = (failed: readonly string[], named: readonly { readonly name: string }[]) => {
          const works = running(new Set(failed));
          return named.map(({ name }) => name).filter((name) => !works.has(name));
        };
        const radii = blastRadii(analysis);
        expect(radii.map(({ event }) => event.name).sort()).toEqual([...events].sort());
        for (const { event, components, services } of radii) {
          expect(components).toBe(lost([event.name], model.components).length);
          expect(services).toEqual(lost([event.name], model.services));
        }
        for (const set of subsets(events.slice(0, 6))) {
          expect(fallenWith(analysis, set)).toEqual({
            components: lost(set, model.components),
            services: lost(set, model.services),
          });
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is compared by services first', () => {
    const radii = blastRadii(analyse(skype2007)).sort(byReach);
    expect(radii.map(({ event, components, services }) => [event.name, components, services.length])).toEqual([
      ['SuperNode', 2, 1],
      ['MassReboot', 2, 1],
      ['LoginServer', 1, 0],
      ['Client', 1, 0],
    ]);
  });
});
