import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Diagram, diagramOf } from '../../language/core/diagram/index.ts';
import { changed, changeOf, type PanelPicture, pictureChangeSchema } from '../../language/protocol/picture-change.ts';
import { edited } from '../picture/architectures.ts';
import { picture, someLayout } from '../webview/samples.ts';

const pictureOf = (diagram: Diagram, rest: Partial<PanelPicture> = {}): PanelPicture =>
  JSON.parse(JSON.stringify(picture({ diagram, architecture: diagram.architecture, ...rest })));

const sent = <Value>(value: Value): Value => pictureChangeSchema.parse(JSON.parse(JSON.stringify(value))) as Value;

const facts = fc.record({
  version: fc.integer(),
  stale: fc.constantFrom('', 'The text has errors.'),
  layout: fc.constantFrom(someLayout, { ...someLayout, width: 601 }),
  folding: fc.constantFrom<PanelPicture['folding'][]>(
    { folded: [], all: [], hidden: [] },
    { folded: ['zone'], all: [], hidden: [] },
  ),
  scenarios: fc.constantFrom<PanelPicture['scenarios'][]>(
    [],
    [{ name: 'Crash', title: 'Crash', architectures: ['A'] }],
  ),
  architectures: fc.constantFrom<PanelPicture['architectures'][]>([], [{ name: 'A', title: 'A' }]),
});

describe('What has changed in a picture', () => {
  test('makes the later picture of the earlier one', () => {
    let some = 0;
    fc.assert(
      fc.property(edited, facts, facts, ([before, after], old, now) => {
        const [from, to] = [pictureOf(diagramOf(before), old), pictureOf(diagramOf(after), now)];
        const change = changeOf(from, to);
        if (change === undefined) {
          const ids = ({ diagram }: PanelPicture) =>
            [...diagram.nodes, ...diagram.edges, ...diagram.containers].map(({ id }) => id);
          expect(ids(from)).not.toEqual(ids(to));
          return;
        }
        some += 1;
        expect(changed(from, sent(change))).toEqual(to);
      }),
      { numRuns: 300 },
    );
    expect(some).toBeGreaterThan(100);
  });

  test('is nothing of a picture that shows other things, another architecture or another file', () => {
    const first = picture();
    const [node, ...nodes] = first.diagram.nodes;
    expect(changeOf(first, { ...first, diagram: { ...first.diagram, nodes } })).toBeUndefined();
    const turned = { ...first.diagram, nodes: [...nodes, ...(node ? [node] : [])] };
    expect(changeOf(first, { ...first, diagram: turned })).toBeUndefined();
    expect(changeOf(first, { ...first, architecture: 'Hosted' })).toBeUndefined();
    expect(changeOf(first, { ...first, uri: 'file:///other.p2parch' })).toBeUndefined();
  });

  test('is one node, for a changed number; all other nodes stay the same objects', () => {
    const first = picture();
    const { nodes } = first.diagram;
    const at = nodes.findIndex(({ id }) => id === 'Client');
    const other = { ...nodes[at], description: 'Another' } as Diagram['nodes'][number];
    const change = changeOf(first, { ...first, diagram: { ...first.diagram, nodes: nodes.with(at, other) } });
    expect(change).toEqual({ version: 5, stale: '', nodes: [other], edges: [], containers: [] });
    const now = change && changed(first, change).diagram.nodes;
    expect(now?.filter((node, index) => node === nodes[index])).toHaveLength(nodes.length - 1);
  });
});

test('A change tells of findings on the whole that came and went', () => {
  const first = picture();
  const badges = [{ severity: 'warning', count: 1, messages: ['Something'] }] as unknown as Diagram['badges'];
  const found = { ...first, diagram: { ...first.diagram, badges } };
  const change = changeOf(first, found);
  expect(change?.badges).toEqual(badges);
  expect(change && changed(first, change).diagram.badges).toEqual(badges);
  expect(changeOf(found, found)?.badges).toBeUndefined();
});
