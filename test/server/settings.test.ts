import { describe, expect, it } from 'vitest';
import { readSettings } from '../../language/server/settings.ts';

describe('settings', () => {
  it('nothing set is nothing wrong', () => {
    for (const section of [undefined, null, {}]) {
      const { settings, warnings } = readSettings(section);
      expect(warnings).toEqual([]);
      expect(settings.severities).toEqual({});
      expect(settings.today).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });

  it('takes what fits', () => {
    const { settings, warnings } = readSettings({
      today: '2027-06-30',
      rules: { 'cold-start-cycle': 'error', 'uncontrolled-majority': 'off' },
    });
    expect(warnings).toEqual([]);
    expect(settings).toEqual({
      today: '2027-06-30',
      severities: { 'cold-start-cycle': 'error', 'uncontrolled-majority': 'off' },
    });
  });

  it('names what does not fit, and keeps the rest', () => {
    const { settings, warnings } = readSettings({
      today: 7,
      rules: { 'cold-start-cycle': 'loud', nonsense: 'hint', 'shared-fate': 'hint' },
    });
    expect(warnings).toEqual([
      'The setting p2parch.today is 7; it takes a date YYYY-MM-DD. The default holds.',
      'The setting p2parch.rules["cold-start-cycle"] is "loud"; it takes error, warning, information, hint, off. The default holds.',
      'p2parch.rules names "nonsense", which is no rule.',
    ]);
    expect(settings.severities).toEqual({ 'shared-fate': 'hint' });
  });

  it('whatever is given, nothing throws', () => {
    for (const section of [3, 'x', [], { rules: [] }, { rules: null }, { today: '2027-6-3' }]) {
      expect(() => readSettings(section)).not.toThrow();
    }
  });
});
