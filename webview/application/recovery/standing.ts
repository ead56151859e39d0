import { useEffect } from 'preact/hooks';
import type { Stood } from '../state.ts';
import type { Player } from './player.ts';

const STAND_MILLISECONDS = 1000;

/** Says now and then where the clock stands, and soon after it has come to rest. */
export function useStanding(player: Player, onStand: ((stood: Stood) => void) | undefined): void {
  useEffect(() => {
    if (onStand === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (): void => {
      timer = undefined;
      const { atSeconds, speed } = player.now();
      onStand({ atSeconds, speed });
    };
    const later = (): void => {
      timer ??= setTimeout(tell, STAND_MILLISECONDS);
    };
    later();
    const unwatch = player.watch(later);
    return () => {
      unwatch();
      clearTimeout(timer);
    };
  }, [player, onStand]);
}
