import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyse, smallestCutSets } from '../../language/core/analysis/index.ts';
import type { Architecture } from '../../language/core/model/index.ts';
import { and, architecture, component, needs, or, service, smallArchitectures } from '../analysis/generate.ts';
import { bruteForceCutSets, oracle } from '../analysis/oracle.ts';
import { accept, checkRule, found } from './check.ts';

const rule = 'requirement-failed';
const check = (text: string) => checkRule(rule, text);

describe(rule, () => {
  test('says, as information, what a variant no longer has to keep because it leaves the service out', () =>
    checkRule(
      rule,
      `
architecture Base {
  company X { instances 2 }
  company Y
  vendor W
  service Z needs X or Y
  service S needs X or W
  require Z survives any 1 external failure
  require Z survives X
  require S survives Y
}
architecture V extends Base {
  without Z
//        ^ That Z survives any single external failure is required of the base and of nothing here: Z is left out. Require it of what users get instead, or leave it at that.
//        ^ That Z survives X is required of the base and of nothing here: Z is left out.
}
architecture Above extends V {
  company W
  without Y
}
`,
    ));

  test('says it once, in the file of the variant that leaves the service out', () =>
    checkRule(
      rule,
      `
import "./base.p2parch"
architecture Above extends V {
  company X
}
`,
      {
        others: {
          'base.p2parch':
            'architecture Base {\n  company X\n  service Z needs X\n  require Z survives any 1 external failure\n}\n' +
            'architecture V extends Base {\n  without Z\n}\n',
        },
      },
    ));

  test('names the smallest failures that break it, one alone with its path', () =>
    check(`
architecture A {
  company Relay { instances 3 needs Cloud }
  vendor Cloud
  service Calling needs Relay
  require Calling survives any 2 external failures
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Calling has to survive any 2 external failures, but Cloud alone takes it down (Calling → Relay → Cloud). Add a fallback
  require Calling survives any 1 failure
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Calling has to survive any single failure, but Cloud alone takes it down (Calling → Relay → Cloud); so does Relay.
}
`));

  test('names two together, and counts more than it names', () => {
    const model = (vendors: number): Architecture =>
      architecture({
        components: Array.from({ length: 2 * vendors }, (_, at) => component(`V${at}`, 'vendor')),
        services: [
          service('S', [needs(and(...Array.from({ length: vendors }, (_, at) => or(`V${2 * at}`, `V${2 * at + 1}`))))]),
        ],
        requirements: [{ service: 'S', survives: { kind: 'anyFailures', count: 2, externalOnly: true } }],
      });
    expect(found(rule, model(2)).map(({ message }) => message)).toEqual([
      'S has to survive any 2 external failures, but V0 and V1 together take it down; so does V2 with V3. Add a fallback that does not fall with them, or require less.',
    ]);
    expect(found(rule, model(300))).toMatchObject([
      {
        message:
          'S has to survive any 2 external failures, but V0 and V1 together take it down; so do V10 with V11, V100 with V101 and 297 more. Add a fallback that does not fall with them, or require less.',
        place: { kind: 'requirement', index: 0 },
        related: [{ place: { kind: 'name', element: 'V0' } }, { place: { kind: 'name', element: 'V1' } }],
      },
    ]);
  });

  test('holds: what survives, and what only the company could lose', () =>
    check(`
hazard Storm
hazard Nothing
architecture A {
  company Own { instances 2 exposed to Storm }
  vendor Cloud
  service Calling needs Own or Cloud
  require Calling survives any 1 failure
  require Calling survives any 9 external failures
  require Calling survives Own
  require Calling survives Storm
  require Calling survives Nothing
}
`));

  test('judges the loss of a component, of a hazard and of all that stands in a group', () =>
    check(`
hazard Storm
architecture A {
  group Region {
    group Hall { company East company Spare }
    company West { exposed to Storm }
  }
  company Relay { needs East or West }
  service Calling needs Relay
  service Chat needs West
  require Calling survives Region
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Calling has to survive the loss of Region, but with it go East and West, and without them Calling is lost. Add a fallback outside of Region, or require less.
  require Calling survives Hall
  require Calling survives Relay
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Calling has to survive the loss of Relay, but is lost with it (Calling → Relay).
  require Chat survives Storm
//^^^^^^^^^^^^^^^^^^^^^^^^^^^ Chat has to survive Storm, but is lost if it strikes (Chat → West). Add a fallback outside of Storm's reach, or require less.
}
`));

  test('gives the path through alternatives, all of which fall', () =>
    checkRule(
      rule,
      `
hazard Storm
architecture A {
  company East { instances 2 exposed to Storm }
  company West { instances 2 exposed to Storm }
  service S needs East or West
  require S survives Storm
//^^^^^^^^^^^^^^^^^^^^^^^^ S has to survive Storm, but is lost if it strikes (S → East or West). Add a fallback outside of Storm's reach, or require less.
  require S survives any 1 failure
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S has to survive any single failure, but Storm alone takes it down (S → East or West). Add a fallback that does not fall with it, or require less.
}
`,
    ));

  test('is accepted on the service', () =>
    check(`
architecture A {
  users Peer
  service S needs Peer
  require S survives any 1 external failure
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S has to survive … (accepted)
  accept requirement-failed on S because "Later."
}
`));

  test('counterexamples are counted, however many: of n parts of which k suffice, n over n - k + 1', () => {
    const choose = (of: number, size: number): bigint =>
      Array.from({ length: size }).reduce((found: bigint, _, at) => (found * BigInt(of - at)) / BigInt(at + 1), 1n);
    for (const [parts, enough] of [
      [100, 97],
      [200, 198],
      [20, 13],
      [24, 17],
      [40, 36],
      [60, 56],
      [150, 147],
    ] as const) {
      const names = Array.from({ length: parts }, (_, at) => `E${at}`);
      const operands = names.map((name) => ({ kind: 'reference' as const, name }));
      const requiring = (count: number) =>
        architecture({
          components: names.map((name) => component(name, 'vendor')),
          services: [service('S', [{ expression: { kind: 'atLeast', count: enough, operands }, toStart: false }])],
          requirements: [{ service: 'S', survives: { kind: 'anyFailures', count, externalOnly: true } }],
        });
      const size = parts - enough + 1;
      const [finding, ...others] = found(rule, requiring(size));
      expect(others).toEqual([]);
      expect(finding?.severity).toBe('error');
      // Every member of the smallest, which is the first by name.
      const first = [...names].sort().slice(0, size);
      expect(finding?.message).toContain(`but ${first.slice(0, -1).join(', ')} and ${first.at(-1)} together take it`);
      expect(finding?.message).toContain(` and ${choose(parts, size) - 3n} more. `);
      expect(found(rule, requiring(size - 1))).toEqual([]);
    }
  });

  test('what cannot be searched in time is told as not known, and not as held', () => {
    // 60 parts of which any 30 suffice, on top of each other: no small cut set, and very many to try.
    const layer = (at: number) => Array.from({ length: 60 }, (_, part) => `L${at}P${part}`);
    const half = (at: number) => ({
      kind: 'atLeast' as const,
      count: 30,
      operands: layer(at).map((name) => ({ kind: 'reference' as const, name })),
    });
    const model = architecture({
      components: [0, 1, 2].flatMap((at) =>
        layer(at).map((name) =>
          component(name, 'users', { needs: at === 0 ? [] : [{ expression: half(at - 1), toStart: false }] }),
        ),
      ),
      services: [service('S', [{ expression: half(2), toStart: false }])],
      requirements: [{ service: 'S', survives: { kind: 'anyFailures', count: 20, externalOnly: false } }],
    });
    expect(found(rule, model)).toMatchObject([
      {
        severity: 'information',
        message: expect.stringMatching(
          /^Whether S survives any 20 failures could not be found out: there are too many combinations\. It does survive /,
        ),
      },
    ]);
  });
});

