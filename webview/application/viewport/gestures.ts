/** Pointer and wheel, as gestures on a viewport: pan by dragging and scrolling, zoom by pinching or with Ctrl. */
import type { Point } from './view.ts';

export interface Gestures {
  pan(dx: number, dy: number): void;
  zoom(by: number, around: Point): void;
}

/** So far a pointer may wander in a click. */
const CLICK_PIXELS = 4;
const ZOOM_PER_PIXEL = 0.01;
const LINE_PIXELS = 16;

/** Returns how to stop. */
export function listenToGestures(viewport: HTMLElement, { pan, zoom }: Gestures): () => void {
  const stop = new AbortController();
  const listening = { signal: stop.signal };
  const pointers = new Map<number, Point>();
  let start: Point | undefined;
  let dragged = false;

  const inViewport = ({ x, y }: Point): Point => {
    const box = viewport.getBoundingClientRect();
    return { x: x - box.left, y: y - box.top };
  };

  viewport.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1;
      if (event.ctrlKey || event.metaKey) {
        const delta = Math.max(-40, Math.min(40, event.deltaY * unit));
        zoom(Math.exp(-delta * ZOOM_PER_PIXEL), inViewport(event));
      } else if (event.shiftKey && event.deltaX === 0) pan(-event.deltaY * unit, 0);
      else pan(-event.deltaX * unit, -event.deltaY * unit);
    },
    { ...listening, passive: false },
  );

  viewport.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return;
      pointers.set(event.pointerId, { x: event.x, y: event.y });
      if (pointers.size === 1) {
        start = { x: event.x, y: event.y };
        dragged = false;
      }
    },
    listening,
  );

  viewport.addEventListener(
    'pointermove',
    (event) => {
      const before = pointers.get(event.pointerId);
      if (before === undefined || start === undefined) return;
      if (!dragged && Math.hypot(event.x - start.x, event.y - start.y) < CLICK_PIXELS) return;
      if (!dragged) {
        dragged = true;
        viewport.setPointerCapture(event.pointerId);
        viewport.classList.add('dragging');
      }
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      if (other !== undefined) {
        const by = distance(event, other) / Math.max(1, distance(before, other));
        zoom(by, inViewport(other));
      } else pan(event.x - before.x, event.y - before.y);
      pointers.set(event.pointerId, { x: event.x, y: event.y });
    },
    listening,
  );

  const release = (event: PointerEvent): void => {
    pointers.delete(event.pointerId);
    if (pointers.size === 0) viewport.classList.remove('dragging');
  };
  viewport.addEventListener('pointerup', release, listening);
  viewport.addEventListener('pointercancel', release, listening);
  // A drag that ends over a node is no click on it.
  viewport.addEventListener(
    'click',
    (event) => {
      if (dragged) event.stopPropagation();
      dragged = false;
    },
    { ...listening, capture: true },
  );
  return () => stop.abort();
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
