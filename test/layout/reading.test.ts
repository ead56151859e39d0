/** What a reader has to follow: chains, crossings, sidesteps, empty room; counted over all that is drawn here. */
import { describe, expect, test } from 'vitest';
import { type Box, type Diagram, diagramOf, type Layout } from '../../language/core/diagram/index.ts';
import type { Architecture } from '../../language/core/model/index.ts';
import { createElkEngine } from '../../language/layout/index.ts';
import { EXAMPLES } from '../examples/load.ts';
import { check } from '../language/check.ts';
import { architecture, cloud, component, generated, need, service } from '../picture/systems.ts';
import { checkLayout } from './check.ts';
import { type Measures, measuresOf } from './measures.ts';

const engine = createElkEngine();

/** Each needs the next, all in one zone. */
const chain = (length: number): Architecture =>
  architecture('Chain', {
    components: Array.from({ length }, (_, at) =>
      component('company', `Link${at}`, { needs: at + 1 < length ? [need(`Link${at + 1}`)] : [] }),
    ),
    services: [service('First', { needs: [need('Link0')] })],
  });

async function examples(): Promise<Architecture[]> {
  const models: Architecture[] = [];
  for (const [file, text] of Object.entries(EXAMPLES)) {
    const { [file]: _own, ...others } = EXAMPLES;
    const { language, document } = await check(text, others);
    models.push(...language.problems.Problems.models.architectures(document).map(({ model }) => model));
  }
  return models;
}

const ASPECTS = [0.75, 1.25, 1.6];
const SIZES = [10, 15, 20, 30, 50, 80];

async function drawn(models: readonly Architecture[]) {
  const pictures: { diagram: Diagram; layout: Layout; aspect: number; measures: Measures }[] = [];
  for (const diagram of models.map((model) => diagramOf(model))) {
    for (const aspect of ASPECTS) {
      const layout = await engine.layOut(diagram, { aspect });
      expect(checkLayout(diagram, layout), diagram.title).toEqual([]);
      pictures.push({ diagram, layout, aspect, measures: measuresOf(diagram, layout) });
    }
  }
  return pictures;
}

type Drawn = Awaited<ReturnType<typeof drawn>>;

const sum = (pictures: Drawn, what: keyof Measures): number =>
  pictures.reduce((total, { measures }) => total + measures[what], 0);

/** How much of the frame it fills, of the side that it does not reach from end to end. */
const fills = ({ layout: { width, height }, aspect }: Drawn[number]): number =>
  Math.min(width / height / aspect, aspect / (width / height));

describe('a chain', () => {
  for (const length of [7, 12, 20, 40]) {
    test(`of ${length} in one zone is read from each to its neighbour, straight on`, async () => {
      for (const { layout, measures } of await drawn([chain(length)])) {
        expect(measures).toMatchObject({ crossings: 0, bends: 0, jogs: 0 });
        const places = new Map(layout.nodes.map((box) => [box.id, box]));
        for (let at = 1; at < length; at++) {
          const [one, next] = [places.get(`Link${at - 1}`) as Box, places.get(`Link${at}`) as Box];
          expect(Math.max(distance(one, next, 'x', 'width'), distance(one, next, 'y', 'height'))).toBeLessThan(135);
        }
      }
    });
  }
});

/** Between two boxes, along one axis. */
const distance = (one: Box, other: Box, axis: 'x' | 'y', extent: 'width' | 'height'): number =>
  Math.max(one[axis], other[axis]) - Math.min(one[axis] + one[extent], other[axis] + other[extent]);

describe('pictures of every shape', () => {
  test('of the examples: few edges cross, nearly none has a sidestep past nothing, and panels are filled', async () => {
    const pictures = await drawn(await examples());
    // Rows sorted by what they are linked to alone, and jogs of up to 40 px taken out, give 77, 444 and 131.
    expect(sum(pictures, 'crossings')).toBeLessThanOrEqual(56);
    expect(sum(pictures, 'bends')).toBeLessThanOrEqual(305);
    expect(sum(pictures, 'jogs')).toBeLessThanOrEqual(47);
    expect(sum(pictures, 'confused')).toBe(0);
    expect(pictures.reduce((total, picture) => total + fills(picture), 0) / pictures.length).toBeGreaterThan(0.8);
  });

  test('of what is generated: no more crosses, bends and runs along than did when this was written', async () => {
    const pictures = await drawn([cloud, ...SIZES.flatMap((size) => [1, 2].map((seed) => generated(size, seed)))]);
    expect(sum(pictures, 'crossings')).toBeLessThanOrEqual(1800);
    expect(sum(pictures, 'bends')).toBeLessThanOrEqual(4000);
    expect(sum(pictures, 'jogs')).toBeLessThanOrEqual(450);
    expect(pictures.reduce((total, picture) => total + fills(picture), 0) / pictures.length).toBeGreaterThan(0.8);
  });

  test('leave no stripe from border to border in which nothing stands, nothing is written and no edge turns', async () => {
    const small = await drawn([...(await examples()), chain(20), generated(20), generated(30, 2)]);
    for (const { diagram, layout } of small) {
      for (const axis of ['x', 'y'] as const) {
        expect(widestEmpty(diagram, layout, axis), `${diagram.title}, along ${axis}`).toBeLessThanOrEqual(37);
      }
    }
  });
});

test('A heading that edges leave no room stands where it costs no empty column', async () => {
  const [tor] = (await examples()).filter(({ name }) => name === 'Tor');
  const { layout } = (await drawn(tor === undefined ? [] : [tor]))[2] as Drawn[number];
  const group = layout.containers.find(({ id }) => id.endsWith('/Authorities')) as Box;
  const left = Math.min(...layout.nodes.flatMap(({ id, x }) => (id.startsWith('Authority') ? [x] : [])));
  const bends = layout.edges.flatMap(({ points }) => points.filter(({ y }) => y > group.y).map(({ x }) => x));
  expect(left - group.x).toBeLessThan(90);
  // Edges run in that room.
  expect(Math.min(...bends)).toBeLessThan(left);
});

/** Looked for pixel by pixel. */
function widestEmpty(diagram: Diagram, layout: Layout, axis: 'x' | 'y'): number {
  const extent = axis === 'x' ? 'width' : 'height';
  // Beside the strip of hazards and around it lies what is left over of the frame.
  const hazards = layout.hazards;
  const end = Math.floor(Math.max(...layout.containers.map((box) => box[axis] + box[extent]), 0));
  const taken = new Uint8Array(Math.ceil(layout[extent]) + 1);
  const take = (from: number, to: number) => taken.fill(1, Math.max(0, Math.floor(from)), Math.ceil(to) + 1);
  const headings = new Map(diagram.containers.map(({ id, headingWidth }) => [id, headingWidth]));
  for (const box of [...layout.nodes, ...(hazards ? [hazards] : [])]) take(box[axis], box[axis] + box[extent]);
  for (const box of layout.containers) {
    take(box[axis], box[axis]);
    take(box[axis] + box[extent], box[axis] + box[extent]);
    if (axis === 'x') take(box.heading.x, box.heading.x + (headings.get(box.id) ?? 0));
    else take(box.heading.y - 12, box.heading.y + 12);
  }
  for (const { points, label } of layout.edges) {
    for (const point of points) take(point[axis], point[axis]);
    if (label) take(label[axis], label[axis] + label[extent]);
  }
  let [widest, run] = [0, 0];
  for (let at = 0; at <= end; at++) {
    run = taken[at] === 1 ? 0 : run + 1;
    widest = Math.max(widest, run);
  }
  return widest;
}
