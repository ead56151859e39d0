import { type Diagram, type FoldOptions, foldDiagram, foldedToStart } from '../core/diagram/index.ts';
import type { Folding } from '../protocol/pictures.ts';

/**
 * The diagram as it is seen with `wanted` folded, or as a picture of its size begins; and what is not seen then, so
 * that it is found all the same. Ids that are none any more are passed over.
 */
export function foldingOf(
  whole: Diagram,
  wanted?: readonly string[],
  options?: FoldOptions,
): { diagram: Diagram; folding: Folding } {
  const containers = new Map(whole.containers.map((container) => [container.id, container]));
  const folded = (wanted ?? foldedToStart(whole)).filter((id) => containers.has(id));
  const isFolded = new Set(folded);
  const around = (id: string | undefined): string[] => {
    const chain: string[] = [];
    for (let at = id; at !== undefined && !chain.includes(at); at = containers.get(at)?.container) chain.push(at);
    return chain;
  };
  const isHidden = (within: readonly string[]): boolean => within.some((id) => isFolded.has(id));
  const hidden = (): Folding['hidden'] => {
    const components = whole.nodes.flatMap(({ kind, id, label, container }) => {
      const within = around(container);
      return kind === 'component' && isHidden(within) ? [{ element: id, label, kind, within } as const] : [];
    });
    const groups = whole.containers.flatMap(({ group, label, container }) => {
      const within = around(container);
      return group !== undefined && isHidden(within) ? [{ element: group, label, kind: 'group', within } as const] : [];
    });
    return [...components, ...groups];
  };
  return {
    diagram: foldDiagram(whole, folded, options),
    folding: keptFolding(whole, folded, () => ({
      folded,
      all: whole.containers.map(({ id, components: count }) => ({ id, components: count })),
      hidden: hidden(),
    })),
  };
}

/**
 * What was said of the diagram with the same edges the last time. Edges are the same as long as all things have the same
 * names and stand in the same containers (see memory.ts), so it hangs on what the containers are, and on nothing else.
 */
const kept = new WeakMap<Diagram['edges'], { readonly containers: string; readonly folding: Folding }>();

function keptFolding(whole: Diagram, folded: readonly string[], make: () => Folding): Folding {
  const containers = JSON.stringify([
    folded,
    whole.nodes.length,
    whole.containers.map(({ id, group, label, container, components }) => [id, group, label, container, components]),
  ]);
  const last = kept.get(whole.edges);
  if (last?.containers === containers) return last.folding;
  const folding = make();
  kept.set(whole.edges, { containers, folding });
  return folding;
}
