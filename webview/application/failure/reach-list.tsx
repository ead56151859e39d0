import type { Failure } from '../../../language/protocol/faults.ts';
import type { Event } from '../state.ts';
import { partyClass } from './cut-set-list.tsx';
import { Rows } from './rows.tsx';
import type { FaultState } from './state.ts';
import { shortReach } from './words.ts';

export interface ReachListProps {
  readonly faults: FaultState;
  readonly send: (event: Event) => void;
  readonly onPoint: (event: string | undefined) => void;
}

/** All that can fail, operators that no node stands for included: what takes most down stands first. */
export function ReachList({ faults, send, onPoint }: ReachListProps) {
  const { failures, refusals, failed } = faults;
  if (failures === undefined) return <p class="count">{refusals.failures ?? 'Counting…'}</p>;
  return (
    <Rows<Failure>
      rows={failures.failures}
      keyOf={({ name }) => name}
      label="What takes most down"
      stacked={true}
      isPressed={({ name }) => failed.includes(name)}
      onPress={({ name }) => send({ type: 'fail', event: name })}
      onPoint={(failure) => onPoint(failure?.name)}
    >
      {(failure) => (
        <>
          <span class={`event-name${partyClass(failure)}`}>
            {failure.label}
            <small>{failure.caption}</small>
          </span>
          <span class="reach">{shortReach(failure)}</span>
        </>
      )}
    </Rows>
  );
}
