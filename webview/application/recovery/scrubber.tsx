import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Recovery } from '../../../language/protocol/pictures.ts';
import { useSize } from '../use-size.ts';
import { tickWords } from './chart-data.ts';
import { CHART_RIGHT, chartLeft, colourOf } from './chart-drawing.ts';
import { type Playback, soughtTo } from './clock.ts';
import { cssOf, type Palette } from './colours.ts';
import { type PlacedEvent, placedEvents } from './event-labels.ts';
import type { TimelineEvent } from './events.ts';
import type { Player } from './player.ts';
import { clear, fitCanvas } from './stage-canvas.ts';
import { clockWords } from './words.ts';

export interface ScrubberProps {
  readonly recovery: Recovery;
  readonly events: readonly TimelineEvent[];
  readonly player: Player;
  readonly palette: Palette;
}

/** A page lays itself out anew when a range input moves; so while the clock runs, it moves seldom, and what is seen of it always. */
const TELL_MILLISECONDS = 250;

/** The time line under the chart: as wide as its plotting area, so that both say the same time at the same place. */
export function Scrubber({ recovery, events, player, palette }: ScrubberProps) {
  const { horizonSeconds, firstStepSeconds } = recovery.scenario;
  const { fontPixels } = palette;
  const frame = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const track = useRef<HTMLCanvasElement>(null);
  const { width } = useSize(frame);
  const placed = useMemo(
    () => placedEvents(events, width, horizonSeconds, fontPixels),
    [events, width, horizonSeconds, fontPixels],
  );
  useLayoutEffect(() => {
    let told = Number.NEGATIVE_INFINITY;
    const follow = ({ atSeconds, playing }: Playback): void => {
      const share = horizonSeconds > 0 ? atSeconds / horizonSeconds : 0;
      if (track.current !== null) drawTrack(track.current, width, share, palette);
      const element = input.current;
      const now = performance.now();
      if (element === null || (playing && now - told < TELL_MILLISECONDS)) return;
      told = now;
      element.value = String(atSeconds);
      element.setAttribute('aria-valuetext', clockWords(atSeconds, firstStepSeconds, horizonSeconds));
    };
    follow(player.now());
    return player.watch(follow);
  }, [player, firstStepSeconds, horizonSeconds, width, palette]);
  return (
    <div
      ref={frame}
      class="scrubber"
      style={{ marginLeft: `${chartLeft(palette)}px`, marginRight: `${CHART_RIGHT}px` }}
    >
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
      <canvas ref={track} class="scrubber-track" style={{ position: 'absolute' }} />
      {/* The pointer's way to the events; the keyboard has the arrow keys and the buttons. */}
      <div class={`event-marks rows-${rowsOf(placed)}`} style={{ fontSize: `${fontPixels}px` }} aria-hidden="true">
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

const THUMB = 7;
const TRACK_HEIGHT = 20;

/** Like the range input that lies over it and is not seen; it begins and ends half a thumb beyond the time line. */
function drawTrack(canvas: HTMLCanvasElement, width: number, share: number, palette: Palette): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  fitCanvas(canvas, { width: width + 2 * THUMB, height: TRACK_HEIGHT });
  clear(context);
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  context.fillStyle = palette.grid;
  context.fillRect(THUMB, TRACK_HEIGHT / 2 - 2, width, 4);
  context.fillStyle = palette.focus;
  context.fillRect(THUMB, TRACK_HEIGHT / 2 - 2, width * share, 4);
  context.strokeStyle = palette.background;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(THUMB + width * share, TRACK_HEIGHT / 2, THUMB - 1, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

const rowsOf = (placed: readonly PlacedEvent[]): number =>
  placed.reduce((most, { label }) => Math.max(most, (label?.row ?? 0) + 1), 1);

/** In the colour of the architecture's line. */
const markColour = ({ result }: TimelineEvent, palette: Palette) =>
  result === undefined ? {} : { backgroundColor: cssOf(colourOf(result, palette)) };
