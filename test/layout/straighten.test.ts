import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Diagram, diagramOf, type Layout, type Point, type Route } from '../../language/core/diagram/index.ts';
import { createElkEngine } from '../../language/layout/index.ts';
import { straighten } from '../../language/layout/straighten.ts';
import { anyArchitecture } from '../picture/architectures.ts';
import { architecture, component, generated, need, skype2007 } from '../picture/systems.ts';
import { checkLayout } from './check.ts';

/** What stands above needs what stands below it, and so does each pair after it, side by side. */
function pairs(count: number): Diagram {
  const components = Array.from({ length: count }, (_, at) => [
    component('company', `Above${at}`, { needs: [need(`Below${at}`)] }),
    component('company', `Below${at}`),
  ]).flat();
  return diagramOf(architecture('Pairs', { components }));
}

/** Of `pairs`: columns 400 apart, and each edge by its points. */
function drawn(diagram: Diagram, ways: readonly (readonly [x: number, y: number][])[]): Layout {
  const nodes = diagram.nodes.map(({ id, width, height }) => {
    const [, above, at = '0'] = /^(Above|Below)(\d+)/.exec(id) ?? [];
    return { id, x: 100 + 400 * Number(at), y: above === 'Above' ? 100 : 500, width, height };
  });
  const box = { id: 'zone:company', x: 20, y: 20, width: 1600, height: 700 };
  return {
    width: 1640,
    height: 740,
    nodes,
    containers: [{ ...box, heading: { x: 40, y: 40 } }],
    edges: diagram.edges.map(({ id }, at) => ({ id, points: (ways[at] ?? []).map(([x, y]) => ({ x, y })) })),
  };
}

const shapeOf = (route: Route | undefined): number[][] => route?.points.map(({ x, y }) => [x, y]) ?? [];

