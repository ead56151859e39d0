import type { Box, Diagram, Layout } from '../core/diagram/index.ts';

/** What was seen before: an edit is to move it as little as can be. */
export interface Previous {
  readonly diagram: Diagram;
  readonly layout: Layout;
}

export interface Pins {
  /** Where a node or container stood, from the corner of the container around it. */
  place(id: string): Box | undefined;
  /** How many of the diagram's nodes had a place. */
  readonly known: number;
}

/** Everything is known by its name; what is new where as many have gone is taken for renamed. */
export function pinsOf(diagram: Diagram, { diagram: before, layout }: Previous): Pins {
  const boxes = new Map([...layout.nodes, ...layout.containers].map((box) => [box.id, box]));
  const around = new Map([...before.nodes, ...before.containers].map(({ id, container }) => [id, container]));
  const containers = renamed(
    diagram.containers,
    before.containers,
    ({ kind, container, party }) => `${kind}|${party}|${container ?? ''}`,
    new Map(),
  );
  const oldContainer = (id: string | undefined) => (id === undefined ? undefined : (containers.get(id) ?? id));
  const nodes = renamed(diagram.nodes, before.nodes, ({ kind, container }) => `${kind}|${container ?? ''}`, containers);
  const oldIds = new Map([...containers, ...nodes]);
  const containerOf = new Map([...diagram.nodes, ...diagram.containers].map(({ id, container }) => [id, container]));

  const place = (id: string): Box | undefined => {
    const old = oldIds.get(id) ?? id;
    const box = boxes.get(old);
    const outer = oldContainer(containerOf.get(id));
    if (box === undefined || around.get(old) !== outer) return undefined;
    const origin = outer === undefined ? { x: 0, y: 0 } : boxes.get(outer);
    return origin && { ...box, x: box.x - origin.x, y: box.y - origin.y };
  };
  return { place, known: diagram.nodes.filter(({ id }) => place(id) !== undefined).length };
}

interface Named {
  readonly id: string;
  readonly container?: string | undefined;
}

/** New ids to old ones, where of one sort as many are new as have gone. */
function renamed<Thing extends Named>(
  after: readonly Thing[],
  before: readonly Thing[],
  sortOf: (thing: Thing) => string,
  containers: ReadonlyMap<string, string>,
): Map<string, string> {
  const [newIds, oldIds] = [new Set(after.map(({ id }) => id)), new Set(before.map(({ id }) => id))];
  const gone = new Map<string, string[]>();
  for (const thing of before) {
    if (!newIds.has(thing.id)) gone.set(sortOf(thing), [...(gone.get(sortOf(thing)) ?? []), thing.id]);
  }
  const come = new Map<string, string[]>();
  for (const thing of after) {
    if (oldIds.has(thing.id)) continue;
    const container = thing.container === undefined ? undefined : (containers.get(thing.container) ?? thing.container);
    const sort = sortOf({ ...thing, container });
    come.set(sort, [...(come.get(sort) ?? []), thing.id]);
  }
  return new Map(
    [...come].flatMap(([sort, ids]) => {
      const old = gone.get(sort) ?? [];
      return old.length === ids.length ? ids.map((id, index): [string, string] => [id, old[index] ?? id]) : [];
    }),
  );
}

/** The farthest that any node or container has moved, in pixels of the picture. */
export function mostMoved({ layout: before }: Previous, after: Layout): number {
  const old = new Map([...before.nodes, ...before.containers].map((box) => [box.id, box]));
  return [...after.nodes, ...after.containers].reduce((most, { id, x, y }) => {
    const box = old.get(id);
    return box === undefined ? most : Math.max(most, Math.hypot(x - box.x, y - box.y));
  }, 0);
}

/** The same layout under the names of another diagram of the same geometry. */
export function relabelled({ diagram: before, layout }: Previous, after: Diagram): Layout {
  const idsOf = ({ nodes, containers, edges }: Diagram) =>
    [nodes, containers, edges].map((list) => list.map(({ id }) => id));
  const [oldIds, newIds] = [idsOf(before), idsOf(after)];
  const renamer = (list: number) => {
    const names = new Map(oldIds[list]?.map((id, index) => [id, newIds[list]?.[index] ?? id]));
    return <Thing extends { readonly id: string }>(thing: Thing): Thing => ({
      ...thing,
      id: names.get(thing.id) ?? thing.id,
    });
  };
  return {
    ...layout,
    nodes: layout.nodes.map(renamer(0)),
    containers: layout.containers.map(renamer(1)),
    edges: layout.edges.map(renamer(2)),
  };
}
