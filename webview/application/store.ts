/**
 * All that the panel knows, as one value, and how each event changes it. Pure: what is to be posted comes back beside
 * the new state. Where a played recovery stands in time is not here but with its player, for it changes every frame.
 */
import type { FaultQuestion } from '../../language/protocol/faults.ts';
import type { HostMessage, PanelMessage, PanelState } from '../../language/protocol/panel.ts';
import type { Picture, Recovery } from '../../language/protocol/pictures.ts';
import {
  type FaultEvent,
  type FaultState,
  noFaults,
  receiveAnswer,
  renewFaults,
  updateFaults,
} from './failure/state.ts';

export interface Run {
  readonly id: number;
  readonly scenario: string;
  readonly architectures: readonly string[];
}

export interface State {
  readonly picture: Picture | undefined;
  /** Why there is no picture. */
  readonly nothing: string | undefined;
  /** The version of a picture that came too late and was dropped; see `isLate`. */
  readonly late: number | undefined;
  /** The element at the text cursor. */
  readonly selected: string | null;
  readonly legend: boolean;
  /** The scenario that was chosen; it may have gone from the text since. */
  readonly scenario: string | undefined;
  readonly nextRun: number;
  readonly faults: FaultState;
  readonly running: Run | undefined;
  readonly refusal: string | undefined;
  readonly shown: { readonly run: Run; readonly recovery: Recovery } | undefined;
}

export type Event =
  | { readonly type: 'message'; readonly message: HostMessage }
  | { readonly type: 'show'; readonly architecture: string }
  | { readonly type: 'select'; readonly element: string; readonly architecture: string }
  | { readonly type: 'chooseScenario'; readonly scenario: string }
  | { readonly type: 'run'; readonly scenario: string; readonly architectures: readonly string[] }
  | FaultEvent
  /** Marks an element in the picture without going to it in the text. */
  | { readonly type: 'mark'; readonly element: string }
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
  late: undefined,
  selected: null,
  legend: false,
  scenario: undefined,
  nextRun: firstRun,
  faults: { ...noFaults, mode: saved?.mode, service: saved?.service, failed: saved?.failed ?? [] },
  running: undefined,
  refusal: undefined,
  shown: undefined,
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
      return run(state, event.scenario, event.architectures);
    case 'cancel':
      if (state.running === undefined) return quiet(state);
      return { state: { ...state, running: undefined }, post: [{ type: 'cancel', id: state.running.id }] };
    case 'closeRecovery':
      return quiet({ ...state, shown: undefined });
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
  }
}

function changeFaults(state: State, event: FaultEvent): Update {
  const { faults, ask } = updateFaults(state.faults, event, servicesOf(state));
  return questioning({ ...state, faults }, ask);
}

/** Each question gets an id; its answer is taken if no later question of its kind was asked since. */
function questioning(state: State, questions: readonly FaultQuestion[]): Update {
  if (state.picture === undefined || questions.length === 0) return quiet(state);
  const { architecture } = state.picture;
  const numbered = questions.map((question, at) => ({ id: state.nextRun + at, question }));
  const asked = {
    ...state.faults.asked,
    ...Object.fromEntries(numbered.map(({ id, question }) => [question.kind, id])),
  };
  return {
    state: { ...state, nextRun: state.nextRun + questions.length, faults: { ...state.faults, asked } },
    post: numbered.map(({ id, question }) => ({ type: 'ask', id, architecture, question })),
  };
}

/** What the panel is to come back with; nothing while it shows nothing. */
export function savedOf({ picture, faults }: State): PanelState | undefined {
  if (picture === undefined) return undefined;
  const { uri, architecture } = picture;
  const { mode, service, failed } = faults;
  return {
    version: 1,
    uri,
    architecture,
    ...(mode !== undefined && { mode }),
    ...(service !== undefined && { service }),
    ...(failed.length > 0 && { failed: [...failed] }),
  };
}

/** A fault tree says what its signs mean beside them; the legend is the diagram's. */
export const isTreeSeen = ({ shown, faults }: State): boolean => shown === undefined && faults.mode === 'faultTree';

/** The names of the services that the picture shows. */
export const servicesOf = ({ picture }: Pick<State, 'picture'>): string[] =>
  picture?.diagram.nodes.filter(({ kind }) => kind === 'service').map(({ id }) => id) ?? [];

