import type { Analysis } from '../analysis/index.ts';
import type { Architecture, Place } from '../model/index.ts';
import type { RelatedPlace, Severity } from './finding.ts';

/** All that a rule may look at. */
export interface RuleContext {
  readonly architecture: Architecture;
  readonly analysis: Analysis;
}

/**
 * What a rule sees at one place, before acceptances divide it: a team may accept for one service what it does not
 * for another, so a rule says how to put it into words for any part of the services.
 */
export interface Observation {
  /** The component, hazard, group or service it is about, or `operator:NAME`. */
  readonly subject: string;
  /** The names that an `accept … on` may give to mean it. */
  readonly about: readonly string[];
  /** In the order of the text; empty where it concerns no service in particular. */
  readonly services: readonly string[];
  /** Where it weighs less than the rule's other findings. */
  readonly severity?: Severity;
  readonly describe: (services: readonly string[]) => Description;
}

export interface Description {
  readonly message: string;
  readonly place: Place;
  readonly related: readonly RelatedPlace[];
}

/** One row of the table of rules. The words are its documentation, for readers who know nothing of fault trees. */
export interface Rule {
  readonly defaultSeverity: Severity;
  readonly says: string;
  readonly why: string;
  readonly remedy: string;
  readonly observe: (context: RuleContext) => readonly Observation[];
}
