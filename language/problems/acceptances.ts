import type { LoweredArchitecture } from '../lowering/architecture.ts';
import type { Problem, Problems } from './problems.ts';

/** Which of its architecture's acceptances covers an accepted finding, by its index; -1 where none can be told. */
export function acceptanceIndexOf(
  problems: Problems,
  lowered: LoweredArchitecture,
  { rule, subject, service, message }: Pick<Problem, 'rule' | 'subject' | 'service' | 'message'>,
): number {
  const finding = problems
    .findingsOf(lowered)
    .find(
      (one) =>
        one.acceptedBy !== undefined && one.rule === rule && one.subject === subject && message.endsWith(one.message),
    );
  // A finding of the runs is not among them; it is about a service, and accepted on it by name.
  return (
    finding?.acceptedBy ??
    lowered.model.acceptances.findIndex(
      (one) => one.rule === rule && one.on === subject && (one.service ?? service) === service,
    )
  );
}
