/**
 * What changes in a picture while a recovery plays: for each node a few marks, each one attribute or text of the one
 * element that carries its role (`data-role`). The renderer draws them, and an application that plays sets them again
 * sixty times a second, with no other change to the picture.
 */
import {
  type ComponentNode,
  compactCount,
  type DiagramNode,
  type DotGrid,
  dotCentre,
  loadShare,
  type ServiceNode,
} from '../../language/core/diagram/index.ts';
import type { PoolState } from './state.ts';
import { shortNumber } from './svg.ts';

export type MarkRole =
  | 'up'
  | 'starting'
  | 'count-up'
  | 'count-starting'
  | 'count-down'
  | 'load'
  | 'load-figure'
  | 'level'
  | 'level-figure';

/** `text` is the element's text content; anything else an attribute. */
export interface Mark {
  readonly role: MarkRole;
  readonly attribute: 'd' | 'width' | 'data-over' | 'text';
  readonly value: string;
}

/** What a pool is drawn on: a component, or a box of folded ones. */
export type PoolNode = Pick<ComponentNode, 'id' | 'party' | 'width' | 'lines' | 'pool'>;

export const hasPool = (node: DiagramNode): node is DiagramNode & PoolNode =>
  node.kind === 'component' || (node.kind === 'folded' && node.pool !== undefined);

/** What a pool shows at a moment, before it is drawn: dots and figures, and a bar's width in the picture's units. */
export interface PoolFigures {
  /** So many dots are up, and so many up or starting. */
  readonly dots: { readonly up: number; readonly ready: number };
  readonly load: { readonly width: number; readonly over: boolean } | undefined;
}

export function poolFigures({ pool }: PoolNode, state: PoolState): PoolFigures {
  const { load } = pool;
  return {
    dots: dotCounts(pool.grid.dots, pool.instances, state),
    load: load && {
      width: load.width * loadShare(load, state.load),
      over: state.load > load.limit * (1 + 1e-9),
    },
  };
}

/** The counts up, starting and down, and the load where there is one. */
export interface PoolWords {
  readonly counts: readonly [string, string, string];
  readonly load: string | undefined;
}

export const poolWords = ({ pool }: PoolNode, { up, starting, down, load }: PoolState): PoolWords => ({
  counts: [compactCount(Math.round(up)), compactCount(Math.round(starting)), compactCount(Math.round(down))],
  load: pool.load && loadFigure(load),
});

export function poolMarks(node: PoolNode, state: PoolState): Mark[] {
  const { grid } = node.pool;
  const { dots, load } = poolFigures(node, state);
  const words = poolWords(node, state);
  const marks: Mark[] = [
    { role: 'up', attribute: 'd', value: dotsPath(grid, 0, dots.up) },
    { role: 'starting', attribute: 'd', value: dotsPath(grid, dots.up, dots.ready) },
    { role: 'count-up', attribute: 'text', value: words.counts[0] },
    { role: 'count-starting', attribute: 'text', value: words.counts[1] },
    { role: 'count-down', attribute: 'text', value: words.counts[2] },
  ];
  if (load !== undefined) {
    marks.push(
      { role: 'load', attribute: 'width', value: shortNumber(load.width) },
      { role: 'load', attribute: 'data-over', value: load.over ? 'yes' : 'no' },
      { role: 'load-figure', attribute: 'text', value: words.load ?? '' },
    );
  }
  return marks;
}

export function levelMarks(node: ServiceNode, level: number): Mark[] {
  return [
    { role: 'level', attribute: 'width', value: shortNumber(levelWidth(node, level)) },
    { role: 'level-figure', attribute: 'text', value: levelFigure(level) },
  ];
}

export const levelWidth = ({ level: bar }: ServiceNode, level: number): number =>
  bar.width * (level > 0 ? Math.min(1, level) : 0);

/** The state of a pool when all is well. */
export const allUp = (node: PoolNode): PoolState => ({
  up: node.pool.instances,
  starting: 0,
  down: 0,
  load: node.pool.load?.usual ?? 0,
});

const loadFigure = (load: number): string =>
  load > 99.99 ? '>9,999%' : `${compactCount(Math.round((load || 0) * 100))}%`;

/** One decimal where it tells something: nearly all, nearly nothing. Never 100% for less than all. */
export function levelFigure(level: number): string {
  const percent = Math.max(0, Math.min(1, level || 0)) * 100;
  if (percent === 0 || percent === 100) return `${percent}%`;
  if (percent < 1 || percent > 99) return `${Math.min(99.9, Math.max(0.1, percent)).toFixed(1)}%`;
  return `${Math.round(percent)}%`;
}

/** A dot is up only when all it stands for is, except that the first few up always have one, and the last few down. */
function dotCounts(dots: number, instances: number, state: PoolState): { up: number; ready: number } {
  const total = Math.max(instances, state.up + state.starting + state.down);
  const upTo = (count: number): number => {
    if (!(count > 0)) return 0;
    if (count >= total - 1e-9) return dots;
    return Math.max(1, Math.min(dots - 1, Math.floor((count / total) * dots)));
  };
  const up = upTo(state.up);
  const ready = upTo(state.up + state.starting);
  return { up, ready: state.starting > 0 ? Math.min(dots, Math.max(ready, up + 1)) : up };
}

/** Dots `from` up to `to`: lines of no length with round ends, the shortest way to say a filled circle. */
export function dotsPath(grid: DotGrid, from: number, to: number): string {
  let dots = dotsOfGrid.get(grid);
  if (dots === undefined) {
    dots = Array.from({ length: grid.dots }, (_, index) => {
      const { x, y } = dotCentre(grid, index);
      return `M${x} ${y}h0`;
    });
    dotsOfGrid.set(grid, dots);
  }
  return dots.slice(from, to).join('');
}

/** Kept, for an animation asks for the same ones again and again. */
const dotsOfGrid = new WeakMap<DotGrid, readonly string[]>();