test('an external failure is the loss of what others run, a hazard that strikes it, or its operator', () => {
  fc.assert(
    fc.property(smallArchitectures(5), fc.integer({ min: 1, max: 4 }), fc.boolean(), (model, count, externalOnly) => {
      const external = new Set(
        model.components
          .filter(({ party }) => party !== 'company')
          .flatMap(({ name, operator, exposures }) => [
            name,
            `operator:${operator}`,
            ...exposures.filter(({ share }) => share > 0).map(({ hazard }) => hazard),
          ]),
      );
      const requirements = model.services.map(({ name }) => ({
        service: name,
        survives: { kind: 'anyFailures' as const, count, externalOnly },
      }));
      const told = found(rule, { ...model, requirements });
      const analysis = analyse(model);
      for (const [index, { name }] of model.services.entries()) {
        const cuts = bruteForceCutSets(model, name).filter(
          (set) => set.length <= count && (!externalOnly || set.every((event) => external.has(event))),
        );
        const smallest = cuts.filter(({ length }) => length === cuts[0]?.length).map((set) => set.sort());
        expect(told.some(({ place }) => place.kind === 'requirement' && place.index === index)).toBe(cuts.length > 0);
        const search = smallestCutSets(analysis, name, {
          order: count,
          allowed: (event) => !externalOnly || external.has(analysis.graph.events[event]?.name ?? ''),
          atMost: 1000,
        });
        expect(search).toEqual({
          sets: smallest.sort((a, b) => (a.join('\n') < b.join('\n') ? -1 : 1)),
          total: smallest.length,
          searchedTo: cuts[0]?.length ?? count,
        });
      }
    }),
    { numRuns: 1500 },
  );
});

test('what is lost at once is judged as the equations say', () => {
  fc.assert(
    fc.property(smallArchitectures(5), fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), (model, inside) => {
      const components = model.components.map((one, at) => (inside[at] ? { ...one, group: 'G' } : one));
      const grouped = { ...model, components, groups: [{ name: 'G' }] };
      const { running } = oracle(model);
      const lost = new Set(components.filter(({ group }) => group === 'G').map(({ name }) => name));
      const names = [['G', lost] as const, ...model.components.map(({ name }) => [name, new Set([name])] as const)];
      for (const { name: target } of model.services) {
        for (const [name, events] of names) {
          const requirements = [{ service: target, survives: { kind: 'lossOf' as const, name } }];
          const told = found(rule, { ...grouped, requirements });
          expect(told.length === 0).toBe(running(events).has(target));
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('is accepted for the one service and not for another', () => {
  const model = architecture({
    components: [component('Peer', 'users')],
    services: ['S', 'T'].map((name) => service(name, [needs('Peer')])),
    requirements: ['S', 'T'].map((name) => ({ service: name, survives: { kind: 'lossOf' as const, name: 'Peer' } })),
    acceptances: [accept(rule, 'T')],
  });
  expect(found(rule, model).map(({ service: name, acceptedBy }) => [name, acceptedBy])).toEqual([
    ['S', undefined],
    ['T', 0],
  ]);
});
