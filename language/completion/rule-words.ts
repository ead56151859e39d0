import { implementedRules, RULE_NAMES, type RuleName } from '../core/rules/index.ts';

export interface RuleWords {
  readonly says: string;
  readonly why?: string;
  readonly remedy?: string;
}

/** What rules say that find nothing yet: their names may be accepted already. */
const WITHOUT_ROW: { readonly [Name in RuleName]?: string } = {
  'single-company-dependency': 'A single instance that the company runs takes a service down alone.',
  'shared-fate': 'All alternatives of a need fall by one and the same event, so that they are none.',
  'slow-recovery': 'Refilling takes longer, even at best, than an expectation allows.',
  'hidden-overload':
    'A hazard takes so much of a pool that what is left of it is overloaded once its consumers are back: a cascade.',
  'no-recovery': 'A scenario crashes what has no way back.',
  'requirement-failed': 'A `require` does not hold.',
  'expectation-failed': 'An `expect` does not hold in the runs of a scenario.',
  'unused-component': 'No service depends on the component.',
  'expired-acceptance': 'The date of an acceptance has passed, and the finding that it covered shows again.',
  'stale-acceptance': 'An acceptance covers no finding.',
};

/** Every rule by name, in the order of the table, with its documentation. */
export function ruleWords(): ReadonlyMap<string, RuleWords> {
  const rows = new Map<string, RuleWords>(implementedRules());
  return new Map(RULE_NAMES.map((name) => [name, rows.get(name) ?? { says: WITHOUT_ROW[name] ?? '' }]));
}
