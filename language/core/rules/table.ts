import { coldStartCycle } from './cold-start-cycle.ts';
import { expectationFailed } from './expectation-failed.ts';
import { expiredAcceptance } from './expired-acceptance.ts';
import { hiddenOverload } from './hidden-overload.ts';
import { noRecovery } from './no-recovery.ts';
import { requirementFailed } from './requirement-failed.ts';
import type { Rule } from './rule.ts';
import { sharedFate } from './shared-fate.ts';
import { singleCompanyDependency } from './single-company-dependency.ts';
import { singleExternalDependency } from './single-external-dependency.ts';
import { slowRecovery } from './slow-recovery.ts';
import { staleAcceptance } from './stale-acceptance.ts';
import { uncontrolledMajority } from './uncontrolled-majority.ts';
import { unusedComponent } from './unused-component.ts';

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

/** The one table of rules. Those about acceptances stand last, for they judge by what the others have seen. */
export const RULES: { readonly [Name in RuleName]: Rule } = {
  'single-external-dependency': singleExternalDependency,
  'single-company-dependency': singleCompanyDependency,
  'uncontrolled-majority': uncontrolledMajority,
  'cold-start-cycle': coldStartCycle,
  'shared-fate': sharedFate,
  'slow-recovery': slowRecovery,
  'hidden-overload': hiddenOverload,
  'no-recovery': noRecovery,
  'requirement-failed': requirementFailed,
  'expectation-failed': expectationFailed,
  'unused-component': unusedComponent,
  'expired-acceptance': expiredAcceptance,
  'stale-acceptance': staleAcceptance,
};

/** The rules with their rows, in the order of analysis.md. */
export const rules = (): (readonly [RuleName, Rule])[] => RULE_NAMES.map((name) => [name, RULES[name]]);
