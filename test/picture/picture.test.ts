import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ComponentNode, type Diagram, diagramOf, type Layout } from '../../language/core/diagram/index.ts';
import type { Architecture } from '../../language/core/model/index.ts';
import type { Finding } from '../../language/core/rules/finding.ts';
import { createElkEngine } from '../../language/layout/index.ts';
import { legendOf, type PictureOptions, poolMarks, renderPicture, type Theme } from '../../webview/picture/index.ts';
import { anyArchitecture } from './architectures.ts';
import { architecture, cloud, cloudFindings, component, service, skype2007, skype2007Findings } from './systems.ts';
import { descendants, readXml, withAttribute, type XmlElement } from './xml.ts';

const engine = createElkEngine();

async function draw(
  model: Architecture,
  findings: readonly Finding[] = [],
  options: Partial<PictureOptions> = {},
): Promise<{ picture: XmlElement; svg: string; diagram: Diagram; layout: Layout }> {
  const diagram = diagramOf(model, findings);
  const layout = await engine.layOut(diagram);
  const svg = renderPicture(diagram, layout, { theme: 'light', ...options });
  return { picture: readXml(svg), svg, diagram, layout };
}

const HOSTILE = '<img src=x onerror=alert(1)>"\'&]]>';

describe('the picture', () => {
  test('any architecture, in any theme, is one well-formed document with every node and edge in it once', async () => {
    const theme = fc.constantFrom<Theme>('editor', 'light', 'dark', 'contrast-light', 'contrast-dark');
    await fc.assert(
      fc.asyncProperty(anyArchitecture, theme, async (model, chosen) => {
        const { picture, diagram } = await draw(model, [], { theme: chosen, legend: true, title: true });
        const drawn = (key: string) => withAttribute(picture, key).map(({ attributes }) => attributes.get(key));
        expect(drawn('data-node')).toEqual(diagram.nodes.map(({ id }) => id));
        expect(drawn('data-edge').sort()).toEqual(diagram.edges.map(({ id }) => id).sort());
        expect(drawn('data-heading')).toEqual(diagram.containers.map(({ id }) => id));
      }),
      { numRuns: 25 },
    );
  });

  test('any architecture, drawn again elsewhere, otherwise or partly changed, is as if it were drawn for the first time', async () => {
    const change = fc.record({
      dx: fc.constantFrom(0, 7),
      theme: fc.constantFrom<Theme>('editor', 'light'),
      foldable: fc.boolean(),
      recovered: fc.boolean(),
      renamed: fc.option(fc.nat(), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(anyArchitecture, fc.array(change, { minLength: 2, maxLength: 4 }), async (model, changes) => {
        const drawn = await draw(model);
        let { diagram, layout } = drawn;
        for (const { dx, theme, foldable, recovered, renamed } of changes) {
          const moved = <Box extends { x: number }>(boxes: readonly Box[]) =>
            boxes.map((box) => ({ ...box, x: box.x + dx }));
          if (dx > 0) layout = { ...layout, nodes: moved(layout.nodes) };
          const at = renamed === undefined ? -1 : renamed % Math.max(1, diagram.nodes.length);
          const nodes = diagram.nodes.map((node, index) => (index === at ? { ...node, description: 'Renamed' } : node));
          diagram = { ...diagram, nodes };
          const options = { theme, foldable, ...(recovered && { recovery: { pools: {}, levels: {} } }) };
          const fresh = renderPicture(structuredClone(diagram), structuredClone(layout), options);
          expect(renderPicture(diagram, layout, options) === fresh).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
  });

  test('the ground of a heading lets as much of its zone through as the frames of the groups around it', async () => {
    const model = architecture('Nested', {
      components: [component('company', 'A', { group: 'Inner' }), component('company', 'B')],
      groups: [{ name: 'Outer' }, { name: 'Inner', group: 'Outer' }],
    });
    const { picture } = await draw(model);
    const tints = new Map(
      withAttribute(picture, 'data-heading').map((heading) => [
        heading.attributes.get('data-group') ?? 'zone',
        descendants(heading)
          .find(({ attributes }) => attributes.get('class') === 'heading-tint')
          ?.attributes.get('fill-opacity'),
      ]),
    );
    expect(tints).toEqual(
      new Map([
        ['zone', undefined],
        ['Outer', '0.5'],
        ['Inner', '0.75'],
      ]),
    );
  });

  test('hostile words come out as text', async () => {
    const model = architecture('Any', {
      title: HOSTILE,
      components: [
        component('vendor', 'A', {
          title: HOSTILE,
          operator: HOSTILE,
          group: 'G',
          exposures: [{ hazard: 'H', share: 1 }],
        }),
      ],
      groups: [{ name: 'G', title: HOSTILE }],
      hazards: [{ name: 'H', title: HOSTILE }],
      services: [service('S', { title: HOSTILE, traffic: [{ share: 1, component: 'A' }] })],
    });
    const hostileFinding = { ...skype2007Findings[0], subject: 'A', message: HOSTILE, rule: HOSTILE } as Finding;
    const { picture, svg } = await draw(model, [hostileFinding], { title: true, legend: true });
    expect(svg).not.toContain('<img');
    const names = new Set(descendants(picture).map(({ name }) => name));
    expect([...names].sort()).toEqual(['g', 'path', 'rect', 'style', 'svg', 'text', 'title']);
    const handlers = descendants(picture).flatMap(({ attributes }) =>
      [...attributes.keys()].filter((key) => key.startsWith('on')),
    );
    expect(handlers).toEqual([]);
    expect(descendants(picture).filter(({ text }) => text.includes('<img src=x')).length).toBeGreaterThan(4);
  });

  test('stands alone: no script, no address, no variable of the editor', async () => {
    for (const theme of ['light', 'dark', 'contrast-light', 'contrast-dark'] as const) {
      const { svg } = await draw(cloud, cloudFindings, { theme, legend: true });
      expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/<script|https?:|url\(|@import|var\(|style="/);
    }
  });

  test('in the editor has no style of its own, so that a content security policy holds', async () => {
    const { svg } = await draw(cloud, cloudFindings, { theme: 'editor' });
    expect(svg).not.toMatch(/<style|style="/);
  });

  test('nodes and edges are reached by keyboard and named in words', async () => {
    const { picture } = await draw(skype2007, skype2007Findings, { theme: 'editor', selected: 'SuperNode' });
    const [node] = withAttribute(picture, 'data-node', 'SuperNode');
    expect(node?.attributes.get('class')).toBe('node component party-users selected');
    expect(node?.attributes.get('tabindex')).toBe('0');
    expect(node?.attributes.get('role')).toBe('button');
    expect(node?.attributes.get('aria-label')).toBe(
      'SuperNode, run by users, 25,000 instances. serves 400 Skype clients, above 200% load loses 5%/min. ' +
        'promoted from Skype clients at 10/min. exposed to Mass reboot 90%. ' +
        '1 accepted warning: single-external-dependency: SuperNode is what it is about.',
    );
    const labels = withAttribute(picture, 'data-edge').map(({ attributes }) => attributes.get('aria-label'));
    expect(labels.sort()).toEqual([
      'Calling has 5% of its traffic through Log-in servers',
      'Calling has 95% of its traffic through SuperNode',
      'Calling is for Skype clients',
      'Calling needs SuperNode',
      'Skype clients needs Log-in servers to start',
      'Skype clients needs SuperNode',
      'SuperNode is promoted from Skype clients at 10/min',
    ]);
  });
});

describe('words', () => {
  test('fit: no line of text is wider than its node, no tag and no badge either', () => {
    fc.assert(
      fc.property(anyArchitecture, (model) => {
        for (const node of diagramOf(model).nodes) {
          for (const { x, y, width, end, text } of node.lines) {
            const [left, right] = end ? [x - width, x] : [x, x + width];
            expect(left, text).toBeGreaterThanOrEqual(0);
            expect(right, text).toBeLessThanOrEqual(node.width);
            expect(y, text).toBeLessThan(node.height);
          }
          if (node.kind !== 'component') continue;
          for (const { x, y, width, height } of node.exposures) {
            expect(x + width).toBeLessThanOrEqual(node.width);
            expect(y + height).toBeLessThanOrEqual(node.height);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('a component says who runs it, how many there are and what it does', () => {
    const node = diagramOf(skype2007).nodes.find(({ id }) => id === 'SuperNode');
    expect(node?.lines.map(({ text }) => text)).toEqual([
      'SuperNode',
      'Users · 25,000',
      'serves 400 Skype clients',
      'above 200% load loses 5%/min',
      '= 250',
    ]);
    const linesOf = (id: string) =>
      diagramOf(cloud)
        .nodes.find((each) => each.id === id)
        ?.lines.map(({ text }) => text);
    expect(linesOf('Monitoring')).toEqual([
      'Monitoring',
      'Company · Grafana Labs',
      'the company commands the software',
    ]);
    expect(linesOf('Checkout')).toEqual(['Checkout', 'Service for Shoppers', 'traffic: 60% vendor, 40% company']);
  });

  test('alternatives meet in a junction that says how many are enough', () => {
    const junctions = diagramOf(cloud).nodes.filter(({ kind }) => kind === 'junction');
    expect(junctions.map(({ id, label }) => [id, label])).toEqual([
      ['Checkout#1', 'or'],
      ['Browser#2', 'or'],
      ['Orders#0', '2 of 3'],
    ]);
  });

  test('zones are those of who controls, groups within each in which they have members', () => {
    expect(diagramOf(cloud).containers.map(({ id, label, container }) => [id, label, container])).toEqual([
      ['zone:users', 'Users', undefined],
      ['zone:company', 'Company', undefined],
      ['zone:company/Frankfurt', 'Frankfurt', 'zone:company'],
      ['zone:company/Dublin', 'Dublin', 'zone:company'],
      ['zone:company/FrankfurtData', 'Data', 'zone:company/Frankfurt'],
      ['zone:vendor:Amazon', 'Amazon', undefined],
      ['zone:vendor:Amazon/Frankfurt', 'Frankfurt', 'zone:vendor:Amazon'],
      ['zone:vendor:Stripe', 'Stripe', undefined],
      ['zone:vendor', 'Vendors', undefined],
    ]);
  });
});

describe('the legend', () => {
  const keysOf = (model: Architecture, findings: readonly Finding[] = [], recovering = false) =>
    legendOf(diagramOf(model, findings), recovering).map(({ key }) => key);

  test('explains what is there and nothing else', () => {
    expect(keysOf(skype2007, skype2007Findings)).toEqual([
      'service',
      'zone-users',
      'zone-company',
      'edge-serviceFor',
      'edge-needs',
      'edge-needsToStart',
      'edge-promotes',
      'edge-traffic',
      'dots',
      'load',
      'hazard',
      'badge-error',
      'badge-warning',
      'badge-accepted',
    ]);
    expect(keysOf(architecture('One', { components: [component('vendor', 'A')] }), [], true)).toEqual([
      'zone-vendor',
      'dots',
      'dots-states',
    ]);
    expect(keysOf(architecture('None', {}))).toEqual([]);
  });

  test('any architecture: an edge kind, a junction, a zone is in the legend if and only if it is in the picture', () => {
    fc.assert(
      fc.property(anyArchitecture, (model) => {
        const diagram = diagramOf(model);
        const keys = legendOf(diagram, false).map(({ key }) => key);
        const expected = new Set<string>([
          ...diagram.edges.map(({ kind }) => `edge-${kind}`),
          ...diagram.containers.map(({ party }) => `zone-${party}`),
          ...diagram.nodes.flatMap(({ kind, label }) =>
            kind === 'junction' ? [`junction-${/^(or|and)$/.exec(label)?.[0] ?? 'of'}`] : [],
          ),
        ]);
        expect(keys.filter((key) => /^(edge|zone|junction)/.test(key)).sort()).toEqual([...expected].sort());
      }),
    );
  });
});

describe('a recovery', () => {
  const pool = (diagram: Diagram, id: string) => diagram.nodes.find((node) => node.id === id) as ComponentNode;

  test('is drawn as the marks say, which are what an animation sets', async () => {
    const state = { up: 12_000, starting: 5_000, down: 8_000, load: 2.5 };
    const { picture, diagram } = await draw(skype2007, [], {
      recovery: { pools: { SuperNode: state }, levels: { Calling: 0.372 } },
    });
    const [node] = withAttribute(picture, 'data-node', 'SuperNode');
    expect(picture.attributes.get('class')).toContain('recovering');
    for (const { role, attribute, value } of poolMarks(pool(diagram, 'SuperNode'), state)) {
      const carriers = node === undefined ? [] : withAttribute(node, 'data-role', role);
      expect(carriers.map((each) => (attribute === 'text' ? each.text : each.attributes.get(attribute)))).toEqual([
        value,
      ]);
    }
    const [service] = withAttribute(picture, 'data-node', 'Calling');
    expect(service && withAttribute(service, 'data-role', 'level-figure')[0]?.text).toBe('37%');
  });

  const dotsIn = (path: string) => path.split('M').length - 1;
  const countsOf = (node: ComponentNode, up: number, starting: number, down: number) => {
    const marks = poolMarks(node, { up, starting, down, load: 0 });
    const of = (role: string) => dotsIn(marks.find((mark) => mark.role === role)?.value ?? '');
    return [of('up'), of('starting')];
  };

  test('all up fills every dot, one down leaves one, one up shows one', () => {
    const node = pool(diagramOf(skype2007), 'SuperNode');
    expect(countsOf(node, 25_000, 0, 0)).toEqual([100, 0]);
    expect(countsOf(node, 24_999, 0, 1)).toEqual([99, 0]);
    expect(countsOf(node, 24_999, 1, 0)).toEqual([99, 1]);
    expect(countsOf(node, 1, 0, 24_999)).toEqual([1, 0]);
    expect(countsOf(node, 0, 1, 24_999)).toEqual([0, 1]);
    expect(countsOf(node, 0, 0, 25_000)).toEqual([0, 0]);
  });

  test('any state: no more dots than there are, at most a hundred', () => {
    const instances = fc.integer({ min: 1, max: 1_000_000_000 });
    fc.assert(
      fc.property(instances, fc.nat(1e9), fc.nat(1e9), fc.nat(1e9), (count, up, starting, down) => {
        const model = architecture('One', { components: [component('users', 'A', { instances: count })] });
        const node = pool(diagramOf(model), 'A');
        const [full = 0, waiting = 0] = countsOf(node, up, starting, down);
        expect(node.pool.grid.dots).toBeLessThanOrEqual(100);
        expect(full + waiting).toBeLessThanOrEqual(node.pool.grid.dots);
      }),
    );
  });

  test('a component named __proto__ has its own state', async () => {
    const model = architecture('One', { components: [component('users', '__proto__', { instances: 10 })] });
    const pools = JSON.parse('{"__proto__":{"up":3,"starting":0,"down":7,"load":0}}');
    const { picture } = await draw(model, [], { recovery: { pools, levels: {} } });
    expect(withAttribute(picture, 'data-role', 'count-up')[0]?.text).toBe('3');
  });
});
