/** What a closed and reopened panel comes back with: from the state, and back into it. */
import { MOST_VIEWS, type PanelState, type RecoveryState } from '../../language/protocol/panel-state.ts';
import type { Run } from './recovery/state.ts';
import type { State, Stood } from './state.ts';
import type { KeptView, ViewMemory } from './viewport/viewport.tsx';

/** Nothing while the panel shows nothing. */
export function savedOf(
  { picture, faults, folded, legend, shown, stood, resuming }: State,
  views?: KeptViews,
): PanelState | undefined {
  if (picture === undefined) return undefined;
  const { uri, architecture } = picture;
  const { mode, service, failed } = faults;
  const kept = views?.all() ?? [];
  const recovery = shown === undefined ? resuming : standing(shown.run, stood);
  return {
    version: 3,
    uri,
    architecture,
    ...(kept.length > 0 && { views: kept.map(([name, { view, fitted }]) => ({ name, ...view, fitted })) }),
    ...(folded !== undefined && { folded: [...folded] }),
    ...(legend && { legend }),
    ...(mode !== undefined && { mode }),
    ...(service !== undefined && { service }),
    ...(failed.length > 0 && { failed: [...failed] }),
    ...(recovery !== undefined && { recovery }),
  };
}

const standing = ({ scenario, architectures }: Run, stood: Stood | undefined): RecoveryState | undefined =>
  stood && { scenario, architectures: [...architectures], ...stood };

/** Of each picture that was looked at, the one that was moved last at the end. */
export interface KeptViews extends ViewMemory {
  readonly all: () => readonly (readonly [name: string, kept: KeptView])[];
}

/** The views of the panel's pictures, beginning with those that were saved; `changed` is told of every change. */
export function viewsOf(saved: PanelState | undefined, changed: () => void): KeptViews {
  const views = new Map(
    saved?.views?.map(({ name, fitted, ...view }): [string, KeptView] => [name, { view, fitted }]) ?? [],
  );
  return {
    all: () => [...views],
    get: (name) => views.get(name),
    set(name, kept) {
      views.delete(name);
      views.set(name, kept);
      const [oldest] = views.keys();
      if (views.size > MOST_VIEWS && oldest !== undefined) views.delete(oldest);
      changed();
    },
    delete(name) {
      views.delete(name);
      changed();
    },
  };
}
