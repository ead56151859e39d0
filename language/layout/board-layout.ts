import type { Point } from '../core/diagram/index.ts';
import { type BoardChild, boardOf } from './board.ts';
import { type Direction, paddingOf } from './graph.ts';
import type { PartLayout } from './part-layout.ts';
import type { Child, End, Part, Piece } from './parts.ts';
import type { PinnedRows } from './pinned-rows.ts';
import { orderRows, type Pull } from './placement.ts';
import { NODE_GAP } from './rows.ts';

export interface BoardOptions {
  readonly inner: (child: string) => PartLayout | undefined;
  readonly direction: Direction;
  /** How long rows may be. */
  readonly room: number;
  /** About where along the rows an edge goes that leaves the part at a port, where that is known. */
  readonly aims?: ReadonlyMap<string, number> | undefined;
  /** Where things were, for those that are to stay there. */
  readonly pinned?: Omit<PinnedRows, 'rows'>;
}

/** A part on the board, which knows rows and not which way they lie. */
export function boardLayoutOf(
  part: Part,
  rows: readonly (readonly Child[])[],
  { inner, direction, room, aims, pinned }: BoardOptions,
): PartLayout {
  const down = direction === 'down';
  const children = rows.map((row) => row.map((child) => boardChild(child, inner(child.id), down)));
  const pulls = pullsIn(part, children.flat(), aims);
  const placed =
    pinned === undefined
      ? orderRows(children, { pullsOf: (id) => pulls.get(id) ?? [], gap: NODE_GAP, room })
      : { rows: children, middles: pinned.middles };
  const { top, left, bottom, right } = paddingOf(part);
  const padding = down
    ? { first: top, last: bottom, before: left, after: right }
    : { first: left, last: right, before: top, after: bottom };
  const layout = boardOf(down ? part : turnedPart(part), placed.rows, placed.middles, {
    gap: NODE_GAP,
    room: pinned === undefined ? room : Number.MAX_SAFE_INTEGER,
    padding,
    ...(pinned && { tops: pinned.tops, offsets: pinned.offsets }),
  });
  return down ? layout : transposed(layout);
}

function boardChild(child: Child, layout: PartLayout | undefined, down: boolean): BoardChild {
  const { width, height } = ('node' in child ? child.node : layout) ?? { width: 0, height: 0 };
  const [across, along] = down ? [width, height] : [height, width];
  const ports = new Map(
    'node' in child ? [] : [...(layout?.ports ?? [])].map(([id, { x, y }]) => [id, down ? x : y] as const),
  );
  return { child, id: child.id, across, along, ports };
}

function pullsIn(
  part: Part,
  children: readonly BoardChild[],
  aims: ReadonlyMap<string, number> | undefined,
): Map<string, Pull[]> {
  const boxes = new Map(children.map((child) => [child.id, child]));
  const pulls = new Map<string, Pull[]>(children.map(({ id }) => [id, []]));
  /** Where at its child an end is, from the child's middle. */
  const offsetOf = ({ child, port }: End): number => {
    const box = boxes.get(child ?? '');
    const at = box?.ports.get(port ?? '');
    return box === undefined || at === undefined ? 0 : at - box.across / 2;
  };
  const pull = (end: End, other: End) => {
    if (end.child === undefined || end.child === other.child) return;
    const own = offsetOf(end);
    const aim = aims?.get(other.port ?? '');
    if (other.child !== undefined) pulls.get(end.child)?.push({ to: other.child, own, other: offsetOf(other) });
    else if (aim !== undefined) pulls.get(end.child)?.push({ own, other: aim });
  };
  for (const { from, to } of part.pieces.values()) {
    pull(from, to);
    pull(to, from);
  }
  return pulls;
}

/** On the board a label lies along its track, and here tracks stand upright. */
function turnedPart(part: Part): Part {
  const pieces = [...part.pieces].map(([id, piece]): [string, Piece] => {
    const { label } = piece;
    return [
      id,
      label === undefined ? piece : { ...piece, label: { ...label, width: label.height, height: label.width } },
    ];
  });
  return { ...part, pieces: new Map(pieces) };
}

const turned = <Turned extends Point>(point: Turned): Turned => ({ ...point, x: point.y, y: point.x });

function transposed({ width, height, children, ports, pieces }: PartLayout): PartLayout {
  const all = (points: ReadonlyMap<string, Point>) => new Map([...points].map(([id, point]) => [id, turned(point)]));
  return {
    width: height,
    height: width,
    children: all(children),
    ports: all(ports),
    pieces: new Map(
      [...pieces].map(([id, { points, label }]) => {
        const { width: along, height: across } = label ?? { width: 0, height: 0 };
        return [
          id,
          { points: points.map(turned), ...(label && { label: { ...turned(label), width: across, height: along } }) },
        ];
      }),
    ),
  };
}
