import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../language/core/analysis/index.ts';
import type { Layout, Point } from '../../language/core/diagram/index.ts';
import { type FaultTree, faultTree } from '../../language/core/fault-tree/index.ts';
import { faultTreeSchema } from '../../language/core/fault-tree/schema.ts';
import { layOutFaultTree } from '../../language/layout/fault-tree.ts';
import { newElk } from '../../language/layout/index.ts';
import { faultTreeStyles, renderFaultTree } from '../../webview/picture/index.ts';
import { and, architecture, atLeast, component, needs, or, service, smallArchitectures } from '../analysis/generate.ts';
import { descendants, readXml } from '../picture/xml.ts';

const elk = newElk();

const bank = architecture({
  components: [
    component('Cloud', 'vendor', { operator: 'Nimbus', exposures: [{ hazard: 'Storm', share: 0.5 }] }),
    component('Mail', 'vendor', { operator: 'Nimbus' }),
    component('Spare', 'users'),
    component('Ledger', 'company', { needs: [needs('Desk')] }),
    component('Desk', 'company', { needs: [needs('Ledger')] }),
  ],
  services: [
    service('Paying', [needs(or('Cloud', and('Spare', 'Mail'))), needs(atLeast(2, 'Ledger', 'Mail', 'Spare'))]),
  ],
  hazards: [{ name: 'Storm' }],
});

async function drawn(tree: FaultTree) {
  const layout = await layOutFaultTree(tree, elk);
  return {
    layout,
    elements: descendants(readXml(renderFaultTree(tree, layout, { theme: 'light', interactive: true }))),
  };
}

