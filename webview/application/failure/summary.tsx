import { Icon, type IconName } from '../icon.tsx';
import type { Event } from '../state.ts';
import type { FaultState } from './state.ts';
import { fallenWith, listWords, type NameOf } from './words.ts';

export interface SummaryProps {
  readonly faults: FaultState;
  readonly nameOf: NameOf;
  readonly send: (event: Event) => void;
}

/** What fails, what falls with it and which services are lost: the answer to a click, in words. */
export function Summary({ faults, nameOf, send }: SummaryProps) {
  const { failed, losses, lists } = faults;
  const current = failed.length > 0 ? losses : undefined;
  const names = (list: readonly string[]): string => listWords(list.map(nameOf), 5);
  const fallen = current === undefined ? [] : fallenWith(failed, current);
  return (
    <div class="summary" data-testid="summary">
      {failed.length === 0 ? (
        <span>Click what is to fail, or choose it in the lists.</span>
      ) : (
        <dl>
          <Part icon="missed" kind="failed" title={failed.length === 1 ? 'Fails' : 'Fail'} words={names(failed)} />
          <Part icon="down" kind="lost" title="Falls with it" words={fallen.length === 0 ? 'nothing' : names(fallen)} />
          <Part
            icon="lost"
            kind="serviceLost"
            title={current?.services.length === 1 ? 'Service lost' : 'Services lost'}
            words={current === undefined ? '…' : current.services.length === 0 ? 'none' : names(current.services)}
          />
        </dl>
      )}
      <span class="space" />
      {failed.length > 0 && (
        <button
          type="button"
          data-testid="mend-all"
          title="Nothing fails (Esc)"
          onClick={() => send({ type: 'mendAll' })}
        >
          <Icon name="again" /> Reset
        </button>
      )}
      <button
        type="button"
        data-testid="lists-toggle"
        aria-expanded={lists}
        title="Cut sets, and what takes most down"
        onClick={() => send({ type: 'toggleLists' })}
      >
        <Icon name="list" /> Lists
      </button>
    </div>
  );
}

interface PartProps {
  readonly icon: IconName;
  readonly kind: string;
  readonly title: string;
  readonly words: string;
}

const Part = ({ icon, kind, title, words }: PartProps) => (
  <div class={`part ${kind}`} data-testid={`summary-${kind}`}>
    <dt>
      <Icon name={icon} /> {title}:
    </dt>
    <dd>{words}</dd>
  </div>
);
