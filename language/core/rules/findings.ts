import { type Analysis, analyse, lossesIn } from '../analysis/index.ts';
import type { Architecture, Component, Requirement, Scenario } from '../model/index.ts';
import { coverings, covers, divide, hasExpired } from './acceptance.ts';
import type { Finding, SetSeverity } from './finding.ts';
import type { Observed, Outcome, Rule, RuleContext } from './rule.ts';
import { isRuleName, RULES, type RuleName, rules } from './table.ts';

export interface FindingOptions {
  /** The day on which the acceptances are read, `YYYY-MM-DD`: an input, for the core has no clock. */
  readonly today: string;
  /** By rule: the severity of all its findings, whatever the rule would have given them; `off` for none at all. */
  readonly severities?: Readonly<Partial<Record<RuleName, SetSeverity>>>;
  /** The architecture's analysis, where the caller has it already. */
  readonly analysis?: Analysis;
  /** The scenarios that run on it; none unless said. */
  readonly scenarios?: readonly Scenario[];
  /** What came of those that were run; the findings that need runs are told of these alone. */
  readonly outcomes?: readonly Outcome[];
  /** How many acceptances, the first ones, are inherited: whether they hold is told at the base. None unless said. */
  readonly inheritedAcceptances?: number;
  /** What the bases require of services that the architecture has left out; none unless said. */
  readonly lapsedRequirements?: readonly Requirement[];
  /** The rules that are asked for; all unless said. */
  readonly only?: readonly RuleName[];
}

export interface Judgement {
  readonly findings: readonly Finding[];
  /** The acceptances, by index, that mean some finding, whether they hold today or not. */
  readonly meant: ReadonlySet<number>;
}

/**
 * The findings of one architecture: in the order of the table of rules, then of the text. One finding speaks for all
 * services that its subject concerns, unless the team has accepted it for some of them and not for others. Accepted
 * findings are among them, marked with the acceptance that covers them.
 */
export const findings = (architecture: Architecture, options: FindingOptions): readonly Finding[] =>
  judge(architecture, options).findings;

/** As `findings`, with what the acceptances came to. */
export function judge(architecture: Architecture, options: FindingOptions): Judgement {
  const all = coverings(architecture);
  const holding = all.filter(({ acceptance }) => !hasExpired(acceptance, options.today));
  const asked = rules().filter(
    ([name]) => options.severities?.[name] !== 'off' && (options.only?.includes(name) ?? true),
  );
  const observed: Observed[] = [];
  const context = contextOf(architecture, options, observed, new Set(asked.map(([name]) => name)));
  const found = asked.flatMap(([rule, { defaultSeverity, observe }]): Finding[] => {
    const observations = observe(context);
    for (const observation of observations) observed.push({ rule, observation });
    return observations.flatMap((observation) =>
      divide(
        rule,
        observation,
        holding.filter(({ index }) => index !== observation.acceptance),
      ).map((part) => ({
        rule,
        severity: options.severities?.[rule] ?? observation.severity ?? defaultSeverity,
        ...observation.describe(part.services),
        architecture: architecture.name,
        ...(part.services[0] === undefined ? {} : { service: part.services[0] }),
        subject: observation.subject,
        ...(observation.identity !== undefined && { identity: observation.identity }),
        ...part,
      })),
    ) as Finding[];
  });
  const meant = all.filter((one) => observed.some(({ rule, observation }) => covers(one, rule, observation)));
  return { findings: found, meant: new Set(meant.map(({ index }) => index)) };
}

function contextOf(
  architecture: Architecture,
  options: FindingOptions,
  observed: readonly Observed[],
  asked: ReadonlySet<string>,
): RuleContext {
  const { today, scenarios = [], outcomes = [], inheritedAcceptances = 0, lapsedRequirements = [] } = options;
  const analysis = options.analysis ?? analyse(architecture);
  const byScenario = new Map(outcomes.map((outcome) => [outcome.scenario, outcome]));
  const judged = {
    nothing: true,
    scenarios: scenarios.length > 0,
    runs: runsAreWhole(scenarios, byScenario),
  };
  let lost: ReturnType<typeof lossesIn> | undefined;
  return {
    architecture,
    analysis,
    components: new Map<string, Component>(architecture.components.toReversed().map((one) => [one.name, one])),
    servicesLostWith: (names) => {
      lost ??= lossesIn(analysis);
      return lost(names);
    },
    scenarios,
    outcomes: byScenario,
    today,
    inheritedAcceptances,
    lapsedRequirements,
    observed,
    isJudged: (name) => {
      if (!isRuleName(name) || !asked.has(name)) return false;
      const rule: Rule = RULES[name];
      return judged[rule.asks ?? 'nothing'];
    },
  };
}

/** Whether every scenario that expects something was run, and there is one. */
function runsAreWhole(scenarios: readonly Scenario[], outcomes: ReadonlyMap<string, Outcome>): boolean {
  const expecting = scenarios.filter(({ expectations }) => expectations.length > 0);
  return expecting.length > 0 && expecting.every(({ name }) => outcomes.has(name));
}
