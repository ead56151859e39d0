import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyse } from '../../language/core/analysis/index.ts';
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
//                ^^^^^^^^^^^^^^^^^^^^^^ S needs 2 of (One, Two, Three), but all 3 fall together if Storm strikes, and One and Two fall together if Flood strikes: what is left is each time fewer than the 2 needed. Make 2 of them independent of Storm and Flood, or accept the finding.
}
`,
    ));

  test('says of each event which alternatives it takes', () =>
    check(`
architecture A {
  company Root
  company Ground
  company One { needs Root }
  company Two { needs Root }
  company Three { needs Ground }
  company Four { needs Ground }
  service S needs 3 of (One, Two, Three, Four)
//                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S needs 3 of (One, Two, Three, Four), but One and Two fall together if Root is lost (One → Root; Two → Root), and Three and Four fall together if Ground is lost: the 2 left are fewer than the 3 needed. Make one of them independent of Root and Ground, or accept the finding.
}
`));

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

  test('tells what the nearest event stands on behind it', () =>
    check(`
hazard Storm
architecture A {
  company East { needs Root }
  company West { needs Root }
  company Root { needs Deep exposed to Storm }
  company Deep
  service S needs East or West
//                ^^^^^^^^^^^^ S needs East or West, but both fall together if Root is lost (East → Root; West → Root), and so if Deep is lost, or if Storm strikes: none stands in for another. Make one of them independent of Root, Deep and Storm, or accept the finding.
}
`));

  test('fires at every need whose alternatives fall by one event, over needs with alternatives too', () =>
    check(`
architecture A {
  company Root
  company East { needs Root }
  company West { needs Root }
  company Up { needs East or West }
//                   ^^^^^^^^^^^^ Up needs East or West, but both fall together if Root is lost (East → Root; West → Root): none
  company Down { needs East or West }
//                     ^^^^^^^^^^^^ Down needs East or West, but both fall together if Root is lost (East → Root; West → Root): none
  service S needs Up or Down
//                ^^^^^^^^^^ S needs Up or Down, but both fall together if Root is lost (Up → East or West → Root; Down → East or West → Root): none
  company Side { needs Root }
  service T needs Up or Side
//                ^^^^^^^^^^ T needs Up or Side, but both fall together if Root is lost (Up → East or West → Root; Side → Root): none
}
`));

  test('fires where the alternatives go round in a circle with their owner, by what takes them while it is up', () =>
    check(`
architecture A {
  company Client { needs Root needs East or West }
//                                  ^^^^^^^^^^^^ Client needs East or West, but both fall together if Proxy is lost (East → Proxy; West → Proxy), and so if Root is lost: none
  company East { needs Proxy needs Client }
  company West { needs Proxy needs Client }
  company Proxy { needs Root }
  company Root
  service Calling for Client needs Root
}
`));

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

  test('is accepted with the one nearest event for all that lies below it, and not the other way round', () => {
    const by = (on: string, more: Parameters<typeof component>[2] = {}) =>
      found(
        rule,
        architecture({
          components: [
            component('East', 'company', { needs: [needs('Root')], ...more }),
            component('West', 'company', { needs: [needs('Root')], ...more }),
            component('Root', 'company', { needs: [needs('Deep')] }),
            component('Deep', 'company'),
          ],
          services: [service('S', [needs(or('East', 'West'))])],
          hazards: [{ name: 'Storm' }],
          acceptances: [accept(rule, on)],
        }),
      ).map(({ acceptedBy }) => acceptedBy);
    expect(by('Root')).toEqual([0]);
    expect(by('Deep')).toEqual([undefined]);
    expect(by('Root', { exposures: [{ hazard: 'Storm', share: 1 }] })).toEqual([undefined]);
  });
});

/** Every need for alternatives of an architecture, with whose it is. */
function choices({ components, services }: Architecture) {
  return [...components, ...services].flatMap(({ name, needs: all }) =>
    all.flatMap(({ expression }) => inside(expression).map((choice) => ({ owner: name, choice }))),
  );
}

/** In the order of the text. An `or` in an `or` is one choice with it. */
function inside(need: NeedExpression, around?: NeedExpression['kind']): NeedExpression[] {
  if (need.kind === 'reference') return [];
  const own = need.kind === 'or' ? around !== 'or' : need.kind === 'atLeast' && need.count < need.operands.length;
  return [...(own ? [need] : []), ...need.operands.flatMap((operand) => inside(operand, need.kind))];
}

const flat = (need: NeedExpression): NeedExpression[] => (need.kind === 'or' ? need.operands.flatMap(flat) : [need]);

const alternativesOf = (need: NeedExpression): readonly NeedExpression[] =>
  need.kind === 'atLeast' ? need.operands : flat(need);

function works(need: NeedExpression, up: ReadonlySet<string>): boolean {
  if (need.kind === 'reference') return up.has(need.name);
  const count = need.operands.filter((operand) => works(operand, up)).length;
  return (
    count >= { and: need.operands.length, or: 1, atLeast: 0 }[need.kind] &&
    (need.kind !== 'atLeast' || count >= need.count)
  );
}

test('told of every need are the events that take too many of its alternatives, and with each those that it takes', () => {
  let fates = 0;
  fc.assert(
    fc.property(smallArchitectures(6), (model) => {
      const { events, running } = oracle(model);
      const expected = choices(model).map(({ owner, choice }) =>
        // What falls only with its owner is nobody's lost redundancy: here the owner is one that cannot fall.
        events.flatMap((event) => {
          const up = running(new Set([event]), owner);
          if (works(choice, up)) return [];
          return `${event}: ${[...alternativesOf(choice).entries()].flatMap(([at, one]) => (works(one, up) ? [] : at))}`;
        }),
      );
      const { graph, sharedFates } = analyse(model);
      const told = sharedFates().map(({ groups }) =>
        groups
          .flatMap(({ alternatives, nearest, below }) =>
            [...nearest, ...below].map((event) => `${graph.events[event]?.name}: ${alternatives}`),
          )
          .sort(),
      );
      fates += told.flat().length;
      expect(told).toEqual(expected.filter((some) => some.length > 0).map((some) => [...some].sort()));
      // A finding stands at each of these needs and nowhere else.
      const all = found(rule, model);
      expect(all.length).toBe(expected.filter((some) => some.length > 0).length);
      for (const { message } of all) expect(message).toMatch(/ fall together if .* (is lost|strikes|is gone)/);
    }),
    { numRuns: 2000 },
  );
  expect(fates).toBeGreaterThan(2000);
});

test('the ways that are told end at what the first event strikes', () => {
  fc.assert(
    fc.property(smallArchitectures(6), (model) => {
      const { graph, sharedFates } = analyse(model);
      for (const { groups, ways } of sharedFates()) {
        const first = groups[0]?.nearest[0];
        const struck = first === undefined ? [] : graph.events[first]?.strikes;
        for (const { text } of ways) {
          const end = text.split(' → ').at(-1) ?? '';
          // A choice all of whose alternatives are struck ends a way, too.
          const named = end.match(/C\d|S\d/g) ?? [];
          if (end !== '…') expect(named.some((name) => struck?.includes(name))).toBe(true);
        }
      }
    }),
    { numRuns: 1500 },
  );
});

test('a `k of` of all is no choice', () => {
  const model = architecture({
    components: [component('A', 'company'), component('B', 'company')],
    services: [service('S', [needs(atLeast(2, 'A', 'B'))])],
  });
  expect(found(rule, model)).toEqual([]);
});
