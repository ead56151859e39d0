/**
 * All that the panel knows, as one value, and how each event changes it. Pure: what is to be posted comes back beside
 * the new state. Where a played recovery stands in time is not here but with its player, for it changes every frame.
 */

import type { About } from '../../language/protocol/contract.ts';
import type { FaultAnswer, FaultQuestion } from '../../language/protocol/faults.ts';
import type { HostMessage, PanelMessage } from '../../language/protocol/panel.ts';
import type { PanelState, RecoveryState } from '../../language/protocol/panel-state.ts';
import { changed, type PanelPicture } from '../../language/protocol/picture-change.ts';
import {
  type FaultEvent,
  type FaultState,
  noFaults,
  receiveAnswer,
  renewFaults,
  updateFaults,
} from './failure/state.ts';
import { type FoldEvent, foldedAfter } from './folding.ts';
import {
  foldedIn,
  type RecoveryEvent,
  type Run,
  receiveShown,
  retried,
  type Shown,
  type ShownUpdate,
  showing,
  triedOn,
  updateShown,
  viewOf,
} from './recovery/state.ts';
import { MOST_ARCHITECTURES, servicesOf } from './selections.ts';

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

export function update(state: State, event: Event): Update {
  switch (event.type) {
    case 'message':
      return receive(state, event.message);
    case 'show':
      return { state: { ...state, shown: undefined }, post: [{ type: 'show', architecture: event.architecture }] };
    case 'select': {
      const { element, architecture } = event;
      return { state: { ...state, selected: element }, post: [{ type: 'select', element, architecture }] };
    }
    case 'mark':
      return quiet({ ...state, selected: event.element });
    case 'chooseScenario':
      return quiet({ ...state, scenario: event.scenario });
    case 'run':
      return run({ ...state, stood: undefined, resuming: undefined }, event.scenario, event.architectures);
    case 'cancel':
      if (state.running === undefined) return quiet(state);
      return {
        state: { ...state, running: undefined, progress: undefined, resuming: undefined },
        post: [{ type: 'cancel', id: state.running.id }],
      };
    case 'fold':
    case 'foldAll':
    case 'unfoldAll':
    case 'reveal':
      return fold(state, event);
    case 'foldPlayed':
      return foldPlayed(state, event.container);
    case 'revealed':
      return quiet({ ...state, revealing: undefined });
    case 'stood':
      return quiet({ ...state, stood: event.stood });
    case 'present':
      return { state, post: [{ type: 'present', on: event.on }] };
    case 'closeRecovery':
      return quiet({ ...state, shown: undefined, resuming: undefined });
    case 'toggleLegend':
      return quiet({ ...state, legend: !state.legend });
    case 'dismiss':
      return quiet({ ...state, refusal: undefined });
    case 'toggleFailures':
      // What is played is not what is failed: the diagram comes back first.
      return state.shown === undefined || state.faults.mode !== 'failures'
        ? changeFaults({ ...state, shown: undefined }, event)
        : quiet({ ...state, shown: undefined });
    case 'showFaultTree':
      return changeFaults({ ...state, shown: undefined }, event);
    case 'closeFaultTree':
    case 'mendAll':
    case 'moreCutSets':
    case 'toggleLists':
    case 'fail':
    case 'failExactly':
    case 'chooseService':
    case 'chooseExternal':
    case 'openGate':
    case 'foldGate':
      return changeFaults(state, event);
    case 'wantNumbers':
    case 'wantSensitivity':
    case 'changeNumber':
    case 'resetNumbers':
    case 'writeNumber':
      return state.shown === undefined ? quiet(state) : asked(state, updateShown(state.shown, event, state.nextRun));
  }
}

/** What is asked about the recovery that is shown. A value is written to the text that it was tried on, or not at all. */
function asked(state: State, { shown, ask, cancel }: ShownUpdate): Update {
  const about = aboutOf(state);
  if (about === undefined) return quiet({ ...state, shown });
  const requests = ask.map(
    (question, at) =>
      ({
        type: 'request',
        id: state.nextRun + at,
        about: question.kind === 'write' ? { ...about, version: triedOn(shown) } : about,
        ...question,
      }) as const,
  );
  return {
    state: { ...state, shown, nextRun: state.nextRun + ask.length },
    post: [...(cancel === undefined ? [] : [{ type: 'cancel', id: cancel } as const]), ...requests],
  };
}

function changeFaults(state: State, event: FaultEvent): Update {
  const { faults, ask } = updateFaults(state.faults, event, servicesOf(state));
  return questioning({ ...state, faults }, ask);
}

/** Each question gets an id; its answer is taken if no later question of its kind was asked since. */
function questioning(state: State, questions: readonly FaultQuestion[]): Update {
  const about = aboutOf(state);
  if (about === undefined || questions.length === 0) return quiet(state);
  const numbered = questions.map((question, at) => ({ id: state.nextRun + at, question }));
  const asked = {
    ...state.faults.asked,
    ...Object.fromEntries(numbered.map(({ id, question }) => [question.kind, id])),
  };
  return {
    state: { ...state, nextRun: state.nextRun + questions.length, faults: { ...state.faults, asked } },
    post: numbered.map(({ id, question }) => ({ type: 'request', kind: 'faults', id, about, input: question })),
  };
}

function fold(state: State, event: FoldEvent): Update {
  const folded = state.picture && foldedAfter(state.picture, event);
  if (state.picture === undefined || folded === undefined) return quiet(state);
  const { architecture } = state.picture;
  const revealing = event.type === 'reveal' ? event.element : undefined;
  return {
    state: { ...state, folded, revealing, ...(revealing !== undefined && { selected: revealing }) },
    post: [{ type: 'fold', architecture, folded }],
  };
}

