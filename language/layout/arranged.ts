import type { Aims } from './aims.ts';
import { type BoardOptions, boardLayoutOf } from './board-layout.ts';
import { type Direction, paddingOf } from './graph.ts';
import { type PartLayout, withHeading } from './part-layout.ts';
import type { Child, Part, Parts } from './parts.ts';
import { pinnedRowsOf } from './pinned-rows.ts';
import type { Pins } from './pins.ts';
import { roomFor, rowsOf, type Size } from './rows.ts';

/** Width by height of what stands in a part, before edges take their room between the rows. */
export const CONTENT_ASPECT = 2.2;

/** Three nodes stand side by side in the smallest group. */
const LEAST_ROOM = 960;

export interface Asked {
  readonly direction: Direction;
  readonly room: number;
  readonly pins?: Pins;
  /** What the whole is to fill, where that is known. */
  readonly aspect?: number | undefined;
  /** By how much groups are wider than they would be by themselves. */
  readonly stretch?: number;
  /** How many times as flat as it came out of itself: above 1, more ranks share a row. */
  readonly flat?: number;
  readonly aims?: Aims;
}

/** All on the board. */
export function boardsOf(parts: Parts, asked: Asked): Map<Part, PartLayout> {
  const layouts = new Map<Part, PartLayout>();
  for (const part of parts.all) {
    const { rows, options } = arranged(part, layouts, asked);
    const layout = boardLayoutOf(part, rows, options);
    layouts.set(part, part.container === undefined ? layout : withHeading(layout, part.container));
  }
  return layouts;
}

/** The rows of a part whose inner parts have their layouts. */
export function arranged(
  part: Part,
  layouts: ReadonlyMap<Part, PartLayout>,
  { direction, room, pins, aspect, aims, stretch = 1, flat = 1 }: Asked,
) {
  const inner = new Map(
    part.children.flatMap((child) => ('part' in child ? [[child.id, layouts.get(child.part)] as const] : [])),
  );
  const sizeOf = (child: Child): Size =>
    ('node' in child ? child.node : inner.get(child.id)) ?? { width: 0, height: 0 };
  const down = direction === 'down';
  const own = roomFor(part.children.map(sizeOf), CONTENT_ASPECT);
  const partRoom = part.container?.kind === 'group' ? Math.min(Math.max(own, LEAST_ROOM) * stretch, room) : room;
  const rowOptions = {
    across: (child: Child) => (down ? sizeOf(child).width : sizeOf(child).height),
    along: (child: Child) => (down ? sizeOf(child).height : sizeOf(child).width),
    room: partRoom,
    flat: flat > 1,
    depth: partRoom / flat / (aspect === undefined ? 1 : down ? aspect : 1 / aspect),
  };
  const options: BoardOptions = {
    inner: (child) => inner.get(child),
    direction,
    room: partRoom,
    aims: aims?.get(part),
  };
  if (pins === undefined) return { ...rowsOf(part, rowOptions), options };
  const { left, top } = paddingOf(part);
  const pinned = pinnedRowsOf(part, { ...rowOptions, place: pins.place, down, before: down ? left : top });
  return { rows: pinned.rows, layered: false, options: { ...options, pinned } };
}
