import type { Place } from '../model/index.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** What the severity of a rule can be set to. */
export const SET_SEVERITIES = ['error', 'warning', 'information', 'hint', 'off'] as const;
export type SetSeverity = (typeof SET_SEVERITIES)[number];

export interface RelatedPlace {
  readonly place: Place;
  readonly message: string;
}

/** What is wrong with the architecture, as one rule sees it, at the words that cause it. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** One or two sentences: what, why, and what to do. */
  readonly message: string;
  readonly architecture: string;
  /** The first of `services`. */
  readonly service?: string;
  /** Every service that it concerns, in the order of the text. One finding speaks for all of them. */
  readonly services: readonly string[];
  /** The component, hazard, group or service it is about, or `operator:NAME`. */
  readonly subject?: string;
  /** What it is known by from one text to the next, if not by its subject. */
  readonly identity?: string;
  readonly place: Place;
  readonly related: readonly RelatedPlace[];
  /** The acceptance that covers it, by its index in the architecture. */
  readonly acceptedBy?: number;
}
