/** How the chart looks: uPlot's options, and what is drawn over its curves. */
import uPlot from 'uplot';
import { percentWords } from '../../../language/core/diagram/index.ts';
import type { OutageRecord } from '../../../language/protocol/records.ts';
import type { Point } from '../viewport/view.ts';
import { type Curves, type ExpectationLine, LEVEL_RANGE, tickWords, timeTicks } from './chart-data.ts';
import { cornersAlong, cornersAround, type Obstacles, placedWords } from './chart-labels.ts';
import { cssOf, type Palette, SERIES_LOOKS } from './colours.ts';

export interface ChartContent {
  readonly curves: Curves;
  readonly lines: readonly ExpectationLine[];
  readonly records: readonly OutageRecord[];
  readonly firstStepSeconds: number;
  readonly horizonSeconds: number;
}

/** The plotting area begins and ends so far from the chart's edges; the scrubber below stands under it. */
export const chartLeft = ({ fontPixels }: Palette): number => 4 * fontPixels;
export const CHART_RIGHT = 16;
const LINE_WIDTH = 2.25;

/** Per architecture three series: median, 90th and 10th percentile, with a band between the last two. */
export function chartData({ times, curves, ghosts }: Curves): uPlot.AlignedData {
  const none = times.map(() => null);
  const lines = curves.flatMap((curve): (readonly (number | null)[])[] =>
    curve === undefined ? [none, none, none] : [curve.p50, curve.p90, curve.p10],
  );
  return [times, ...lines, ...ghosts.map((median) => median ?? none)].map((values) => [...values]) as uPlot.AlignedData;
}

export function chartOptions(
  content: ChartContent,
  palette: Palette,
  size: { width: number; height: number },
): uPlot.Options {
  const { curves, firstStepSeconds, horizonSeconds } = content;
  const axis = {
    stroke: palette.muted,
    font: palette.font,
    grid: { stroke: palette.grid, width: 1 },
    ticks: { stroke: palette.grid, width: 1, size: 4 },
  };
  return {
    ...size,
    padding: [10, CHART_RIGHT, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: [0, horizonSeconds] }, y: { range: [...LEVEL_RANGE] } },
    axes: [
      {
        ...axis,
        size: 14 + palette.fontPixels,
        gap: 4,
        splits: (self) =>
          timeTicks(firstStepSeconds, horizonSeconds, (self.bbox.width / pixelRatio()) * (12 / palette.fontPixels)),
        values: (_self, ticks) => ticks.map((seconds) => tickWords(seconds - firstStepSeconds)),
      },
      {
        ...axis,
        size: chartLeft(palette),
        splits: () => [0, 0.25, 0.5, 0.75, 1],
        values: (_self, ticks) => ticks.map((level) => `${Math.round(level * 100)}%`),
      },
    ],
    series: [
      {},
      ...curves.curves.flatMap((_, index) => seriesOf(index, palette)),
      ...curves.ghosts.map((_, index) => ghostOf(index, palette)),
    ],
    bands: curves.curves.map((_, index) => ({
      series: [3 * index + 2, 3 * index + 3] as [number, number],
      fill: cssOf(colourOf(index, palette), 0.22),
    })),
    hooks: { draw: [(self) => drawLines(self, content, palette), (self) => drawRecords(self, content, palette)] },
  };
}

const pixelRatio = (): number => uPlot.pxRatio;

export const lookOf = (index: number) => SERIES_LOOKS[index % SERIES_LOOKS.length] ?? SERIES_LOOKS[0];

export const colourOf = (index: number, { series }: Palette) => series[index % series.length] ?? [128, 128, 128];

function seriesOf(index: number, palette: Palette): uPlot.Series[] {
  const colour = colourOf(index, palette);
  const median: uPlot.Series = {
    stroke: cssOf(colour),
    width: LINE_WIDTH,
    dash: [...lookOf(index).dash],
    points: { show: false },
  };
  const edge: uPlot.Series = { stroke: cssOf(colour, 0.35), width: 1, points: { show: false } };
  return [median, edge, edge];
}

/** As it is written: thin and pale, of the dash of its architecture. */
const ghostOf = (index: number, palette: Palette): uPlot.Series => ({
  stroke: palette.muted,
  width: 1.25,
  dash: [...lookOf(index).dash],
  points: { show: false },
});

