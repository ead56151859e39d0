/** What is painted on the chart of a recovery, by its pixels: a canvas says nothing else. */
import { LEVEL_RANGE } from '../../webview/application/recovery/chart-data.ts';
import type { Panel } from './workbench.ts';

export interface Charted {
  /** The share of the plot's width, along these levels, that is in the colour of the editor's words: how long their lines are. */
  readonly lines: readonly number[];
  /** Whether in that colour is what stands at these places. */
  readonly marked: readonly boolean[];
  /** The share of the plot that is faintly painted, as between percentiles. */
  readonly band: number;
}

/** Places by seconds since the beginning, of so many in all, and by level. */
export const charted = (
  panel: Panel,
  asked: { levels: readonly number[]; places: readonly { seconds: number; level: number }[]; ofSeconds: number },
): Promise<Charted> =>
  panel
    .part('chart')
    .first()
    .evaluate(
      (chart: HTMLElement, { levels, places, ofSeconds, range: [lowest, highest] }) => {
        const canvas = chart.querySelector<HTMLCanvasElement>('canvas:not(.chart-cursor)');
        const over = chart.querySelector('.u-over')?.getBoundingClientRect();
        const context = canvas?.getContext('2d');
        if (!canvas || !context || !over) throw new Error('there is no chart');
        const foreground = colourOf(getComputedStyle(document.body).getPropertyValue('--vscode-editor-foreground'));
        const at = canvas.getBoundingClientRect();
        const across = canvas.width;
        const ratio = across / at.width;
        const [left, top] = [(over.left - at.left) * ratio, (over.top - at.top) * ratio];
        const [width, height] = [over.width * ratio, over.height * ratio];
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        return { lines: levels.map(lineAt), marked: places.map(isMarked), band: faint() };

        function colourOf(words: string): number[] {
          const scratch = document.createElement('canvas').getContext('2d');
          if (!scratch) throw new Error('there is no colour');
          scratch.fillStyle = words.trim();
          scratch.fillRect(0, 0, 1, 1);
          return [...scratch.getImageData(0, 0, 1, 1).data.slice(0, 3)];
        }
        function isForeground(x: number, y: number): boolean {
          const pixel = 4 * (Math.round(y) * across + Math.round(x));
          return (
            (data[pixel + 3] ?? 0) > 120 && foreground.every((value, channel) => near(value, data[pixel + channel]))
          );
        }
        function near(a: number, b = -1000): boolean {
          return Math.abs(a - b) < 24;
        }
        function yOf(level: number): number {
          return top + ((highest - level) / (highest - lowest)) * height;
        }
        function lineAt(level: number): number {
          const y = yOf(level);
          let length = 0;
          for (let x = left; x < left + width; x++) if ([-1, 0, 1].some((off) => isForeground(x, y + off))) length++;
          return length / width;
        }
        function isMarked({ seconds, level }: { seconds: number; level: number }): boolean {
          return isForeground(left + (seconds / ofSeconds) * width, yOf(level));
        }
        function faint(): number {
          let count = 0;
          for (let y = Math.ceil(top); y < top + height - 1; y++)
            for (let x = Math.ceil(left); x < left + width - 1; x++) {
              // What lies between percentiles covers less than a quarter; the edges of curves cover anything, seldom just that.
              const alpha = data[4 * (y * across + x) + 3] ?? 0;
              if (alpha > 52 && alpha < 60) count++;
            }
          return count / (width * height);
        }
      },
      { ...asked, range: LEVEL_RANGE },
    );
