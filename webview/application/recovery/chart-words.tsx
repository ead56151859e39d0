import { useMemo } from 'preact/hooks';
import { percentWords } from '../../../language/core/diagram/index.ts';
import type { Recovery } from '../../../language/protocol/pictures.ts';
import type { OutageRecord } from '../../../language/protocol/records.ts';
import { type chartedServices, curvesOf, hasBand } from './chart-data.ts';
import { colourOf } from './chart-drawing.ts';
import { cssOf, type Palette } from './colours.ts';
import { Swatch } from './results.tsx';

interface ServiceChoiceProps {
  readonly services: ReturnType<typeof chartedServices>;
  readonly chosen: string | undefined;
  readonly scenario: string;
  readonly onChoose: (service: string) => void;
}

export function ServiceChoice({ services, chosen, scenario, onChoose }: ServiceChoiceProps) {
  const during = `in “${scenario}”`;
  if (services.length < 2) {
    return (
      <strong>
        Level of {services[0]?.title ?? 'no service'} {during}
      </strong>
    );
  }
  return (
    <label class="field">
      <strong>Level of</strong>
      <select data-testid="chart-service" value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
        {services.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
      <strong>{during}</strong>
    </label>
  );
}

/** What the diamonds in the chart are, and who says so. */
export function RecordSources({ records }: { readonly records: readonly OutageRecord[] }) {
  return (
    <>
      {records.map(({ title, full, points, sources }) => (
        <details key={title} class="record" data-testid="record">
          <summary>
            <span aria-hidden="true">◆</span> On record: {title}
          </summary>
          <p class="detail">100%: {full}.</p>
          <ul>
            {points.map(({ atSeconds, level, says }) => (
              <li key={atSeconds}>
                {percentWords(level)}: {says}
              </li>
            ))}
          </ul>
          <p class="detail">Source: {sources.join('; ')}</p>
        </details>
      ))}
    </>
  );
}

interface ChartLegendProps {
  readonly recovery: Recovery;
  readonly service: string | undefined;
  readonly palette: Palette;
  /** Whether the curves as written stand behind those with other numbers. */
  readonly ghost: boolean;
  /** Whether what was measured in the outage itself is drawn over the curves. */
  readonly recorded: boolean;
}

/** What is in the chart, and nothing that is not. */
export function ChartLegend({ recovery, service, palette, ghost, recorded }: ChartLegendProps) {
  const { results } = recovery;
  const runs = results[0]?.runs ?? 0;
  const band = useMemo(() => service !== undefined && hasBand(curvesOf(recovery, service)), [recovery, service]);
  const isOne = results.length === 1;
  return (
    <span class="chart-legend">
      {results.map((result, index) => (
        <span key={result.architecture} class={isOne ? undefined : 'of-result'}>
          <Swatch index={index} palette={palette} /> {isOne ? ownWords(runs, band) : result.title}
        </span>
      ))}
      {band && (
        <span>
          <BandSwatch palette={palette} /> 10th to 90th percentile{isOne ? '' : ` of ${runs} runs, line: median`}
        </span>
      )}
      {!band && !isOne && <span>{ownWords(runs, band)}</span>}
      <span>
        <DotSwatch palette={palette} /> run played
      </span>
      {recorded && (
        <span>
          <RecordSwatch palette={palette} /> measured in the outage
        </span>
      )}
      {ghost && (
        <span>
          <GhostSwatch palette={palette} /> as written
        </span>
      )}
    </span>
  );
}

const ownWords = (runs: number, band: boolean): string =>
  band || runs < 2 ? `median of ${runs} ${runs === 1 ? 'run' : 'runs'}` : `median of ${runs} runs, all alike`;

const BandSwatch = ({ palette }: { readonly palette: Palette }) => (
  <svg class="swatch" viewBox="0 0 30 10" width="30" height="10" aria-hidden="true">
    <rect width="30" height="10" fill={cssOf(colourOf(0, palette), 0.22)} />
    <path d="M0 0.5H30M0 9.5H30" fill="none" stroke={cssOf(colourOf(0, palette), 0.35)} />
  </svg>
);

const DotSwatch = ({ palette }: { readonly palette: Palette }) => (
  <svg class="swatch" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
    <circle cx="5" cy="5" r="4.5" fill={cssOf(colourOf(0, palette))} />
  </svg>
);

const RecordSwatch = ({ palette }: { readonly palette: Palette }) => (
  <svg class="swatch" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
    <path d="M6 1L11 6L6 11L1 6Z" fill={palette.foreground} />
  </svg>
);

const GhostSwatch = ({ palette }: { readonly palette: Palette }) => (
  <svg class="swatch" viewBox="0 0 30 10" width="30" height="10" aria-hidden="true">
    <path d="M1 5H29" fill="none" stroke={palette.muted} stroke-width="1.25" />
  </svg>
);
