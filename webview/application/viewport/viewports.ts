/** The viewports on the page, so that one toolbar and one set of keys move them all. */

import type { Theme } from '../../picture/index.ts';

export interface ViewportHandle {
  zoom(by: number): void;
  fit(): void;
  pan(dx: number, dy: number): void;
  /** What is seen in it as a picture of its own; nothing while it is empty. */
  still(theme: Exclude<Theme, 'editor'>): string | undefined;
  /** Puts a node into the middle and gives it the focus; nothing happens where there is none of this id. */
  centre(id: string): void;
}

export interface Viewports extends Omit<ViewportHandle, 'still'> {
  /** What is seen in each. */
  stills(theme: Exclude<Theme, 'editor'>): string[];
  /** Returns how to leave. */
  join(handle: ViewportHandle): () => void;
}

export function createViewports(): Viewports {
  const handles = new Set<ViewportHandle>();
  const all = (act: (handle: ViewportHandle) => void): void => {
    for (const handle of handles) act(handle);
  };
  return {
    join(handle) {
      handles.add(handle);
      return () => handles.delete(handle);
    },
    stills: (theme) => [...handles].flatMap((handle) => handle.still(theme) ?? []),
    zoom: (by) => all((handle) => handle.zoom(by)),
    fit: () => all((handle) => handle.fit()),
    pan: (dx, dy) => all((handle) => handle.pan(dx, dy)),
    centre: (id) => all((handle) => handle.centre(id)),
  };
}

const KEY_ZOOM = 1.2;
const KEY_PAN_PIXELS = 60;

const PANS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [KEY_PAN_PIXELS, 0],
  ArrowRight: [-KEY_PAN_PIXELS, 0],
  ArrowUp: [0, KEY_PAN_PIXELS],
  ArrowDown: [0, -KEY_PAN_PIXELS],
};

/** Whether the key meant something. */
export function pressViewportKey(viewports: Viewports, key: string): boolean {
  const pan = Object.hasOwn(PANS, key) ? PANS[key] : undefined;
  if (key === '+' || key === '=') viewports.zoom(KEY_ZOOM);
  else if (key === '-') viewports.zoom(1 / KEY_ZOOM);
  else if (key === '0') viewports.fit();
  else if (pan !== undefined) viewports.pan(...pan);
  else return false;
  return true;
}
