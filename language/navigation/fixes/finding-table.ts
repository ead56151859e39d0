import type { RuleName } from '../../core/rules/index.ts';
import { acceptFinding, moveDate, removeExpired, removeStale } from './acceptances.ts';
import { addBootstrap } from './bootstrap.ts';
import { addInstance, removeUnused } from './components.ts';
import { addFallback } from './fallback.ts';
import type { FindingFixer } from './finding.ts';

/** What may be done about the findings of each rule; what is offered is what the proof leaves of it. */
export const FINDING_FIXES: Readonly<Record<RuleName, readonly FindingFixer[]>> = {
  'single-external-dependency': [addFallback, acceptFinding],
  'single-company-dependency': [addInstance, addFallback, acceptFinding],
  'uncontrolled-majority': [acceptFinding],
  'cold-start-cycle': [addBootstrap, acceptFinding],
  'shared-fate': [acceptFinding],
  'slow-recovery': [acceptFinding],
  'hidden-overload': [acceptFinding],
  'no-recovery': [acceptFinding],
  'requirement-failed': [acceptFinding],
  'expectation-failed': [acceptFinding],
  'unused-component': [removeUnused, acceptFinding],
  'expired-acceptance': [moveDate, removeExpired],
  'stale-acceptance': [removeStale],
};
