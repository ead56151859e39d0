import { describe, expect, test } from 'vitest';
import type { Architecture } from '../../language/core/model/index.ts';
import {
  type Finding,
  type FindingOptions,
  findings,
  implementedRules,
  isRuleName,
  RULE_NAMES,
  type RuleName,
} from '../../language/core/rules/index.ts';
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
} from '../analysis/generate.ts';

const TODAY = '2026-11-22';

/** The findings of one rule. */
function found(rule: RuleName, model: Architecture, options: Partial<FindingOptions> = {}): Finding[] {
  return findings(model, { today: TODAY, ...options }).filter((finding) => finding.rule === rule);
}

const accept = (rule: RuleName, on: string, more: { service?: string; until?: string } = {}) => ({
  rule,
  on,
  because: 'We know.',
  ...more,
});

const messages = (all: readonly Finding[]) => all.map(({ message }) => message);
const need = (element: string, index = 0, ...path: number[]) => ({ kind: 'need', element, index, path });

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
          'If MassReboot strikes, it hits Client (60%) and SuperNode (90%) at once, and in the worst case Calling is lost (Calling → SuperNode): ' +
          'nothing else stands in. The company does not run Client and SuperNode. Add a fallback that MassReboot does not reach, or accept the finding.',
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
          'Amazon runs East and West. If Amazon is gone, Store is lost (Store → West): nothing else stands in. ' +
          'Add a fallback that somebody else runs, or accept the finding.',
        architecture: 'A',
        service: 'Store',
        services: ['Store'],
        subject: 'operator:Amazon',
        place: { kind: 'property', element: 'East', property: 'operator' },
        related: [
          { place: { kind: 'property', element: 'West', property: 'operator' }, message: 'Amazon also runs West' },
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

describe('uncontrolled-majority', () => {
  const rule = 'uncontrolled-majority';
  const carried = (shares: Record<string, number>, ...acceptances: Architecture['acceptances'][number][]) =>
    architecture({
      components: [component('Own', 'company'), component('Peer', 'users'), component('Cloud', 'vendor')],
      services: [
        service('Calling', [], {
          traffic: Object.entries(shares).map(([name, share]) => ({ share, component: name })),
        }),
        service('Silent', []),
      ],
      acceptances,
    });

  test('fires at the traffic, and says who carries it', () => {
    expect(found(rule, carried({ Peer: 0.5, Cloud: 0.125, Own: 0.375 }))).toEqual([
      {
        rule,
        severity: 'warning',
        message:
          "62.5% of Calling's traffic goes through Peer and Cloud, which the company does not run. How Calling holds up and comes back is in other hands. " +
          'Carry more of it through components that the company runs, or accept the finding.',
        architecture: 'A',
        service: 'Calling',
        services: ['Calling'],
        subject: 'Calling',
        place: { kind: 'property', element: 'Calling', property: 'traffic' },
        related: [
          { place: { kind: 'name', element: 'Peer' }, message: 'Peer carries 50%' },
          { place: { kind: 'name', element: 'Cloud' }, message: 'Cloud carries 12.5%' },
        ],
      },
    ]);
  });

  test('does not fire at half, however it is added up, nor without traffic', () => {
    expect(found(rule, carried({ Peer: 0.2, Cloud: 0.3, Own: 0.5 }))).toEqual([]);
    expect(found(rule, carried({ Peer: 0.1 + 0.2, Cloud: 0.2, Own: 0.5 }))).toEqual([]);
  });

  test('is accepted on the service, until it expires', () => {
    const by = (until: string) =>
      found(rule, carried({ Peer: 1 }, accept(rule, 'Calling', { until }))).map(({ acceptedBy }) => acceptedBy);
    expect([by('2026-11-22'), by('2026-11-21')]).toEqual([[0], [undefined]]);
  });
});

describe('cold-start-cycle', () => {
  const rule = 'cold-start-cycle';
  const pair = (...acceptances: Architecture['acceptances'][number][]) =>
    architecture({
      components: [
        component('Client', 'users', { needs: [needs('SuperNode')] }),
        component('SuperNode', 'users', { promotion: { source: 'Client', rate: { kind: 'share', perSecond: 1 } } }),
      ],
      services: [service('Calling', [needs('SuperNode')]), service('Chat', [needs('Client')])],
      acceptances,
    });

  test('fires at the words that close the circle, and points at the others', () => {
    expect(found(rule, pair())).toEqual([
      {
        rule,
        severity: 'warning',
        message:
          'Client needs SuperNode; SuperNode is promoted from Client: after a total loss neither can come up, and Calling and Chat stay lost. ' +
          'Give one of them a way to start without the others, such as a bootstrap component that the company runs, or accept the finding.',
        architecture: 'A',
        service: 'Calling',
        services: ['Calling', 'Chat'],
        subject: 'SuperNode',
        place: { kind: 'property', element: 'SuperNode', property: 'promoted' },
        related: [{ place: need('Client'), message: 'Client needs SuperNode' }],
      },
    ]);
  });

  test('says which alternatives are no help', () => {
    const model = architecture({
      components: [
        component('A', 'users', { needs: [needsToStart(or(and('B', 'D'), 'C'))] }),
        component('B', 'users', { needs: [needs('A')] }),
        component('C', 'users', { needs: [needs('B')] }),
        component('D', 'company'),
      ],
    });
    expect(
      found(rule, model).map(({ message, place, related, services }) => ({ message, place, related, services })),
    ).toEqual([
      {
        message:
          'A needs B to start (of B and C too few can start); B needs A: after a total loss neither can come up. ' +
          'Give one of them a way to start without the others, such as a bootstrap component that the company runs, or accept the finding.',
        place: need('B'),
        related: [{ place: need('A', 0, 0, 0), message: 'A needs B to start' }],
        services: [],
      },
    ]);
  });

  test('goes through services, and through whom they are for', () => {
    const model = architecture({
      components: [
        component('Phone', 'users', { needs: [needs('Exchange')] }),
        component('Exchange', 'company', { needs: [needs('Billing')] }),
      ],
      services: [service('Billing', [], { population: 'Phone' })],
    });
    expect(messages(found(rule, model))).toEqual([
      'Exchange needs Billing; Billing is for Phone, which needs Exchange: after a total loss neither can come up, and Billing stays lost. ' +
        'Give one of them a way to start without the others, such as a bootstrap component that the company runs, or accept the finding.',
    ]);
  });

  test('of one that needs itself, and of a long circle without its middle', () => {
    const ring = Array.from({ length: 8 }, (_, at) =>
      component(`R${at}`, 'users', { needs: [needs(`R${(at + 1) % 8}`)] }),
    );
    const model = architecture({ components: [component('Self', 'users', { needs: [needs('Self')] }), ...ring] });
    expect(messages(found(rule, model))).toEqual([
      'Self needs Self: after a total loss it cannot come up. ' +
        'Give it another way to start, such as a bootstrap component that the company runs, or accept the finding.',
      'R0 needs R1; R1 needs R2; R2 needs R3; …; R5 needs R6; R6 needs R7; R7 needs R0: after a total loss none of them can come up. ' +
        'Give one of them a way to start without the others, such as a bootstrap component that the company runs, or accept the finding.',
    ]);
  });

  test('does not fire where one part can start without the others', () => {
    const model = architecture({
      components: [
        component('Client', 'users', { needs: [needs(or('SuperNode', 'Bootstrap'))] }),
        component('SuperNode', 'users', { needs: [needs('Client')] }),
        component('Bootstrap', 'company'),
      ],
    });
    expect(found(rule, model)).toEqual([]);
  });

  test('is accepted on any of its parts, for all services or for one, until it expires', () => {
    const by = (...args: Parameters<typeof accept>) =>
      found(rule, pair(accept(...args))).map(({ acceptedBy, services }) => [acceptedBy, ...services]);
    expect(by(rule, 'Client')).toEqual([[0, 'Calling', 'Chat']]);
    expect(by(rule, 'SuperNode', { service: 'Chat' })).toEqual([
      [undefined, 'Calling'],
      [0, 'Chat'],
    ]);
    expect(by(rule, 'Client', { until: '2026-01-01' })).toEqual([[undefined, 'Calling', 'Chat']]);
  });
});

describe('the table of rules', () => {
  test('knows every rule of the design, and gives words to each that it implements', () => {
    expect(RULE_NAMES).toHaveLength(13);
    expect(isRuleName('stale-acceptance') && !isRuleName('constructor')).toBe(true);
    for (const [, { says, why, remedy }] of implementedRules()) {
      for (const words of [says, why, remedy]) expect(words).toMatch(/^[A-Z].*\.$/);
    }
  });

  test('the first page of the language has one accepted finding and three open ones, in the order of the table', () => {
    expect(
      findings(skype2007, { today: TODAY }).map(({ rule, subject, acceptedBy }) => [rule, subject, acceptedBy]),
    ).toEqual([
      ['single-external-dependency', 'SuperNode', 0],
      ['single-external-dependency', 'MassReboot', undefined],
      ['uncontrolled-majority', 'Calling', undefined],
      ['cold-start-cycle', 'SuperNode', undefined],
    ]);
  });

  test('severities are set for a whole rule, and off is none', () => {
    const severities = { 'single-external-dependency': 'off', 'cold-start-cycle': 'error' } as const;
    expect(findings(skype2007, { today: TODAY, severities }).map(({ rule, severity }) => [rule, severity])).toEqual([
      ['uncontrolled-majority', 'warning'],
      ['cold-start-cycle', 'error'],
    ]);
  });

  test('user input never throws: names that are not there, counts that cannot be, names given twice', () => {
    const model = architecture({
      components: [
        component('A', 'users', { needs: [needs('Nowhere'), needs(atLeast(9, 'A', 'B')), needs(or())] }),
        component('A', 'company'),
        component('B', 'vendor', { promotion: { source: 'Gone', rate: { kind: 'count', perSecond: 1 } } }),
      ],
      services: [
        service('A', []),
        service('S', [needs(atLeast(0, 'A', 'B'))], {
          population: 'Ghost',
          traffic: [{ share: 1, component: 'Ghost' }],
        }),
      ],
      acceptances: [accept(RULE_NAMES[0], 'Ghost', { service: 'Ghost', until: 'never' })],
    });
    expect(findings(model, { today: 'today' }).map(({ rule, subject }) => [rule, subject])).toEqual([
      ['single-external-dependency', 'B'],
      ['cold-start-cycle', 'A'],
    ]);
  });
});
