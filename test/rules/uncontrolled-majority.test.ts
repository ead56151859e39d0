import { describe, expect, test } from 'vitest';
import type { Architecture } from '../../language/core/model/index.ts';
import { architecture, component, service } from '../analysis/generate.ts';
import { accept, found } from './check.ts';

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
