import ElkConstructor from 'elkjs/lib/elk.bundled.js';
import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js';
import { type Diagram, geometryOf, type Layout } from '../core/diagram/index.ts';
import { type BoardOptions, boardLayoutOf } from './board-layout.ts';
import { LEAST_ASPECT, layoutOf } from './compose.ts';
import type { LayoutEngine, LayoutOptions } from './engine.ts';
import { type Direction, elkGraphOf, paddingOf } from './graph.ts';
import { type PartLayout, partLayoutOf, withHeading } from './part-layout.ts';
import { type Child, type Part, type Parts, partsOf } from './parts.ts';
import { pinnedRowsOf } from './pinned-rows.ts';
import { mostMoved, type Pins, pinsOf, relabelled } from './pins.ts';
import { roomFor, rowsOf, type Size } from './rows.ts';
import { straighten } from './straighten.ts';

/** As much of ELK as is used here: any instance will do, one of its own worker's included. */
export interface Elk {
  layout(graph: ElkNode): Promise<ElkNode>;
}

/** Width by height of what stands in a part, before edges take their room between the rows. */
const CONTENT_ASPECT = 2.2;
const MOST_ASPECT = 2;
/** A shape that differs from the one asked for by no more is not worth another layout. */
const CLOSE_ENOUGH = 1.08;
/** A smaller picture is laid out a few times, to fill its panel as well as it can. */
const MOST_NODES_TO_TRY = 300;
const MOST_TRIES = 3;
/**
 * ELK takes some 50 ms for a part of a dozen, and has no bound on how wide it makes a larger one: it is for pictures
 * that are seen whole. What is more goes on the board.
 */
const MOST_NODES_FOR_ELK = 12;
const MOST_CHILDREN_FOR_ELK = 24;
/** A new layout that moves nothing farther is taken for the better one; else all is pinned to where it was. */
const MOST_MOVED = 100;
/** Of the nodes, how many must have been there for the old picture to be worth keeping. */
const LEAST_KNOWN = 0.6;

/** Three nodes stand side by side in the smallest group. */
const LEAST_ROOM = 960;

interface Asked {
  readonly direction: Direction;
  readonly room: number;
  readonly pins?: Pins;
  /** What the whole is to fill, where that is known. */
  readonly aspect?: number | undefined;
  /** By how much groups are wider than they would be by themselves. */
  readonly stretch?: number;
}

/** Without an ELK given, one is made when the first picture needs it: that takes as long as a layout. */
export function createElkEngine(given?: Elk): LayoutEngine {
  let elk = given;

  async function layOutTowards(diagram: Diagram, direction: Direction, options: LayoutOptions = {}): Promise<Layout> {
    const { previous } = options;
    return previous !== undefined && geometryOf(previous.diagram) === geometryOf(diagram)
      ? relabelled(previous, diagram)
      : straighten(diagram, await composed(diagram, direction, options));
  }

  async function composed(
    diagram: Diagram,
    direction: Direction,
    { previous, aspect }: LayoutOptions,
  ): Promise<Layout> {
    const parts = partsOf(diagram);
    const room = roomFor(diagram.nodes, CONTENT_ASPECT);
    const small = diagram.nodes.length <= MOST_NODES_FOR_ELK;
    const pins = previous && pinsOf(diagram, previous);
    const pinned = previous !== undefined && pins !== undefined && pins.known >= LEAST_KNOWN * diagram.nodes.length;
    const fresh = async () =>
      small
        ? layoutOf(diagram, parts, await layOutParts(parts, { direction, room }), {
            aspect,
            before: pinned ? previous?.layout : undefined,
          })
        : layOutLarge(diagram, parts, { direction, room, aspect });
    if (!pinned) return fresh();
    const stable = layoutOf(diagram, parts, boardsOf(parts, { direction, room, pins }), {
      aspect,
      before: previous.layout,
    });
    if (!small) return stable;
    const better = await fresh();
    const moved = mostMoved(previous, better);
    return moved <= MOST_MOVED || moved < mostMoved(previous, stable) ? better : stable;
  }

  /** Part by part, inner parts first, on ELK where it can be. */
  async function layOutParts(parts: Parts, asked: Asked): Promise<Map<Part, PartLayout>> {
    const layouts = new Map<Part, PartLayout>();
    for (const part of parts.all) {
      const { rows, layered, options } = arranged(part, layouts, asked);
      const onElk = layered && part.children.length <= MOST_CHILDREN_FOR_ELK;
      const layout = onElk ? await askElk(part, rows, options) : boardLayoutOf(part, rows, options);
      layouts.set(part, part.container === undefined ? layout : withHeading(layout, part.container));
    }
    return layouts;
  }

  async function askElk(part: Part, rows: readonly (readonly Child[])[], { inner, direction }: BoardOptions) {
    const graph = elkGraphOf(part, rows, inner, direction);
    elk ??= newElk();
    const answer = await elk.layout({ id: 'frame', layoutOptions: { 'elk.algorithm': 'fixed' }, children: [graph] });
    return partLayoutOf(part, answer.children?.[0] ?? graph);
  }

  return {
    async layOut(diagram, options = {}) {
      const { direction = 'down', aspect = 1 } = options;
      if (direction !== 'fit') return layOutTowards(diagram, direction, options);
      const scale = ({ width, height }: Layout) => Math.min(aspect / width, 1 / height);
      const down = await layOutTowards(diagram, 'down');
      const right = await layOutTowards(diagram, 'right');
      return scale(right) > scale(down) ? right : down;
    },
  };
}

