/** The one clock of a recovery, as a value. */

export interface Playback {
  readonly atSeconds: number;
  readonly horizonSeconds: number;
  readonly playing: boolean;
  /** Simulated seconds to a second. */
  readonly speed: number;
}

export interface Speed {
  readonly speed: number;
  readonly words: string;
}

const SPEEDS: readonly Speed[] = [
  { speed: 1, words: '1 s/s' },
  { speed: 10, words: '10 s/s' },
  { speed: 30, words: '30 s/s' },
  { speed: 60, words: '1 min/s' },
  { speed: 300, words: '5 min/s' },
  { speed: 600, words: '10 min/s' },
  { speed: 1800, words: '30 min/s' },
  { speed: 3600, words: '1 h/s' },
  { speed: 7200, words: '2 h/s' },
  { speed: 21_600, words: '6 h/s' },
  { speed: 86_400, words: '1 d/s' },
  { speed: 604_800, words: '7 d/s' },
];

const WHOLE_RUN_SECONDS = 30;
const SHORTEST_RUN_SECONDS = 2;
const LONGEST_RUN_SECONDS = 3600;

/** The speeds that make sense for a run of this length: neither over at once nor never. */
export function speedsFor(horizonSeconds: number): readonly Speed[] {
  const sensible = SPEEDS.filter(({ speed }) => {
    const seconds = horizonSeconds / speed;
    return seconds >= SHORTEST_RUN_SECONDS && seconds <= LONGEST_RUN_SECONDS;
  });
  return sensible.length > 0 ? sensible : [nearest(SPEEDS, horizonSeconds)];
}

/** The speed at which the whole run takes about half a minute. */
export const defaultSpeed = (horizonSeconds: number): number =>
  nearest(speedsFor(horizonSeconds), horizonSeconds).speed;

function nearest(speeds: readonly Speed[], horizonSeconds: number): Speed {
  const distance = ({ speed }: Speed) => Math.abs(Math.log(horizonSeconds / speed / WHOLE_RUN_SECONDS));
  return speeds.reduce((best, speed) => (distance(speed) < distance(best) ? speed : best));
}

export const startOf = (horizonSeconds: number, playing: boolean): Playback => ({
  atSeconds: 0,
  horizonSeconds,
  playing,
  speed: defaultSpeed(horizonSeconds),
});

/** A frame later. At the end it stops. */
export function advanced(playback: Playback, elapsedSeconds: number): Playback {
  if (!playback.playing) return playback;
  const atSeconds = playback.atSeconds + elapsedSeconds * playback.speed;
  if (atSeconds < playback.horizonSeconds) return { ...playback, atSeconds };
  return { ...playback, atSeconds: playback.horizonSeconds, playing: false };
}

/** Going somewhere stops the clock: whoever goes to a moment wants to look at it. */
export const soughtTo = (playback: Playback, atSeconds: number): Playback => ({
  ...playback,
  playing: false,
  atSeconds: Math.min(playback.horizonSeconds, Math.max(0, Number.isFinite(atSeconds) ? atSeconds : 0)),
});

/** From the end it begins again. */
export const toggled = (playback: Playback): Playback => ({
  ...playback,
  playing: !playback.playing,
  atSeconds: !playback.playing && playback.atSeconds >= playback.horizonSeconds ? 0 : playback.atSeconds,
});

export const withSpeed = (playback: Playback, speed: number): Playback =>
  speed > 0 ? { ...playback, speed } : playback;
