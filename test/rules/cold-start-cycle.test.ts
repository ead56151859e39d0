import { describe, expect, test } from 'vitest';
import type { Architecture } from '../../language/core/model/index.ts';
import { and, architecture, component, needs, needsToStart, or, service } from '../analysis/generate.ts';
import { accept, checkRule, found, messages, need } from './check.ts';

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
          'Give one of them a way to start without the other, such as a bootstrap component that the company runs, or accept the finding.',
        architecture: 'A',
        service: 'Calling',
        services: ['Calling', 'Chat'],
        subject: 'SuperNode',
        identity: 'Client',
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
          'A needs (B and D) or C to start, of which none can start; B needs A: after a total loss neither can come up. ' +
          'Give one of them a way to start without the other, such as a bootstrap component that the company runs, or accept the finding.',
        place: need('B'),
        related: [{ place: need('A', 0, 0, 0), message: 'A needs B to start' }],
        services: [],
      },
    ]);
  });

  test('says of what stands in that it cannot start either, or that too few can', () =>
    checkRule(
      rule,
      `
architecture A {
  company A1 { instances 2 needs B1 or C1 }
  company B1 { instances 2 needs A1 to start }
//                               ^^ A1 needs B1 or C1 (C1 cannot start either); B1 needs A1 to start: after a total loss neither can come up, and S stays lost.
  company C1 { instances 2 needs B1 }
  company A2 { instances 2 needs D2 and 2 of (B2, C2, D2) }
  company B2 { instances 2 needs A2 to start }
//                               ^^ A2 needs 2 of (B2, C2, D2), of which too few can start; B2 needs A2 to start: after a total loss neither
  company C2 { instances 2 needs A2 to start }
  company D2 { instances 2 }
  service S needs A1 and A2
}
`,
    ));

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
        'Give one of them a way to start without the other, such as a bootstrap component that the company runs, or accept the finding.',
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
      'R0 needs R1; R1 needs R2; R2 needs R3; …; R5 needs R6; R6 needs R7; R7 needs R0: after a total loss none of these can come up. ' +
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
