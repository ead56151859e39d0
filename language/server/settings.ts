import * as z from 'zod/mini';
import { RULE_NAMES, SET_SEVERITIES } from '../core/rules/index.ts';
import { isDate } from '../parsing/values.ts';
import { type Settings, today } from '../problems/settings.ts';
import { DEFAULT_RUNS, openAutomaticallySetting, runsSetting, traceSetting } from '../protocol/settings.ts';

/** The day on which acceptances are read, `YYYY-MM-DD`; empty for the machine's own. */
const todaySetting = z.string().check(z.refine((text) => text === '' || isDate(text)));

const severitySetting = z.enum(SET_SEVERITIES);

/** The settings of one value each, by name below `p2parch`, and what they take in words. */
const SINGLE = {
  today: { schema: todaySetting, takes: 'a date YYYY-MM-DD' },
  runs: { schema: runsSetting, takes: 'a whole number from 1 to 10000' },
  'diagram.openAutomatically': { schema: openAutomaticallySetting, takes: 'true or false' },
  'trace.server': { schema: traceSetting, takes: traceSetting.options.join(', ') },
} as const;

/** The parts of the section `p2parch` that are looked at here. */
export const SECTION_KEYS: readonly string[] = [
  'rules',
  ...new Set(Object.keys(SINGLE).map((name) => name.split('.')[0] as string)),
];

/**
 * Reads the section `p2parch` of an editor's settings. What does not fit is left at its default, with a sentence that
 * names it: for settings that the extension itself follows too, which cannot ask what a rule is named.
 */
export function readSettings(section: unknown): {
  readonly settings: Settings;
  readonly runs: number;
  readonly warnings: readonly string[];
} {
  const values = tableSchema.safeParse(section ?? {});
  const warnings: string[] = values.success ? [] : [wrong('p2parch', section, 'a group of settings')];
  const at = (name: string): unknown => valueAt(values.success ? values.data : {}, name.split('.'));

  for (const [name, { schema, takes }] of Object.entries(SINGLE)) {
    const value = at(name);
    if (value !== undefined && !schema.safeParse(value).success) warnings.push(wrong(`p2parch.${name}`, value, takes));
  }
  const rules = readRules(at('rules') ?? {});
  const day = SINGLE.today.schema.safeParse(at('today') ?? '');
  const fixed = day.success && day.data !== '' ? day.data : undefined;
  return {
    settings: { today: fixed ?? today(), severities: rules.severities },
    runs: SINGLE.runs.schema.safeParse(at('runs')).data ?? DEFAULT_RUNS,
    warnings: [...warnings, ...rules.warnings],
  };
}

type Severities = Record<string, z.infer<typeof severitySetting>>;

/** Each rule on its own: one that is wrong leaves the others as they are. */
function readRules(value: unknown): { readonly severities: Severities; readonly warnings: readonly string[] } {
  const given = tableSchema.safeParse(value);
  if (!given.success) return { severities: {}, warnings: [wrong('p2parch.rules', value, TABLE_OF_RULES)] };
  const severities: Severities = {};
  const warnings: string[] = [];
  for (const [rule, word] of Object.entries(given.data)) {
    const severity = severitySetting.safeParse(word);
    if (!(RULE_NAMES as readonly string[]).includes(rule))
      warnings.push(`p2parch.rules names "${rule}", which is no rule.`);
    else if (!severity.success)
      warnings.push(wrong(`p2parch.rules["${rule}"]`, word, severitySetting.options.join(', ')));
    else severities[rule] = severity.data;
  }
  return { severities, warnings };
}

const TABLE_OF_RULES = 'a table of rules and severities';

const tableSchema = z.record(z.string(), z.unknown());

/** An editor nests settings at their dots; what is set to null is not set. */
function valueAt(values: unknown, path: readonly string[]): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return values ?? undefined;
  const table = tableSchema.safeParse(values);
  return table.success ? valueAt(table.data[first], rest) : undefined;
}

const wrong = (name: string, value: unknown, expected: string): string =>
  `The setting ${name} is ${JSON.stringify(value)}; it takes ${expected}. The default holds.`;