describe('straightening', () => {
  const one = pairs(1);
  const bottom = 100 + (one.nodes[0]?.height ?? 0);

  test('a jog between two stretches is taken out', () => {
    const layout = drawn(one, [
      [
        [200, bottom],
        [200, 300],
        [209, 300],
        [209, 500],
      ],
    ]);
    const [[x = 0, ...begin] = [], ...rest] = shapeOf(straighten(one, layout).edges[0]);
    expect([200, 209]).toContain(x);
    expect([begin, ...rest]).toEqual([[bottom], [x, 500]]);
  });

  test('a level jog as well', () => {
    const [from, to] = [one.nodes[0], one.nodes[1]];
    const layout = drawn(one, [
      [
        [100 + (from?.width ?? 0), 130],
        [600, 130],
        [600, 139],
        [700, 139],
      ],
    ]);
    const beside: Layout = {
      ...layout,
      nodes: layout.nodes.map((box) => (box.id === to?.id ? { ...box, x: 700, y: 100 } : box)),
    };
    expect(shapeOf(straighten(one, beside).edges[0])).toHaveLength(2);
  });

  test('a way around something is left as it is', () => {
    const layout = drawn(one, [
      [
        [120, bottom],
        [120, 300],
        [350, 300],
        [350, 500],
      ],
    ]);
    expect(straighten(one, layout).edges).toEqual(layout.edges);
  });

  test('two that leave a node side by side, each in the place of the other, change places', () => {
    const fork = diagramOf(
      architecture('Fork', {
        components: [
          component('company', 'Above0', { needs: [need('Below0'), need('Below1')] }),
          component('company', 'Below0'),
          component('company', 'Below1'),
        ],
      }),
    );
    const layout = drawn(fork, [
      [
        [240, bottom],
        [240, 300],
        [130, 300],
        [130, 500],
      ],
      [
        [220, bottom],
        [220, 340],
        [600, 340],
        [600, 500],
      ],
    ]);
    expect(crossings(layout)).toBe(1);
    const after = straighten(fork, layout);
    expect(crossings(after)).toBe(0);
    expect(after.edges.map(({ points }) => points[0]?.x)).toEqual([130, 240]);
  });

  test('two that end at a node side by side, each in the place of the other, change places, with words on one of them too', () => {
    const merge = diagramOf(
      architecture('Merge', {
        components: [
          component('company', 'Above0', { needs: [need('Below0')] }),
          component('company', 'Above1', { needs: [need('Below0')] }),
          component('company', 'Below0'),
        ],
      }),
    );
    const layout = drawn(merge, [
      [
        [160, bottom],
        [160, 300],
        [240, 300],
        [240, 500],
      ],
      [
        [600, bottom],
        [600, 340],
        [140, 340],
        [140, 500],
      ],
    ]);
    const label = { x: 150, y: 200, width: 20, height: 20 };
    const labelled = { ...layout, edges: layout.edges.map((route, at) => (at === 0 ? { ...route, label } : route)) };
    expect(crossings(labelled)).toBe(1);
    const after = straighten(merge, labelled);
    expect(crossings(after)).toBe(0);
    expect(shapeOf(after.edges[0])).toHaveLength(2);
    // The words stay on their line.
    const [x] = shapeOf(after.edges[0])[0] ?? [];
    expect(after.edges[0]?.label).toEqual({ ...label, x: (x ?? 0) - 10 });
  });

  test('a jog stays where what is straight without it would run over a line that ends the jog', () => {
    const two = pairs(2);
    const layout = drawn(two, [
      [
        [200, bottom],
        [200, 300],
        [209, 300],
        [209, 500],
      ],
      [
        [600, bottom],
        [600, 300],
        [150, 300],
        [150, 440],
        [600, 440],
        [600, 500],
      ],
    ]);
    const [before, after] = [layout, straighten(two, layout)];
    expect(crossings(after)).toBeLessThanOrEqual(crossings(before));
  });

  test('no end leaves the side of its node', () => {
    const left = 100;
    const moved = drawn(one, [
      [
        [left + 12, bottom],
        [left + 12, 300],
        [left - 8, 300],
        [left - 8, 500],
      ],
    ]);
    const layout: Layout = {
      ...moved,
      nodes: moved.nodes.map((box) => (box.id === 'Below0' ? { ...box, x: left - 200 } : box)),
    };
    const [points] = straighten(one, layout).edges.map(shapeOf);
    expect(points?.[0]?.[0]).toBeGreaterThan(left);
    expect(points?.at(-1)?.[0]).toBeLessThan(left - 200 + (one.nodes[1]?.width ?? 0));
  });

  test('an edge does not come near another one', () => {
    const two = pairs(2);
    const other: [number, number][] = [
      [600, bottom],
      [600, 440],
      [206, 440],
      [206, 480],
      [600, 480],
      [600, 500],
    ];
    const layout = drawn(two, [
      [
        [200, bottom],
        [200, 430],
        [220, 430],
        [220, 500],
      ],
      other,
    ]);
    const edges = straighten(two, layout).edges.map(({ points }) => points);
    expect(edges[0]).toHaveLength(2);
    expect(nearest(edges[0] ?? [], edges[1] ?? [])).toBe(14);
  });

  test('a jog stays where without it the edge would cross another', () => {
    const three = pairs(3);
    const above: [number, number][] = [
      [600, bottom],
      [600, 250],
      [215, 250],
      [215, 220],
      [590, 220],
      [590, 500],
    ];
    const below: [number, number][] = [
      [1000, bottom],
      [1000, 650],
      [50, 650],
      [50, 400],
      [215, 400],
      [215, 430],
      [80, 430],
    ];
    const layout = drawn(three, [
      [
        [200, bottom],
        [200, 300],
        [230, 300],
        [230, 500],
      ],
      above,
      below,
    ]);
    expect(shapeOf(straighten(three, layout).edges[0])).toEqual(shapeOf(layout.edges[0]));
  });

  test('any picture with jogs in it: as sound as before, no more crossings, no more jogs, the same nodes', async () => {
    const engine = createElkEngine();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          anyArchitecture,
          fc.constant(skype2007),
          fc.tuple(fc.integer({ min: 10, max: 40 }), fc.integer({ min: 1, max: 99 })).map((of) => generated(...of)),
        ),
        fc.constantFrom('down' as const, 'right' as const),
        fc.array(fc.integer({ min: -24, max: 24 }), { minLength: 1, maxLength: 30 }),
        async (system, direction, shifts) => {
          const diagram = diagramOf(system);
          const straight = await engine.layOut(diagram, { direction });
          const layout = jogged(diagram, straight, shifts);
          const after = straighten(diagram, layout);
          expect(checkLayout(diagram, after)).toEqual([]);
          expect(after.nodes).toEqual(layout.nodes);
          expect(after.containers.map(({ heading, ...box }) => box)).toEqual(
            layout.containers.map(({ heading, ...box }) => box),
          );
          expect(crossings(drawnOf(diagram, after))).toBeLessThanOrEqual(crossings(drawnOf(diagram, layout)));
          expect(jogs(after)).toBeLessThanOrEqual(jogs(layout));
        },
      ),
      { numRuns: 40 },
    );
  });
});

