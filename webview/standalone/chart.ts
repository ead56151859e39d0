/** The chart of a recovery as SVG text, for paper and for readers without scripts. */
import { percentWords, shortened, textWidth } from '../../language/core/diagram/index.ts';
import type { Recovery } from '../../language/protocol/pictures.ts';
import type { OutageRecord } from '../../language/protocol/records.ts';
import {
  chartedServices,
  curvesOf,
  expectationLines,
  hasBand,
  tickWords,
  timeTicks,
} from '../application/recovery/chart-data.ts';
import { cornersAlong, cornersAround, placedWords } from '../application/recovery/chart-labels.ts';
import { SERIES_LOOKS } from '../application/recovery/colours.ts';
import { chartWords } from '../application/recovery/words.ts';
import { element, group, PALETTES, type Theme, textElement } from '../picture/index.ts';

const WIDTH = 860;
const LEFT = 48;
const RIGHT = 16;
const TOP = 36;
const PLOT = 210;
const AXIS = 30;
const KEY_ROW = 22;
const FONT = { size: 12, bold: false };
const WORDS_HEIGHT = 16;

/** Of the service that an expectation asks for, or the first. Nothing where there is no service. */
export function recoveryChart(recovery: Recovery, record: OutageRecord | undefined, theme: Theme): string {
  const { scenario, results } = recovery;
  const charted = chartedServices(results);
  const service = record?.service ?? charted[0]?.name;
  if (service === undefined) return '';
  const title = charted.find(({ name }) => name === service)?.title ?? service;
  const { horizonSeconds, firstStepSeconds } = scenario;
  const x = (seconds: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * seconds) / horizonSeconds;
  const y = (level: number): number => TOP + PLOT * (1 - Math.min(1, Math.max(0, level)));
  const all = curvesOf(recovery, service);
  const { times, curves } = all;
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
  const lines = expectationLines(recovery, service).map((line) => ({
    ...line,
    from: x(line.kind === 'neverBelow' ? 0 : line.fromSeconds),
    to: x(Math.min(line.toSeconds, horizonSeconds)),
    at: y(line.level),
    words:
      line.kind === 'neverBelow'
        ? `never below ${percentWords(line.level)}`
        : `${percentWords(line.level)} by ${tickWords(line.toSeconds - line.fromSeconds)}`,
  }));
  const spots = placedWords(
    lines.map(({ kind, from, to, at, words }) => {
      const width = textWidth(words, FONT) + 4;
      const along = cornersAlong(at, [from, to], width, WORDS_HEIGHT, 8);
      const around = kind === 'neverBelow' ? [] : cornersAround({ x: to, y: at }, width, WORDS_HEIGHT, 8);
      return { width, height: WORDS_HEIGHT, corners: [...around, ...along] };
    }),
    { left: LEFT, top: 0, width: WIDTH - LEFT - RIGHT, height: TOP + PLOT },
    {
      lines: [
        ...lines.map(({ from, to, at }) => [
          { x: from, y: at },
          { x: to, y: at },
        ]),
        ...curves.flatMap((curve) =>
          curve === undefined
            ? []
            : [curve.p10, curve.p50, curve.p90].map((levels) =>
                levels.map((level, index) => ({ x: x(times[index] ?? 0), y: y(level) })),
              ),
        ),
      ],
      spots: (record?.points ?? []).map(({ atSeconds, level, low, high }) => ({
        left: x(atSeconds) - 5,
        top: Math.min(y(level) - 5, y(high)),
        width: 10,
        height: Math.max(10, y(low) - y(high)),
      })),
    },
  );
  const expected = lines.map(({ kind, from, to, at, words }, index) => {
    const { left, top, width, height } = spots[index] ?? { left: 0, top: 0, width: 0, height: 0 };
    return [
      element('path', { class: `expected ${kind}`, d: `M${round(from)} ${round(at)}H${round(to)}` }),
      kind === 'backTo' ? element('circle', { class: 'due', cx: to, cy: at, r: 3.5 }) : '',
      element('rect', { class: 'ground behind', x: round(left), y: round(top), width: round(width), height }),
      textElement({ class: 'words', x: round(left + 2), y: round(top + 12) }, words),
    ].join('');
  });
  const keys = keyOf(recovery, record, hasBand(all));
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
    textElement({ class: 'heading', x: LEFT, y: 18 }, headingWords(title, recovery)),
    ...grid,
    ...axis,
    ...drawn,
    ...expected,
    record === undefined ? '' : measured(record, x, y, horizonSeconds),
    keys.svg,
  );
}

/** What the curves are of: alone on a page nothing else says it. */
function headingWords(service: string, { results }: Recovery): string {
  const runs = results[0]?.runs ?? 1;
  const of = results.length > 1 ? `, median of ${runs} runs` : '';
  return `${shortened(service, 60)}: service level${of}`;
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
  band: boolean,
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
  const runs = results[0]?.runs ?? 0;
  for (const [index, { title }] of results.entries()) {
    const dash = SERIES_LOOKS[index % SERIES_LOOKS.length]?.dash.join(' ') || undefined;
    add(
      (left, y) =>
        element('path', { class: `median series-${index}`, d: `M${left} ${y}h32`, 'stroke-dasharray': dash }),
      results.length > 1 ? title : band ? 'median' : `median of ${runs} runs, all alike`,
    );
  }
  if (record !== undefined) {
    add((left, y) => element('circle', { class: 'measured', cx: left + 16, cy: y, r: 4 }), `measured: ${record.title}`);
  }
  if (band) {
    add(
      (left, y) => element('rect', { class: 'band series-0', x: left, y: y - 6, width: 32, height: 12 }),
      `10th to 90th percentile of ${runs} runs`,
    );
  }
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
.chart-figure .behind { fill-opacity: 0.85; }
.chart-figure text { fill: ${p.foreground}; }
.chart-figure .heading { font-weight: 600; }
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
