import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Recovery } from '../../../language/protocol/pictures.ts';
import { useSize } from '../use-size.ts';
import { tickWords } from './chart-data.ts';
import { CHART_LEFT, CHART_RIGHT, colourOf } from './chart-drawing.ts';
import { type Playback, soughtTo } from './clock.ts';
import { cssOf, type Palette } from './colours.ts';
import { type PlacedEvent, placedEvents } from './event-labels.ts';
import type { TimelineEvent } from './events.ts';
import type { Player } from './player.ts';
import { clockWords } from './words.ts';

export interface ScrubberProps {
  readonly recovery: Recovery;
  readonly events: readonly TimelineEvent[];
  readonly player: Player;
  readonly palette: Palette;
}

/** The time line under the chart: as wide as its plotting area, so that both say the same time at the same place. */
export function Scrubber({ recovery, events, player, palette }: ScrubberProps) {
  const { horizonSeconds, firstStepSeconds } = recovery.scenario;
  const frame = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const { width } = useSize(frame);
  const placed = useMemo(() => placedEvents(events, width, horizonSeconds), [events, width, horizonSeconds]);
  useLayoutEffect(() => {
    const follow = ({ atSeconds }: Playback): void => {
      const element = input.current;
      if (element === null) return;
      element.value = String(atSeconds);
      element.setAttribute('aria-valuetext', clockWords(atSeconds, firstStepSeconds, horizonSeconds));
      element.style.setProperty('--share', String(horizonSeconds > 0 ? atSeconds / horizonSeconds : 0));
    };
    follow(player.now());
    return player.watch(follow);
  }, [player, firstStepSeconds, horizonSeconds]);
  return (
    <div ref={frame} class="scrubber" style={{ marginLeft: `${CHART_LEFT}px`, marginRight: `${CHART_RIGHT}px` }}>
      <input
        ref={input}
        type="range"
        data-testid="scrub"
        aria-label="Time"
        min={0}
        max={horizonSeconds}
        step={horizonSeconds >= 1000 ? 1 : 'any'}
        onInput={(event) => {
          const seconds = Number(event.currentTarget.value);
          player.change((now) => soughtTo(now, seconds));
        }}
      />
      {/* The pointer's way to the events; the keyboard has the arrow keys and the buttons. */}
      <div class={`event-marks rows-${rowsOf(placed)}`} aria-hidden="true">
        {placed.map(({ event, x, label }) => {
          const words = `${tickWords(event.atSeconds - firstStepSeconds)}: ${event.text}`;
          const go = (): void => player.change((now) => soughtTo(now, event.atSeconds));
          return (
            <button key={words} type="button" tabIndex={-1} class="event-mark" title={words} onClick={go}>
              <i style={{ left: `${x}px`, ...markColour(event, palette) }} />
              {label !== undefined && (
                <span class={`row-${label.row}`} style={{ left: `${label.x}px` }}>
                  {event.short}
                </span>
              )}
            </button>
          );
        })}
      </div>
    </div>
  );
}

const rowsOf = (placed: readonly PlacedEvent[]): number =>
  placed.reduce((most, { label }) => Math.max(most, (label?.row ?? 0) + 1), 1);

/** In the colour of the architecture's line. */
const markColour = ({ result }: TimelineEvent, palette: Palette) =>
  result === undefined ? {} : { backgroundColor: cssOf(colourOf(result, palette)) };
