import { describe, expect, test } from 'vitest';
import type { Architecture } from '../../language/core/model/index.ts';
import { and, architecture, atLeast, component, needs, or, service, skype2007 } from '../analysis/generate.ts';
import { accept, checkRule, found, messages, need, TODAY } from './check.ts';

describe('single-external-dependency', () => {
  const rule = 'single-external-dependency';
  const calling = (...acceptances: Architecture['acceptances'][number][]) =>
    architecture({
      groups: [{ name: 'Edge' }],
      components: [component('SuperNode', 'users', { group: 'Edge' })],
      services: [service('Calling', [needs('SuperNode')]), service('Chat', [needs('SuperNode')])],
      acceptances,
    });

  test('fires at the component, and says who runs it and what the company cannot do', () => {
    const model = architecture({
      components: [component('SuperNode', 'users')],
      services: [service('Calling', [needs('SuperNode')])],
    });
    expect(found(rule, model)).toEqual([
      {
        rule,
        severity: 'warning',
        message:
          'Calling needs SuperNode; users run it and the company can neither touch nor command it. If it is lost, Calling is lost: ' +
          'nothing else stands in. Add a fallback that the company runs, or accept the finding.',
        architecture: 'A',
        service: 'Calling',
        services: ['Calling'],
        subject: 'SuperNode',
        place: { kind: 'name', element: 'SuperNode' },
        related: [{ place: need('Calling'), message: 'Calling needs SuperNode' }],
      },
    ]);
  });

  test('names the path where the dependency is not said in one place, through the population too', () => {
    const model = architecture({
      components: [
        component('Client', 'users', { needs: [needs(and('Directory', 'Relay'))] }),
        component('Directory', 'company'),
        component('Relay', 'vendor', { operator: 'Amazon', needs: [needs('Root')] }),
        component('Root', 'vendor', { control: 'physical' }),
      ],
      services: [service('Calling', [], { population: 'Client' })],
    });
    expect(found(rule, model).map(({ message, severity, related }) => ({ message, severity, related }))).toEqual([
      {
        severity: 'warning',
        message:
          'Calling depends on Relay (Calling → Client → Relay); Amazon runs it and the company can neither touch nor command it. ' +
          'If it is lost, Calling is lost: nothing else stands in. Add a fallback that the company runs, or accept the finding.',
        related: [{ place: need('Client', 0, 1), message: 'Client needs Relay' }],
      },
      {
        severity: 'information',
        message:
          'Calling depends on Root (Calling → Client → Relay → Root); a vendor runs it and the company can touch its machines but not command its software. ' +
          'If it is lost, Calling is lost: nothing else stands in. Add a fallback that the company runs, or accept the finding.',
        related: [
          { place: need('Client', 0, 1), message: 'Client needs Relay' },
          { place: need('Relay'), message: 'Relay needs Root' },
        ],
      },
    ]);
  });

  test('speaks once for all services, and names three of them', () => {
    const model = architecture({
      components: [component('SuperNode', 'users')],
      services: ['A1', 'A2', 'A3', 'A4', 'A5'].map((name) => service(name, [needs('SuperNode')])),
    });
    expect(messages(found(rule, model))).toEqual([
      'A1, A2, A3 and 2 more need SuperNode; users run it and the company can neither touch nor command it. ' +
        'If it is lost, A1, A2, A3 and 2 more are lost: nothing else stands in. Add a fallback that the company runs, or accept the finding.',
    ]);
  });

  test('a long path is told without its middle', () => {
    const names = Array.from({ length: 30 }, (_, at) => `C${at}`);
    const model = architecture({
      components: names.map((name, at) =>
        component(name, at === 29 ? 'users' : 'company', at === 29 ? {} : { needs: [needs(`C${at + 1}`)] }),
      ),
      services: [service('S', [needs('C0')])],
    });
    const [finding] = found(rule, model);
    expect(finding?.message).toMatch(/^S depends on C29 \(S → C0 → C1 → … → C27 → C28 → C29\); /);
    expect(finding?.related).toHaveLength(12);
  });

  test('fires at the hazard that strikes what is external, and points at what it strikes', () => {
    expect(found(rule, skype2007).filter(({ subject }) => subject === 'MassReboot')).toEqual([
      {
        rule,
        severity: 'warning',
        message:
          'If MassReboot strikes, it hits Client (60%) and SuperNode (90%) at once, and if the rest cannot carry on, Calling is lost (Calling → SuperNode): ' +
          'nothing else stands in. The company runs neither of them. Add a fallback that MassReboot does not reach, or accept the finding.',
        architecture: 'Skype2007',
        service: 'Calling',
        services: ['Calling'],
        subject: 'MassReboot',
        place: { kind: 'name', element: 'MassReboot' },
        related: [
          { place: { kind: 'name', element: 'Client' }, message: 'Client is exposed to MassReboot' },
          { place: { kind: 'name', element: 'SuperNode' }, message: 'SuperNode is exposed to MassReboot' },
          { place: need('Calling'), message: 'Calling needs SuperNode' },
        ],
      },
    ]);
  });

  test('says of a hazard whom the company does not run, and what it can do to them', () =>
    checkRule(
      rule,
      `
hazard Storm
//     ^^^^^ If Storm strikes, it hits Own and Theirs at once, and S is lost (S → Own or Theirs): nothing else stands in. The company does not run Theirs, but can touch its machines. Add
hazard Flood
//     ^^^^^ If Flood strikes, it hits East (50%), West and North at once, and if the rest cannot carry on, T is lost (T → East or West or North): nothing else stands in. The company runs none of them. Add
hazard Fire
//     ^^^^ If Fire strikes, it hits South and Hired at once, and U is lost (U → South or Hired): nothing else stands in. The company runs neither of them, but has some control of them. Add
architecture A {
  company Own { instances 2 exposed to Storm }
  vendor Theirs { control physical exposed to Storm }
  vendor East { exposed to Flood 50% }
  vendor West { exposed to Flood }
  vendor North { exposed to Flood }
  vendor South { control full exposed to Fire }
  users Hired { control programmatic exposed to Fire }
  service S needs Own or Theirs
  service T needs East or West or North
  service U needs South or Hired
}
`,
    ));

  test('fires at the first `by` of an operator whose loss takes all alternatives', () => {
    const amazon = { operator: 'Amazon', control: 'programmatic' } as const;
    const model = architecture({
      components: [component('East', 'vendor', amazon), component('West', 'vendor', amazon)],
      services: [service('Store', [needs(or('East', 'West'))])],
    });
    expect(found(rule, model)).toEqual([
      {
        rule,
        severity: 'information',
        message:
          'Amazon runs East and West. If Amazon is gone, Store is lost (Store → East or West): nothing else stands in. ' +
          'Add a fallback that somebody else runs, or accept the finding.',
        architecture: 'A',
        service: 'Store',
        services: ['Store'],
        subject: 'operator:Amazon',
        place: { kind: 'property', element: 'East', property: 'operator' },
        related: [
          { place: { kind: 'property', element: 'West', property: 'operator' }, message: 'Amazon also runs West' },
          { place: need('Store', 0, 0), message: 'Store needs East' },
          { place: need('Store', 0, 1), message: 'Store needs West' },
        ],
      },
    ]);
  });

  test('weighs less only where the company has some control of all that is external', () => {
    const struckWith = (...controls: ('none' | 'physical')[]) =>
      found(
        rule,
        architecture({
          hazards: [{ name: 'Fire' }],
          components: controls.map((control, at) =>
            component(`C${at}`, 'vendor', { control, exposures: [{ hazard: 'Fire', share: 1 }] }),
          ),
          services: [service('S', [needs(or('C0', 'C1'))])],
        }),
      ).map(({ subject, severity }) => [subject, severity]);
    expect(struckWith('none', 'physical')).toEqual([['Fire', 'warning']]);
    expect(struckWith('physical', 'physical')).toEqual([['Fire', 'information']]);
  });

  test('does not fire where something stands in, on what the company runs, or on what nothing needs', () => {
    const model = architecture({
      hazards: [{ name: 'Fire' }],
      components: [
        component('A', 'users'),
        component('B', 'vendor'),
        component('C', 'vendor'),
        component('Own', 'company', { exposures: [{ hazard: 'Fire', share: 1 }] }),
        component('Idle', 'users'),
      ],
      services: [service('S', [needs(atLeast(2, 'A', 'B', 'C')), needs('Own')])],
    });
    expect(found(rule, model)).toEqual([]);
  });

  test('is marked as accepted, by the component or the group that it stands in, until the day said and on it', () => {
    for (const acceptance of [
      accept(rule, 'SuperNode'),
      accept(rule, 'Edge'),
      accept(rule, 'SuperNode', { until: TODAY }),
    ]) {
      expect(found(rule, calling(acceptance)).map(({ acceptedBy, services }) => [acceptedBy, services])).toEqual([
        [0, ['Calling', 'Chat']],
      ]);
    }
  });

  test('shows again after its acceptance expired; an acceptance of another rule or component covers nothing', () => {
    for (const acceptance of [
      accept(rule, 'SuperNode', { until: '2026-11-21' }),
      accept('cold-start-cycle', 'SuperNode'),
      accept(rule, 'Calling'),
    ]) {
      expect(found(rule, calling(acceptance)).map((finding) => 'acceptedBy' in finding)).toEqual([false]);
    }
  });

  test('is divided where it is accepted for some services and not for others', () => {
    const model = calling(accept('uncontrolled-majority', 'Chat'), accept(rule, 'SuperNode', { service: 'Chat' }));
    expect(
      found(rule, model).map(({ acceptedBy, service, services, message }) => ({
        acceptedBy,
        service,
        services,
        message: message.slice(0, 22),
      })),
    ).toEqual([
      { acceptedBy: undefined, service: 'Calling', services: ['Calling'], message: 'Calling needs SuperNod' },
      { acceptedBy: 1, service: 'Chat', services: ['Chat'], message: 'Chat needs SuperNode; ' },
    ]);
  });

  test('on an operator is accepted on the component where it stands, and on no other', () => {
    const model = architecture({
      components: ['East', 'West'].map((name) => component(name, 'vendor', { operator: 'Amazon' })),
      services: [service('Store', [needs(or('East', 'West'))])],
    });
    const acceptedOn = (name: string) =>
      found(rule, { ...model, acceptances: [accept(rule, name)] }).map(({ acceptedBy }) => acceptedBy);
    expect(acceptedOn('East')).toEqual([0]);
    expect(acceptedOn('West')).toEqual([undefined]);
  });
});
