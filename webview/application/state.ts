/**
 * All that the panel knows, as one value, and what may happen to it. Where a played recovery stands in time is not here
 * but with its player, for it changes every frame.
 */
import type { HostMessage, PanelMessage } from '../../language/protocol/panel.ts';
import type { PanelState, RecoveryState } from '../../language/protocol/panel-state.ts';
import type { PanelPicture } from '../../language/protocol/picture-change.ts';
import { type FaultEvent, type FaultState, noFaults } from './failure/state.ts';
import type { FoldEvent } from './folding.ts';
import type { RecoveryEvent, Run, Shown } from './recovery/state.ts';

/** Simulated seconds since the beginning of the run, and to a second. */
export type Stood = Pick<RecoveryState, 'atSeconds' | 'speed'>;

export interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface State {
  readonly picture: PanelPicture | undefined;
  /** Why there is no picture. */
  readonly nothing: string | undefined;
  /** Of the last picture, or of the last word that there is none: what is older comes too late. */
  readonly epoch: number;
  /** The element at the text cursor. */
  readonly selected: string | null;
  readonly legend: boolean;
  /** The scenario that was chosen; it may have gone from the text since. */
  readonly scenario: string | undefined;
  readonly nextRun: number;
  /** Containers that the reader folded; absent as long as the picture is as it began. */
  readonly folded: readonly string[] | undefined;
  /** An element that is looked for and comes into sight with the next picture. */
  readonly revealing: string | undefined;
  readonly faults: FaultState;
  readonly running: Run | undefined;
  readonly refusal: string | undefined;
  /** How many of the runs under way are done. */
  readonly progress: Progress | undefined;
  readonly shown: Shown | undefined;
  /** Where the clock of the recovery stood when it was last told; it is told seldom. */
  readonly stood: Stood | undefined;
  /** A recovery that was being looked at when the panel was left, and is not run anew yet. */
  readonly resuming: RecoveryState | undefined;
}

export type Event =
  | { readonly type: 'message'; readonly message: HostMessage }
  | { readonly type: 'show'; readonly architecture: string }
  | { readonly type: 'select'; readonly element: string; readonly architecture: string }
  | { readonly type: 'chooseScenario'; readonly scenario: string }
  | { readonly type: 'run'; readonly scenario: string; readonly architectures: readonly string[] }
  | FaultEvent
  | FoldEvent
  /** What was looked for is seen. */
  | { readonly type: 'revealed' }
  | RecoveryEvent
  /** Opens what is folded in the recovery that is shown, and folds what is open. */
  | { readonly type: 'foldPlayed'; readonly container: string }
  /** Marks an element in the picture without going to it in the text. */
  | { readonly type: 'mark'; readonly element: string }
  /** The recovery takes the whole window, or gives it back. */
  | { readonly type: 'present'; readonly on: boolean }
  /** The clock of the recovery has come so far. */
  | { readonly type: 'stood'; readonly stood: Stood }
  | { readonly type: 'cancel' | 'closeRecovery' | 'toggleLegend' | 'dismiss' };

export interface Update {
  readonly state: State;
  readonly post: readonly PanelMessage[];
}

/**
 * Ids of runs and questions go on from `firstRun`, so that a reloaded page never takes an old answer for its own.
 * `saved` is what the page was left with.
 */
export const initialState = (firstRun = 1, saved?: PanelState): State => ({
  picture: undefined,
  nothing: undefined,
  epoch: 0,
  selected: null,
  legend: saved?.legend ?? false,
  scenario: undefined,
  nextRun: firstRun,
  folded: saved?.folded,
  revealing: undefined,
  faults: { ...noFaults, mode: saved?.mode, service: saved?.service, failed: saved?.failed ?? [] },
  running: undefined,
  refusal: undefined,
  progress: undefined,
  shown: undefined,
  stood: saved?.recovery,
  resuming: saved?.recovery,
});