function receive(state: State, message: HostMessage): Update {
  switch (message.type) {
    case 'picture':
      return showPicture(state, message.picture);
    case 'nothing':
      return quiet({ ...state, picture: undefined, late: undefined, nothing: message.message });
    case 'cursor':
      return quiet({ ...state, selected: message.element });
    case 'play':
      return run(state, message.scenario, message.architectures);
    case 'recovery':
      if (state.running?.id !== message.id) return quiet(state);
      return quiet({ ...state, running: undefined, shown: { run: state.running, recovery: message.recovery } });
    case 'refused':
      if (state.running?.id !== message.id) return quiet(state);
      return quiet({ ...state, running: undefined, refusal: message.message });
    case 'showFaultTree':
      return update(state, message);
    case 'answer':
      return quiet({ ...state, faults: receiveAnswer(state.faults, message.id, message.answer) });
  }
}

const quiet = (state: State): Update => ({ state, post: [] });

const MOST_ARCHITECTURES = 4;

/** A run under way is replaced: the host drops it when it sees the later id. */
function run(state: State, scenario: string, wanted: readonly string[]): Update {
  const own = state.picture === undefined ? [] : [state.picture.architecture];
  const architectures = (wanted.length > 0 ? wanted : own).slice(0, MOST_ARCHITECTURES);
  if (architectures.length === 0) return quiet(state);
  const id = state.nextRun;
  return {
    state: { ...state, scenario, nextRun: id + 1, refusal: undefined, running: { id, scenario, architectures } },
    post: [{ type: 'run', id, scenario, architectures }],
  };
}

/** With the picture, all that is said of failures beside it is asked anew. */
function showPicture(state: State, picture: Picture): Update {
  const next = withPicture(state, picture);
  if (next.picture === state.picture) return quiet(next);
  const { uri, architecture } = state.picture ?? picture;
  const same = picture.uri === uri && picture.architecture === architecture;
  const { faults, ask } = renewFaults(state.faults, servicesOf(next), same);
  return questioning({ ...next, faults }, ask);
}

function withPicture(state: State, picture: Picture): State {
  if (isLate(state, picture)) return { ...state, late: picture.version };
  const sameFile = state.picture === undefined || state.picture.uri === picture.uri;
  return {
    ...state,
    picture,
    nothing: undefined,
    late: undefined,
    selected: sameFile ? state.selected : null,
    shown: sameFile ? state.shown : undefined,
  };
}

/**
 * A picture of an older text than the one shown is late and dropped. But a text that was closed and opened anew counts
 * its versions from the beginning. So a second older picture, no older than the first, is taken: late ones come singly.
 */
function isLate({ picture: shown, late }: State, picture: Picture): boolean {
  if (shown === undefined || shown.uri !== picture.uri || shown.architecture !== picture.architecture) return false;
  return picture.version < shown.version && (late === undefined || picture.version < late);
}

/** The scenarios that run on the architecture shown. */
export const scenariosOf = ({ picture }: State): Picture['scenarios'] =>
  picture?.scenarios.filter(({ architectures }) => architectures.includes(picture.architecture)) ?? [];

/** What the run button runs. */
export function chosenScenario(state: State): Picture['scenarios'][number] | undefined {
  const scenarios = scenariosOf(state);
  return scenarios.find(({ name }) => name === state.scenario) ?? scenarios[0];
}

/** What the compare button runs on: the architecture shown and up to three others. */
export function comparedArchitectures(state: State): string[] {
  const shown = state.picture?.architecture;
  const all = chosenScenario(state)?.architectures ?? [];
  const others = all
    .filter((name) => name !== shown)
    .slice(0, MOST_ARCHITECTURES - (all.includes(shown ?? '') ? 1 : 0));
  return all.filter((name) => name === shown || others.includes(name));
}

/** Whether what is played is no longer what the text says. */
export function textHasChanged({ picture, shown }: State): boolean {
  if (picture === undefined || shown === undefined || picture.uri !== shown.recovery.uri) return false;
  return picture.stale || picture.version > shown.recovery.version;
}

/** A title as a choice names it: the name where there is none. */
export const titleOf = ({ name, title }: { readonly name: string; readonly title: string }): string =>
  title === '' ? name : title;
