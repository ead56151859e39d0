import { describe, expect, test } from 'vitest';
import { findings, isRuleName, RULE_NAMES, rules } from '../../language/core/rules/index.ts';
import { architecture, atLeast, component, needs, or, service, skype2007 } from '../analysis/generate.ts';
import { accept, TODAY } from './check.ts';

describe('the table of rules', () => {
  test('knows every rule of the design, and gives words to each that it implements', () => {
    expect(RULE_NAMES).toHaveLength(13);
    expect(isRuleName('stale-acceptance') && !isRuleName('constructor')).toBe(true);
    for (const [, { says, why, remedy }] of rules()) {
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
      ['stale-acceptance', 'Ghost'],
    ]);
  });
});
