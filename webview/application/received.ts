/** How each message of the host changes the panel's state: pure, as the store. */
import type { FaultAnswer } from '../../language/protocol/faults.ts';
import type { HostMessage } from '../../language/protocol/panel.ts';
import { changed, type PanelPicture } from '../../language/protocol/picture-change.ts';
import { asked, changeFaults, questioning, quiet, run } from './asking.ts';
import { receiveAnswer, renewFaults } from './failure/state.ts';
import { receiveShown, retried, showing } from './recovery/state.ts';
import { servicesOf } from './selections.ts';
import type { State, Update } from './state.ts';

/** What the host has said. An answer that is too late, or about something else, changes nothing. */
export function receive(state: State, message: HostMessage): Update {
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
      return changeFaults({ ...state, shown: undefined }, message);
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
  if (resuming === undefined || state.running !== undefined || picture.stale !== '') return asking;
  const running = run(asking.state, resuming.scenario, resuming.architectures);
  return { state: running.state, post: [...asking.post, ...running.post] };
}
