/** A picture in the page: drawn once, and from then on touched only where something changes. */
import type { Diagram, Layout } from '../../../language/core/diagram/index.ts';
import {
  type Fates,
  hasPool,
  levelMarks,
  type Mark,
  type PictureOptions,
  type PictureParts,
  type PoolState,
  partsOf,
  poolMarks,
  type RecoveryState,
  renderPicture,
} from '../../picture/index.ts';
import { fateMarker } from './fates.ts';
import { patched } from './patch.ts';
import { type Related, relatedTo, type Target } from './relations.ts';
import { byAttribute, parseSvg } from './svg.ts';
import type { Size, View } from './view.ts';
import type { Drawn } from './viewport.tsx';

export interface DrawnPicture extends Drawn {
  /** Shows what has failed and what falls with it; without fates, nothing does. */
  mark(fates: Fates | undefined): void;
  /** Sets the picture's own marks. While a recovery plays they are drawn over it: see `recovery/stage.ts`. */
  setPool(component: string, state: PoolState): void;
  setLevel(service: string, level: number): void;
  /** Says what moment of a recovery is seen, whenever it is asked for a still picture. */
  showMoment(moment: () => RecoveryState): void;
  /** Called at once, and whenever the picture is moved or something of it is lit. Returns how to stop. */
  follow(watcher: (look: Look) => void): () => void;
  /**
   * Its element, if it can become the picture of these parts, and what of it is lit. What was marked on it is gone: it is
   * this picture no longer.
   */
  become(parts: PictureParts): { readonly svg: SVGSVGElement; readonly lit: Target | undefined } | undefined;
}

/** How a picture is looked at. */
export interface Look {
  readonly view: View;
  readonly panel: Size;
  /** What is lit; all that is not among it is faded. Absent: nothing is. */
  readonly related: Related | undefined;
}

export interface DrawingOptions {
  readonly recovering: boolean;
  /** Whether there is somebody to fold and open for the reader. */
  readonly foldable: boolean;
}

/**
 * Of `seen`, the picture in its place until now, all is taken over that is the same. Nothing if the picture cannot be
 * drawn; that is said on the console and nowhere thrown.
 */
