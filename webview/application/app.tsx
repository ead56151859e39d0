import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { Banners } from './banners.tsx';
import { Legend } from './legend.tsx';
import { type Palette, readPalette } from './recovery/colours.ts';
import { RecoveryView } from './recovery/recovery-view.tsx';
import type { Event, State } from './store.ts';
import { Toolbar } from './toolbar.tsx';
import { PictureView, type ViewMemory } from './viewport/picture-view.tsx';
import { createViewports, pressViewportKey } from './viewport/viewports.ts';

export interface AppProps {
  readonly state: State;
  readonly send: (event: Event) => void;
}

export function App({ state, send }: AppProps) {
  const viewports = useMemo(createViewports, []);
  const memory = useMemo<ViewMemory>(() => new Map(), []);
  const palette = usePalette();
  const [announced, announce] = useState('');
  const close = useCallback(() => send({ type: 'closeRecovery' }), [send]);
  const select = (element: string, architecture: string) => send({ type: 'select', element, architecture });
  useViewportKeys(viewports);
  const { picture, shown, nothing } = state;
  const diagrams = useMemo(
    () => shown?.recovery.results.map(({ diagram }) => diagram) ?? (picture ? [picture.diagram] : []),
    [shown, picture],
  );

  return (
    <div class="app">
      <Toolbar state={state} send={send} viewports={viewports} />
      <Banners state={state} send={send} />
      {state.legend && diagrams.length > 0 && <Legend diagrams={diagrams} recovering={shown !== undefined} />}
      <main>
        {shown !== undefined ? (
          <RecoveryView
            key={shown.run.id}
            recovery={shown.recovery}
            palette={palette}
            viewports={viewports}
            selected={state.selected}
            onSelect={select}
            onClose={close}
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
            stale={picture.stale}
            selected={state.selected}
            onSelect={(element) => select(element, picture.architecture)}
          />
        ) : (
          nothing !== undefined && (
            <div class="nothing" data-testid="nothing">
              <p>{nothing}</p>
            </div>
          )
        )}
      </main>
      <div class="unseen" role="status" aria-live="polite">
        {announced}
      </div>
    </div>
  );
}

/** Wherever the focus is, but not where a control wants the key; and what an inner part has used is used. */
function useViewportKeys(viewports: ReturnType<typeof createViewports>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { target } = event;
      const taken = event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey;
      if (taken || target instanceof HTMLSelectElement || target instanceof HTMLInputElement) return;
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
