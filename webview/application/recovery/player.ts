/** Runs the clock of a recovery in the browser's frames, and tells whoever draws. */
import type { Stood } from '../state.ts';
import { advanced, type Playback, soughtTo, startOf, withSpeed } from './clock.ts';

export interface Player {
  now(): Playback;
  change(next: (playback: Playback) => Playback): void;
  /** Called at every change, each frame while it plays. Returns how to stop. */
  watch(watcher: (playback: Playback) => void): () => void;
  stop(): void;
}

/** A frame that took longer (a hidden tab, a busy machine) does not make the clock leap. */
const LONGEST_FRAME_SECONDS = 0.25;

/** `from` is where it stood before: it goes on from there when it is told to. */
export function createPlayer(horizonSeconds: number, playing: boolean, from?: Stood): Player {
  let playback = startOf(horizonSeconds, playing);
  if (from !== undefined) playback = withSpeed(soughtTo(playback, from.atSeconds), from.speed);
  let frame: number | undefined;
  let last = 0;
  const watchers = new Set<(playback: Playback) => void>();

  const tick = (milliseconds: number): void => {
    frame = undefined;
    const elapsed = Math.min(LONGEST_FRAME_SECONDS, Math.max(0, (milliseconds - last) / 1000));
    last = milliseconds;
    set(advanced(playback, elapsed));
  };
  const set = (next: Playback): void => {
    if (next.playing && frame === undefined) {
      if (!playback.playing) last = performance.now();
      frame = requestAnimationFrame(tick);
    }
    if (next === playback) return;
    playback = next;
    for (const watcher of watchers) watcher(playback);
  };
  if (playback.playing) {
    last = performance.now();
    frame = requestAnimationFrame(tick);
  }
  return {
    now: () => playback,
    change: (next) => set(next(playback)),
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    stop() {
      if (frame !== undefined) cancelAnimationFrame(frame);
      watchers.clear();
    },
  };
}
