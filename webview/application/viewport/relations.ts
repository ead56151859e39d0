/** What stands in relation to what: the part of a picture that is lit when one thing of it is pointed at. */
import type { Diagram } from '../../../language/core/diagram/index.ts';

export interface Related {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/** Something of a picture that can be pointed at. */
export type Target = { readonly kind: 'node' | 'edge' | 'container' | 'fold'; readonly id: string };

export function relatedTo(diagram: Diagram, { kind, id }: Target): Related {
  // The control of what is folded stands for its box.
  const isBox = kind === 'fold' && diagram.nodes.some((node) => node.id === id);
  if (kind === 'container' || (kind === 'fold' && !isBox)) return membersOf(diagram, id);
  const found = { nodes: new Set<string>(), edges: new Set<string>() };
  if (kind === 'node' || isBox) {
    found.nodes.add(id);
    follow(diagram, id, 'outwards', found);
    follow(diagram, id, 'inwards', found);
    for (const other of hitOrHitting(diagram, id)) found.nodes.add(other);
    return found;
  }
  const edge = diagram.edges.find((candidate) => candidate.id === id);
  if (edge === undefined) return found;
  found.edges.add(id);
  found.nodes.add(edge.from).add(edge.to);
  if (isJunction(diagram, edge.to)) follow(diagram, edge.to, 'outwards', found);
  if (isJunction(diagram, edge.from)) follow(diagram, edge.from, 'inwards', found);
  return found;
}

interface Found {
  readonly nodes: Set<string>;
  readonly edges: Set<string>;
}

/** One step along the edges, and on through junctions, which are no end of a need. */
function follow(diagram: Diagram, start: string, direction: 'inwards' | 'outwards', found: Found): void {
  const [near, far] = direction === 'outwards' ? (['from', 'to'] as const) : (['to', 'from'] as const);
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const edge of diagram.edges) {
      if (edge[near] !== id || found.edges.has(edge.id)) continue;
      found.edges.add(edge.id);
      found.nodes.add(edge[far]);
      if (isJunction(diagram, edge[far])) open.push(edge[far]);
    }
  }
}

const isJunction = (diagram: Diagram, id: string): boolean =>
  diagram.nodes.some((node) => node.id === id && node.kind === 'junction');

/** No edge is drawn between a hazard and what it hits. */
const hitOrHitting = (diagram: Diagram, id: string): string[] =>
  diagram.nodes.flatMap((node): string[] => {
    if (node.kind !== 'component') return [];
    if (node.id === id) return node.exposures.map(({ hazard }) => hazard);
    return node.exposures.some(({ hazard }) => hazard === id) ? [node.id] : [];
  });

/** All that stands in a zone or group, and the edges among it. */
function membersOf(diagram: Diagram, id: string): Related {
  const inside = new Set([id]);
  // Parents stand before their children.
  for (const { id: child, container } of diagram.containers) {
    if (container !== undefined && inside.has(container)) inside.add(child);
  }
  const nodes = new Set(
    diagram.nodes.filter(({ container }) => container !== undefined && inside.has(container)).map((node) => node.id),
  );
  const edges = new Set(
    diagram.edges.filter(({ from, to }) => nodes.has(from) && nodes.has(to)).map((edge) => edge.id),
  );
  return { nodes, edges };
}

/** The edges along which a component comes back: from what it is promoted from, or to what lets it in. */
export function joiningEdges(diagram: Diagram, component: string): string[] {
  const promoting = diagram.edges.filter(({ kind, to }) => kind === 'promotes' && to === component);
  if (promoting.length > 0) return promoting.map(({ id }) => id);
  const found = { nodes: new Set<string>(), edges: new Set<string>() };
  follow(diagram, component, 'outwards', found);
  return diagram.edges
    .filter(({ id, kind }) => found.edges.has(id) && (kind === 'needs' || kind === 'needsToStart'))
    .map(({ id }) => id);
}
