import * as z from 'zod/mini';
import { RULE_NAMES } from '../core/rules/index.ts';
import { isDate } from '../parsing/values.ts';
import { type Settings, today } from '../problems/settings.ts';

/** What a user may set for the server, each on its own: one that is wrong leaves the others as they are. */
const SETTINGS = {
  /** The day on which acceptances are read, `YYYY-MM-DD`; empty for the machine's own. */
  today: z.string().check(z.refine((text) => text === '' || isDate(text))),
} as const;

const severitySetting = z.enum(['error', 'warning', 'information', 'hint', 'off']);

/**
 * Reads the section `p2parch` of an editor's settings. What does not fit is left at its default, with a sentence that
 * names it.
 */
export function readSettings(section: unknown): { readonly settings: Settings; readonly warnings: readonly string[] } {
  const given = z.record(z.string(), z.unknown()).safeParse(section ?? {});
  const values: Record<string, unknown> = given.success ? given.data : {};
  const warnings: string[] = given.success ? [] : [wrong('p2parch', section, 'a group of settings')];

  const day = SETTINGS.today.safeParse(values.today ?? '');
  if (!day.success) warnings.push(wrong('p2parch.today', values.today, 'a date YYYY-MM-DD'));

  const rules = z.record(z.string(), z.unknown()).safeParse(values.rules ?? {});
  if (!rules.success) warnings.push(wrong('p2parch.rules', values.rules, 'a table of rules and severities'));
  const severities: Record<string, z.infer<typeof severitySetting>> = {};
  for (const [rule, value] of Object.entries(rules.success ? rules.data : {})) {
    const severity = severitySetting.safeParse(value);
    if (!(RULE_NAMES as readonly string[]).includes(rule))
      warnings.push(`p2parch.rules names "${rule}", which is no rule.`);
    else if (!severity.success)
      warnings.push(wrong(`p2parch.rules["${rule}"]`, value, severitySetting.options.join(', ')));
    else severities[rule] = severity.data;
  }
  const fixed = day.success && day.data !== '' ? day.data : undefined;
  return { settings: { today: fixed ?? today(), severities }, warnings };
}

const wrong = (name: string, value: unknown, expected: string): string =>
  `The setting ${name} is ${JSON.stringify(value)}; it takes ${expected}. The default holds.`;
