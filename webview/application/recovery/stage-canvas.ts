/** A canvas over a picture, as sharp as the screen, and where on it the things of the picture stand. */
import type { Box } from '../../../language/core/diagram/index.ts';
import type { Size, View } from '../viewport/view.ts';
import type { Region } from './stage-pools.ts';

/**
 * Out of the page's flow whatever the style sheets say: a canvas that made its host larger would be made larger by it.
 */
export function canvasOver(host: HTMLElement, name: string): CanvasRenderingContext2D | undefined {
  const canvas = document.createElement('canvas');
  canvas.className = name;
  canvas.style.position = 'absolute';
  canvas.setAttribute('aria-hidden', 'true');
  host.append(canvas);
  return canvas.getContext('2d') ?? undefined;
}

/** As many pixels as the screen has for this size. If that is another number than before, what was drawn is gone. */
export function fitCanvas(canvas: HTMLCanvasElement, size: Size): void {
  const width = Math.max(1, Math.round(size.width * devicePixelRatio));
  const height = Math.max(1, Math.round(size.height * devicePixelRatio));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

export function clear(context: CanvasRenderingContext2D): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
}

/** From the units of a node to pixels of the canvas. */
export interface Placing {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export const placingOf = (box: Pick<Box, 'x' | 'y'>, view: View): Placing => ({
  scale: view.scale * devicePixelRatio,
  x: (view.x + box.x * view.scale) * devicePixelRatio,
  y: (view.y + box.y * view.scale) * devicePixelRatio,
});

/** Clears a region to whole pixels, and makes ready to draw in the node's units. */
export function begin(context: CanvasRenderingContext2D, { scale, x, y }: Placing, region: Region): void {
  const left = Math.round(x + region.x * scale);
  const top = Math.round(y + region.y * scale);
  const right = Math.round(x + (region.x + region.width) * scale);
  const bottom = Math.round(y + (region.y + region.height) * scale);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(left, top, right - left, bottom - top);
  context.setTransform(scale, 0, 0, scale, x, y);
}

export const isSeen = (box: Box, { x, y, scale }: View, { width, height }: Size): boolean =>
  x + (box.x + box.width) * scale > 0 &&
  y + (box.y + box.height) * scale > 0 &&
  x + box.x * scale < width &&
  y + box.y * scale < height;
