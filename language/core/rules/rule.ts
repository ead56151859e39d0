import type { Analysis } from '../analysis/index.ts';
import type { Architecture, Component, Place, Requirement, Scenario } from '../model/index.ts';
import type { Verdict } from '../simulation/index.ts';
import type { RelatedPlace, Severity } from './finding.ts';

/** What the runs of one scenario on the architecture said of its expectations; a summary of runs is one. */
export interface Outcome {
  readonly scenario: string;
  readonly runs: number;
  /** In the order of the scenario's expectations. */
  readonly verdicts: readonly Verdict[];
}

/** All that a rule may look at. */
export interface RuleContext {
  readonly architecture: Architecture;
  readonly analysis: Analysis;
  /** By name; of two of one name the first, as everywhere. */
  readonly components: ReadonlyMap<string, Component>;
  /** The services, in the order of the text, that fall if all of `names` (components or services) are lost at once. */
  readonly servicesLostWith: (names: readonly string[]) => readonly string[];
  /** The scenarios that run on the architecture, as far as the caller knows them. */
  readonly scenarios: readonly Scenario[];
  /** By scenario, of those that were run. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** How many acceptances, the first ones, are of the bases: they answer for them, not this architecture. */
  readonly inheritedAcceptances: number;
  /** What the bases require of services that the architecture has left out. */
  readonly lapsedRequirements: readonly Requirement[];
  /** What the rules before this one in the table have seen. */
  readonly observed: readonly Observed[];
  /**
   * Whether all that a rule can find is in `observed`: not where it is switched off, nor where it needs scenarios or
   * their runs and they are not there.
   */
  readonly isJudged: (rule: string) => boolean;
}

/**
 * What a rule sees at one place, before acceptances divide it: a team may accept for one service what it does not
 * for another, so a rule says how to put it into words for any part of the services.
 */
export interface Observation {
  /** The component, hazard, group or service it is about, or `operator:NAME`. */
  readonly subject: string;
  /** What it is known by from one text to the next, where the subject hangs on what stands first. */
  readonly identity?: string;
  /** The names that an `accept … on` may give to mean it. */
  readonly about: readonly string[];
  /** In the order of the text; empty where it concerns no service in particular. */
  readonly services: readonly string[];
  /** Where it weighs less than the rule's other findings. */
  readonly severity?: Severity;
  /** The acceptance that it is about, by index: no acceptance accepts itself. */
  readonly acceptance?: number;
  readonly describe: (services: readonly string[]) => Description;
}

export interface Observed {
  readonly rule: string;
  readonly observation: Observation;
}

export interface Description {
  readonly message: string;
  readonly place: Place;
  readonly related: readonly RelatedPlace[];
}

/** One row of the table of rules. The words are its documentation, for readers who know nothing of fault trees. */
export interface Rule {
  readonly defaultSeverity: Severity;
  /** What it asks for beyond the architecture; without it the rule finds nothing, and that says nothing. */
  readonly asks?: 'scenarios' | 'runs';
  readonly says: string;
  readonly why: string;
  readonly remedy: string;
  readonly observe: (context: RuleContext) => readonly Observation[];
}
