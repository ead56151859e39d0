/** What failures do to what is seen: told on each thing by a sign and words, and not by colour alone. */
import { type Box, type Diagram, type Layout, textWidth } from '../../language/core/diagram/index.ts';
import { element, group, textElement, translate } from './svg.ts';

/** Failed itself, falls with what failed, or is a service that is lost. */
export type Fate = 'failed' | 'lost' | 'serviceLost';

/** By the id of a node, or `operator:` and a vendor's name for its zone. Other things are up. */
export type Fates = ReadonlyMap<string, FateMark>;

export interface FateMark {
  readonly fate: Fate;
  /** Instead of those of the fate: a box of what is folded says how much in it is down. */
  readonly words?: string;
}

const FATE_WORDS: Readonly<Record<Fate, string>> = {
  failed: 'Fails',
  lost: 'Falls with it',
  serviceLost: 'Service lost',
};

/** Signs in a square of 10 by 10. */
export const FATE_SIGNS: Readonly<Record<Fate, string>> = {
  failed: 'M1 1l8 8M9 1l-8 8',
  lost: 'M5 0.5v8M1.5 5.5L5 9l3.5-3.5',
  serviceLost: 'M5 0.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9zM1.8 8.2L8.2 1.8',
};

const FONT = { size: 11.5, bold: true };
export const FATE_HEIGHT = 20;

/** How far a tag reaches below its node: more would hide the edges there, less the last words in the node. */
const BELOW = 14;
const CORNER = 14;
/** Half of an arrow's head. */
const END_AIR = 6;

export const fateWords = ({ fate, words }: FateMark): string => words ?? FATE_WORDS[fate];

export const fateWidth = (mark: FateMark): number => textWidth(fateWords(mark), FONT) + 32;

const WIDEST = Math.max(...(['failed', 'lost', 'serviceLost'] as const).map((fate) => fateWidth({ fate })));

/** What a fate does to the look of a node: `failed`, or `lost` for all that goes down with it. */
export const fateClass = (fate: Fate | undefined): string | undefined =>
  fate === undefined ? undefined : fate === 'failed' ? 'failed' : 'lost';

/** The lower left corner of a tag, and how far it may grow from there without leaving its node or hiding its title. */
export interface FateCorner {
  readonly x: number;
  readonly y: number;
  /** To the left of the corner, to the right of it, and upwards. */
  readonly before: number;
  readonly after: number;
  readonly above: number;
}

/** Of the tag of each thing that can have a fate. */
export function fateCorners(diagram: Diagram, layout: Layout): Map<string, FateCorner> {
  const corners = new Map<string, FateCorner>();
  const boxes = new Map(layout.nodes.map((box) => [box.id, box]));
  const ends = new Map<number, number[]>();
  for (const { points } of layout.edges) {
    for (const end of [points[0], points.at(-1)]) {
      if (end !== undefined) ends.set(end.y, [...(ends.get(end.y) ?? []), end.x]);
    }
  }
  const endsAt = (y: number, { x, width }: Box): number[] =>
    (ends.get(y) ?? []).filter((end) => end >= x && end <= x + width);
  const inTheOpen = diagram.nodes.flatMap(({ id, kind, container }) =>
    kind === 'junction' || container !== undefined ? [] : (boxes.get(id) ?? []),
  );
  for (const { id, kind, container, lines } of diagram.nodes) {
    const box = boxes.get(id);
    if (box === undefined || kind === 'junction') continue;
    const room = container === undefined ? roomAbove(box, inTheOpen) : 0;
    corners.set(id, cornerOf(box, endsAt, titleEnd(lines), room));
  }
  const headings = new Map(layout.containers.map(({ id, heading }) => [id, heading]));
  for (const { id, operator, headingWidth } of diagram.containers) {
    const heading = headings.get(id);
    if (operator === undefined || heading === undefined) continue;
    const [x, y] = [heading.x + headingWidth + 8, heading.y + FATE_HEIGHT / 2];
    corners.set(`operator:${operator}`, { x, y, before: 0, after: Number.MAX_SAFE_INTEGER, above: 2 * FATE_HEIGHT });
  }
  return corners;
}

/** From the upper side of a node up to the next one in the open, whose tag hangs below it. */
const roomAbove = ({ x, y, width }: Box, others: readonly Box[]): number =>
  Math.min(
    ...others
      .filter((other) => other.y < y && other.x < x + width && other.x + other.width > x)
      .map((other) => y - other.y - other.height),
  );

/** From the upper side of a node to the end of its title. */
const titleEnd = (lines: Diagram['nodes'][number]['lines']): number =>
  Math.max(0, ...lines.filter(({ role }) => role === 'title').map(({ y }) => y)) + DESCENT;
const DESCENT = 6;

/**
 * At the lower side; of what stands in the open also at the upper one, where only there it covers no end of an edge, and
 * there is room for it. In a zone there is the heading.
 */
function cornerOf(box: Box, endsAt: (y: number, box: Box) => number[], title: number, room: number): FateCorner {
  const bottom = box.y + box.height;
  const [low, high] = [bottom, box.y].map((y) => besideEnds(box, endsAt(y, box))) as [Beside, Beside];
  // A tag that hangs down there, a little air, and this one as far as it stands out of its node.
  const free = room - BELOW - AIR + FATE_HEIGHT - BELOW;
  const up = free >= FATE_HEIGHT && low.covered > 0 && high.covered === 0;
  const { x } = up ? high : low;
  return {
    x,
    y: up ? box.y + FATE_HEIGHT - BELOW : bottom + BELOW,
    before: x - box.x,
    after: box.x + box.width - x,
    above: up ? Math.min(2 * FATE_HEIGHT, free) : box.height + BELOW - title,
  };
}

const AIR = 4;

interface Beside {
  readonly x: number;
  /** How many ends of edges. */
  readonly covered: number;
}

/** The first place along a side of a node where its tag covers no end of an edge; else where it covers the fewest. */
function besideEnds({ x, width }: Box, ends: readonly number[]): Beside {
  const [first, last] = [x + CORNER, Math.max(x + CORNER, x + width - CORNER - WIDEST)];
  const places = [first, ...[...ends].sort((a, b) => a - b).map((end) => end + END_AIR), last].filter(
    (place) => place >= first && place <= last,
  );
  const covered = (place: number): number =>
    ends.filter((end) => end > place - END_AIR && end < place + WIDEST + END_AIR).length;
  const best = places.reduce((least, place) => (covered(place) < covered(least) ? place : least), first);
  return { x: best, covered: covered(best) };
}

/** The tags of a picture that stands still. */
export function drawFates(fates: Fates, diagram: Diagram, layout: Layout): string {
  const corners = fateCorners(diagram, layout);
  const tags = [...fates].map(([id, mark]) => {
    const corner = corners.get(id);
    return corner === undefined ? '' : drawTag(mark, corner.x, corner.y);
  });
  return group({ class: 'fates', 'aria-hidden': 'true' }, ...tags);
}

const drawTag = (mark: FateMark, x: number, y: number): string =>
  group(
    { class: `fate ${mark.fate}`, transform: translate(x, y) },
    element('rect', { y: -FATE_HEIGHT, width: fateWidth(mark), height: FATE_HEIGHT, rx: 4 }),
    element('path', { class: 'fate-sign', d: FATE_SIGNS[mark.fate], transform: translate(7, 5 - FATE_HEIGHT) }),
    textElement({ x: 23, y: 14 - FATE_HEIGHT }, fateWords(mark)),
  );
