import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js';
import { type Diagram, geometryOf, type Layout } from '../core/diagram/index.ts';
import { type Asked, arranged, boardsOf, CONTENT_ASPECT } from './arranged.ts';
import { type BoardOptions, boardLayoutOf } from './board-layout.ts';
import { compacted } from './compact.ts';
import { layoutOf } from './compose.ts';
import type { LayoutEngine, LayoutOptions } from './engine.ts';
import { type Direction, elkGraphOf } from './graph.ts';
import { withHazards } from './hazards.ts';
import { type PartLayout, partLayoutOf, withHeading } from './part-layout.ts';
import { type Child, type Part, type Parts, partsOf } from './parts.ts';
import { mostMoved, pinsOf, relabelled } from './pins.ts';
import { roomFor } from './rows.ts';
import { layOutInShape, scaleIn } from './shape.ts';
import { straighten } from './straighten.ts';

/** As much of ELK as is used here: any instance will do, one of its own worker's included. */
export interface Elk {
  layout(graph: ElkNode): Promise<ElkNode>;
}

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

/** How many times as large a small picture has to be seen for ELK's straight lines to be given up. */
const WORTH_THE_BOARD = 1.2;

/** Without an ELK given, one is loaded when the first picture needs it: that takes as long as a layout. */
export function createElkEngine(elk: Elk = newElk()): LayoutEngine {
  async function layOutTowards(diagram: Diagram, direction: Direction, options: LayoutOptions = {}): Promise<Layout> {
    const { previous } = options;
    return previous !== undefined && geometryOf(previous.diagram) === geometryOf(diagram)
      ? relabelled(previous, diagram)
      : composed(diagram, direction, options);
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
    const seen = (layout: Layout): Layout => withHazards(diagram, layout, { aspect });
    /** The board puts neighbouring ranks side by side where that fills a panel better. */
    const inShape = (layout: Layout): Layout => {
      if (aspect === undefined || pinned) return layout;
      const other = layOutInShape(diagram, parts, { direction, room, aspect });
      return scaleIn(aspect, seen(other)) > WORTH_THE_BOARD * scaleIn(aspect, seen(layout)) ? other : layout;
    };
    const fresh = async () =>
      small
        ? inShape(layoutOf(diagram, parts, await layOutParts(parts, { direction, room })))
        : layOutInShape(diagram, parts, { direction, room, aspect });
    const tight = async () => compacted(diagram, straighten(diagram, await fresh()));
    if (!pinned) return seen(await tight());
    const known = (layout: Layout): Layout => withHazards(diagram, layout, { aspect, before: previous.layout });
    const loose = straighten(diagram, layoutOf(diagram, parts, boardsOf(parts, { direction, room, pins })));
    // The board leaves more room between rows than a picture has that was made tight.
    const close = compacted(diagram, loose);
    const stable = mostMoved(previous, close) < mostMoved(previous, loose) ? close : loose;
    if (!small) return known(stable);
    const better = await tight();
    const moved = mostMoved(previous, better);
    return known(moved <= MOST_MOVED || moved < mostMoved(previous, stable) ? better : stable);
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
    const answer = await elk.layout({ id: 'frame', layoutOptions: { 'elk.algorithm': 'fixed' }, children: [graph] });
    return partLayoutOf(part, answer.children?.[0] ?? graph);
  }

  return {
    async layOut(diagram, options = {}) {
      const { direction = 'down', aspect = 1 } = options;
      if (direction !== 'fit') return layOutTowards(diagram, direction, options);
      const down = await layOutTowards(diagram, 'down');
      const right = await layOutTowards(diagram, 'right');
      return scaleIn(aspect, right) > scaleIn(aspect, down) ? right : down;
    },
  };
}

/** ELK in this very thread, loaded when it is asked for the first layout; the server has it in a worker of its own. */
export function newElk(): Elk {
  let loaded: Promise<ELK> | undefined;
  return {
    async layout(graph) {
      loaded ??= loadElk();
      return (await loaded).layout(graph);
    },
  };
}

/**
 * In a browser's worker elkjs takes the worker for its own (it looks for `self` without `document`) and exports nothing,
 * so for the moment in which its constructor loads that, which is synchronous, there is a `document`. (kieler/elkjs#141)
 */
async function loadElk(): Promise<ELK> {
  const { default: ElkConstructor } = await import('elkjs/lib/elk.bundled.js');
  const scope = globalThis as { self?: unknown; document?: unknown };
  if (scope.self === undefined || scope.document !== undefined) return new ElkConstructor();
  scope.document = {};
  try {
    return new ElkConstructor();
  } finally {
    delete scope.document;
  }
}
