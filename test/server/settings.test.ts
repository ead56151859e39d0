import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULE_NAMES } from '../../language/core/rules/index.ts';
import { DEFAULT_RUNS, runsSetting, traceSetting } from '../../language/protocol/settings.ts';
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

  it.each([
    [{ runs: 0 }, 'The setting p2parch.runs is 0; it takes a whole number from 1 to 10000. The default holds.'],
    [{ runs: 'ten' }, 'The setting p2parch.runs is "ten"; it takes a whole number from 1 to 10000. The default holds.'],
    [{ runs: 2.5 }, 'The setting p2parch.runs is 2.5; it takes a whole number from 1 to 10000. The default holds.'],
    [
      { trace: { server: 'loud' } },
      'The setting p2parch.trace.server is "loud"; it takes off, messages, verbose. The default holds.',
    ],
    [
      { diagram: { openAutomatically: 'yes' } },
      'The setting p2parch.diagram.openAutomatically is "yes"; it takes true or false. The default holds.',
    ],
    [{ rules: [] }, 'The setting p2parch.rules is []; it takes a table of rules and severities. The default holds.'],
    ['loud', 'The setting p2parch is "loud"; it takes a group of settings. The default holds.'],
  ])('%j is told, and nothing else is wrong with it', (section, warning) => {
    const { settings, warnings } = readSettings(section);
    expect(warnings).toEqual([warning]);
    expect(settings.severities).toEqual({});
  });

  it('what is set to nothing is not set, and what fits is not told', () => {
    const section = { runs: 10, trace: { server: 'verbose' }, diagram: { openAutomatically: true }, today: null };
    expect(readSettings(section).warnings).toEqual([]);
    expect(readSettings({ runs: null, trace: { server: null }, rules: null }).warnings).toEqual([]);
  });

  it('stand in the manifest as they are read here', () => {
    const manifest = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8'));
    const { properties } = manifest.contributes.configuration;
    const defaults = Object.entries<{ default: unknown }>(properties).map(
      ([name, { default: value }]) => [name, value] as const,
    );
    expect(defaults.map(([name]) => name).sort()).toEqual(
      ['diagram.openAutomatically', 'rules', 'runs', 'today', 'trace.server'].map((name) => `p2parch.${name}`),
    );
    expect(readSettings(nested(defaults)).warnings).toEqual([]);
    expect(Object.keys(properties['p2parch.rules'].properties)).toEqual([...RULE_NAMES]);
    expect(properties['p2parch.trace.server'].enum).toEqual(traceSetting.options);
    const { minimum, maximum, default: runs } = properties['p2parch.runs'];
    expect(runs).toBe(DEFAULT_RUNS);
    for (const value of [minimum, maximum]) expect(runsSetting.safeParse(value).success).toBe(true);
    for (const value of [minimum - 1, maximum + 1]) expect(runsSetting.safeParse(value).success).toBe(false);
  });

  it('whatever is given, nothing throws', () => {
    for (const section of [3, 'x', [], { rules: [] }, { rules: null }, { today: '2027-6-3' }]) {
      expect(() => readSettings(section)).not.toThrow();
    }
  });
});

/** As an editor hands them over: `p2parch.a.b` is b in a. */
function nested(settings: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const section: Record<string, Record<string, unknown>> = {};
  for (const [name, value] of settings) {
    const [, first = '', second] = name.split('.');
    if (second === undefined) section[first] = value as Record<string, unknown>;
    else section[first] = { ...section[first], [second]: value };
  }
  return section;
}
