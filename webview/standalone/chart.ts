/** The chart of a recovery as SVG text, for paper and for readers without scripts. */
import { percentWords, textWidth } from '../../language/core/diagram/index.ts';
import type { Recovery } from '../../language/protocol/pictures.ts';
import type { OutageRecord } from '../../language/protocol/records.ts';
import {
  chartedServices,
  curvesOf,
  expectationLines,
  tickWords,
  timeTicks,
} from '../application/recovery/chart-data.ts';
import { SERIES_LOOKS } from '../application/recovery/colours.ts';
import { chartWords } from '../application/recovery/words.ts';
import { element, group, PALETTES, type Theme, textElement } from '../picture/index.ts';

const WIDTH = 860;
const LEFT = 48;
const RIGHT = 16;
const TOP = 14;
const PLOT = 210;
const AXIS = 30;
const KEY_ROW = 22;
const FONT = { size: 12, bold: false };

/** Of the service that an expectation asks for, or the first. Nothing where there is no service. */
export function recoveryChart(recovery: Recovery, record: OutageRecord | undefined, theme: Theme): string {
  const { scenario, results } = recovery;
  const service = record?.service ?? chartedServices(results)[0]?.name;
  if (service === undefined) return '';
  const { horizonSeconds, firstStepSeconds } = scenario;
  const x = (seconds: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * seconds) / horizonSeconds;
  const y = (level: number): number => TOP + PLOT * (1 - Math.min(1, Math.max(0, level)));
  const { times, curves } = curvesOf(recovery, service);
  const line = (values: readonly number[]): string =>
    values.map((level, at) => `${at === 0 ? 'M' : 'L'}${round(x(times[at] ?? 0))} ${round(y(level))}`).join('');

  const drawn = curves.flatMap((curve, index) => {
    if (curve === undefined) return [];
    const back = curve.p10.map((level, at) => `L${round(x(times[at] ?? 0))} ${round(y(level))}`).reverse();
    return [
      element('path', { class: `band series-${index}`, d: `${line(curve.p90)}${back.join('')}z` }),
      element('path', {
        class: `median series-${index}`,
        d: line(curve.p50),
        'stroke-dasharray': SERIES_LOOKS[index % SERIES_LOOKS.length]?.dash.join(' ') || undefined,
      }),
    ];
  });
  const ticks = timeTicks(firstStepSeconds, horizonSeconds, WIDTH - LEFT - RIGHT);
  const grid = [0, 0.25, 0.5, 0.75, 1].flatMap((level) => [
    element('path', { class: 'grid', d: `M${LEFT} ${round(y(level))}H${WIDTH - RIGHT}` }),
    textElement({ class: 'tick end', x: LEFT - 8, y: y(level) + 4 }, `${level * 100}%`),
  ]);
  const axis = ticks.flatMap((seconds) => [
    element('path', { class: 'grid', d: `M${round(x(seconds))} ${TOP}V${TOP + PLOT}` }),
    textElement({ class: 'tick middle', x: x(seconds), y: TOP + PLOT + 18 }, tickWords(seconds - firstStepSeconds)),
  ]);
  const expected = expectationLines(recovery, service).map(({ kind, level, fromSeconds, toSeconds }) => {
    const from = kind === 'neverBelow' ? 0 : fromSeconds;
    const to = Math.min(toSeconds, horizonSeconds);
    const words =
      kind === 'neverBelow'
        ? `never below ${percentWords(level)}`
        : `${percentWords(level)} by ${tickWords(toSeconds - fromSeconds)}`;
    const right = x(to) + 8 + textWidth(words, FONT) > WIDTH - RIGHT;
    return [
      element('path', { class: `expected ${kind}`, d: `M${round(x(from))} ${round(y(level))}H${round(x(to))}` }),
      kind === 'backTo' ? element('circle', { class: 'due', cx: x(to), cy: y(level), r: 3.5 }) : '',
      textElement(
        right
          ? { class: 'words end', x: WIDTH - RIGHT - 6, y: y(level) + (y(level) > TOP + 16 ? -6 : 16) }
          : { class: 'words', x: x(to) + 8, y: y(level) + 16 },
        words,
      ),
    ].join('');
  });
  const keys = keyOf(recovery, record);
  const height = TOP + PLOT + AXIS + keys.rows * KEY_ROW + 6;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: `chart-figure theme-${theme}`,
      viewBox: `0 0 ${WIDTH} ${height}`,
      width: WIDTH,
      height,
      role: 'img',
      'aria-label': chartWords(results, service),
    },
    theme === 'editor' ? '' : element('style', {}, chartStyles(theme)),
    element('rect', { class: 'ground', width: WIDTH, height }),
    ...grid,
    ...axis,
    ...drawn,
    ...expected,
    record === undefined ? '' : measured(record, x, y, horizonSeconds),
    keys.svg,
  );
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** What was measured: points, with a whisker where the source gives a range. */
function measured(
  { points }: OutageRecord,
  x: (seconds: number) => number,
  y: (level: number) => number,
  horizonSeconds: number,
): string {
  const drawn = points.flatMap(({ atSeconds: seconds, level, low, high }) => {
    if (seconds > horizonSeconds) return [];
    const at = round(x(seconds));
    return [
      low === high ? '' : element('path', { class: 'range', d: `M${at} ${round(y(low))}V${round(y(high))}` }),
      element('circle', { class: 'measured', cx: at, cy: y(level), r: 4 }),
    ];
  });
  return group({}, ...drawn);
}

