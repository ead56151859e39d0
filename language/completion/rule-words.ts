import { type Rule, rules } from '../core/rules/index.ts';

export type RuleWords = Pick<Rule, 'says' | 'why' | 'remedy'>;

/** Every rule by name, in the order of the table, with its documentation. */
export const ruleWords = (): ReadonlyMap<string, RuleWords> => new Map(rules());
