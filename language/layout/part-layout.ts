import type { ElkEdgeSection, ElkNode } from 'elkjs/lib/elk-api.js';
import type { Container, Point } from '../core/diagram/index.ts';
import { keysOf } from './graph.ts';
import { placeHeading } from './headings.ts';
import type { Part } from './parts.ts';

interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

/** Where things stand in a part, from the part's own corner. */
export interface PartLayout {
  readonly width: number;
  readonly height: number;
  readonly children: ReadonlyMap<string, Point>;
  readonly ports: ReadonlyMap<string, Point>;
  readonly pieces: ReadonlyMap<string, { readonly points: readonly Point[]; readonly label?: Rectangle }>;
}

/** What ELK answered, in the diagram's own ids. */
export function partLayoutOf(part: Part, answer: ElkNode): PartLayout {
  const keys = keysOf(part);
  const children = new Map((answer.children ?? []).map((child) => [child.id, pointOf(child)]));
  const ports = new Map((answer.ports ?? []).map((port) => [port.id, pointOf(port)]));
  const edges = new Map((answer.edges ?? []).map((edge) => [edge.id, edge]));
  const at = (points: ReadonlyMap<string, Point>, key: string): Point => points.get(key) ?? { x: 0, y: 0 };
  const layout: PartLayout = {
    width: Math.ceil(answer.width ?? 0),
    height: Math.ceil(answer.height ?? 0),
    children: new Map(part.children.map(({ id }) => [id, at(children, keys.child(id))])),
    ports: new Map([...part.ports.keys()].map((id) => [id, at(ports, keys.port(undefined, id))])),
    pieces: new Map(
      [...part.pieces.keys()].map((id) => {
        const edge = edges.get(keys.piece(id));
        const points = joined(edge?.sections ?? []);
        const label = edge?.labels?.[0];
        if (label === undefined) return [id, { points }];
        const { width = 0, height = 0 } = label;
        return [id, { points, label: { ...pointOf(label), width: round(width), height: round(height) } }];
      }),
    ),
  };
  return layout;
}

/** What is no wider is a margin. */
const LEAST_COLUMN = 48;

/** Wide enough for its heading, and with room for it beside the edges that enter. */
export function withHeading(layout: PartLayout, container: Container): PartLayout {
  const least = Math.ceil(container.headingWidth) + 24;
  const wide = layout.width >= least ? layout : { ...layout, width: least };
  const routes = [...wide.pieces].map(([id, { points }]) => ({ id, points: [...points] }));
  const box = { id: container.id, x: 0, y: 0, width: wide.width, height: wide.height };
  const { lacking: before, lackingAfter } = placeHeading(container, box, routes);
  const [lacking, after] = [Math.ceil(before), Math.ceil(lackingAfter)];
  if (lacking === 0) return wide;
  // Before the first edge, where headings are looked for, unless that leaves an empty column.
  if (lacking > LEAST_COLUMN && after < lacking) return { ...wide, width: wide.width + Math.max(0, after) };
  const moved = <Moved extends Point>(point: Moved): Moved => ({ ...point, x: point.x + lacking });
  const movedAll = (points: ReadonlyMap<string, Point>) =>
    new Map([...points].map(([id, point]) => [id, moved(point)]));
  return {
    width: wide.width + lacking,
    height: wide.height,
    children: movedAll(wide.children),
    // A port on the left border stays there.
    ports: new Map([...wide.ports].map(([id, point]) => [id, point.x === 0 ? point : moved(point)])),
    pieces: new Map(
      [...wide.pieces].map(([id, { points, label }]) => [
        id,
        {
          points: points.map((point) => (point.x === 0 ? point : moved(point))),
          ...(label && { label: moved(label) }),
        },
      ]),
    ),
  };
}

const round = (value: number | undefined): number => Math.round((value ?? 0) * 10) / 10 + 0;

const pointOf = ({ x, y }: { x?: number; y?: number }): Point => ({ x: round(x), y: round(y) });

/** Sections one after the other. */
const joined = (sections: readonly ElkEdgeSection[]): Point[] =>
  sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]).map(pointOf);
