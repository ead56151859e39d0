import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { Recovery } from '../../../language/protocol/pictures.ts';
import { curvesOf, expectationLines } from './chart-data.ts';
import { chartData, chartOptions, colourOf } from './chart-drawing.ts';
import { soughtTo } from './clock.ts';
import { cssOf, type Palette } from './colours.ts';
import type { Player } from './player.ts';
import { canvasOver, clear, fitCanvas } from './stage-canvas.ts';
import { momentAt, valueAt } from './timeline.ts';
import { chartWords } from './words.ts';

export interface ChartProps {
  readonly recovery: Recovery;
  /** The same with the numbers as they are written, where the recovery is with others. */
  readonly ghost?: Recovery | undefined;
  readonly service: string;
  readonly player: Player;
  readonly palette: Palette;
}

/** The level of one service over time. The curves are drawn once; the clock's line moves over them. */
export function Chart({ recovery, ghost, service, player, palette }: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const words = useMemo(() => chartWords(recovery.results, service), [recovery, service]);

  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) return;
    const content = {
      curves: curvesOf(recovery, service, ghost),
      lines: expectationLines(recovery, service),
      records: (recovery.records ?? []).filter((record) => record.service === service),
      firstStepSeconds: recovery.scenario.firstStepSeconds,
      horizonSeconds: recovery.scenario.horizonSeconds,
    };
    const size = () => ({ width: Math.max(160, element.clientWidth), height: Math.max(90, element.clientHeight) });
    const plot = new uPlot(chartOptions(content, palette, size()), chartData(content.curves), element);
    const cursor = createCursor(plot, recovery, service, palette);
    const follow = (): void => cursor(player.now().atSeconds);
    follow();
    const unwatch = player.watch(follow);
    const resizing = new ResizeObserver(() => plot.setSize(size()));
    resizing.observe(element);
    // The plot takes its new size a little later than it is told.
    const resized = new ResizeObserver(follow);
    resized.observe(plot.over);
    const stopScrubbing = listenToScrubbing(plot, (seconds) => player.change((now) => soughtTo(now, seconds)));
    return () => {
      unwatch();
      resizing.disconnect();
      resized.disconnect();
      stopScrubbing();
      plot.destroy();
    };
  }, [recovery, ghost, service, player, palette]);

  return <div ref={host} class="chart" data-testid="chart" data-service={service} role="img" aria-label={words} />;
}

/** A line at the clock, and on it a dot for each architecture: the level of the run that is played. */
function createCursor(plot: uPlot, { scenario, results }: Recovery, service: string, palette: Palette) {
  const steps = scenario.steps.map(({ atSeconds }) => atSeconds);
  const context = canvasOver(plot.over, 'chart-cursor');
  const dots = results.flatMap((result, index) => {
    const found = result.services.find(({ name }) => name === service);
    return found === undefined
      ? []
      : [{ colour: cssOf(colourOf(index, palette)), times: result.times, played: found.played }];
  });
  return (atSeconds: number): void => {
    if (context === undefined) return;
    fitCanvas(context.canvas, {
      width: plot.over.clientWidth + 2 * CURSOR_MARGIN,
      height: plot.over.clientHeight + 2 * CURSOR_MARGIN,
    });
    clear(context);
    context.setTransform(
      devicePixelRatio,
      0,
      0,
      devicePixelRatio,
      CURSOR_MARGIN * devicePixelRatio,
      CURSOR_MARGIN * devicePixelRatio,
    );
    const x = plot.valToPos(atSeconds, 'x');
    context.fillStyle = palette.focus;
    context.fillRect(x - 1, 0, 2, plot.over.clientHeight);
    context.strokeStyle = palette.background;
    context.lineWidth = 2;
    for (const { colour, times, played } of dots) {
      const y = plot.valToPos(valueAt(played, momentAt(times, steps, atSeconds)), 'y');
      context.fillStyle = colour;
      context.beginPath();
      context.arc(x, y, CURSOR_MARGIN - 1, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
  };
}

/** A dot at the end of the chart is seen whole. */
const CURSOR_MARGIN = 6;

function listenToScrubbing(plot: uPlot, seek: (seconds: number) => void): () => void {
  const stop = new AbortController();
  const listening = { signal: stop.signal };
  const seekTo = (event: PointerEvent): void =>
    seek(plot.posToVal(event.clientX - plot.over.getBoundingClientRect().left, 'x'));
  plot.over.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return;
      plot.over.setPointerCapture(event.pointerId);
      seekTo(event);
    },
    listening,
  );
  plot.over.addEventListener(
    'pointermove',
    (event) => {
      if (plot.over.hasPointerCapture(event.pointerId)) seekTo(event);
    },
    listening,
  );
  return () => stop.abort();
}
