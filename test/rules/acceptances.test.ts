import { describe, expect, test } from 'vitest';
import type { Architecture } from '../../language/core/model/index.ts';
import { architecture, component, needs, service, skype2007 } from '../analysis/generate.ts';
import { accept, checkRule, found, TODAY } from './check.ts';

describe('expired-acceptance', () => {
  const rule = 'expired-acceptance';

  test('fires the day after, where what it covered shows again', () =>
    checkRule(
      rule,
      `
architecture A {
  users Peer
  users Node
  service S needs Peer
  service T needs Node
  accept single-external-dependency on Peer because "Beta." until 2025-12-31
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This acceptance ended on 2025-12-31, so single-external-dependency on Peer shows again. Mend what it speaks of, or decide anew and move the date.
  accept cold-start-cycle on Peer because "Long gone." until 2025-12-31
  accept single-external-dependency on Node because "Today is its last day." until 2026-01-01
}
`,
    ));

  test('says that nothing shows again where another acceptance covers it all', () =>
    checkRule(
      rule,
      `
architecture A {
  users Peer
  service S needs Peer
  service T needs Peer
  accept single-external-dependency on Peer for S because "Beta." until 2025-12-31
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This acceptance ended on 2025-12-31, and another one covers single-external-dependency on Peer for S. Remove it, or move the date.
  accept single-external-dependency on Peer for T because "Beta." until 2025-12-31
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This acceptance ended on 2025-12-31, so single-external-dependency on Peer for T shows again.
  accept single-external-dependency on Peer for S because "Still beta."
}
`,
    ));

  test('does not fire where the rule is switched off, or the acceptance is inherited', () => {
    const expired = { ...skype2007, acceptances: [accept('cold-start-cycle', 'Client', { until: '2026-01-01' })] };
    expect(found(rule, expired).map(({ subject }) => subject)).toEqual(['Client']);
    expect(found(rule, expired, { severities: { 'cold-start-cycle': 'off' } })).toEqual([]);
    expect(found(rule, expired, { inheritedAcceptances: 1 })).toEqual([]);
  });

  test('is accepted on the name that the acceptance is on', () => {
    const model = {
      ...skype2007,
      acceptances: [accept('cold-start-cycle', 'Client', { until: '2026-01-01' }), accept(rule, 'Client')],
    };
    expect(found(rule, model).map(({ acceptedBy }) => acceptedBy)).toEqual([1]);
    expect(found('stale-acceptance', model)).toEqual([]);
  });
});

describe('stale-acceptance', () => {
  const rule = 'stale-acceptance';

  test('fires where the rule finds nothing there, or nothing for that service, expired or not', () =>
    checkRule(
      rule,
      `
architecture A {
  company Web { instances 2 }
  users Peer
  service S needs Web
  service T needs Peer
  accept single-external-dependency on Web because "It was a vendor's."
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This acceptance covers nothing: single-external-dependency finds nothing on Web. Remove it, so that it does not hide a later finding that nobody has looked at.
  accept single-external-dependency on Peer for S because "S is free."
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This acceptance covers nothing: single-external-dependency finds nothing on Peer for S.
  accept single-external-dependency on Peer for T because "T is free."
  accept shared-fate on S because "Long ago." until 2020-01-01
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This acceptance covers nothing:
}
`,
    ));

  const withAcceptance = (rule: Parameters<typeof accept>[0], on: string): Architecture =>
    architecture({
      components: [component('Web', 'company', { instances: 2 })],
      services: [service('S', [needs('Web')])],
      acceptances: [accept(rule, on)],
    });

  test('a rule that is off makes no acceptance stale, nor is one told twice that is inherited', () => {
    const model = withAcceptance('cold-start-cycle', 'Web');
    expect(found(rule, model)).toHaveLength(1);
    expect(found(rule, model, { severities: { 'cold-start-cycle': 'off' } })).toEqual([]);
    expect(found(rule, model, { inheritedAcceptances: 1 })).toEqual([]);
  });

  test('of rules about scenarios and runs only where these are there', () => {
    const crash = {
      name: 'X',
      steps: [],
      horizonSeconds: 1,
      expectations: [{ kind: 'neverBelow', service: 'S', level: 0.5 }] as const,
    };
    const outcome = { scenario: 'X', runs: 1, verdicts: [{ holds: true, share: 1, measured: 1 }] };
    const slow = withAcceptance('slow-recovery', 'Web');
    expect(found(rule, slow)).toEqual([]);
    expect(found(rule, slow, { scenarios: [crash] })).toHaveLength(1);
    const failed = withAcceptance('expectation-failed', 'S');
    expect(found(rule, failed, { scenarios: [crash] })).toEqual([]);
    expect(found(rule, failed, { scenarios: [crash], outcomes: [outcome] })).toHaveLength(1);
    const two = [crash, { ...crash, name: 'Y' }];
    expect(found(rule, failed, { scenarios: two, outcomes: [outcome] })).toEqual([]);
  });

  test('is accepted on the name that the acceptance is on, and that acceptance is not stale', () => {
    const model = withAcceptance('cold-start-cycle', 'Web');
    const both = { ...model, acceptances: [...model.acceptances, accept(rule, 'Web')] };
    expect(found(rule, both).map(({ acceptedBy }) => acceptedBy)).toEqual([1]);
    expect(found(rule, withAcceptance(rule, 'Web')).map(({ subject }) => subject)).toEqual(['Web']);
  });

  test('two acceptances of the same are neither of them stale: the first covers, and the second means the same', () => {
    const model = { ...skype2007, acceptances: [skype2007.acceptances[0], skype2007.acceptances[0]] } as Architecture;
    expect(found(rule, model, { today: TODAY })).toEqual([]);
  });
});
