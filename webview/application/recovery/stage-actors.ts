/** What plays on a stage: each pool and each service, which know what of them was drawn last. */
import type { Box, ServiceNode } from '../../../language/core/diagram/index.ts';
import { hasPool, levelFigure, levelWidth, type PoolNode, poolFigures, poolWords } from '../../picture/index.ts';
import type { Look } from '../viewport/drawn.ts';
import { isFar } from '../viewport/viewport.tsx';
import { begin, isSeen, type Placing, placingOf } from './stage-canvas.ts';
import type { StageColours } from './stage-colours.ts';
import { bodyRegion, countsRegion, drawBody, drawCounts, drawLevel, levelRegion } from './stage-pools.ts';
import { type Moment, type Pool, poolAt, type Result, valueAt } from './timeline.ts';

export interface Frame {
  readonly context: CanvasRenderingContext2D;
  readonly colours: StageColours;
  readonly moment: Moment;
  /** Milliseconds, to know how old a figure is; absent while the clock stands: then figures are right at once. */
  readonly now: number | undefined;
}

export interface Actor {
  /** The picture is looked at in another way, and nothing of the actor is on the stage any more. */
  place(look: Look): void;
  draw(frame: Frame): void;
}

/** Nobody reads figures that change faster. */
const FIGURES_MILLISECONDS = 100;
const FADED = 0.25;

const isDue = (readAt: number, now: number | undefined): boolean =>
  now === undefined || now - readAt >= FIGURES_MILLISECONDS;

export function actorsOf({ diagram, layout, pools, services }: Result): Actor[] {
  const boxes = new Map(layout.nodes.map((box) => [box.id, box]));
  const poolsByName = new Map(pools.map((pool) => [pool.name, pool]));
  const levels = new Map(services.map(({ name, played }) => [name, played]));
  return diagram.nodes.flatMap((node): Actor[] => {
    const box = boxes.get(node.id);
    if (box === undefined) return [];
    if (hasPool(node)) {
      const pool = poolsByName.get(node.id);
      return pool === undefined ? [] : [poolActor(node, box, pool)];
    }
    const level = node.kind === 'service' ? levels.get(node.id) : undefined;
    return node.kind === 'service' && level !== undefined ? [levelActor(node, box, level)] : [];
  });
}

/** What all actors have in common: whether and where they are seen, and when their figures were last read. */
interface Standing {
  readonly placing: Placing;
  readonly far: boolean;
  readonly alpha: number;
}

function standing(id: string, box: Box, { view, panel, related }: Look): Standing | undefined {
  if (!isSeen(box, view, panel)) return undefined;
  const alpha = related === undefined || related.nodes.has(id) ? 1 : FADED;
  return { placing: placingOf(box, view), far: isFar(view), alpha };
}

function poolActor(node: PoolNode, box: Box, pool: Pool): Actor {
  const counts = countsRegion(node);
  const body = bodyRegion(node);
  let at: Standing | undefined;
  let drawnBody = '';
  let drawnCounts = '';
  let words: ReturnType<typeof poolWords> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    place(look) {
      at = standing(node.id, box, look);
      drawnBody = '';
      drawnCounts = '';
      words = undefined;
    },
    draw({ context, colours, moment, now }) {
      if (at === undefined) return;
      const { placing, far, alpha } = at;
      const state = poolAt(pool, moment);
      if (!far && (words === undefined || isDue(readAt, now))) {
        readAt = now ?? Number.NEGATIVE_INFINITY;
        words = poolWords(node, state);
      }
      const figures = poolFigures(node, state);
      const { dots, load } = figures;
      const loadPixels = load === undefined ? 0 : Math.round(load.width * placing.scale * 2);
      const nextBody = `${dots.up} ${dots.ready} ${loadPixels} ${load?.over} ${words?.load}`;
      if (nextBody !== drawnBody) {
        drawnBody = nextBody;
        begin(context, placing, body);
        context.globalAlpha = alpha;
        drawBody(context, node, figures, words?.load, placing.scale, colours);
      }
      const nextCounts = words?.counts.join(' ') ?? '';
      if (words !== undefined && nextCounts !== drawnCounts) {
        drawnCounts = nextCounts;
        begin(context, placing, counts);
        context.globalAlpha = alpha;
        drawCounts(context, node, words.counts, colours);
      }
    },
  };
}

function levelActor(node: ServiceNode, box: Box, played: readonly number[]): Actor {
  const region = levelRegion(node);
  let at: Standing | undefined;
  let drawn = '';
  let figure: string | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    place(look) {
      at = standing(node.id, box, look);
      drawn = '';
      figure = undefined;
    },
    draw({ context, colours, moment, now }) {
      if (at === undefined) return;
      const level = valueAt(played, moment);
      if (!at.far && (figure === undefined || isDue(readAt, now))) {
        readAt = now ?? Number.NEGATIVE_INFINITY;
        figure = levelFigure(level);
      }
      const width = levelWidth(node, level);
      const next = `${Math.round(width * at.placing.scale * 2)} ${figure}`;
      if (next === drawn) return;
      drawn = next;
      begin(context, at.placing, region);
      context.globalAlpha = at.alpha;
      drawLevel(context, node, width, figure, colours);
    },
  };
}
