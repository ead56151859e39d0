import type { Failure } from '../../../language/protocol/faults.ts';
import { Icon } from '../icon.tsx';
import type { Event } from '../state.ts';
import { Rows } from './rows.tsx';
import type { FaultState } from './state.ts';
import { countWords, cutWords, type NameOf, sameEvents } from './words.ts';

export interface CutSetListProps {
  readonly faults: FaultState;
  readonly service: string;
  readonly services: readonly string[];
  readonly nameOf: NameOf;
  readonly known: ReadonlyMap<string, Failure>;
  readonly send: (event: Event) => void;
}

/** The minimal cut sets of a service, from the smallest; one that is chosen happens in the picture. */
export function CutSetList({ faults, service, services, nameOf, known, send }: CutSetListProps) {
  const { cutSets, externalOnly, asked, refusals, failed } = faults;
  const found = cutSets?.service === service && cutSets.externalOnly === externalOnly ? cutSets : undefined;
  return (
    <>
      <div class="list-controls">
        {services.length > 1 ? (
          <label class="field">
            <span class="always">Service</span>
            <select
              data-testid="cut-set-service"
              value={service}
              onChange={(event) => send({ type: 'chooseService', service: event.currentTarget.value })}
            >
              {services.map((name) => (
                <option key={name} value={name}>
                  {nameOf(name)}
                </option>
              ))}
            </select>
          </label>
        ) : (
          <strong>{nameOf(service)}</strong>
        )}
        <button type="button" data-testid="cut-set-tree" onClick={() => send({ type: 'showFaultTree', service })}>
          <Icon name="tree" /> Fault tree
        </button>
        <label class="check">
          <input
            type="checkbox"
            data-testid="external-only"
            checked={externalOnly}
            onChange={(event) => send({ type: 'chooseExternal', externalOnly: event.currentTarget.checked })}
          />
          External events only
        </label>
      </div>
      <p class="count" data-testid="cut-set-count" aria-live="polite">
        {refusals.cutSets ?? (found ? countWords(found) : 'Counting…')}
      </p>
      {found !== undefined && (
        <Rows
          rows={found.sets}
          keyOf={(set) => set.join('\n')}
          label={`Minimal cut sets of ${nameOf(service)}`}
          isPressed={(set) => sameEvents(set, failed)}
          onPress={(set) => send(sameEvents(set, failed) ? { type: 'mendAll' } : { type: 'failExactly', events: set })}
        >
          {(set) => (
            <>
              <span class="order">order {set.length}</span>
              <span class="events">
                {set.map((name) => (
                  <span key={name} class={`event-name${partyClass(known.get(name))}`}>
                    {nameOf(name)}
                    <small>{known.get(name)?.caption}</small>
                  </span>
                ))}
              </span>
            </>
          )}
        </Rows>
      )}
      {found !== undefined && !found.allListed && (
        <p class="count">
          {cutWords(found)}{' '}
          <button
            type="button"
            class="more"
            data-testid="more-cut-sets"
            disabled={asked.cutSets !== undefined}
            onClick={() => send({ type: 'moreCutSets' })}
          >
            List more
          </button>
        </p>
      )}
    </>
  );
}

export const partyClass = (failure: Failure | undefined): string =>
  failure?.party === undefined ? (failure?.kind === 'hazard' ? ' is-hazard' : '') : ` is-${failure.party}`;
