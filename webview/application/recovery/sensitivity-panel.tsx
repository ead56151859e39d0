import { useState } from 'preact/hooks';
import { percentWords, spanWords } from '../../../language/core/diagram/index.ts';
import type { ReportedSensitivity } from '../../../language/protocol/runs.ts';
import { Icon } from '../icon.tsx';
import { serviceTitle } from './events.ts';
import type { RecoveryEvent, Shown } from './state.ts';

export interface SensitivityPanelProps {
  readonly shown: Shown;
  readonly send: (event: RecoveryEvent) => void;
}

/** Which number moves whose recovery how far, and what would just meet what is expected. */
export function SensitivityPanel({ shown, send }: SensitivityPanelProps) {
  const { architectures } = shown.run;
  const [chosen, setChosen] = useState(architectures[0] ?? '');
  const state = shown.sensitivity.get(chosen);
  const result = shown.recovery.results.find(({ architecture }) => architecture === chosen);
  return (
    <section class="sensitivity" data-testid="sensitivity" aria-label="What matters">
      {architectures.length > 1 && (
        <label class="field">
          Architecture
          <select
            value={chosen}
            onChange={(event) => {
              setChosen(event.currentTarget.value);
              send({ type: 'wantSensitivity', architecture: event.currentTarget.value });
            }}
          >
            {shown.recovery.results.map(({ architecture, title }) => (
              <option key={architecture} value={architecture}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      {state?.kind === 'asked' && (
        <p role="status">
          Each number is tried with 20% less and 20% more
          {state.total > 0 ? `: ${state.done} of ${state.total}` : ' …'}
          {state.total > 0 && <progress max={state.total} value={state.done} aria-label="Numbers tried" />}
        </p>
      )}
      {state?.kind === 'refused' && <p role="status">{state.message}</p>}
      {state?.kind === 'known' && result !== undefined && (
        <Known sensitivity={state.sensitivity} titleOf={(service) => serviceTitle(result, service)} />
      )}
    </section>
  );
}

interface KnownProps {
  readonly sensitivity: ReportedSensitivity;
  readonly titleOf: (service: string) => string;
}

function Known({ sensitivity, titleOf }: KnownProps) {
  const services = Object.keys(sensitivity.services);
  const [chosen, setChosen] = useState(services[0] ?? '');
  const service = services.includes(chosen) ? chosen : (services[0] ?? '');
  const now = sensitivity.services[service];
  const rows = tornado(sensitivity, service);
  return (
    <>
      <ul class="remedies">
        {sensitivity.expectations.map(({ text, holds, remedies }) => (
          <li key={text} class={holds ? 'met' : 'missed'}>
            <Icon name={holds ? 'met' : 'missed'} />
            <div>
              <strong>{text.replace(/^expect /, '')}</strong>
              <div>{remedyWords(holds, remedies)}</div>
            </div>
          </li>
        ))}
      </ul>
      {services.length > 1 && (
        <label class="field">
          Recovery of
          <select value={service} onChange={(event) => setChosen(event.currentTarget.value)}>
            {services.map((name) => (
              <option key={name} value={name}>
                {titleOf(name)}
              </option>
            ))}
          </select>
        </label>
      )}
      {now !== undefined && (
        <table class="tornado" data-testid="tornado">
          <caption>
            {titleOf(service)} is back to {percentWords(now.level)} {timeWords(now.p50)} now (median of{' '}
            {sensitivity.variedRuns} runs). With one number 20% less or 20% more:
          </caption>
          <thead>
            <tr>
              <th scope="col">Number</th>
              <th scope="col">20% less</th>
              <th scope="col">20% more</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, title, words, less, more, bar }) => (
              <tr key={id}>
                <th scope="row">
                  <strong>{title}</strong> {words}
                </th>
                <td title={less.text}>{shortTime(less.seconds)}</td>
                <td title={more.text}>{shortTime(more.seconds)}</td>
                <td aria-hidden="true">
                  <svg
                    aria-hidden="true"
                    class="tornado-bar"
                    viewBox="0 0 100 12"
                    width="100"
                    height="12"
                    preserveAspectRatio="none"
                  >
                    <path class="axis" d="M50 0V12" />
                    {bar.map(({ from, to, kind }) => (
                      <rect
                        key={kind}
                        class={kind}
                        x={Math.min(from, to)}
                        y={kind === 'less' ? 1 : 7}
                        width={Math.max(0.8, Math.abs(to - from))}
                        height={4}
                      />
                    ))}
                  </svg>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="detail">
        Upper bar: 20% less. Lower bar: 20% more. To the right of the line is later; numbers that move nothing are left
        out.
      </p>
    </>
  );
}

function remedyWords(holds: boolean, remedies: readonly string[]): string {
  if (holds) return remedies.length === 0 ? 'Met.' : `Met. It would just fail: ${remedies.join('; or ')}.`;
  if (remedies.length === 0)
    return 'Missed. No single number, between a hundredth and a hundred times what it is, would meet it.';
  return `Missed. To just meet it: ${remedies.join('; or ')}.`;
}

const timeWords = (seconds: number | null): string =>
  seconds === null
    ? 'not within the run'
    : seconds === 0
      ? 'at once, having never been below it'
      : `after ${spanWords(seconds)}`;

const shortTime = (seconds: number | null): string => (seconds === null ? 'never' : spanWords(seconds));

interface Bar {
  readonly kind: 'less' | 'more';
  readonly from: number;
  readonly to: number;
}

export interface TornadoRow {
  readonly id: string;
  readonly title: string;
  readonly words: string;
  readonly less: { readonly text: string; readonly seconds: number | null };
  readonly more: { readonly text: string; readonly seconds: number | null };
  /** In hundredths of the bar's width; 50 is as it is now. */
  readonly bar: readonly Bar[];
}

const MOST_ROWS = 25;

/** The numbers that move the median recovery of a service, as the server sorted them. */
export function tornado({ numbers, services }: ReportedSensitivity, service: string): TornadoRow[] {
  const now = services[service]?.p50 ?? null;
  const rows = numbers.flatMap(({ number, less, more }) => {
    const sides = { less: less.services[service]?.p50 ?? null, more: more.services[service]?.p50 ?? null };
    return sides.less === now && sides.more === now ? [] : [{ number, less, more, sides }];
  });
  const finite = rows.flatMap(({ sides }) => [sides.less, sides.more]).filter((seconds) => seconds !== null);
  const widest = Math.max(1, ...finite.map((seconds) => Math.abs(seconds - (now ?? Math.max(...finite)))));
  const middle = now ?? Math.max(0, ...finite);
  const end = (seconds: number | null): number => (seconds === null ? 100 : 50 + (45 * (seconds - middle)) / widest);
  return rows.slice(0, MOST_ROWS).map(({ number, less, more, sides }) => ({
    id: number.id,
    title: number.title,
    words: number.words,
    less: { text: less.text, seconds: sides.less },
    more: { text: more.text, seconds: sides.more },
    bar: [
      { kind: 'less', from: 50, to: end(sides.less) },
      { kind: 'more', from: 50, to: end(sides.more) },
    ],
  }));
}
