import type { Layout } from '../../../language/core/diagram/index.ts';
import type { FaultTree } from '../../../language/core/fault-tree/index.ts';
import { renderFaultTree } from '../../picture/index.ts';
import { setClass } from '../viewport/drawn.ts';
import { byAttribute, parseSvg } from '../viewport/svg.ts';
import type { Drawn } from '../viewport/viewport.tsx';
import { relatedInTree } from './relations.ts';

/** Nothing if the tree cannot be drawn; that is said on the console and nowhere thrown. */
export function drawTree(tree: FaultTree, layout: Layout): Drawn | undefined {
  const svg = parseSvg(renderFaultTree(tree, layout, { theme: 'editor', interactive: true }));
  if (svg === undefined) return undefined;
  const nodes = byAttribute(svg, 'data-node');
  const edges = byAttribute(svg, 'data-edge');
  const elements = new Map(tree.nodes.map(({ id, element }) => [id, element]));
  return {
    svg,
    size: { width: svg.width.baseVal.value, height: svg.height.baseVal.value },
    still: (theme) => renderFaultTree(tree, layout, { theme, interactive: false }),
    select: (selected) => setClass(nodes, 'selected', (id) => selected !== null && elements.get(id) === selected),
    light(target) {
      const related = target === undefined ? undefined : relatedInTree(tree, target);
      setClass(nodes, 'lit', (id) => related?.nodes.has(id) ?? false);
      setClass(edges, 'lit', (id) => related?.edges.has(id) ?? false);
      setClass(nodes, 'faded', (id) => related !== undefined && !related.nodes.has(id));
      setClass(edges, 'faded', (id) => related !== undefined && !related.edges.has(id));
    },
  };
}
