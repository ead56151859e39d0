import { useMemo, useState } from 'preact/hooks';
import { digits, readDigits, roundedInUnit, written } from '../../../language/core/diagram/index.ts';
import type { ReportedNumber } from '../../../language/protocol/runs.ts';
import type { RecoveryEvent, Shown } from './state.ts';

export interface WhatIfPanelProps {
  readonly shown: Shown;
  /** Ids of the numbers that have a slider, moved or not. */
  readonly chosen: readonly string[];
  readonly onChoose: (chosen: readonly string[]) => void;
  readonly send: (event: RecoveryEvent) => void;
}

/** A number, and as what the architectures among those shown have it. The first of them is what a slider begins at. */
export interface Offered {
  readonly number: ReportedNumber;
  readonly architectures: readonly string[];
  readonly numbers: readonly ReportedNumber[];
}

/** Whether the architectures have it with other values. */
export const isDiffering = ({ number, numbers }: Offered): boolean =>
  numbers.some(({ value }) => value !== number.value);

/** As it is written: where the architectures differ in it, with each of them. */
export const writtenWords = (offered: Offered, titleOf: (architecture: string) => string): string =>
  isDiffering(offered)
    ? offered.numbers.map(({ text }, index) => `${text} in “${titleOf(offered.architectures[index] ?? '')}”`).join(', ')
    : offered.number.text;

/** Numbers of the model to be moved: chosen from a list, those that move the recovery most first. */
export function WhatIfPanel({ shown, chosen, onChoose, send }: WhatIfPanelProps) {
  const { changes } = shown.whatIf;
  const [search, setSearch] = useState('');
  const offered = useMemo(() => offeredNumbers(shown), [shown.numbers, shown.sensitivity]);
  const moved = [...new Set([...chosen, ...changes.map(({ id }) => id)])].flatMap(
    (id) => offered.find(({ number }) => number.id === id) ?? [],
  );
  const titleOf = (name: string): string =>
    shown.recovery.results.find(({ architecture }) => architecture === name)?.title || name;
  const found = offered.filter((each) => !moved.includes(each) && matches(each.number, search));
  return (
    <section class="what-if" data-testid="what-if" aria-label="What if">
      {moved.map((each) => (
        <NumberSlider
          key={each.number.id}
          offered={each}
          titleOf={titleOf}
          value={changes.find(({ id }) => id === each.number.id)?.value ?? each.number.value}
          send={send}
          onRemove={() => {
            onChoose(chosen.filter((id) => id !== each.number.id));
            send({ type: 'changeNumber', number: each.number.id });
          }}
        />
      ))}
      {changes.length > 0 && (
        <div class="what-if-actions">
          <button type="button" data-testid="reset-numbers" onClick={() => send({ type: 'resetNumbers' })}>
            Reset all
          </button>
        </div>
      )}
      <div role="status" class="detail" data-testid="what-if-status">
        {shown.refusal ??
          (shown.written === undefined ? '' : `Written to the text: ${shown.written}. Undo takes it back.`)}
      </div>
      <label class="field what-if-search">
        Move a number
        <input
          type="search"
          data-testid="find-number"
          placeholder="Name, or words such as “restarts”"
          value={search}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      </label>
      {offered.length === 0 && <p class="detail">The numbers of the model are being read …</p>}
      <ul class="number-list">
        {found.slice(0, MOST_LISTED).map(({ number, numbers }) => (
          <li key={number.id}>
            <button
              type="button"
              class="number-choice"
              data-testid="number"
              data-number={number.id}
              onClick={() => onChoose([...chosen, number.id])}
            >
              <span>
                <strong>{number.title}</strong> {number.words}
              </span>
              <span>{[...new Set(numbers.map(({ text }) => text))].join(' or ')}</span>
            </button>
          </li>
        ))}
      </ul>
      {found.length > MOST_LISTED && <p class="detail">{found.length - MOST_LISTED} more: search for them.</p>}
    </section>
  );
}

const MOST_LISTED = 30;

