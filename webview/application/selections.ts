/** What the parts of the page show of the panel's state. Pure. */
import type { PanelPicture } from '../../language/protocol/picture-change.ts';
import type { State } from './state.ts';

/** Side by side. */
export const MOST_ARCHITECTURES = 4;

/** A fault tree says what its signs mean beside them; the legend is the diagram's. */
export const isTreeSeen = ({ shown, faults }: State): boolean => shown === undefined && faults.mode === 'faultTree';

/** The names of the services that the picture shows. */
export const servicesOf = ({ picture }: Pick<State, 'picture'>): string[] =>
  picture?.diagram.nodes.filter(({ kind }) => kind === 'service').map(({ id }) => id) ?? [];

/** The scenarios that run on the architecture shown. */
export const scenariosOf = ({ picture }: State): PanelPicture['scenarios'] =>
  picture?.scenarios.filter(({ architectures }) => architectures.includes(picture.architecture)) ?? [];

/** What the run button runs. */
export function chosenScenario(state: State): PanelPicture['scenarios'][number] | undefined {
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
  return picture.stale !== '' || picture.version > shown.recovery.version;
}

/** A title as a choice names it: the name where there is none. */
export const titleOf = ({ name, title }: { readonly name: string; readonly title: string }): string =>
  title === '' ? name : title;
