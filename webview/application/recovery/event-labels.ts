/** Where the words of the events stand under the time line: beside their mark, in as many rows as they need up to four, none over another. */
import { textWidth } from '../../../language/core/diagram/index.ts';
import type { TimelineEvent } from './events.ts';

export interface PlacedEvent {
  readonly event: TimelineEvent;
  /** Of the mark. */
  readonly x: number;
  /** Absent where the words do not fit; they are in the mark's tool tip. */
  readonly label: { readonly x: number; readonly row: number } | undefined;
}

const ROWS = 4;
const GAP = 8;

const IMPORTANCE = { step: 0, back: 1, deadline: 2, start: 3, end: 3 } as const;

export function placedEvents(
  events: readonly TimelineEvent[],
  width: number,
  horizonSeconds: number,
  fontPixels = 12,
): PlacedEvent[] {
  const rows: [number, number][][] = Array.from({ length: ROWS }, () => []);
  const marks = events
    .filter(({ kind }) => kind !== 'start' && kind !== 'end')
    .map((event) => ({ event, x: horizonSeconds > 0 ? (event.atSeconds / horizonSeconds) * width : 0 }));
  const labels = new Map<TimelineEvent, PlacedEvent['label']>();
  // The most important choose first.
  for (const { event, x } of [...marks].sort((a, b) => IMPORTANCE[a.event.kind] - IMPORTANCE[b.event.kind])) {
    const taken = textWidth(event.short, { size: fontPixels, bold: false });
    labels.set(event, firstFree(rows, x, taken, width));
  }
  return marks.map(({ event, x }) => ({ event, x, label: labels.get(event) }));
}

function firstFree(rows: [number, number][][], x: number, taken: number, width: number): PlacedEvent['label'] {
  for (const [row, spans] of rows.entries()) {
    for (const left of [x, x - taken]) {
      const right = left + taken;
      if (left < -1 || right > width + 1) continue;
      if (spans.some(([from, to]) => left < to + GAP && right > from - GAP)) continue;
      spans.push([left, right]);
      return { x: left, row };
    }
  }
  return undefined;
}
