import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Box,
  type Diagram,
  diagramOf,
  foldDiagram,
  type Layout,
  layoutSchema,
} from '../../language/core/diagram/index.ts';
import { createElkEngine, newElk } from '../../language/layout/index.ts';
import { anyArchitecture } from '../picture/architectures.ts';
import {
  architecture,
  atLeast,
  cloud,
  cloudFindings,
  component,
  generated,
  need,
  service,
  skype2007,
  skypeHosted,
} from '../picture/systems.ts';
import { checkLayout } from './check.ts';

const engine = createElkEngine();

async function checkLaidOut(diagram: Diagram, direction: 'down' | 'right'): Promise<Layout> {
  const layout = await engine.layOut(diagram, { direction });
  expect(checkLayout(diagram, layout)).toEqual([]);
  expect(layoutSchema.parse(layout)).toEqual(layout);
  return layout;
}

describe('layout', () => {
  for (const [name, architecture] of Object.entries({ skype2007, skypeHosted, cloud, generated: generated(40) })) {
    test(`${name}: everything within its zone, nothing over anything else, down and right`, async () => {
      const diagram = diagramOf(architecture, name === 'cloud' ? cloudFindings : []);
      await checkLaidOut(diagram, 'down');
      await checkLaidOut(diagram, 'right');
    });
  }

  test('what nothing inside needs is read in rows, in the order of the text', async () => {
    const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'];
    const diagram = diagramOf(
      architecture('Nine', {
        components: names.map((name) => component('users', name)),
        services: [service('S', { needs: [need(atLeast(5, ...names))] })],
      }),
    );
    const { nodes } = await checkLaidOut(diagram, 'down');
    const read = [...nodes].filter(({ id }) => names.includes(id)).sort((a, b) => a.y - b.y || a.x - b.x);
    expect(read.map(({ id }) => id)).toEqual(names);
    expect(new Set(read.map(({ y }) => y)).size).toBe(3);
  });

  test('any architecture: everything within its zone, nothing over anything else', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyArchitecture,
        fc.constantFrom('down' as const, 'right' as const),
        async (architecture, direction) => {
          await checkLaidOut(diagramOf(architecture), direction);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('any large architecture, folded or not: all of that, and never much wider or higher than a screen', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 15, max: 160 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.func<[string], boolean>(fc.boolean()),
        fc.constantFrom('down' as const, 'right' as const),
        async (size, seed, isFolded, direction) => {
          const diagram = diagramOf(generated(size, seed));
          const folded = diagram.containers.filter(({ id }) => isFolded(id)).map(({ id }) => id);
          const open = await checkLaidOut(diagram, direction);
          await checkLaidOut(foldDiagram(diagram, folded), direction);
          if (direction === 'right') return;
          expect(open.width / open.height).toBeGreaterThan(0.4);
          expect(open.width / open.height).toBeLessThan(2.5);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('the same diagram gives the same layout, by a new engine too', async () => {
    const diagram = diagramOf(cloud, cloudFindings);
    const first = await engine.layOut(diagram);
    expect(await engine.layOut(diagram)).toEqual(first);
    expect(await createElkEngine(newElk()).layOut(diagram)).toEqual(first);
  });

  test('a renamed component and a changed number move nothing', async () => {
    const before = await engine.layOut(diagramOf(skype2007));
    const components = skype2007.components.map((each) =>
      each.name === 'Client' ? { ...each, instances: 9_100_000 } : each,
    );
    expect(await engine.layOut(diagramOf({ ...skype2007, components }))).toEqual(before);
  });

  test('services stand above users, users above the company, the company above its vendors', async () => {
    const layout = await engine.layOut(diagramOf(cloud));
    const topOf = (id: string) => [...layout.nodes, ...layout.containers].find((box) => box.id === id)?.y ?? Number.NaN;
    const tops = ['Checkout', 'zone:users', 'zone:company', 'zone:vendor'].map(topOf);
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
  });

  test('hazards stand beside what is lowest, where the picture is seen larger by it; and over nothing', async () => {
    const diagram = diagramOf(skype2007);
    const { hazards, containers, width, height } = await engine.layOut(diagram, { aspect: 1.6 });
    const lowest = Math.max(...containers.map((box) => box.y + box.height));
    expect(hazards?.y).toBeLessThan(lowest);
    expect((hazards?.y ?? 0) + (hazards?.height ?? 0)).toBe(lowest);
    expect(width / height).toBeLessThan(1.6);
    const narrow = await engine.layOut(diagram, { aspect: 0.5 });
    expect(narrow.hazards?.y).toBeGreaterThanOrEqual(Math.max(...narrow.containers.map((box) => box.y + box.height)));
  });

  test('any architecture in any frame: hazards and the line around them touch nothing, and stay when it is edited', async () => {
    await fc.assert(
      fc.asyncProperty(anyArchitecture, fc.double({ min: 0.4, max: 2.5, noNaN: true }), async (system, aspect) => {
        const diagram = diagramOf({ ...system, hazards: [{ name: 'Fire' }, { name: 'Flood' }, { name: 'Frost' }] });
        const layout = await engine.layOut(diagram, { aspect });
        expect(checkLayout(diagram, layout)).toEqual([]);
        const strip = layout.hazards ?? { x: 0, y: 0, width: 0, height: 0 };
        const within = ({ x, y, width, height }: Omit<Box, 'id'>) =>
          x < strip.x + strip.width && x + width > strip.x && y < strip.y + strip.height && y + height > strip.y;
        expect(layout.containers.filter(within)).toEqual([]);
        const bends = layout.edges.flatMap(({ points }) => points.map((point) => ({ ...point, width: 0, height: 0 })));
        expect(bends.filter(within)).toEqual([]);
        const added = component('company', 'Added');
        const edited = diagramOf({
          ...system,
          hazards: [{ name: 'Fire' }, { name: 'Flood' }],
          components: [...system.components, added],
        });
        const after = await engine.layOut(edited, { aspect, previous: { diagram, layout } });
        expect(checkLayout(edited, after)).toEqual([]);
        expect(after.hazards?.x).toBe(strip.x);
      }),
      { numRuns: 40 },
    );
  });

  test('an empty architecture has a layout', async () => {
    const layout = await engine.layOut(diagramOf({ ...skype2007, components: [], services: [], hazards: [] }));
    expect(layout.nodes).toEqual([]);
  });

  test('a picture fills the panel that it is laid out for no worse than one laid out for another', async () => {
    for (const size of [20, 30, 50, 60]) {
      const diagram = diagramOf(generated(size));
      const fill = ({ width, height }: Layout, aspect: number) =>
        Math.min(width / height / aspect, aspect / (width / height));
      const wide = await engine.layOut(diagram, { aspect: 1.6 });
      const tall = await engine.layOut(diagram, { aspect: 0.75 });
      expect(checkLayout(diagram, tall)).toEqual([]);
      expect(checkLayout(diagram, wide)).toEqual([]);
      expect(fill(tall, 0.75)).toBeGreaterThan(0.8);
      expect(fill(wide, 1.6)).toBeGreaterThanOrEqual(fill(tall, 1.6));
      expect(fill(tall, 0.75)).toBeGreaterThanOrEqual(fill(wide, 0.75));
    }
  });

  test('a panel of another shape moves nothing of what is seen', async () => {
    const diagram = diagramOf(generated(60));
    const layout = await engine.layOut(diagram, { aspect: 0.8 });
    expect(await engine.layOut(diagram, { aspect: 1.6, previous: { diagram, layout } })).toEqual(layout);
  });

  test('`fit` takes the direction that is seen larger', async () => {
    const diagram = diagramOf(skype2007);
    const wide = await engine.layOut(diagram, { direction: 'fit', aspect: 16 / 9 });
    const tall = await engine.layOut(diagram, { direction: 'fit', aspect: 9 / 16 });
    expect(wide).toEqual(await engine.layOut(diagram, { direction: 'right' }));
    expect(tall).toEqual(await engine.layOut(diagram, { direction: 'down' }));
  });
});
