/** How pools and levels look on the stage: as the picture has them, in each node's own units. */
import {
  COUNT_WIDTH,
  dotCentre,
  GRID_HEIGHT,
  GRID_WIDTH,
  type ServiceNode,
} from '../../../language/core/diagram/index.ts';
import type { PoolFigures, PoolNode } from '../../picture/index.ts';
import type { StageColours } from './stage-colours.ts';

/** A part of a node that is cleared and drawn as one. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Dots smaller than this on the screen are squares: nobody sees the difference, and they cost a third. */
const ROUND_FROM_PIXELS = 1.4;

/** The dots, and the load below them. */
export const bodyRegion = ({ pool: { grid, load }, width }: PoolNode): Region => ({
  x: grid.x - 2,
  y: grid.y - 1,
  width: Math.max(GRID_WIDTH + 4, width - grid.x - 6),
  height: load === undefined ? GRID_HEIGHT + 2 : load.y + 18 - grid.y,
});

export function drawBody(
  context: CanvasRenderingContext2D,
  node: PoolNode,
  { dots, load }: PoolFigures,
  loadFigure: string | undefined,
  scale: number,
  colours: StageColours,
): void {
  const { pool, party, width } = node;
  context.fillStyle = colours.dots[party];
  drawDots(context, node, dots, scale);
  if (pool.load === undefined || load === undefined) return;
  context.fillStyle = load.over ? colours.over : colours.bars[party];
  drawBar(context, pool.load.x, pool.load.y + 5.5, load.width, 5);
  context.fillStyle = colours.text;
  if (loadFigure !== undefined) drawEndingAt(context, loadFigure, width - 14, pool.load.y + 12);
}

/** Within the ring of its place stands the core of what is starting. */
function drawDots(
  context: CanvasRenderingContext2D,
  { pool: { grid } }: PoolNode,
  { up, ready }: PoolFigures['dots'],
  scale: number,
): void {
  const core = grid.radius - (grid.radius > 3 ? 1.9 : 1.5);
  context.beginPath();
  for (let dot = 0; dot < ready; dot++) {
    const { x, y } = dotCentre(grid, dot);
    const radius = dot < up ? grid.radius : core;
    if (radius * scale < ROUND_FROM_PIXELS) context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
    else {
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
  }
  context.fill();
}

/** Where the three counts stand. The signs before them are the picture's. */
export const countsRegion = ({ pool: { grid, numbersY } }: PoolNode): Region => ({
  x: grid.x + 9,
  y: numbersY - 12,
  width: 3 * COUNT_WIDTH,
  height: 16,
});

export function drawCounts(
  context: CanvasRenderingContext2D,
  { pool: { grid, numbersY } }: PoolNode,
  counts: readonly string[],
  colours: StageColours,
): void {
  context.fillStyle = colours.text;
  for (const [index, text] of counts.entries()) context.fillText(text, grid.x + index * COUNT_WIDTH + 11, numbersY);
}

export const levelRegion = ({ level, width }: ServiceNode): Region => ({
  x: level.x - 2,
  y: level.y,
  width: width - level.x - 8,
  height: 15,
});

export function drawLevel(
  context: CanvasRenderingContext2D,
  { level, width }: ServiceNode,
  barWidth: number,
  figure: string | undefined,
  colours: StageColours,
): void {
  context.fillStyle = colours.level;
  drawBar(context, level.x, level.y + 3, barWidth, 8);
  context.fillStyle = colours.text;
  if (figure !== undefined) drawEndingAt(context, figure, width - 18, level.y + 11);
}

function drawBar(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
  if (!(width > 0)) return;
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(width, height) / 2);
  context.fill();
}

function drawEndingAt(context: CanvasRenderingContext2D, text: string, right: number, y: number): void {
  context.textAlign = 'right';
  context.fillText(text, right, y);
  context.textAlign = 'left';
}
