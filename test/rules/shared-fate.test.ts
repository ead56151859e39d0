import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Architecture, NeedExpression } from '../../language/core/model/index.ts';
import { and, architecture, atLeast, component, needs, or, service, smallArchitectures } from '../analysis/generate.ts';
import { oracle } from '../analysis/oracle.ts';
import { accept, checkRule, found, messages } from './check.ts';

const rule = 'shared-fate';
const check = (text: string) => checkRule(rule, text);

describe(rule, () => {
  test('fires where both alternatives need one component, on whatever way', () =>
    check(`
architecture A {
  company East { needs Root }
  company West { needs Proxy }
  company Proxy { needs Root }
  company Root
  users Client { needs East or West }
//                     ^^^^^^^^^^^^ Client needs East or West, but both fall together if Root is lost (East → Root; West → Proxy → Root): none stands in for another. Make one of them independent of Root, or accept the finding.
  service Calling needs Client
}
`));

  test('fires where one operator runs both, and where one hazard strikes both, whatever its share', () =>
    check(`
hazard Storm
architecture A {
  vendor East by "Amazon"
  vendor West by "Amazon"
  service Store needs East or West
//                    ^^^^^^^^^^^^ Store needs East or West, but both fall together if Amazon is gone: none stands in
  company North { exposed to Storm 30% }
  company South { exposed to Storm }
  service Mail needs North or South
//                   ^^^^^^^^^^^^^^ Mail needs North or South, but both fall together if Storm strikes: none stands in
}
`));

  test('counts what is left of a `k of`', () =>
    check(`
architecture A {
  company Root
  company One { needs Root }
  company Two { needs Root }
  company Three
  company Four
  service S needs 3 of (One, Two, Three, Four)
//                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S needs 3 of (One, Two, Three, Four), but One and Two fall together if Root is lost (One → Root; Two → Root): the 2 left are fewer than the 3 needed. Make one of them independent of Root, or accept the finding.
  service T needs 2 of (One, Two, Three, Four)
}
`));

  test('asks for as many independent ones as are missing, whichever event it is', () =>
    checkRule(
      rule,
      `
hazard Storm
hazard Flood
architecture A {
  company One { instances 2 exposed to Storm exposed to Flood }
  company Two { instances 2 exposed to Storm exposed to Flood }
  company Three { instances 2 exposed to Storm }
  service S needs 2 of (One, Two, Three)
//                ^^^^^^^^^^^^^^^^^^^^^^ S needs 2 of (One, Two, Three), but all 3 fall together if Storm or Flood strikes: none stands in for another. Make 2 of them independent of Storm and Flood, or accept the finding.
}
`,
    ));

  test('asks for needs to start as well, and names what several events have in common', () =>
    check(`
hazard Storm
architecture A {
  company East { needs Root exposed to Storm }
  company West { needs Root exposed to Storm }
  company Root
  company Client { needs East or West to start }
//                       ^^^^^^^^^^^^ Client needs East or West to start, but both fall together if Root is lost, or if Storm strikes
}
`));

  test('does not fire where the alternatives share nothing, or nothing but whom they are for', () =>
    check(`
architecture A {
  company East { needs EastRoot or Root }
  company West { needs Root }
  company EastRoot
  company Root
  users Client { needs East or West needs North or South }
  users North { needs Client }
  users South { needs Client }
}
`));

  test('tells the nearest event alone, and a need alone that others rest on', () => {
    const model = architecture({
      components: [
        component('Deep', 'company'),
        component('Root', 'company', { needs: [needs('Deep')] }),
        component('East', 'company', { needs: [needs('Root')] }),
        component('West', 'company', { needs: [needs('Root')] }),
        component('Up', 'company', { needs: [needs(or('East', 'West'))] }),
        component('Down', 'company', { needs: [needs(or('East', 'West'))] }),
      ],
      services: [service('S', [needs(or('Up', 'Down'))])],
    });
    expect(found(rule, model).map(({ subject, place, services }) => [subject, place, services])).toEqual([
      ['Up', { kind: 'need', element: 'Up', index: 0, path: [] }, []],
      ['Down', { kind: 'need', element: 'Down', index: 0, path: [] }, []],
    ]);
    expect(messages(found(rule, model))[0]).toMatch(/if Root is lost \(East → Root; West → Root\)/);
  });

  test('an `or` in an `or` is one choice, and an alternative of several parts falls by one of them', () => {
    const root = { needs: [needs('Root')] };
    const model = architecture({
      components: [
        component('Root', 'company'),
        component('A', 'company', root),
        component('B', 'company', root),
        component('C', 'company', root),
        component('D', 'company'),
      ],
      services: [service('S', [needs(or('A', or('B', and('C', 'D'))))])],
    });
    expect(messages(found(rule, model))).toEqual([
      'S needs A or (B or (C and D)), but all 3 fall together if Root is lost (A → Root; B → Root; C → Root): none stands in for another. Make one of them independent of Root, or accept the finding.',
    ]);
  });

  test('is accepted on what has the need; on the event too where there is one alone', () => {
    const model = (hazards: string[], ...acceptances: Architecture['acceptances'][number][]) =>
      architecture({
        components: ['East', 'West'].map((name) =>
          component(name, 'company', { exposures: hazards.map((hazard) => ({ hazard, share: 1 })) }),
        ),
        services: [service('S', [needs(or('East', 'West'))])],
        hazards: hazards.map((name) => ({ name })),
        acceptances,
      });
    const by = (hazards: string[], on: string) =>
      found(rule, model(hazards, accept(rule, on))).map(({ acceptedBy }) => acceptedBy);
    expect(by(['Storm'], 'S')).toEqual([0]);
    expect(by(['Storm'], 'Storm')).toEqual([0]);
    expect(by(['Storm', 'Flood'], 'Storm')).toEqual([undefined]);
    expect(by(['Storm', 'Flood'], 'S')).toEqual([0]);
    expect(by(['Storm'], 'East')).toEqual([undefined]);
  });
});

