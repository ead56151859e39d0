/** What of a recovery is painted over its picture, by its pixels: that is what is seen of pools while the page says it by marks. */
import type { Panel } from './workbench.ts';

export interface Painted {
  /** Of the area of the marks, by which the picture itself would show the same. */
  readonly share: number;
  /** Red, green and blue, the mean of what is painted there. */
  readonly colour: readonly [number, number, number];
}

/** Where the marks of a node are, by a selector within it. They are hidden, but have their places. */
export const painted = (panel: Panel, node: string, marks: string): Promise<Painted> =>
  panel
    .part('picture')
    .first()
    .evaluate(
      (picture: HTMLElement, [name, selector]) => {
        const canvas = picture.querySelector<HTMLCanvasElement>('canvas.pools');
        const context = canvas?.getContext('2d');
        const mark = picture.querySelector(`[data-node="${name}"] ${selector}`)?.getBoundingClientRect();
        if (!canvas || !context || !mark) throw new Error(`nothing of ${name} is painted: there is no ${selector}`);
        const { left, top, width } = canvas.getBoundingClientRect();
        const scale = canvas.width / width;
        const [across, down] = [
          Math.max(1, Math.round(mark.width * scale)),
          Math.max(1, Math.round(mark.height * scale)),
        ];
        const from = [Math.round((mark.left - left) * scale), Math.round((mark.top - top) * scale)] as const;
        const { data } = context.getImageData(...from, across, down);
        const sums: [number, number, number] = [0, 0, 0];
        let count = 0;
        for (let pixel = 0; pixel < data.length; pixel += 4) {
          if ((data[pixel + 3] ?? 0) < 128) continue;
          count += 1;
          sums[0] += data[pixel] ?? 0;
          sums[1] += data[pixel + 1] ?? 0;
          sums[2] += data[pixel + 2] ?? 0;
        }
        const mean = (sum: number): number => sum / Math.max(1, count);
        return { share: count / (across * down), colour: [mean(sums[0]), mean(sums[1]), mean(sums[2])] as const };
      },
      [node, marks] as const,
    );

/** From 0, the same, to 441. */
export const distance = (one: Painted, other: Painted): number =>
  Math.hypot(...one.colour.map((value, channel) => value - (other.colour[channel] ?? 0)));
