import type { Recovery } from '../../../language/protocol/pictures.ts';
import { Icon } from '../icon.tsx';
import { colourOf, lookOf } from './chart-drawing.ts';
import { cssOf, type Palette } from './colours.ts';
import type { Result } from './timeline.ts';
import { recoveryWords, verdictWords } from './words.ts';

/** A piece of the architecture's line in the chart, wherever the architecture is named. */
export function Swatch({ index, palette }: { readonly index: number; readonly palette: Palette }) {
  return (
    <svg class="swatch" viewBox="0 0 30 10" width="30" height="10" aria-hidden="true">
      <path
        d="M1 5H29"
        fill="none"
        stroke={cssOf(colourOf(index, palette))}
        stroke-width="2.5"
        stroke-dasharray={lookOf(index).dash.join(' ') || undefined}
      />
    </svg>
  );
}

export interface ResultsProps {
  readonly recovery: Recovery;
  readonly palette: Palette;
}

/** What came of the expectations, in words, for each architecture. */
export function Results({ recovery, palette }: ResultsProps) {
  return (
    <section class={`results count-${recovery.results.length}`} data-testid="expectations" aria-label="Results">
      {recovery.results.map((result, index) => (
        <div key={result.architecture} class="result" data-architecture={result.architecture}>
          {recovery.results.length > 1 && (
            <h3>
              <Swatch index={index} palette={palette} /> {result.title}
            </h3>
          )}
          <Verdicts result={result} />
        </div>
      ))}
    </section>
  );
}

function Verdicts({ result }: { readonly result: Result }) {
  return (
    <ul>
      {result.expectations.map((expectation) => {
        const { met, expectation: expected, measured, short } = verdictWords(result, expectation);
        return (
          <li key={expectation.text} class={met ? 'met' : 'missed'} data-met={String(met)}>
            <Icon name={met ? 'met' : 'missed'} />
            <div>
              <strong>
                {expected}: {met ? 'met' : 'missed'}
                <span class="short">, {short}</span>
              </strong>
              <div class="detail">{measured}</div>
            </div>
          </li>
        );
      })}
      {recoveryWords(result).map((words) => (
        <li key={words} class="in-short">
          {words}
        </li>
      ))}
    </ul>
  );
}
