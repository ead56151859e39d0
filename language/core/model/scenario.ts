/** A scenario as the simulation takes it: names are resolved against one architecture. */

export type Action =
  | { readonly kind: 'crash'; readonly target: string; readonly share: number }
  | { readonly kind: 'strike'; readonly hazard: string }
  | { readonly kind: 'restore'; readonly target: string }
  | { readonly kind: 'add'; readonly target: string; readonly count: number };

export interface Step {
  readonly atSeconds: number;
  readonly action: Action;
}

export type Expectation =
  | { readonly kind: 'backTo'; readonly service: string; readonly level: number; readonly withinSeconds: number }
  | { readonly kind: 'neverBelow'; readonly service: string; readonly level: number };

/** One scenario on one architecture. `target` of an action is a component or a group. */
export interface Scenario {
  readonly name: string;
  readonly title?: string;
  readonly documentation?: string;
  /** In order of time; equal times in the order of the text. */
  readonly steps: readonly Step[];
  readonly horizonSeconds: number;
  readonly expectations: readonly Expectation[];
}