export function drawPicture(
  diagram: Diagram,
  layout: Layout,
  { recovering, foldable }: DrawingOptions,
  seen?: DrawnPicture,
): DrawnPicture | undefined {
  const options: PictureOptions = {
    theme: 'editor',
    foldable,
    ...(recovering && { recovery: { pools: {}, levels: {} } }),
  };
  const parts = partsOf(diagram, layout, options);
  const became = seen?.become(parts);
  const svg = became?.svg ?? parseSvg(parts.text());
  if (svg === undefined) return undefined;
  // Looked for when something is lit, chosen or played, and not at every keystroke.
  const elements = (name: string) => once(() => byAttribute(svg, name));
  const nodes = elements('data-node');
  const edges = elements('data-edge');
  const headings = elements('data-heading');
  const frames = elements('data-container');
  const groups = elements('data-group');
  const setters = once(() => settersOf(diagram, nodes()));

  let look: Look | undefined;
  let lit: Target | undefined;
  let related: Related | undefined;
  const watchers = new Set<(look: Look) => void>();
  const lookAs = (next: Look): void => {
    look = next;
    for (const watcher of watchers) watcher(next);
  };
  const markFates = fateMarker(svg, diagram, layout);
  let seenFates: Fates | undefined;
  let seenMoment: (() => RecoveryState) | undefined;
  const light = (target: Target | undefined): void => {
    const next = target === undefined ? undefined : relatedTo(diagram, target);
    if (next === undefined && related === undefined) return;
    lit = target;
    related = next;
    if (look !== undefined) lookAs({ ...look, related });
    setClass(nodes(), 'lit', (id) => next?.nodes.has(id) ?? false);
    setClass(edges(), 'lit', (id) => next?.edges.has(id) ?? false);
    setClass(nodes(), 'faded', (id) => next !== undefined && !next.nodes.has(id));
    setClass(edges(), 'faded', (id) => next !== undefined && !next.edges.has(id));
    for (const those of [headings(), frames()]) {
      setClass(those, 'lit', (id) => target?.kind === 'container' && target.id === id);
    }
  };
  // The pointer has not left it.
  if (became?.lit !== undefined) light(became.lit);
  return {
    svg,
    size: { width: svg.width.baseVal.value, height: svg.height.baseVal.value },
    select(selected) {
      for (const other of svg.querySelectorAll('.selected')) other.classList.remove('selected');
      if (selected === null) return;
      for (const those of [nodes(), groups()]) those.get(selected)?.classList.add('selected');
    },
    light,
    mark(fates) {
      seenFates = fates;
      markFates(fates);
    },
    showMoment(moment) {
      seenMoment = moment;
    },
    still: (theme) =>
      renderPicture(diagram, layout, {
        theme,
        legend: true,
        title: true,
        ...(seenMoment && { recovery: seenMoment() }),
        ...(seenFates && { fates: seenFates }),
      }),
    setPool: (component, state) => setters().pool(component, state),
    setLevel: (service, level) => setters().level(service, level),
    looked: (view, panel) => lookAs({ view, panel, related }),
    follow(watcher) {
      watchers.add(watcher);
      if (look !== undefined) watcher(look);
      return () => watchers.delete(watcher);
    },
    become(next) {
      if (recovering) return undefined;
      // What was set since it was drawn is not in its parts; what was lit is lit again.
      markFates(undefined);
      if (!patched(svg, parts, next)) return undefined;
      svg.querySelector('.scene > .fates')?.remove();
      return { svg, lit };
    },
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

export function setClass(elements: Elements, name: string, has: (id: string) => boolean): void {
  for (const [id, element] of elements) element.classList.toggle(name, has(id));
}

type Elements = ReadonlyMap<string, Element>;

/** Only what differs from the last time is computed, and of that only what differs is set. */
function settersOf(diagram: Diagram, nodes: Elements) {
  const pools = new Map<string, (state: PoolState) => void>();
  const levels = new Map<string, (level: number) => void>();
  for (const node of diagram.nodes) {
    const element = nodes.get(node.id);
    if (element === undefined) continue;
    const apply = markSetter(element);
    if (hasPool(node)) {
      let last: PoolState | undefined;
      pools.set(node.id, (state) => {
        if (last !== undefined && samePool(last, state)) return;
        last = state;
        apply(poolMarks(node, state));
      });
    } else if (node.kind === 'service') {
      let last: number | undefined;
      levels.set(node.id, (level) => {
        if (level === last) return;
        last = level;
        apply(levelMarks(node, level));
      });
    }
  }
  return {
    pool: (component: string, state: PoolState) => pools.get(component)?.(state),
    level: (service: string, level: number) => levels.get(service)?.(level),
  };
}

const samePool = (a: PoolState, b: PoolState): boolean =>
  a.up === b.up && a.starting === b.starting && a.down === b.down && a.load === b.load;

function markSetter(node: Element): (marks: readonly Mark[]) => void {
  const elements = byRole(node);
  const values = new Map<string, string>();
  return (marks) => {
    for (const { role, attribute, value } of marks) {
      const key = `${role} ${attribute}`;
      if (values.get(key) === value) continue;
      values.set(key, value);
      const element = elements.get(role);
      if (element === undefined) continue;
      if (attribute !== 'text') element.setAttribute(attribute, value);
      else if (element.firstChild === null) element.textContent = value;
      else element.firstChild.nodeValue = value;
    }
  };
}

const byRole = (node: Element): Map<string, Element> =>
  new Map([...node.querySelectorAll('[data-role]')].map((part) => [part.getAttribute('data-role') ?? '', part]));