/** Without edges that run in the band of another. */
function drawnOf({ edges }: Diagram, layout: Layout): Layout {
  const along = new Set(edges.flatMap((edge) => (edge.along === undefined ? [] : [edge.id])));
  return { ...layout, edges: layout.edges.filter(({ id }) => !along.has(id)) };
}

/** Each edge without words gets a jog in its first stretch, where the picture stays sound with it. */
function jogged(diagram: Diagram, layout: Layout, shifts: readonly number[]): Layout {
  let drawing = layout;
  for (const [index, { id }] of drawnOf(diagram, layout).edges.entries()) {
    const shift = shifts[index % shifts.length] ?? 0;
    const edges = drawing.edges.map((route) => (route.id === id ? withJog(route, shift) : route));
    const changed: Layout = { ...layout, edges };
    if (checkLayout(diagram, changed).length === 0) drawing = changed;
  }
  return drawing;
}

function withJog({ label, ...route }: Route, shift: number): Route {
  const [first, second, ...rest] = route.points;
  if (first === undefined || second === undefined || label !== undefined) return { ...route, ...(label && { label }) };
  const upright = first.x === second.x;
  const middle = { x: (first.x + second.x) / 2, y: (first.y + second.y) / 2 };
  const moved = upright ? { x: first.x + shift, y: first.y } : { x: first.x, y: first.y + shift };
  const corner = upright ? { x: moved.x, y: middle.y } : { x: middle.x, y: moved.y };
  return { ...route, points: [moved, corner, middle, second, ...rest] };
}

interface Line {
  readonly id: string;
  readonly from: Point;
  readonly to: Point;
}

const linesOf = ({ edges }: Layout): Line[] =>
  edges.flatMap(({ id, points }) => points.slice(1).map((to, at) => ({ id, from: points[at] as Point, to })));

/** Looked for pair by pair. */
function crossings(layout: Layout): number {
  const lines = linesOf(layout);
  const between = (value: number, a: number, b: number) => value > Math.min(a, b) && value < Math.max(a, b);
  return lines
    .flatMap((one, index) => lines.slice(index + 1).map((other) => [one, other] as const))
    .filter(([{ id }, other]) => id !== other.id)
    .filter(([one, other]) => {
      const [upright, level] = one.from.x === one.to.x ? [one, other] : [other, one];
      if (upright.from.x !== upright.to.x || level.from.y !== level.to.y) return false;
      return between(upright.from.x, level.from.x, level.to.x) && between(level.from.y, upright.from.y, upright.to.y);
    }).length;
}

/** Stretches of at most 40 px between two that go the same way. */
function jogs({ edges }: Layout): number {
  return edges.flatMap(({ points }) =>
    points.slice(0, -3).filter((first, at) => {
      const [second, third, fourth] = points.slice(at + 1, at + 4) as [Point, Point, Point];
      const [dx, dy] = [third.x - second.x, third.y - second.y];
      if (Math.abs(dx) + Math.abs(dy) > 40) return false;
      return dx !== 0
        ? (second.y - first.y) * (fourth.y - third.y) > 0
        : (second.x - first.x) * (fourth.x - third.x) > 0;
    }),
  ).length;
}

/** Between upright stretches that run side by side. */
function nearest(one: readonly Point[], other: readonly Point[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [a, b] of one.slice(1).map((to, at) => [one[at] as Point, to] as const)) {
    for (const [c, d] of other.slice(1).map((to, at) => [other[at] as Point, to] as const)) {
      if (a.x !== b.x || c.x !== d.x) continue;
      const common =
        Math.min(Math.max(a.y, b.y), Math.max(c.y, d.y)) - Math.max(Math.min(a.y, b.y), Math.min(c.y, d.y));
      if (common > 0) least = Math.min(least, Math.abs(a.x - c.x));
    }
  }
  return least;
}
