/**
 * Where in an architecture's text something stands, without a line or a column: findings carry places,
 * and whoever holds the text turns them into ranges. So a finding stays true while the text above it grows.
 */
export type Place =
  | { readonly kind: 'architecture' }
  /** The name of a component, group, service or hazard. */
  | { readonly kind: 'name'; readonly element: string }
  /** The whole declaration of such an element. */
  | { readonly kind: 'declaration'; readonly element: string }
  /** The value of a property that stands at most once (`by` is `operator`). */
  | {
      readonly kind: 'property';
      readonly element: string;
      readonly property:
        | 'operator'
        | 'control'
        | 'instances'
        /** Of its kind, that the company would run itself beside it. */
        | 'own instances'
        | 'restarts'
        | 'promoted'
        | 'overloads'
        | 'retries'
        | 'fails'
        | 'traffic';
    }
  /** The expression of the n-th `needs` of a component or service, `path` leading from it to an operand. */
  | { readonly kind: 'need'; readonly element: string; readonly index: number; readonly path: readonly number[] }
  | { readonly kind: 'serves' | 'admits' | 'exposed'; readonly element: string; readonly index: number }
  | { readonly kind: 'requirement' | 'acceptance'; readonly index: number }
  /** The `without` that leaves an element of the base out. */
  | { readonly kind: 'removal'; readonly element: string }
  | { readonly kind: 'expectation'; readonly scenario: string; readonly index: number }
  /** The name of a scenario. */
  | { readonly kind: 'scenario'; readonly scenario: string };

/** The numbers of a component that decide how it recovers; of some it has several, one for each that it speaks of. */
export type Quantity =
  | 'instances'
  /** Of its kind, that the company would run itself beside it. */
  | 'own instances'
  | 'capacity'
  | 'admissions'
  | 'restart time'
  | 'promotions'
  | 'overload limit'
  | 'overload loss'
  | 'first retry'
  | 'longest retry'
  | 'time to failure'
  | 'share exposed';