/** What the lines are, in rows as wide as there is room. */
function keyOf(
  { results }: Recovery,
  record: OutageRecord | undefined,
): { readonly svg: string; readonly rows: number } {
  let x = LEFT;
  let row = 0;
  const parts: string[] = [];
  const add = (sample: (x: number, y: number) => string, words: string): void => {
    const width = textWidth(words, FONT) + 44 + 20;
    if (x > LEFT && x + width > WIDTH - RIGHT) {
      x = LEFT;
      row++;
    }
    const middle = TOP + PLOT + AXIS + 10 + row * KEY_ROW;
    parts.push(sample(x, middle), textElement({ class: 'words', x: x + 40, y: middle + 4 }, words));
    x += width;
  };
  for (const [index, { title }] of results.entries()) {
    const dash = SERIES_LOOKS[index % SERIES_LOOKS.length]?.dash.join(' ') || undefined;
    add(
      (left, y) =>
        element('path', { class: `median series-${index}`, d: `M${left} ${y}h32`, 'stroke-dasharray': dash }),
      results.length > 1 ? title : 'median',
    );
  }
  if (record !== undefined) {
    add((left, y) => element('circle', { class: 'measured', cx: left + 16, cy: y, r: 4 }), `measured: ${record.title}`);
  }
  const runs = results[0]?.runs ?? 0;
  add(
    (left, y) => element('rect', { class: 'band series-0', x: left, y: y - 6, width: 32, height: 12 }),
    `10th to 90th percentile of ${runs} runs`,
  );
  return { svg: parts.join(''), rows: row + 1 };
}

/** In an SVG of its own, or for the page that charts of the theme `editor` stand in. */
export function chartStyles(theme: Theme): string {
  const p = PALETTES[theme];
  const series = [p.good, p.foreground, p.warning, p.error]
    .map(
      (colour, index) => `
.chart-figure .median.series-${index} { stroke: ${colour}; }
.chart-figure .band.series-${index} { fill: ${colour}; }`,
    )
    .join('');
  return `
.chart-figure { font-family: ${p.font}; font-size: 12px; }
.chart-figure .ground { fill: ${p.background}; }
.chart-figure text { fill: ${p.foreground}; }
.chart-figure .tick { fill: ${p.muted}; }
.chart-figure .end { text-anchor: end; }
.chart-figure .middle { text-anchor: middle; }
.chart-figure .grid { stroke: ${p.track}; stroke-width: 1; fill: none; }
.chart-figure .median { fill: none; stroke-width: 2.25; }
.chart-figure .band { fill-opacity: 0.22; }
.chart-figure .expected { stroke: ${p.foreground}; stroke-width: 1.5; fill: none; }
.chart-figure .neverBelow { stroke-dasharray: 5 4; }
.chart-figure .due { fill: ${p.foreground}; }
.chart-figure .measured { fill: ${p.background}; stroke: ${p.foreground}; stroke-width: 2; }
.chart-figure .range { stroke: ${p.foreground}; stroke-width: 1.5; fill: none; }${series}`;
}
