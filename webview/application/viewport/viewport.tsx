import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Box } from '../../../language/core/diagram/index.ts';
import type { Theme } from '../../picture/index.ts';
import { listenToGestures } from './gestures.ts';
import type { Target } from './relations.ts';
import { centred, fitted, keptInSight, moved, revealing, type Size, type View, whole, zoomed } from './view.ts';
import type { Viewports } from './viewports.ts';

/** Zoom and place of each picture, kept while others are shown. Fitted ones stay fitted when the panel changes. */
export interface ViewMemory {
  get(name: string): KeptView | undefined;
  set(name: string, kept: KeptView): unknown;
  delete(name: string): unknown;
}

export interface KeptView {
  readonly view: View;
  readonly fitted: boolean;
}

/** Something drawn that can be looked at in a viewport. */
export interface Drawn {
  readonly svg: SVGSVGElement;
  readonly size: Size;
  select(element: string | null): void;
  /** Lights what belongs to the target and fades the rest; without a target all is as usual. */
  light(target: Target | undefined): void;
  /** What is seen now, as a picture of its own in a theme of its own. */
  still(theme: Exclude<Theme, 'editor'>): string;
  /** It was moved within its panel, or the panel has another size. */
  looked?(view: View, panel: Size): void;
}

export interface ViewportProps<Drawing extends Drawn> {
  /** Draws anew; what is drawn stays until this is another function. */
  readonly draw: () => Drawing | undefined;
  readonly boxOf: (id: string) => Box | undefined;
  /** Under which name `memory` holds the view. */
  readonly name: string;
  readonly memory: ViewMemory;
  readonly viewports: Viewports;
  readonly stale: boolean;
  readonly selected: string | null;
  readonly testId: string;
  /** The architecture that is seen. */
  readonly architecture: string;
  /** A click, or a key on what has the focus. Whether it meant something. */
  readonly onChoose: (target: Element) => boolean;
  readonly isChoosing: (key: string) => boolean;
  /** What is pointed at or has the focus. */
  readonly onPoint?: ((target: Target | undefined) => void) | undefined;
  /** Called with each picture that is drawn, before it is seen. Returns how to let go of it. */
  readonly onDrawn?: ((drawn: Drawing) => (() => void) | undefined) | undefined;
}

/** One picture in its viewport. Preact owns the viewport; what is in it is drawn and moved by hand, for speed. */
export function Viewport<Drawing extends Drawn>(props: ViewportProps<Drawing>) {
  const { draw, name, selected, onDrawn } = props;
  const viewport = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawing>(undefined);
  const latest = useRef(props);
  latest.current = props;

  useLayoutEffect(() => {
    const element = viewport.current;
    // Asked before anything is drawn: what is drawn anew loses the focus.
    const focused = element === null ? undefined : focusedTarget(element);
    const picture = draw();
    if (element === null || picture === undefined) return;
    const anchor = focused?.kind === 'fold' ? cornerOf(element, focused) : undefined;
    // An edit must not move what is looked at.
    const edited = drawn.current !== undefined;
    drawn.current = picture;
    // Asked while there is next to nothing to lay out: with the picture in it, that takes as long as to draw it.
    const panel = panelOf(element);
    if (picture.svg.parentNode !== element) element.replaceChildren(picture.svg);
    picture.select(latest.current.selected);
    place(element, panel, picture, latest.current, edited);
    if (focused !== undefined) elementOf(picture.svg, focused)?.focus({ preventScroll: true });
    const corner = anchor && focused && cornerOf(element, focused);
    // What was folded or opened stays under the pointer, unless some of the picture were cut off for that alone.
    if (corner !== undefined && anchor !== undefined) {
      const { memory } = latest.current;
      const fitted = memory.get(name)?.fitted ?? true;
      const anchored = (view: View): View => moved(view, anchor.x - corner.x, anchor.y - corner.y);
      change(element, picture, latest.current, (view, panel) => whole(anchored(view), picture.size, panel), fitted);
    }
    return onDrawn?.(picture);
  }, [draw, name, onDrawn]);

  useLayoutEffect(() => {
    const element = viewport.current;
    const picture = drawn.current;
    if (element === null || picture === undefined) return;
    picture.select(selected);
    const box = selected === null ? undefined : latest.current.boxOf(selected);
    if (box !== undefined) change(element, picture, latest.current, (view, panel) => revealing(view, box, panel));
  }, [selected]);

  useLayoutEffect(() => {
    const element = viewport.current;
    if (element === null) return;
    const changeView = (next: (view: View, panel: Size) => View): void => {
      if (drawn.current !== undefined) change(element, drawn.current, latest.current, next);
    };
    const replace = (): void => {
      if (drawn.current !== undefined) place(element, panelOf(element), drawn.current, latest.current, false);
    };
    const resizing = new ResizeObserver(replace);
    resizing.observe(element);
    const leave = latest.current.viewports.join({
      zoom: (by) =>
        changeView((view) => zoomed(view, by, { x: panelOf(element).width / 2, y: panelOf(element).height / 2 })),
      pan: (dx, dy) => changeView((view) => moved(view, dx, dy)),
      still: (theme) => drawn.current?.still(theme),
      fit: () => {
        latest.current.memory.delete(latest.current.name);
        replace();
      },
      centre: (id) => {
        const box = latest.current.boxOf(id);
        if (box === undefined) return;
        changeView((view, panel) => centred(view, box, panel));
        if (drawn.current !== undefined)
          elementOf(drawn.current.svg, { kind: 'node', id })?.focus({ preventScroll: true });
      },
    });
    const stopGestures = listenToGestures(element, {
      pan: (dx, dy) => changeView((view) => moved(view, dx, dy)),
      zoom: (by, around) => changeView((view) => zoomed(view, by, around)),
    });
    const stopPointing = listenToPointing(element, {
      point: (target) => {
        drawn.current?.light(target);
        latest.current.onPoint?.(target);
      },
      choose: (target) => latest.current.onChoose(target),
      isChoosing: (key) => latest.current.isChoosing(key),
    });
    return () => {
      resizing.disconnect();
      leave();
      stopGestures();
      stopPointing();
    };
  }, []);

  return (
    <div
      ref={viewport}
      class={`viewport${props.stale ? ' stale' : ''}`}
      data-testid={props.testId}
      data-architecture={props.architecture}
    />
  );
}

