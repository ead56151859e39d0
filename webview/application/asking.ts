/** What is asked of the host, each under an id of its own: pure, as the store. */
import type { About } from '../../language/protocol/contract.ts';
import type { FaultQuestion } from '../../language/protocol/faults.ts';
import { type FaultEvent, updateFaults } from './failure/state.ts';
import { type ShownUpdate, triedOn } from './recovery/state.ts';
import { MOST_ARCHITECTURES, servicesOf } from './selections.ts';
import type { State, Update } from './state.ts';

/** Nothing is asked. */
export const quiet = (state: State): Update => ({ state, post: [] });

/** A run under way is replaced: the host drops it when it sees the later id. */
export function run(state: State, scenario: string, wanted: readonly string[], anew?: number): Update {
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

/** What is asked about the recovery that is shown. A value is written to the text that it was tried on, or not at all. */
export function asked(state: State, { shown, ask, cancel }: ShownUpdate): Update {
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

export function changeFaults(state: State, event: FaultEvent): Update {
  const { faults, ask } = updateFaults(state.faults, event, servicesOf(state));
  return questioning({ ...state, faults }, ask);
}

/** Each question gets an id; its answer is taken if no later question of its kind was asked since. */
export function questioning(state: State, questions: readonly FaultQuestion[]): Update {
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

/** The text that is seen, and so the one that is asked about. */
function aboutOf({ picture, epoch }: State): About | undefined {
  if (picture === undefined) return undefined;
  const { uri, architecture, version } = picture;
  return { uri, architecture, version, epoch };
}
