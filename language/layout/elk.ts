import ElkConstructor from 'elkjs/lib/elk.bundled.js';
import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js';
import type { Diagram, Layout } from '../core/diagram/index.ts';
import type { LayoutEngine } from './engine.ts';
import { elkGraphOf } from './graph.ts';
import { lackingRoom } from './headings.ts';
import { layoutOf } from './read.ts';

/** As much of ELK as is used here: any instance will do, one of its own worker's included. */
export interface Elk {
  layout(graph: ElkNode): Promise<ElkNode>;
}

const MOST_NODES_LAID_OUT_TWICE = 80;

export function createElkEngine(elk: Elk = newElk()): LayoutEngine {
  async function layOutTowards(diagram: Diagram, direction: 'down' | 'right'): Promise<Layout> {
    const layout = layoutOf(diagram, await elk.layout(elkGraphOf(diagram, direction)));
    // Only a layout knows where edges enter a container, and so whether its heading has room.
    const lacking = lackingRoom(diagram, layout);
    if (lacking.size === 0 || diagram.nodes.length > MOST_NODES_LAID_OUT_TWICE) return layout;
    return layoutOf(diagram, await elk.layout(elkGraphOf(diagram, direction, lacking)));
  }
  return {
    async layOut(diagram, { direction = 'down', aspect = 1 } = {}) {
      if (direction !== 'fit') return layOutTowards(diagram, direction);
      const scale = ({ width, height }: Layout) => Math.min(aspect / width, 1 / height);
      const down = await layOutTowards(diagram, 'down');
      const right = await layOutTowards(diagram, 'right');
      return scale(right) > scale(down) ? right : down;
    },
  };
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