/**
 * How much room edges take is known when they are drawn: what does not fill what it is for is drawn again, wider or
 * narrower, and taken if that shows it larger.
 */
function layOutLarge(diagram: Diagram, parts: Parts, asked: Asked): Layout {
  const aspect = asked.aspect ?? LEAST_ASPECT;
  const scale = ({ width, height }: Layout) => Math.min(aspect / width, 1 / height);
  const most = diagram.nodes.length <= MOST_NODES_TO_TRY ? MOST_TRIES : 1;
  let room = asked.room;
  let best = layoutOf(diagram, parts, boardsOf(parts, asked), { aspect });
  for (let [tries, last] = [0, best]; tries < most; tries++) {
    const lacking = lackingWidth(withoutHazards(diagram, last), asked);
    if (lacking > 1 / CLOSE_ENOUGH && lacking < CLOSE_ENOUGH) break;
    room *= Math.min(2, Math.max(0.5, Math.sqrt(lacking > 1 ? 1.2 * lacking : lacking)));
    last = layoutOf(diagram, parts, boardsOf(parts, { ...asked, room, stretch: room / asked.room }), { aspect });
    if (scale(last) > scale(best)) best = last;
  }
  return best;
}

/** Where hazards stand is chosen when all else is drawn. */
function withoutHazards(diagram: Diagram, { nodes, containers }: Layout): Size {
  const hazards = new Set(diagram.nodes.flatMap(({ id, kind }) => (kind === 'hazard' ? [id] : [])));
  const boxes = [...nodes.filter(({ id }) => !hazards.has(id)), ...containers];
  return {
    width: boxes.reduce((most, { x, width }) => Math.max(most, x + width), 1),
    height: boxes.reduce((most, { y, height }) => Math.max(most, y + height), 1),
  };
}

/** How many times as long its rows should be. Unless it is known what it is to fill, only what is too high is so. */
function lackingWidth({ width, height }: Size, { direction, aspect }: Asked): number {
  const shape = width / height;
  if (aspect !== undefined) return direction === 'down' ? aspect / shape : shape / aspect;
  return Math.max(1, direction === 'down' ? LEAST_ASPECT / shape : shape / MOST_ASPECT);
}

function boardsOf(parts: Parts, asked: Asked): Map<Part, PartLayout> {
  const layouts = new Map<Part, PartLayout>();
  for (const part of parts.all) {
    const { rows, options } = arranged(part, layouts, asked);
    const layout = boardLayoutOf(part, rows, options);
    layouts.set(part, part.container === undefined ? layout : withHeading(layout, part.container));
  }
  return layouts;
}

/** The rows of a part whose inner parts have their layouts. */
function arranged(part: Part, layouts: ReadonlyMap<Part, PartLayout>, { direction, room, pins, stretch = 1 }: Asked) {
  const inner = new Map(
    part.children.flatMap((child) => ('part' in child ? [[child.id, layouts.get(child.part)] as const] : [])),
  );
  const sizeOf = (child: Child): Size =>
    ('node' in child ? child.node : inner.get(child.id)) ?? { width: 0, height: 0 };
  const down = direction === 'down';
  const own = roomFor(part.children.map(sizeOf), CONTENT_ASPECT);
  const partRoom = part.container?.kind === 'group' ? Math.min(Math.max(own, LEAST_ROOM) * stretch, room) : room;
  const rowOptions = {
    across: (child: Child) => (down ? sizeOf(child).width : sizeOf(child).height),
    along: (child: Child) => (down ? sizeOf(child).height : sizeOf(child).width),
    room: partRoom,
  };
  const options: BoardOptions = { inner: (child) => inner.get(child), direction, room: partRoom };
  if (pins === undefined) return { ...rowsOf(part, rowOptions), options };
  const { left, top } = paddingOf(part);
  const pinned = pinnedRowsOf(part, { ...rowOptions, place: pins.place, down, before: down ? left : top });
  return { rows: pinned.rows, layered: false, options: { ...options, pinned } };
}

/**
 * ELK in this very thread; the server calls it in a worker of its own. In a browser's worker elkjs takes the
 * worker for its own (it looks for `self` without `document`) and exports nothing, so for the moment
 * of its loading, which is synchronous and happens in the constructor, there is a `document`. (kieler/elkjs#141)
 */
export function newElk(): ELK {
  const scope = globalThis as { self?: unknown; document?: unknown };
  if (scope.self === undefined || scope.document !== undefined) return new ElkConstructor();
  scope.document = {};
  try {
    return new ElkConstructor();
  } finally {
    delete scope.document;
  }
}
