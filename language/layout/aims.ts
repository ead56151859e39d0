import type { Diagram, Layout } from '../core/diagram/index.ts';
import type { Part, Parts } from './parts.ts';

/** By part and port: about where along the part's rows the edges go that leave or enter there. */
export type Aims = ReadonlyMap<Part, ReadonlyMap<string, number>>;

/**
 * A part is laid out before what is around it, and so cannot know where its edges go. A layout of the whole tells it:
 * the next one turns each part towards what it is linked to.
 */
export function aimsOf(diagram: Diagram, parts: Parts, layout: Layout, down: boolean): Aims {
  const start = ({ x, y }: { readonly x: number; readonly y: number }): number => (down ? x : y);
  const extent = ({ width, height }: { readonly width: number; readonly height: number }): number =>
    down ? width : height;
  const nodes = new Map(layout.nodes.map((box) => [box.id, start(box) + extent(box) / 2]));
  const origins = new Map(layout.containers.map((box) => [box.id, start(box)]));
  const found = new Map<Part, Map<string, number[]>>();
  const edges = new Map(diagram.edges.map((edge) => [edge.id, edge]));
  for (const [id, way] of parts.ways) {
    const edge = edges.get(id);
    for (const { part, piece, turned } of way) {
      const { from, to } = part.pieces.get(piece) ?? {};
      const container = part.container?.id;
      if (edge === undefined || container === undefined) continue;
      for (const [end, isStart] of [[from, !turned] as const, [to, turned] as const]) {
        if (end?.port === undefined || end.child !== undefined) continue;
        const far = nodes.get(isStart ? edge.from : edge.to);
        if (far === undefined) continue;
        const ports = found.get(part) ?? new Map<string, number[]>();
        found.set(part, ports);
        ports.set(end.port, [...(ports.get(end.port) ?? []), far - (origins.get(container) ?? 0)]);
      }
    }
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return new Map([...found].map(([part, ports]) => [part, new Map([...ports].map(([id, all]) => [id, mean(all)]))]));
}
