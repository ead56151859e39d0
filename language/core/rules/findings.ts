import { type Analysis, analyse } from '../analysis/index.ts';
import type { Architecture } from '../model/index.ts';
import { divide, holdingAcceptances } from './acceptance.ts';
import type { Finding, Severity } from './finding.ts';
import { implementedRules, type RuleName } from './table.ts';

export interface FindingOptions {
  /** The day on which the acceptances are read, `YYYY-MM-DD`: an input, for the core has no clock. */
  readonly today: string;
  /** By rule: the severity of all its findings, whatever the rule would have given them; `off` for none at all. */
  readonly severities?: Readonly<Partial<Record<RuleName, Severity | 'off'>>>;
  /** The architecture's analysis, where the caller has it already. */
  readonly analysis?: Analysis;
}

/**
 * The findings of one architecture: in the order of the table of rules, then of the text. One finding speaks for all
 * services that its subject concerns, unless the team has accepted it for some of them and not for others. Accepted
 * findings are among them, marked with the acceptance that covers them.
 */
export function findings(architecture: Architecture, options: FindingOptions): Finding[] {
  const context = { architecture, analysis: options.analysis ?? analyse(architecture) };
  const acceptances = holdingAcceptances(architecture, options.today);
  return implementedRules().flatMap(([rule, { defaultSeverity, observe }]): Finding[] => {
    const setting = options.severities?.[rule];
    if (setting === 'off') return [];
    return observe(context).flatMap((observation) =>
      divide(rule, observation, acceptances).map((part) => ({
        rule,
        severity: setting ?? observation.severity ?? defaultSeverity,
        ...observation.describe(part.services),
        architecture: architecture.name,
        ...(part.services[0] === undefined ? {} : { service: part.services[0] }),
        subject: observation.subject,
        ...part,
      })),
    );
  });
}
