/** The keys of a recovery. */
import { useEffect } from 'preact/hooks';
import { toggled } from './clock.ts';
import { nextEvent, previousEvent, type TimelineEvent } from './events.ts';
import type { Player } from './player.ts';
import { goTo } from './transport.tsx';

export interface RecoveryKeys {
  readonly player: Player;
  readonly events: readonly TimelineEvent[];
  readonly announce: (text: string) => void;
  readonly onClose: () => void;
  readonly present: () => void;
  /** Enlarges one picture, from 1, or shows all again. */
  readonly enlarge: (place: number) => boolean;
}

export function useRecoveryKeys(keys: RecoveryKeys): void {
  const { player, events, announce, onClose, present, enlarge } = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (pressRecoveryKey(event, keys)) event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [player, events, announce, onClose, present, enlarge]);
}

/** Whether the key meant something. What a control does with a key by itself goes first. */
function pressRecoveryKey(
  event: KeyboardEvent,
  { player, events, announce, onClose, present, enlarge }: RecoveryKeys,
): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLSelectElement) return false;
  // But the time line's arrow keys go to the events, as everywhere.
  if (event.target instanceof HTMLInputElement && event.target.dataset.testid !== 'scrub') return false;
  const onButton = event.target instanceof HTMLButtonElement;
  if (event.key === ' ' && !onButton) player.change(toggled);
  else if (event.key === 'ArrowLeft') goTo(previousEvent(events, player.now().atSeconds), player, announce);
  else if (event.key === 'ArrowRight') goTo(nextEvent(events, player.now().atSeconds), player, announce);
  else if (event.key === 'p') present();
  else if (event.key === 'Escape') onClose();
  else if (/^[1-4]$/.test(event.key)) return enlarge(Number(event.key));
  else return false;
  return true;
}
