import { percentWords } from '../../../language/core/diagram/index.ts';
import type { OutageRecord } from '../../../language/protocol/records.ts';
import type { chartedServices } from './chart-data.ts';
import type { Palette } from './colours.ts';
import { Swatch } from './results.tsx';
import type { Result } from './timeline.ts';

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
  readonly results: readonly Result[];
  readonly palette: Palette;
  /** Whether the curves as written stand behind those with other numbers. */
  readonly ghost: boolean;
}

export function ChartLegend({ results, palette, ghost }: ChartLegendProps) {
  const runs = results[0]?.runs ?? 0;
  return (
    <span class="chart-legend">
      {results.map((result, index) => (
        <span key={result.architecture}>
          <Swatch index={index} palette={palette} /> {results.length > 1 ? result.title : 'median'}
        </span>
      ))}
      <span>
        {results.length > 1 ? 'Line: median. ' : ''}Band: 10th to 90th percentile of {runs} runs. Dot: run played.
        {ghost ? ' Thin line: as written.' : ''}
      </span>
    </span>
  );
}