/** Every need for alternatives of an architecture, with whose it is. */
function choices({ components, services }: Architecture) {
  return [...components, ...services].flatMap(({ name, needs: all }) =>
    all.flatMap(({ expression }) => inside(expression).map((choice) => ({ owner: name, choice }))),
  );
}

/** An `or` in an `or` is one choice with it. */
function inside(need: NeedExpression, around?: NeedExpression['kind']): NeedExpression[] {
  if (need.kind === 'reference') return [];
  const own = need.kind === 'or' ? around !== 'or' : need.kind === 'atLeast' && need.count < need.operands.length;
  return [...(own ? [need] : []), ...need.operands.flatMap((operand) => inside(operand, need.kind))];
}

function works(need: NeedExpression, up: ReadonlySet<string>): boolean {
  if (need.kind === 'reference') return up.has(need.name);
  const count = need.operands.filter((operand) => works(operand, up)).length;
  return (
    count >= { and: need.operands.length, or: 1, atLeast: 0 }[need.kind] &&
    (need.kind !== 'atLeast' || count >= need.count)
  );
}

test('what is told falls by every event that is named, and where a need falls by one event, some need is told', () => {
  fc.assert(
    fc.property(smallArchitectures(6), (model) => {
      const { events, running } = oracle(model);
      const told = found(rule, model);
      for (const { place, about, related } of told.map((finding) => ({ ...finding, about: finding.message }))) {
        if (place.kind !== 'need') throw new Error('a shared fate stands at a need');
        const named = events.filter((event) =>
          new RegExp(`\\b${event.replace('operator:', '')}\\b (is lost|strikes|is gone)`).test(about),
        );
        let need = [...model.components, ...model.services].find(({ name }) => name === place.element)?.needs[
          place.index
        ]?.expression;
        for (const at of place.path) need = need && need.kind !== 'reference' ? need.operands[at] : undefined;
        expect(need && related).toBeDefined();
        for (const event of named) expect(works(need as NeedExpression, running(new Set([event])))).toBe(false);
      }
      const falling = choices(model).some(({ owner, choice }) => {
        // What falls only with its owner is nobody's lost redundancy: here the owner is one that cannot fall.
        const safe = {
          ...model,
          components: model.components.map((one) => {
            const { operator: _, ...rest } = one;
            return one.name === owner ? { ...rest, needs: [], exposures: [] } : one;
          }),
          services: model.services.map((one) => (one.name === owner ? { name: owner, needs: [], traffic: [] } : one)),
        };
        const other = oracle(safe);
        return other.events
          .filter((event) => event !== owner)
          .some((event) => !works(choice, other.running(new Set([event]))));
      });
      // A service has the needs of those whom it is for, and what is the owner's own for them is not for the service.
      if (model.services.every(({ population }) => population === undefined)) expect(told.length > 0).toBe(falling);
    }),
    { numRuns: 3000 },
  );
});

test('a `k of` of all is no choice', () => {
  const model = architecture({
    components: [component('A', 'company'), component('B', 'company')],
    services: [service('S', [needs(atLeast(2, 'A', 'B'))])],
  });
  expect(found(rule, model)).toEqual([]);
});
