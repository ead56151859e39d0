import type { Box, Container, Diagram, DiagramEdge, DiagramNode, Layout } from '../../language/core/diagram/index.ts';
import { drawFrame, drawHazardStrip, drawHeading } from './containers.ts';
import { drawEdge } from './edges.ts';
import { drawFates } from './fates.ts';
import { drawNode, type NodeOptions } from './nodes.ts';
import { remembering } from './remembering.ts';
import { group } from './svg.ts';

/** The groups of a scene that hold one element for each text of their list; each is of the class of its name. */
export const SCENE_LISTS = ['frames', 'nodes', 'edges', 'headings'] as const;
export type SceneLists = Readonly<Record<(typeof SCENE_LISTS)[number], readonly string[]>>;

/** All that stands in the places of a layout. */
export interface Scene {
  readonly lists: SceneLists;
  readonly strip: string;
  readonly fates: string;
}

export type SceneOptions = NodeOptions;

export function sceneOf(diagram: Diagram, layout: Layout, options: SceneOptions): Scene {
  const boxes = new Map(layout.nodes.map((box) => [box.id, box]));
  const containerBoxes = new Map(layout.containers.map((box) => [box.id, box]));
  const routes = new Map(layout.edges.map((route) => [route.id, route]));
  const nodes = new Map(diagram.nodes.map((node) => [node.id, node]));

  const containers = diagram.containers.flatMap((container) => {
    const box = containerBoxes.get(container.id);
    return box === undefined ? [] : [{ container, box }];
  });
  const { fates, interactive, foldable } = options;
  const isPlain = options.recovery === undefined && fates === undefined && options.selected === undefined;
  return {
    lists: {
      frames: containers.map(({ container, box }) => drawFrame(container, box)),
      nodes: diagram.nodes.flatMap((node) => {
        const box = boxes.get(node.id);
        if (box === undefined) return [];
        return isPlain ? drawKnownNode(node, box, interactive, foldable) : drawNode(node, box, options);
      }),
      edges: needsFirst(diagram.edges).flatMap((edge) => {
        const route = routes.get(edge.id);
        return route === undefined ? [] : [drawKnownEdge(edge, route, nodes.get(edge.to), interactive)];
      }),
      headings: containers.flatMap(({ container, box }) =>
        drawHeading(container, box, { interactive, foldable, depth: groupsAround(container, diagram.containers) }),
      ),
    },
    strip: layout.hazards === undefined ? '' : drawHazardStrip(layout.hazards),
    fates: fates === undefined ? '' : drawFates(fates, diagram, layout),
  };
}

/**
 * After a keystroke most things are the same objects in the same places: what was drawn of them last is theirs still. What
 * is played or failed is not drawn in this way but marked, so of that nothing is remembered.
 */
const drawKnownNode = remembering((node: DiagramNode, box: Box, interactive: boolean, foldable: boolean) =>
  drawNode(node, box, { interactive, foldable, recovery: undefined, fates: undefined, selected: undefined }),
);
const drawKnownEdge = remembering(drawEdge);

/** Edges over nodes would never meet them; they come later so that the keyboard reaches the nodes first. */
export const drawScene = ({ lists, strip, fates }: Scene): string[] => [
  group({ class: 'frames', 'aria-hidden': 'true' }, ...lists.frames),
  strip,
  group({ class: 'nodes' }, ...lists.nodes),
  group({ class: 'edges' }, ...lists.edges),
  group({ class: 'headings' }, ...lists.headings),
  fates,
];

/** How many groups a container stands within, itself among them. */
function groupsAround(container: Container, all: readonly Container[]): number {
  let count = 0;
  for (let around: Container | undefined = container; around?.kind === 'group' && count < all.length; ) {
    count++;
    const within: string | undefined = around.container;
    around = all.find(({ id }) => id === within);
  }
  return count;
}

/** What runs along a band lies under it, and lines lie under the labels of others. */
const needsFirst = (edges: readonly DiagramEdge[]): DiagramEdge[] => [
  ...edges.filter(({ along }) => along !== undefined),
  ...edges.filter(({ along, label }) => along === undefined && label === undefined),
  ...edges.filter(({ along, label }) => along === undefined && label !== undefined),
];
