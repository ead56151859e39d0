import { coldStartCycle } from './cold-start-cycle.ts';
import type { Rule } from './rule.ts';
import { singleExternalDependency } from './single-external-dependency.ts';
import { uncontrolledMajority } from './uncontrolled-majority.ts';

/** Every rule of analysis.md, in its order: the names that `accept` and the settings know. */
export const RULE_NAMES = [
  'single-external-dependency',
  'single-company-dependency',
  'uncontrolled-majority',
  'cold-start-cycle',
  'shared-fate',
  'slow-recovery',
  'hidden-overload',
  'no-recovery',
  'requirement-failed',
  'expectation-failed',
  'unused-component',
  'expired-acceptance',
  'stale-acceptance',
] as const;

export type RuleName = (typeof RULE_NAMES)[number];

export const isRuleName = (name: string): name is RuleName => (RULE_NAMES as readonly string[]).includes(name);

/**
 * The one table of rules. A rule without a row yet is known by name, so that a text may accept it,
 * and finds nothing.
 */
export const RULES = {
  'single-external-dependency': singleExternalDependency,
  'uncontrolled-majority': uncontrolledMajority,
  'cold-start-cycle': coldStartCycle,
} as const satisfies { readonly [Name in RuleName]?: Rule };

export type ImplementedRuleName = keyof typeof RULES;

/** The rules that have a row, in the order of analysis.md. */
export const implementedRules = (): (readonly [ImplementedRuleName, Rule])[] =>
  RULE_NAMES.flatMap((name) =>
    name in RULES ? [[name as ImplementedRuleName, RULES[name as ImplementedRuleName]]] : [],
  );
