/** An edge's way along a channel; `key` is shared by edges that may run on one track. */
export interface Segment {
  readonly piece: string;
  /** Which of the piece's channels it is, counted from the piece's start. */
  readonly index: number;
  readonly key: string;
  readonly from: number;
  readonly to: number;
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

/** Tracks by the left end first, each segment on the first track that is free: as many as run side by side anywhere. */
export function tracksOf(segments: readonly Segment[]): Tracks {
  const spans = new Map<string, { from: number; to: number; labelHeight: number; segments: Segment[] }>();
  for (const segment of segments) {
    const key = segment.label === undefined ? segment.key : `${segment.piece}|label`;
    const half = (segment.label?.width ?? 0) / 2;
    const middle = (segment.from + segment.to) / 2;
    const from = Math.min(segment.from, segment.to, middle - half);
    const to = Math.max(segment.from, segment.to, middle + half);
    const span = spans.get(key);
    const labelHeight = segment.label?.height ?? 0;
    if (span === undefined) spans.set(key, { from, to, labelHeight, segments: [segment] });
    else {
      span.from = Math.min(span.from, from);
      span.to = Math.max(span.to, to);
      span.segments.push(segment);
    }
  }
  const ordered = [...spans.values()].sort((a, b) => a.from - b.from || a.to - b.to);
  const labelled = colour(ordered.filter(({ labelHeight }) => labelHeight > 0));
  // What runs straight on takes no track.
  const running = ordered.filter(({ labelHeight, from, to }) => labelHeight === 0 && to - from > 0.05);
  const plain = colour(running);
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
