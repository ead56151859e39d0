/** What a closed and reopened panel comes back with: from the state, and back into it. */
import type { PanelState, RecoveryState } from '../../language/protocol/panel-state.ts';
import type { Run } from './recovery/state.ts';
import type { State, Stood } from './store.ts';
import type { KeptView, ViewMemory } from './viewport/viewport.tsx';

/** Nothing while the panel shows nothing. */
export function savedOf(
  { picture, faults, folded, legend, shown, stood, resuming }: State,
  views?: ViewMemory,
): PanelState | undefined {
  if (picture === undefined) return undefined;
  const { uri, architecture } = picture;
  const { mode, service, failed } = faults;
  const kept = views?.get(architecture);
  const recovery = shown === undefined ? resuming : standing(shown.run, stood);
  return {
    version: 2,
    uri,
    architecture,
    ...(kept !== undefined && { view: { ...kept.view, fitted: kept.fitted } }),
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

/** The views of the panel's pictures, beginning with the one that was saved; `changed` is told of every change. */
export function viewsOf(saved: PanelState | undefined, changed: () => void): ViewMemory {
  const views = new Map<string, KeptView>();
  if (saved?.view !== undefined && saved.architecture !== undefined) {
    const { fitted, ...view } = saved.view;
    views.set(saved.architecture, { view, fitted });
  }
  return {
    get: (name) => views.get(name),
    set(name, kept) {
      views.set(name, kept);
      changed();
    },
    delete(name) {
      views.delete(name);
      changed();
    },
  };
}