/** The expectations: a level to keep, or a level to reach by a time, which ends in a post. Their words keep off all else. */
function drawLines(self: uPlot, content: ChartContent, palette: Palette): void {
  const { ctx } = self;
  const ratio = pixelRatio();
  const area = { left: self.bbox.left, top: self.bbox.top, width: self.bbox.width, height: self.bbox.height };
  const height = (palette.fontPixels + 4) * ratio;
  const gap = 9 * ratio;
  ctx.save();
  ctx.strokeStyle = palette.foreground;
  ctx.fillStyle = palette.foreground;
  ctx.font = palette.font.replace(/\d+px/, `${palette.fontPixels * ratio}px`);
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  const drawn = content.lines.map(({ kind, level, fromSeconds, toSeconds }) => {
    const y = self.valToPos(level, 'y', true);
    const from = self.valToPos(kind === 'neverBelow' ? 0 : fromSeconds, 'x', true);
    const to = self.valToPos(Math.min(toSeconds, content.horizonSeconds), 'x', true);
    ctx.lineWidth = 1.5 * ratio;
    ctx.setLineDash(kind === 'neverBelow' ? [5 * ratio, 4 * ratio] : []);
    ctx.beginPath();
    ctx.moveTo(from, y);
    ctx.lineTo(to, y);
    ctx.stroke();
    if (kind === 'backTo') drawPost(ctx, to, y, ratio);
    const words =
      kind === 'backTo'
        ? `${percentWords(level)} by ${tickWords(toSeconds - fromSeconds)}`
        : `never below ${percentWords(level)}`;
    const width = ctx.measureText(words).width + 6 * ratio;
    const corners =
      kind === 'backTo'
        ? [...cornersAround({ x: to, y }, width, height, gap), ...cornersAlong(y, [from, to], width, height, gap)]
        : cornersAlong(y, [from, to], width, height, gap);
    const ends = [
      { x: from, y },
      { x: to, y },
    ];
    return { words, wanted: { width, height, corners }, ends };
  });
  const spots = placedWords(
    drawn.map(({ wanted }) => wanted),
    area,
    obstaclesOf(
      self,
      content,
      drawn.map(({ ends }) => ends),
    ),
  );
  ctx.setLineDash([]);
  for (const [index, spot] of spots.entries()) {
    ctx.globalAlpha = 0.85;
    ctx.fillStyle = palette.background;
    ctx.fillRect(spot.left, spot.top, spot.width, spot.height);
    ctx.globalAlpha = 1;
    ctx.fillStyle = palette.foreground;
    ctx.fillText(drawn[index]?.words ?? '', spot.left + 3 * ratio, spot.top + spot.height / 2);
  }
  ctx.restore();
}

/** All curves with their bands, the expectations, and what was measured. */
function obstaclesOf(self: uPlot, { curves, records }: ChartContent, lines: readonly (readonly Point[])[]): Obstacles {
  const at = (atSeconds: number, level: number): Point => ({
    x: self.valToPos(atSeconds, 'x', true),
    y: self.valToPos(level, 'y', true),
  });
  const lineOf = (levels: readonly number[]): Point[] =>
    levels.map((level, index) => at(curves.times[index] ?? 0, level));
  const size = RECORD_SIZE * pixelRatio();
  return {
    lines: [
      ...lines,
      ...curves.curves.flatMap((curve) => (curve === undefined ? [] : [curve.p50, curve.p10, curve.p90].map(lineOf))),
      ...curves.ghosts.flatMap((ghost) => (ghost === undefined ? [] : [lineOf(ghost)])),
    ],
    spots: records
      .flatMap(({ points }) => points)
      .map(({ atSeconds, level, low, high }) => {
        const { x, y } = at(atSeconds, level);
        const top = Math.min(y - size, at(atSeconds, high).y);
        const bottom = Math.max(y + size, at(atSeconds, low).y);
        return { left: x - size, top, width: 2 * size, height: bottom - top };
      }),
  };
}

/** What was measured: diamonds over the band, with a bar where the source gives a range. */
function drawRecords(self: uPlot, { records }: ChartContent, palette: Palette): void {
  const { ctx } = self;
  const ratio = pixelRatio();
  const size = RECORD_SIZE * ratio;
  ctx.save();
  ctx.setLineDash([]);
  for (const { atSeconds, level, low, high } of records.flatMap(({ points }) => points)) {
    const x = self.valToPos(atSeconds, 'x', true);
    const y = self.valToPos(level, 'y', true);
    ctx.strokeStyle = palette.foreground;
    ctx.lineWidth = 1.5 * ratio;
    ctx.beginPath();
    ctx.moveTo(x, self.valToPos(low, 'y', true));
    ctx.lineTo(x, self.valToPos(high, 'y', true));
    ctx.stroke();
    ctx.beginPath();
    ctx.moveTo(x, y - size);
    ctx.lineTo(x + size, y);
    ctx.lineTo(x, y + size);
    ctx.lineTo(x - size, y);
    ctx.closePath();
    ctx.fillStyle = palette.foreground;
    ctx.fill();
    ctx.strokeStyle = palette.background;
    ctx.stroke();
  }
  ctx.restore();
}

const RECORD_SIZE = 5.5;

function drawPost(ctx: CanvasRenderingContext2D, x: number, y: number, ratio: number): void {
  ctx.setLineDash([]);
  ctx.lineWidth = 2 * ratio;
  ctx.beginPath();
  ctx.moveTo(x, y - 6 * ratio);
  ctx.lineTo(x, y + 6 * ratio);
  ctx.stroke();
  ctx.beginPath();
  ctx.arc(x, y, 3.5 * ratio, 0, 2 * Math.PI);
  ctx.fill();
}
