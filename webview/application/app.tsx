import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { Banners } from './banners.tsx';
import { FailureView } from './failure/failure-view.tsx';
import { seenAs } from './folding.ts';
import { Help } from './help.tsx';
import { Legend } from './legend.tsx';
import { type Palette, readPalette } from './recovery/colours.ts';
import { RecoveryView } from './recovery/recovery-view.tsx';
import { viewOf } from './recovery/state.ts';
import { type Findable, findableIn, findableInFolded, findableInTree } from './search/matches.ts';
import { isTreeSeen, servicesOf } from './selections.ts';
import type { Event, State, Stood } from './state.ts';
import { Toolbar } from './toolbar.tsx';
import { TreeView } from './tree/tree-view.tsx';
import { PictureView } from './viewport/picture-view.tsx';
import type { ViewMemory } from './viewport/viewport.tsx';
import { pressViewportKey, type Viewports } from './viewport/viewports.ts';

export interface AppProps {
  readonly state: State;
  readonly send: (event: Event) => void;
  readonly views: ViewMemory;
  readonly viewports: Viewports;
}

export function App({ state, send, views: memory, viewports }: AppProps) {
  const palette = usePalette();
  const [announced, announce] = useState('');
  const close = useCallback(() => send({ type: 'closeRecovery' }), [send]);
  const stand = useCallback((stood: Stood) => send({ type: 'stood', stood }), [send]);
  const present = useCallback((on: boolean) => send({ type: 'present', on }), [send]);
  const cancel = useCallback(() => send({ type: 'cancel' }), [send]);
  const select = (element: string, architecture: string) => send({ type: 'select', element, architecture });
  const [help, setHelp] = useState(false);
  const openHelp = useCallback(() => setHelp(true), []);
  usePanelKeys(state, send, openHelp);
  useViewportKeys(viewports);
  const { picture, shown, nothing, faults } = state;
  const services = useMemo(() => servicesOf({ picture }), [picture]);
  const tree = faults.mode === 'faultTree' ? faults.faultTree?.tree : undefined;
  const findable = useMemo(() => {
    if (picture === undefined || shown !== undefined) return [];
    if (tree !== undefined) return findableInTree(tree);
    return [...findableIn(picture.diagram), ...findableInFolded(picture.folding)];
  }, [picture, shown, tree]);
  const find = ({ id, hidden }: Findable): void => {
    if (hidden) {
      send({ type: 'reveal', element: id });
      return;
    }
    viewports.centre(id);
    const element = tree === undefined ? id : tree.nodes.find((node) => node.id === id)?.element;
    // What is looked for is looked at: the text need not take the focus from it.
    if (element !== undefined) send({ type: 'mark', element });
  };
  const { revealing } = state;
  useEffect(() => {
    if (revealing === undefined || picture?.folding.hidden.some(({ element }) => element === revealing)) return;
    viewports.centre(revealing);
    send({ type: 'revealed' });
  }, [picture, revealing, viewports, send]);
  const fold = useCallback((container: string) => send({ type: 'fold', container }), [send]);
  const selected = picture === undefined ? null : seenAs(picture, state.selected);
  const diagrams = useMemo(
    () => shown?.recovery.results.map(({ diagram }) => diagram) ?? (picture ? [picture.diagram] : []),
    [shown, picture],
  );

  return (
    <div class="app">
      <Toolbar state={state} send={send} viewports={viewports} findable={findable} onFind={find} onHelp={openHelp} />
      <Banners state={state} send={send} />
      {state.legend && diagrams.length > 0 && !isTreeSeen(state) && (
        <Legend diagrams={diagrams} recovering={shown !== undefined} />
      )}
      <main>
        {shown !== undefined ? (
          <RecoveryView
            key={viewOf(shown.run)}
            recovery={shown.recovery}
            progress={state.running?.id === shown.run.id ? state.progress : undefined}
            onCancel={cancel}
            onPresent={present}
            from={state.stood}
            onStand={stand}
            asking={{ shown, send }}
            memory={memory}
            palette={palette}
            viewports={viewports}
            selected={state.selected}
            onSelect={select}
            onFold={(container) => send({ type: 'foldPlayed', container })}
            onClose={close}
            announce={announce}
          />
        ) : picture !== undefined && faults.mode === 'failures' ? (
          <FailureView
            picture={picture}
            faults={faults}
            services={services}
            selected={selected}
            memory={memory}
            viewports={viewports}
            send={send}
            announce={announce}
          />
        ) : picture !== undefined && faults.mode === 'faultTree' ? (
          <TreeView
            picture={picture}
            faults={faults}
            services={services}
            selected={state.selected}
            memory={memory}
            viewports={viewports}
            send={send}
            announce={announce}
          />
        ) : picture !== undefined ? (
          <PictureView
            diagram={picture.diagram}
            layout={picture.layout}
            name={picture.architecture}
            memory={memory}
            viewports={viewports}
            recovering={false}
            stale={picture.stale !== ''}
            selected={selected}
            onFold={fold}
            onSelect={(element) => {
              // An operator is declared nowhere.
              if (!element.startsWith('operator:')) select(element, picture.architecture);
            }}
          />
        ) : (
          nothing !== undefined && (
            <div class="nothing" data-testid="nothing">
              <p>{nothing}</p>
            </div>
          )
        )}
      </main>
      <Help isOpen={help} onClose={() => setHelp(false)} />
      <div class="unseen" role="status" aria-live="polite" data-testid="announced">
        {announced}
      </div>
    </div>
  );
}

/** Keys that lead to another view, and back. What an inner part has used is used. */
function usePanelKeys(state: State, send: (event: Event) => void, openHelp: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { target } = event;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (target instanceof HTMLSelectElement || isTypedInto(target)) return;
      if (document.querySelector('dialog[open]') !== null) return;
      if (event.key === '?') openHelp();
      else {
        const next = eventOfKey(state, event.key);
        if (next === undefined) return;
        send(next);
      }
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [state, send, openHelp]);
}

const TYPED = new Set(['text', 'search', 'number']);

const isTypedInto = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement && TYPED.has(target.type);

function eventOfKey(state: State, key: string): Event | undefined {
  const { picture, shown, faults } = state;
  if (picture === undefined) return undefined;
  const mode = shown === undefined ? faults.mode : undefined;
  if (key === 'f') return { type: 'toggleFailures' };
  if (key === 't')
    return mode === 'faultTree' ? { type: 'closeFaultTree' } : { type: 'showFaultTree', service: undefined };
  if (key !== 'Escape' || mode === undefined) return undefined;
  if (mode === 'faultTree') return { type: 'closeFaultTree' };
  return { type: faults.failed.length > 0 ? 'mendAll' : 'toggleFailures' };
}

/** Wherever the focus is, but not where a control wants the key; and what an inner part has used is used. */
function useViewportKeys(viewports: Viewports): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { target } = event;
      const taken = event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey;
      if (taken || target instanceof HTMLSelectElement || target instanceof HTMLInputElement) return;
      if (target instanceof Element && target.closest('[role="tablist"], dialog') !== null) return;
      if (pressViewportKey(viewports, event.key)) event.preventDefault();
    };
    // On the window, so that it comes after all that listens on the document.
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [viewports]);
}

/** The editor marks a change of theme on the body, after it has changed the variables. */
function usePalette(): Palette {
  const [palette, setPalette] = useState(() => readPalette(document.body));
  useEffect(() => {
    const observer = new MutationObserver(() => setPalette(readPalette(document.body)));
    observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
    return () => observer.disconnect();
  }, []);
  return palette;
}
