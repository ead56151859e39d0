import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Diagram, Layout } from '../../../language/core/diagram/index.ts';
import { type DrawnPicture, drawPicture } from './drawn.ts';
import { listenToGestures } from './gestures.ts';
import type { Target } from './relations.ts';
import { fitted, keptInSight, moved, revealing, type Size, type View, zoomed } from './view.ts';
import type { Viewports } from './viewports.ts';

/** Zoom and place of each picture, kept while others are shown. Fitted ones stay fitted when the panel changes. */
export type ViewMemory = Map<string, { readonly view: View; readonly fitted: boolean }>;

export interface PictureViewProps {
  readonly diagram: Diagram;
  readonly layout: Layout;
  /** Under which name `memory` holds the view. */
  readonly name: string;
  readonly memory: ViewMemory;
  readonly viewports: Viewports;
  readonly recovering: boolean;
  readonly stale: boolean;
  readonly selected: string | null;
  readonly onSelect: (element: string) => void;
  /** Called with each picture that is drawn, before it is seen. Returns how to let go of it. */
  readonly onDrawn?: (drawn: DrawnPicture) => () => void;
}

/** One picture in its viewport. Preact owns the viewport; what is in it is drawn and moved by hand, for speed. */
export function PictureView(props: PictureViewProps) {
  const { diagram, layout, name, recovering, selected, onDrawn } = props;
  const viewport = useRef<HTMLDivElement>(null);
  const drawn = useRef<DrawnPicture>(undefined);
  const latest = useRef(props);
  latest.current = props;

  useLayoutEffect(() => {
    const element = viewport.current;
    const picture = drawPicture(diagram, layout, { recovering });
    if (element === null || picture === undefined) return;
    const focused = focusedTarget(element);
    // An edit must not move what is looked at.
    const edited = drawn.current !== undefined;
    drawn.current = picture;
    element.replaceChildren(picture.svg);
    picture.select(latest.current.selected);
    place(element, picture.size, latest.current, edited);
    if (focused !== undefined) elementOf(picture.svg, focused)?.focus({ preventScroll: true });
    return onDrawn?.(picture);
  }, [diagram, layout, recovering, name, onDrawn]);

  useLayoutEffect(() => {
    const element = viewport.current;
    const picture = drawn.current;
    if (element === null || picture === undefined) return;
    picture.select(selected);
    const box = latest.current.layout.nodes.find(({ id }) => id === selected);
    if (box !== undefined) change(element, picture.size, latest.current, (view, panel) => revealing(view, box, panel));
  }, [selected]);

  useLayoutEffect(() => {
    const element = viewport.current;
    if (element === null) return;
    const changeView = (next: (view: View, panel: Size) => View): void => {
      if (drawn.current !== undefined) change(element, drawn.current.size, latest.current, next);
    };
    const replace = (): void => {
      if (drawn.current !== undefined) place(element, drawn.current.size, latest.current, false);
    };
    const resizing = new ResizeObserver(replace);
    resizing.observe(element);
    const leave = latest.current.viewports.join({
      zoom: (by) => changeView((view, panel) => zoomed(view, by, { x: panel.width / 2, y: panel.height / 2 })),
      pan: (dx, dy) => changeView((view) => moved(view, dx, dy)),
      fit: () => {
        latest.current.memory.delete(latest.current.name);
        replace();
      },
    });
    const stopGestures = listenToGestures(element, {
      pan: (dx, dy) => changeView((view) => moved(view, dx, dy)),
      zoom: (by, around) => changeView((view) => zoomed(view, by, around)),
    });
    const stopPointing = listenToPointing(element, {
      point: (target) => drawn.current?.light(target),
      choose: (chosen) => latest.current.onSelect(chosen),
      // While a recovery plays, Space is its clock's.
      isChoosing: (key) => key === 'Enter' || (key === ' ' && !latest.current.recovering),
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
      data-testid="picture"
      data-architecture={diagram.architecture}
    />
  );
}

/** Seen from so far, small type is no longer read: left out, it costs no time while a large picture plays. */
const FAR_SCALE = 0.4;

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement): Size => ({ width: clientWidth, height: clientHeight });

/** Puts a picture where it was; one that the user has not moved is fitted again, unless it is to `stay`. */
function place(element: HTMLElement, size: Size, { memory, name }: PictureViewProps, stay: boolean): void {
  const panel = sizeOf(element);
  if (panel.width === 0 || panel.height === 0) return;
  const known = memory.get(name);
  const keeps = known !== undefined && (stay || !known.fitted);
  const view = keeps ? keptInSight(known.view, size, panel) : fitted(size, panel);
  memory.set(name, { view, fitted: known?.fitted ?? true });
  show(element, view);
}

function change(
  element: HTMLElement,
  size: Size,
  { memory, name }: PictureViewProps,
  next: (view: View, panel: Size) => View,
): void {
  const panel = sizeOf(element);
  const view = memory.get(name)?.view ?? fitted(size, panel);
  const changed = keptInSight(next(view, panel), size, panel);
  if (changed.x === view.x && changed.y === view.y && changed.scale === view.scale) return;
  memory.set(name, { view: changed, fitted: false });
  show(element, changed);
}

function show(element: HTMLElement, { x, y, scale }: View): void {
  const svg = element.firstElementChild;
  if (svg instanceof SVGSVGElement) svg.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  element.dataset.scale = scale.toFixed(3);
  element.classList.toggle('far', scale < FAR_SCALE);
}

interface Pointing {
  point(target: Target | undefined): void;
  choose(element: string): void;
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
  const chooseAt = (target: EventTarget | null): boolean => {
    const chosen = chosenAt(target);
    if (chosen !== undefined) choose(chosen);
    return chosen !== undefined;
  };
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
] as const;

function targetOf(target: EventTarget | null): Target | undefined {
  if (!(target instanceof Element)) return undefined;
  for (const { kind, attribute } of KINDS) {
    const id = target.closest(`[${attribute}]`)?.getAttribute(attribute);
    if (id != null) return { kind, id };
  }
  return undefined;
}

/** The name that stands in the text: of a junction, that of what needs it. */
function chosenAt(target: EventTarget | null): string | undefined {
  if (!(target instanceof Element)) return undefined;
  const node = target.closest('[data-node]');
  const name = node?.getAttribute('data-owner') ?? node?.getAttribute('data-node');
  return name ?? target.closest('[data-group]')?.getAttribute('data-group') ?? undefined;
}

function focusedTarget(viewport: HTMLElement): Target | undefined {
  return viewport.contains(document.activeElement) ? targetOf(document.activeElement) : undefined;
}

function elementOf(svg: SVGSVGElement, { kind, id }: Target): SVGElement | undefined {
  const attribute = KINDS.find((known) => known.kind === kind)?.attribute ?? 'data-node';
  const found = svg.querySelector(`[${attribute}=${CSS.escape(id)}]`);
  return found instanceof SVGElement ? found : undefined;
}
