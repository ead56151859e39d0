/** How each event changes what the panel knows. Pure: what is to be posted comes back beside the new state. */
import { asked, changeFaults, quiet, run } from './asking.ts';
import { type FoldEvent, foldedAfter } from './folding.ts';
import { receive } from './received.ts';
import { foldedIn, updateShown, viewOf } from './recovery/state.ts';
import type { Event, State, Update } from './state.ts';

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