/** Seen from so far, small type is no longer read: left out, it costs no time while a large picture plays. */
const FAR_SCALE = 0.4;
export const isFar = ({ scale }: View): boolean => scale < FAR_SCALE;
/** Tags on the picture are seen at this scale where the picture is smaller, up to so many times their size in it. */
const TAG_SCALE = 0.9;
const LARGEST_TAG = 2.5;

const panelOf = ({ clientWidth, clientHeight }: HTMLElement): Size => ({ width: clientWidth, height: clientHeight });

type Place = Pick<ViewportProps<Drawn>, 'memory' | 'name'>;

/** Puts a picture where it was; one that the user has not moved is fitted again, unless it is to `stay`. */
function place(element: HTMLElement, panel: Size, drawn: Drawn, { memory, name }: Place, stay: boolean): void {
  if (panel.width === 0 || panel.height === 0) return;
  const known = memory.get(name);
  const keeps = known !== undefined && (stay || !known.fitted);
  const view = keeps ? keptInSight(known.view, drawn.size, panel) : fitted(drawn.size, panel);
  memory.set(name, { view, fitted: known?.fitted ?? true });
  show(element, panel, drawn, view);
}

function change(
  element: HTMLElement,
  drawn: Drawn,
  { memory, name }: Place,
  next: (view: View, panel: Size) => View,
  staysFitted = false,
): void {
  const panel = panelOf(element);
  const view = memory.get(name)?.view ?? fitted(drawn.size, panel);
  const changed = keptInSight(next(view, panel), drawn.size, panel);
  if (changed.x === view.x && changed.y === view.y && changed.scale === view.scale) return;
  memory.set(name, { view: changed, fitted: staysFitted });
  show(element, panel, drawn, changed);
}

function show(element: HTMLElement, panel: Size, drawn: Drawn, view: View): void {
  const { x, y, scale } = view;
  drawn.svg.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  element.dataset.scale = scale.toFixed(3);
  element.style.setProperty('--tag-scale', Math.min(LARGEST_TAG, Math.max(1, TAG_SCALE / scale)).toFixed(2));
  element.classList.toggle('far', isFar(view));
  drawn.looked?.(view, panel);
}

interface Pointing {
  point(target: Target | undefined): void;
  choose(target: Element): boolean;
  isChoosing(key: string): boolean;
}

/** Hover and focus light; click, Enter and Space choose. Returns how to stop. */
function listenToPointing(element: HTMLElement, { point, choose, isChoosing }: Pointing): () => void {
  const stop = new AbortController();
  const listening = { signal: stop.signal };
  const pointAt = (event: Event): void => point(targetOf(event.target));
  element.addEventListener('pointerover', pointAt, listening);
  element.addEventListener('focusin', pointAt, listening);
  element.addEventListener('pointerleave', () => point(undefined), listening);
  element.addEventListener('focusout', () => point(undefined), listening);
  const chooseAt = (target: EventTarget | null): boolean => target instanceof Element && choose(target);
  element.addEventListener('click', (event) => chooseAt(event.target), listening);
  element.addEventListener(
    'keydown',
    (event) => {
      if (!isChoosing(event.key) || !chooseAt(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    listening,
  );
  return () => stop.abort();
}

const KINDS = [
  { kind: 'node', attribute: 'data-node' },
  { kind: 'edge', attribute: 'data-edge' },
  { kind: 'container', attribute: 'data-heading' },
  { kind: 'fold', attribute: 'data-fold' },
] as const;

function targetOf(target: EventTarget | null): Target | undefined {
  if (!(target instanceof Element)) return undefined;
  for (const { kind, attribute } of KINDS) {
    const id = target.closest(`[${attribute}]`)?.getAttribute(attribute);
    if (id != null) return { kind, id };
  }
  return undefined;
}

function focusedTarget(viewport: HTMLElement): Target | undefined {
  return viewport.contains(document.activeElement) ? targetOf(document.activeElement) : undefined;
}

/** Where the upper left corner of a drawn thing is seen. */
function cornerOf(viewport: HTMLElement, target: Target): { x: number; y: number } | undefined {
  const svg = viewport.firstElementChild;
  const box = svg instanceof SVGSVGElement ? elementOf(svg, target)?.getBoundingClientRect() : undefined;
  return box && { x: box.x, y: box.y };
}

function elementOf(svg: SVGSVGElement, { kind, id }: Target): SVGElement | undefined {
  const attribute = KINDS.find((known) => known.kind === kind)?.attribute ?? 'data-node';
  // A gate that was opened by itself or by its control is now the other kind.
  const found =
    svg.querySelector(`[${attribute}="${CSS.escape(id)}"]`) ?? svg.querySelector(`[data-node="${CSS.escape(id)}"]`);
  return found instanceof SVGElement ? found : undefined;
}
