import { useEffect, useRef, useState } from 'preact/hooks';
import type { Recovery } from '../../../language/protocol/pictures.ts';
import { Icon } from '../icon.tsx';
import { tickWords } from './chart-data.ts';
import { type Playback, soughtTo, speedsFor, toggled, withSpeed } from './clock.ts';
import { eventAt, nextEvent, previousEvent, type TimelineEvent } from './events.ts';
import type { Player } from './player.ts';
import { clockWords } from './words.ts';

const CLOCK_MILLISECONDS = 100;

/** What of the clock a component shows. While it runs, no more than ten times a second: nobody reads faster. */
export function useClock<Value>(player: Player, pick: (playback: Playback) => Value): Value {
  const [value, setValue] = useState(() => pick(player.now()));
  const latest = useRef(pick);
  latest.current = pick;
  useEffect(() => {
    let read = Number.NEGATIVE_INFINITY;
    setValue(() => latest.current(player.now()));
    return player.watch((playback) => {
      const now = performance.now();
      if (playback.playing && now - read < CLOCK_MILLISECONDS) return;
      read = now;
      setValue(() => latest.current(playback));
    });
  }, [player]);
  return value;
}

export interface TransportProps {
  readonly recovery: Recovery;
  readonly events: readonly TimelineEvent[];
  readonly player: Player;
  readonly announce: (text: string) => void;
  readonly presenting: boolean;
  readonly onPresent: () => void;
}

/** Goes to an event and says which one it is. */
export function goTo(event: TimelineEvent | undefined, player: Player, announce: (text: string) => void): void {
  if (event === undefined) return;
  player.change((now) => soughtTo(now, event.atSeconds));
  announce(event.text);
}

export function Transport({ recovery, events, player, announce, presenting, onPresent }: TransportProps) {
  const { horizonSeconds, firstStepSeconds, steps } = recovery.scenario;
  const playing = useClock(player, (playback) => playback.playing);
  const speed = useClock(player, (playback) => playback.speed);
  const clock = useClock(player, ({ atSeconds }) => clockWords(atSeconds, firstStepSeconds, horizonSeconds));
  const happened = useClock(player, ({ atSeconds }) => {
    const event = eventAt(events, atSeconds);
    return event === undefined ? '' : `${tickWords(event.atSeconds - firstStepSeconds)}: ${event.text}`;
  });
  return (
    <div class="transport" role="toolbar" aria-label="Playback">
      <button
        type="button"
        class="icon-button"
        data-testid="previous-event"
        aria-label="Previous event"
        title="Previous event (←)"
        onClick={() => goTo(previousEvent(events, player.now().atSeconds), player, announce)}
      >
        <Icon name="previous" />
      </button>
      <button
        type="button"
        class="primary play-button"
        data-testid="play"
        data-playing={String(playing)}
        title={playing ? 'Pause (Space)' : 'Play (Space)'}
        onClick={() => player.change(toggled)}
      >
        <Icon name={playing ? 'pause' : 'play'} /> {playing ? 'Pause' : 'Play'}
      </button>
      <button
        type="button"
        class="icon-button"
        data-testid="next-event"
        aria-label="Next event"
        title="Next event (→)"
        onClick={() => goTo(nextEvent(events, player.now().atSeconds), player, announce)}
      >
        <Icon name="next" />
      </button>
      <label class="field">
        Speed
        <select
          data-testid="speed"
          value={String(speed)}
          onChange={(event) => player.change((now) => withSpeed(now, Number(event.currentTarget.value)))}
        >
          {speedsFor(horizonSeconds).map(({ speed: value, words }) => (
            <option key={value} value={String(value)}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        data-testid="present"
        aria-pressed={presenting}
        title={presenting ? 'Back to the editor (Esc)' : 'The whole window, for a projector (p)'}
        onClick={onPresent}
      >
        {presenting ? 'End' : 'Present'}
      </button>
      <div class="time">
        <output class="clock" data-testid="clock" title={`T: ${steps[0]?.text ?? 'the first step'}`}>
          {clock}
        </output>
        <span class="clock-event" title={happened}>
          {happened}
        </span>
      </div>
    </div>
  );
}