/** The picture is folded alike: so it is found when the recovery is closed. */
function foldPlayed(state: State, container: string): Update {
  const { shown, picture } = state;
  if (shown === undefined || picture === undefined) return quiet(state);
  const now = [...new Set([...(state.folded ?? picture.folding.folded), ...foldedIn(shown)])];
  const folded = now.includes(container) ? now.filter((id) => id !== container) : [...now, container];
  const { scenario, architectures } = shown.run;
  const running = run({ ...state, folded }, scenario, architectures, viewOf(shown.run));
  return {
    state: running.state,
    post: [{ type: 'fold', architecture: picture.architecture, folded }, ...running.post],
  };
}

/** The text that is seen, and so the one that is asked about. */
function aboutOf({ picture, epoch }: State): About | undefined {
  if (picture === undefined) return undefined;
  const { uri, architecture, version } = picture;
  return { uri, architecture, version, epoch };
}

function receive(state: State, message: HostMessage): Update {
  switch (message.type) {
    case 'picture':
      return message.epoch < state.epoch ? quiet(state) : showPicture(state, message.picture, message.epoch);
    case 'change':
      if (message.epoch < state.epoch) return quiet(state);
      if (state.picture === undefined || message.since !== state.epoch) return { state, post: [{ type: 'whole' }] };
      return showPicture(state, changed(state.picture, message.change), message.epoch);
    case 'nothing':
      if (message.epoch < state.epoch) return quiet(state);
      return quiet({ ...state, picture: undefined, epoch: message.epoch, nothing: message.message });
    case 'cursor':
      return message.architecture === state.picture?.architecture
        ? quiet({ ...state, selected: message.element })
        : quiet(state);
    case 'play':
      return run({ ...state, stood: undefined, resuming: undefined }, message.scenario, message.architectures);
    case 'reply':
      return receiveReply(state, message);
    case 'partial':
      if (state.running?.id !== message.id) return toShown(state, message);
      return quiet({ ...state, shown: showing(state.running, message.reply, state.shown) });
    case 'refusal':
      if (state.running?.id === message.id)
        return quiet({
          ...state,
          running: undefined,
          progress: undefined,
          resuming: undefined,
          refusal: message.message,
        });
      return toShown(answered(state, message.id, { kind: 'refusal', message: message.message }).state, message);
    case 'showFaultTree':
      return update(state, message);
    // Answered before it comes here: it changes nothing.
    case 'export':
      return quiet(state);
    case 'progress': {
      if (state.running?.id !== message.id) return toShown(state, message);
      const { done, total } = message;
      return quiet({ ...state, progress: { done, total } });
    }
    case 'dropped':
      return quiet(state);
  }
}

function toShown(state: State, message: Parameters<typeof receiveShown>[1]): Update {
  return state.shown === undefined ? quiet(state) : asked(state, receiveShown(state.shown, message, state.nextRun));
}

function receiveReply(state: State, message: Extract<HostMessage, { type: 'reply' }>): Update {
  switch (message.kind) {
    case 'recovery':
      if (state.running?.id !== message.id) return quiet(state);
      return asked(
        { ...state, running: undefined, progress: undefined, resuming: undefined },
        retried(showing(state.running, message.reply, state.shown), state.nextRun),
      );
    case 'faults':
      return answered(state, message.id, message.reply);
    case 'whatIf':
    case 'numbers':
    case 'sensitivity':
    case 'write':
      return toShown(state, message);
  }
}

const answered = (state: State, id: number, answer: FaultAnswer): Update =>
  quiet({ ...state, faults: receiveAnswer(state.faults, id, answer) });

const quiet = (state: State): Update => ({ state, post: [] });

/** A run under way is replaced: the host drops it when it sees the later id. */
function run(state: State, scenario: string, wanted: readonly string[], anew?: number): Update {
  const own = state.picture === undefined ? [] : [state.picture.architecture];
  const architectures = (wanted.length > 0 ? wanted : own).slice(0, MOST_ARCHITECTURES);
  const about = aboutOf(state);
  if (about === undefined || architectures.length === 0) return quiet(state);
  const id = state.nextRun;
  const { folded } = state;
  return {
    state: {
      ...state,
      scenario,
      nextRun: id + 1,
      refusal: undefined,
      progress: undefined,
      running: { id, scenario, architectures, folded, anew },
    },
    post: [
      {
        type: 'request',
        kind: 'recovery',
        id,
        about,
        input: { scenario, architectures, ...(folded && { folded: [...folded] }) },
      },
    ],
  };
}

/** With the picture, all that is said of failures beside it is asked anew. */
function showPicture(state: State, picture: PanelPicture, epoch: number): Update {
  const { uri, architecture } = state.picture ?? picture;
  const sameFile = picture.uri === uri;
  const same = sameFile && picture.architecture === architecture;
  const next: State = {
    ...state,
    picture,
    epoch,
    nothing: undefined,
    folded: same ? state.folded : undefined,
    selected: sameFile ? state.selected : null,
    shown: sameFile ? state.shown : undefined,
  };
  const { faults, ask } = renewFaults(state.faults, servicesOf(next), same);
  const asking = questioning({ ...next, faults }, ask);
  const { resuming } = state;
  if (resuming === undefined || state.running !== undefined || picture.stale) return asking;
  const running = run(asking.state, resuming.scenario, resuming.architectures);
  return { state: running.state, post: [...asking.post, ...running.post] };
}