function matches({ title, component, words }: ReportedNumber, search: string): boolean {
  const text = `${title} ${component} ${words}`.toLocaleLowerCase();
  return search
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Those that move the recovery most come first, as far as that is known; the others in the order of the text. */
export function offeredNumbers({
  run,
  numbers,
  sensitivity,
}: Pick<Shown, 'run' | 'numbers' | 'sensitivity'>): Offered[] {
  const all = new Map<string, Offered>();
  for (const architecture of run.architectures) {
    for (const number of numbers.get(architecture) ?? []) {
      const known = all.get(number.id);
      all.set(number.id, {
        number: known?.number ?? number,
        architectures: [...(known?.architectures ?? []), architecture],
        numbers: [...(known?.numbers ?? []), number],
      });
    }
  }
  const order = run.architectures.flatMap((architecture) => {
    const state = sensitivity.get(architecture);
    return state?.kind === 'known' ? state.sensitivity.numbers.map(({ number }) => number.id) : [];
  });
  const first = order.flatMap((id) => all.get(id) ?? []);
  return [...new Set([...first, ...all.values()])];
}

interface NumberSliderProps {
  readonly offered: Offered;
  readonly titleOf: (architecture: string) => string;
  readonly value: number;
  readonly send: (event: RecoveryEvent) => void;
  readonly onRemove: () => void;
}

const STEPS = 1000;

/** Steps are even in the logarithm: halving and doubling are equally far. */
function NumberSlider({ offered, titleOf, value, send, onRemove }: NumberSliderProps) {
  const { number, numbers, architectures } = offered;
  const { id, title, words, notation } = number;
  const differing = isDiffering(offered);
  const least = Math.min(...numbers.map((each) => each.least));
  const most = Math.max(...numbers.map((each) => each.most));
  const span = Math.log(most / least);
  const position = span > 0 ? Math.round((STEPS * Math.log(value / least)) / span) : 0;
  const change = (next: number): void => {
    const within = Math.min(most, Math.max(least, next));
    send(
      // The value of one architecture is a change for another.
      within === number.value && !differing
        ? { type: 'changeNumber', number: id }
        : { type: 'changeNumber', number: id, value: within },
    );
  };
  // What is being typed stays, whatever is told meanwhile.
  const [typed, setTyped] = useState<string>();
  const label = `${title} ${words}`;
  const text = written(value, notation);
  const [architecture] = architectures;
  return (
    <div class="number-slider" data-testid="slider" data-number={id}>
      <div class="number-head">
        <span>
          <strong>{title}</strong> {words}
        </span>
        {architectures.length > 1 && <span class="detail">in {architectures.length} architectures</span>}
      </div>
      <div class="number-controls">
        <input
          type="range"
          aria-label={label}
          aria-valuetext={text}
          min={0}
          max={STEPS}
          value={position}
          onInput={(event) =>
            change(roundedInUnit(least * Math.exp((span * Number(event.currentTarget.value)) / STEPS), notation))
          }
        />
        <input
          type="number"
          aria-label={`${label}: value`}
          step="any"
          value={typed ?? digits(value, notation)}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onBlur={() => setTyped(undefined)}
          onChange={(event) => {
            const next = readDigits(event.currentTarget.value, notation);
            setTyped(undefined);
            if (next > 0) change(next);
          }}
        />
        <output data-testid="number-value">{text}</output>
      </div>
      <div class="what-if-actions">
        <span class="detail" data-testid="number-written">
          written: {writtenWords(offered, titleOf)}
        </span>
        <button type="button" data-testid="remove-number" onClick={onRemove}>
          Reset
        </button>
        <button
          type="button"
          data-testid="write-number"
          disabled={number.source === undefined || value === number.value || architecture === undefined}
          title={
            number.source === undefined
              ? 'The text has no such number: it is the language’s own.'
              : `One edit${differing ? ` in “${titleOf(architecture ?? '')}”` : ''}, which can be undone`
          }
          onClick={() => architecture !== undefined && send({ type: 'writeNumber', architecture, number: id })}
        >
          Write to source
        </button>
      </div>
    </div>
  );
}
