import type { Diagram } from './schema.ts';

/**
 * All that a layout depends on, as text: how large everything is and what is linked to what, by place in the diagram's
 * lists and not by name. Diagrams of the same geometry have the same layout.
 */
export function geometryOf({ nodes, edges, containers }: Diagram): string {
  const places = new Map([...nodes, ...containers].map(({ id }, index) => [id, index]));
  const at = (id: string | undefined) => (id === undefined ? -1 : (places.get(id) ?? -1));
  const edgePlaces = new Map(edges.map(({ id }, index) => [id, index]));
  return JSON.stringify([
    nodes.map(({ kind, container, width, height }) => [kind, at(container), width, height]),
    edges.map(({ kind, from, to, along, label }) => [
      kind,
      at(from),
      at(to),
      along === undefined ? -1 : edgePlaces.get(along),
      label?.width,
      label?.height,
    ]),
    containers.map(({ kind, party, container, headingWidth }) => [kind, party, at(container), headingWidth]),
  ]);
}
