/** What plays in the page of a review: the panel's own recovery view, of runs that are in the page. */
import 'uplot/dist/uPlot.min.css';
import '../application/styles/panel.css';
import '../application/styles/picture.css';
import '../application/styles/figures.css';
import '../application/styles/recovery.css';
import './page.css';
import { render } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import * as z from 'zod/mini';
import { type Recovery, recoverySchema } from '../../language/protocol/pictures.ts';
import { type Palette, readPalette } from '../application/recovery/colours.ts';
import { RecoveryView } from '../application/recovery/recovery-view.tsx';
import { createViewports } from '../application/viewport/viewports.ts';

/** One plays at a time, that which most is seen of: there is one keyboard. */
function start(recoveries: readonly Recovery[], places: readonly HTMLElement[]): void {
  document.body.classList.add('can-play');
  const seen = new Map<Element, number>();
  let playing: HTMLElement | undefined;
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio } of entries) seen.set(target, intersectionRatio);
      const most = places.reduce((best, place) => ((seen.get(place) ?? 0) > (seen.get(best) ?? 0) ? place : best));
      if (most === playing || (seen.get(most) ?? 0) < LEAST_SEEN) return;
      if (playing) render(null, playing);
      playing = most;
      const recovery = recoveries[Number(most.dataset.recovery)];
      if (recovery) render(<Player recovery={recovery} />, most);
    },
    { threshold: [0, 0.2, 0.4, 0.6, 0.8, 1] },
  );
  for (const place of places) {
    observer.observe(place);
    // The wheel turns the page, and the picture only with the key that zooms.
    place.addEventListener('wheel', (event) => !event.ctrlKey && event.stopPropagation(), { capture: true });
  }
}

const LEAST_SEEN = 0.4;

function Player({ recovery }: { readonly recovery: Recovery }) {
  const viewports = useMemo(createViewports, []);
  const palette = usePalette();
  const [selected, select] = useState<string | null>(null);
  return (
    <RecoveryView
      recovery={recovery}
      palette={palette}
      viewports={viewports}
      selected={selected}
      onSelect={select}
      onClose={() => select(null)}
      announce={announce}
    />
  );
}

function announce(words: string): void {
  const place = document.getElementById('announced');
  if (place) place.textContent = words;
}

/** The reader's system may go from light to dark. */
function usePalette(): Palette {
  const [palette, setPalette] = useState(() => readPalette(document.body));
  useEffect(() => {
    const stop = new AbortController();
    for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)']) {
      matchMedia(query).addEventListener('change', () => setPalette(readPalette(document.body)), {
        signal: stop.signal,
      });
    }
    return () => stop.abort();
  }, []);
  return palette;
}

const written = document.getElementById('recoveries')?.textContent ?? '[]';
const recoveries = z.array(recoverySchema).safeParse(JSON.parse(written));
const places = [...document.querySelectorAll<HTMLElement>('.player')];
if (recoveries.success && places.length > 0) start(recoveries.data, places);
