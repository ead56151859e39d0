/** An edge's way along a channel; `key` is shared by edges that may run on one track. */
export interface Segment {
  readonly piece: string;
  /** Which of the piece's channels it is, counted from the piece's start. */
  readonly index: number;
  readonly key: string;
  readonly from: number;
  readonly to: number;
  /** On which sides of the channel the two ends are left for: the row above it or the one below. */
  readonly fromAbove: boolean;
  readonly toAbove: boolean;
  readonly label?: { readonly width: number; readonly height: number };
}

export interface Tracks {
  readonly height: number;
  /** By `piece|index`: how far below the channel's beginning the track is. */
  readonly offsets: ReadonlyMap<string, number>;
}

const AIR = 10;
const PITCH = 12;
/** Tracks of one channel take no more than this: then they stand closer. */
const MOST_HEIGHT = 180;

/**
 * Tracks by the left end first, each segment on the first track that is free: as many as run side by side anywhere.
 * Which track lies above which is what makes the fewest cross.
 */
export function tracksOf(segments: readonly Segment[]): Tracks {
  const spans = new Map<string, Span>();
  for (const segment of segments) {
    const key = segment.label === undefined ? segment.key : `${segment.piece}|label`;
    const half = (segment.label?.width ?? 0) / 2;
    const middle = (segment.from + segment.to) / 2;
    const from = Math.min(segment.from, segment.to, middle - half);
    const to = Math.max(segment.from, segment.to, middle + half);
    const span = spans.get(key);
    const labelHeight = segment.label?.height ?? 0;
    if (span === undefined) {
      const fresh: Span = { from, to, labelHeight, segments: [segment], ups: new Set(), downs: new Set() };
      spans.set(key, fresh);
      leave(fresh, segment);
    } else {
      span.from = Math.min(span.from, from);
      span.to = Math.max(span.to, to);
      span.segments.push(segment);
      leave(span, segment);
    }
  }
  const ordered = [...spans.values()].sort((a, b) => a.from - b.from || a.to - b.to);
  const labelled = uncrossed(colour(ordered.filter(({ labelHeight }) => labelHeight > 0)));
  // What runs straight on takes no track.
  const running = ordered.filter(({ labelHeight, from, to }) => labelHeight === 0 && to - from > 0.05);
  const plain = uncrossed(colour(running));
  const straight = ordered.filter((span) => span.labelHeight === 0 && !running.includes(span));

  const offsets = new Map<string, number>();
  const put = (span: { segments: Segment[] }, offset: number) => {
    for (const { piece, index } of span.segments) offsets.set(`${piece}|${index}`, offset);
  };
  let height = 0;
  for (const track of labelled) {
    const tallest = Math.max(...track.map(({ labelHeight }) => labelHeight));
    if (height > 0) height += AIR;
    for (const span of track) put(span, height + tallest / 2);
    height += tallest;
  }
  const pitch = Math.min(PITCH, MOST_HEIGHT / Math.max(1, plain.length));
  if (labelled.length > 0 && plain.length > 0) height += AIR;
  for (const [index, track] of plain.entries()) for (const span of track) put(span, height + index * pitch);
  height += Math.max(0, plain.length - 1) * pitch;
  for (const span of straight) put(span, height / 2);
  // One track alone has no height, and still wants the room of a channel.
  return { height: plain.length + labelled.length === 0 ? 0 : Math.max(height, 1), offsets };
}

interface Span {
  from: number;
  to: number;
  readonly labelHeight: number;
  readonly segments: Segment[];
  /** Where it is left for the row above, and for the one below. */
  readonly ups: Set<number>;
  readonly downs: Set<number>;
}

function leave({ ups, downs }: Span, { from, to, fromAbove, toAbove }: Segment): void {
  (fromAbove ? ups : downs).add(from);
  (toAbove ? ups : downs).add(to);
}

/** Two that run over each other cannot be told apart: worse than any crossing. */
const OVER_EACH_OTHER = 5;
const NEAR = 6;

/** How often two spans cross when the one lies above the other. */
function crossingsOf(above: Span, below: Span): number {
  if (above.to + NEAR <= below.from || below.to + NEAR <= above.from) return 0;
  let count = 0;
  for (const x of above.downs) {
    if (x > below.from && x < below.to) count++;
    for (const other of below.ups) if (Math.abs(x - other) < NEAR) count += OVER_EACH_OTHER;
  }
  for (const x of below.ups) if (x > above.from && x < above.to) count++;
  return count;
}

const MOST_PASSES = 8;
/** Each is held against each; where more run nobody follows one. */
const MOST_SPANS = 120;

/** The tracks from top to bottom: each moves to where it crosses the fewest, until none is better off elsewhere. */
function uncrossed(tracks: Span[][]): Span[][] {
  if (tracks.reduce((sum, { length }) => sum + length, 0) > MOST_SPANS) return tracks;
  const between = tracks.map((above) =>
    tracks.map((below) =>
      above === below
        ? 0
        : above.reduce((sum, span) => sum + below.reduce((more, other) => more + crossingsOf(span, other), 0), 0),
    ),
  );
  const cost = (above: number, below: number): number => between[above]?.[below] ?? 0;
  let order = tracks.map((_, index) => index);
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let better = false;
    for (const track of tracks.keys()) {
      const rest = order.filter((other) => other !== track);
      // From the place above all others down, how much more crosses than there.
      let [at, gain, best] = [0, 0, 0];
      const gains = [0, ...rest.map((other) => (gain += cost(other, track) - cost(track, other)))];
      for (const [place, more] of gains.entries()) if (more < best) [at, best] = [place, more];
      if (best >= (gains[order.indexOf(track)] ?? 0)) continue;
      order = [...rest.slice(0, at), track, ...rest.slice(at)];
      better = true;
    }
    if (!better) break;
  }
  return order.map((index) => tracks[index] ?? []);
}

function colour<Span extends { readonly from: number; readonly to: number }>(spans: readonly Span[]): Span[][] {
  const tracks: { end: number; spans: Span[] }[] = [];
  for (const span of spans) {
    const free = tracks.find(({ end }) => end + AIR <= span.from);
    if (free === undefined) tracks.push({ end: span.to, spans: [span] });
    else {
      free.end = span.to;
      free.spans.push(span);
    }
  }
  return tracks.map((track) => track.spans);
}