describe('The picture of a fault tree', () => {
  it('stands in boxes that overlap nowhere, each gate above its inputs, each line from the one to the other', async () => {
    await fc.assert(
      fc.asyncProperty(smallArchitectures(5), async (model) => {
        const tree = faultTree(analyse(model), 'S0', { maxNodes: 30 });
        const layout = await layOutFaultTree(tree, elk);
        const boxes = new Map(layout.nodes.map((box) => [box.id, box]));
        expect([...boxes.keys()]).toEqual(tree.nodes.map(({ id }) => id));
        for (const [at, a] of layout.nodes.entries()) {
          for (const b of layout.nodes.slice(at + 1)) {
            const apart =
              a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
            expect(apart, `${a.id} and ${b.id}`).toBe(true);
          }
        }
        const lines = new Map(layout.edges.map(({ id, points }) => [id, points]));
        for (const gate of tree.nodes) {
          if (gate.kind !== 'gate') continue;
          for (const [at, input] of gate.inputs.entries()) {
            const [from, to] = [boxes.get(gate.id), boxes.get(input)];
            if (from === undefined || to === undefined) throw new Error('a box is missing');
            expect(to.y).toBeGreaterThan(from.y + from.height);
            const points = lines.get(`${gate.id} ${at}`) ?? [];
            expect(points[0]).toEqual({ x: from.x + from.width / 2, y: from.y + from.height });
            const end = points.at(-1);
            expect(end?.y).toBe(to.y);
            expect(Math.abs((end?.x ?? 0) - (to.x + to.width / 2))).toBeLessThanOrEqual(to.width / 2 - 10);
          }
        }
        const drawnLines = layout.edges.map(({ id, points }) => ({ gate: id.slice(0, id.lastIndexOf(' ')), points }));
        for (const [at, one] of drawnLines.entries()) {
          for (const other of drawnLines.slice(at + 1)) {
            if (one.gate !== other.gate) expect(shared(one.points, other.points)).toBe(0);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has the inputs of a gate in the order of the text where nothing more crosses for it', async () => {
    const names = Array.from({ length: 9 }, (_, at) => `Voter${at}`);
    const model = architecture({
      components: names.map((name) => component(name, 'users', { exposures: [{ hazard: 'Flood', share: 1 }] })),
      services: [service('S', [needs(atLeast(5, ...names))])],
      hazards: [{ name: 'Flood' }],
    });
    const tree = faultTree(analyse(model), 'S', { maxNodes: 30 });
    const { nodes } = await layOutFaultTree(tree, elk);
    const xOf = (id: string): number => nodes.find((box) => box.id === id)?.x ?? Number.NaN;
    const top = tree.nodes.find(({ kind }) => kind === 'gate');
    const places = (top?.kind === 'gate' ? top.inputs : []).map(xOf);
    expect(places).toHaveLength(9);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('has a dot where lines of one gate part, and none where those of two cross', async () => {
    await fc.assert(
      fc.asyncProperty(smallArchitectures(5), async (model) => {
        const tree = faultTree(analyse(model), 'S0', { maxNodes: 30 });
        const { layout, elements } = await drawn(tree);
        const dots = elements.filter(({ attributes }) => attributes.get('class') === 'branch');
        const places = dots.map(({ attributes }) => `${attributes.get('cx')} ${attributes.get('cy')}`);
        expect(places.toSorted()).toEqual([...partings(layout.edges)].toSorted());
      }),
      { numRuns: 40 },
    );
  });

  it('of nine that are each lost in two ways is narrow enough to be read from afar', async () => {
    const names = Array.from({ length: 9 }, (_, at) => `Authority${at + 1}`);
    const model = architecture({
      components: names.map((name) => component(name, 'users', { exposures: [{ hazard: 'Flood', share: 1 }] })),
      services: [service('Vote', [needs(atLeast(5, ...names))])],
      hazards: [{ name: 'Flood' }],
    });
    const { layout } = await drawn(faultTree(analyse(model), 'Vote'));
    expect(layout.nodes.length).toBeGreaterThan(19);
    expect(layout.width).toBeLessThan(1600);
  });

  it('says of every node and line what it is, and reaches each by keyboard', async () => {
    const tree = faultTree(analyse(bank), 'Paying');
    const { elements } = await drawn(tree);
    const named = elements.filter(({ attributes }) => attributes.has('data-node') || attributes.has('data-edge'));
    const lines = tree.nodes.flatMap((node) => (node.kind === 'gate' ? node.inputs : []));
    expect(named).toHaveLength(tree.nodes.length + lines.length);
    for (const { attributes } of named) {
      expect(attributes.get('aria-label')?.trim()).toBeTruthy();
      expect(attributes.get('tabindex')).toBe('0');
    }
    expect(named.map(({ attributes }) => attributes.get('aria-label'))).toContain(
      'Nimbus is gone. Basic event, Operator of 2 components',
    );
  });

  it('says the rule of each gate beside it', async () => {
    const { elements } = await drawn(faultTree(analyse(bank), 'Paying'));
    const rules = elements.filter(({ attributes }) => attributes.get('class') === 'text-rule');
    expect(new Set(rules.map(({ text }) => text))).toEqual(new Set(['any one', 'all 2', '2 of 3']));
  });

  it('holds names and titles as text, whatever they say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), async (title) => {
        const model = architecture({
          components: [
            component('A', 'vendor', { title, operator: title }),
            component('B', 'vendor', { operator: title }),
          ],
          services: [service('S', [needs('A')], { title })],
        });
        const { elements } = await drawn(faultTree(analyse(model), 'S'));
        expect(new Set(elements.map(({ name }) => name))).toEqual(
          new Set(['svg', 'style', 'rect', 'g', 'path', 'text', 'circle', 'title']),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('crosses to the panel as it is, and asks for no colour that is none', () => {
    const tree = faultTree(analyse(bank), 'Paying');
    expect(faultTreeSchema.parse(JSON.parse(JSON.stringify(tree)))).toEqual(tree);
    for (const theme of ['editor', 'light', 'dark', 'contrast-light', 'contrast-dark'] as const) {
      expect(faultTreeStyles(theme)).not.toContain('undefined');
    }
  });
});

/** How far two lines run over each other. */
function shared(one: readonly Point[], other: readonly Point[]): number {
  let length = 0;
  for (const [a, b] of stretches(one)) {
    for (const [c, d] of stretches(other)) {
      for (const [along, across] of [['x', 'y'] as const, ['y', 'x'] as const]) {
        if (a[across] !== b[across] || c[across] !== d[across] || a[across] !== c[across]) continue;
        const first = Math.max(Math.min(a[along], b[along]), Math.min(c[along], d[along]));
        const last = Math.min(Math.max(a[along], b[along]), Math.max(c[along], d[along]));
        length += Math.max(0, last - first);
      }
    }
  }
  return length;
}

/** Points at which three of the four pixels around belong to lines of one gate, looked at one by one. */
function partings(edges: Layout['edges']): Set<string> {
  const found = new Set<string>();
  const gateOf = (id: string): string => id.slice(0, id.lastIndexOf(' '));
  for (const edge of edges) {
    const own = edges.filter(({ id }) => gateOf(id) === gateOf(edge.id)).flatMap(({ points }) => stretches(points));
    for (const { x, y } of edge.points) {
      const near: Point[] = [
        { x: x - 0.01, y },
        { x: x + 0.01, y },
        { x, y: y - 0.01 },
        { x, y: y + 0.01 },
      ];
      const drawn = near.filter((point) => own.some(([a, b]) => within(point, a, b)));
      if (drawn.length > 2) found.add(`${x} ${y}`);
    }
  }
  return found;
}

const within = ({ x, y }: Point, a: Point, b: Point): boolean =>
  x >= Math.min(a.x, b.x) && x <= Math.max(a.x, b.x) && y >= Math.min(a.y, b.y) && y <= Math.max(a.y, b.y);

const stretches = (line: readonly Point[]): (readonly [Point, Point])[] =>
  line.slice(1).map((to, at) => [line[at] as Point, to] as const);
