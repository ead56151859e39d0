import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Diagram, diagramOf, foldDiagram, type Layout } from '../../language/core/diagram/index.ts';
import type { Architecture } from '../../language/core/model/index.ts';
import { createElkEngine } from '../../language/layout/index.ts';
import { EXAMPLES } from '../examples/load.ts';
import { check } from '../language/check.ts';
import { anyArchitecture } from '../picture/architectures.ts';
import { cloud, generated, skype2007 } from '../picture/systems.ts';
import { checkLayout } from './check.ts';
import { addition, anyEdit, type Edit, newNeed, otherNumbers, removal, rename, unneededAddition } from './edits.ts';

const engine = createElkEngine();

/** How wide the narrowest component is: what "a node's width" is held to. */
const NODE_WIDTH = 270;

interface Edited {
  readonly before: Layout;
  readonly after: Layout;
  readonly diagram: Diagram;
  /** Of every component and service that was there before, how far it moved, in pixels, the least first. */
  readonly moved: number[];
}

async function edited(model: Architecture, { apply }: Edit): Promise<Edited> {
  const first = diagramOf(model);
  const before = await engine.layOut(first);
  const diagram = diagramOf(apply(model));
  const after = await engine.layOut(diagram, { previous: { diagram: first, layout: before } });
  return { before, after, diagram, moved: movesOf(diagram, before, after) };
}

function movesOf(diagram: Diagram, before: Layout, after: Layout): number[] {
  const old = new Map(before.nodes.map((box) => [box.id, box]));
  const shown = new Set(diagram.nodes.flatMap(({ id, kind }) => (kind === 'hazard' ? [] : [id])));
  return after.nodes
    .flatMap(({ id, x, y }) => {
      const box = old.get(id);
      return box === undefined || !shown.has(id) ? [] : [Math.hypot(x - box.x, y - box.y)];
    })
    .sort((a, b) => a - b);
}

async function examples(): Promise<Record<string, Architecture>> {
  const models: Record<string, Architecture> = { skype2007, cloud, 'generated 20': generated(20) };
  for (const [file, text] of Object.entries(EXAMPLES)) {
    const { [file]: _own, ...others } = EXAMPLES;
    const { language, document } = await check(text, others);
    for (const { model } of language.problems.Problems.models.architectures(document)) models[model.name] = model;
  }
  for (const size of [50, 200]) models[`generated ${size}`] = generated(size);
  return models;
}

const EDITS: readonly Edit[] = [
  ...[0, 0.4, 0.7, 1].map(addition),
  ...(['company', 'users', 'vendor'] as const).map(unneededAddition),
  ...[0.2, 0.5, 1].map(removal),
  newNeed(0.2, 0.9),
  newNeed(0.8, 0.1),
];

describe('an edit', () => {
  test('of one component moves no other by more than the width of a node, in every example', async () => {
    const far: string[] = [];
    const medians: number[] = [];
    let most = 0;
    for (const [name, model] of Object.entries(await examples())) {
      for (const edit of EDITS) {
        const { moved, after, diagram } = await edited(model, edit);
        const farthest = moved.at(-1) ?? 0;
        most = Math.max(most, farthest);
        medians.push(moved[Math.floor(moved.length / 2)] ?? 0);
        if (farthest > NODE_WIDTH) far.push(`${name}: ${edit.what}, and something moves ${Math.round(farthest)} px`);
        expect(checkLayout(diagram, after), `${name}: ${edit.what}`).toEqual([]);
      }
    }
    medians.sort((a, b) => a - b);
    const middle = medians[Math.floor(medians.length / 2)] ?? 0;
    console.info(`moved by an edit: median of the medians ${middle.toFixed(0)} px, at the most ${most.toFixed(0)} px`);
    expect(far).toEqual([]);
  });

  test('of the Skype example adds a component, and no other moves by more than the width of a node', async () => {
    const { moved } = await edited(skype2007, addition(0.5));
    expect(moved).toHaveLength(4);
    expect(moved.at(-1)).toBeLessThanOrEqual(NODE_WIDTH);
  });

  test('that opens a group or folds it moves nothing before it, and what stands after it stays in its order', async () => {
    const open = diagramOf(cloud);
    const before = await engine.layOut(open);
    const folded = foldDiagram(open, ['zone:company/Frankfurt']);
    const after = await engine.layOut(folded, { previous: { diagram: open, layout: before } });
    expect(checkLayout(folded, after)).toEqual([]);
    const again = await engine.layOut(open, { previous: { diagram: folded, layout: after } });
    expect(checkLayout(open, again)).toEqual([]);
    const tops = (layout: Layout) => new Map(layout.nodes.map(({ id, y }) => [id, y]));
    for (const id of ['Checkout', 'Browser', 'Orders', 'Search', 'Queue']) {
      expect(Math.abs((tops(after).get(id) ?? 0) - (tops(before).get(id) ?? 0)), id).toBeLessThan(NODE_WIDTH / 2);
    }
  });

  test('of any architecture gives a good layout, edit upon edit', async () => {
    await fc.assert(
      fc.asyncProperty(anyArchitecture, fc.array(anyEdit, { minLength: 1, maxLength: 3 }), async (model, edits) => {
        let diagram = diagramOf(model);
        let layout = await engine.layOut(diagram);
        let edited = model;
        for (const edit of edits) {
          edited = edit.apply(edited);
          const next = diagramOf(edited);
          layout = await engine.layOut(next, { previous: { diagram, layout } });
          diagram = next;
          expect(checkLayout(diagram, layout)).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a changed number', () => {
  test('moves nothing at all, whether the old layout is known or not', async () => {
    for (const [name, model] of Object.entries(await examples())) {
      for (const factor of [0.013, 0.5, 7.3, 1000]) {
        const before = await engine.layOut(diagramOf(model));
        const other = diagramOf(otherNumbers(factor).apply(model));
        expect(await engine.layOut(other), name).toEqual(before);
        expect(await engine.layOut(other, { previous: { diagram: diagramOf(model), layout: before } })).toEqual(before);
      }
    }
  });

  test('takes no new layout: the one that is known is given again', async () => {
    const diagram = diagramOf(skype2007);
    const layout = await engine.layOut(diagram);
    const idle = createElkEngine({ layout: () => Promise.reject(new Error('a layout was asked for')) });
    const other = diagramOf(otherNumbers(3).apply(skype2007));
    expect(await idle.layOut(other, { previous: { diagram, layout } })).toEqual(layout);
    await expect(idle.layOut(other)).rejects.toThrow('asked for');
  });

  test('moves nothing in any architecture', async () => {
    await fc.assert(
      fc.asyncProperty(anyArchitecture, fc.double({ min: 0.001, max: 1000, noNaN: true }), async (model, factor) => {
        const other = otherNumbers(factor).apply(model);
        expect(await engine.layOut(diagramOf(other))).toEqual(await engine.layOut(diagramOf(model)));
      }),
      { numRuns: 40 },
    );
  });
});

test('a rename moves nothing but what a narrower name gives free', async () => {
  for (const [name, model] of Object.entries(await examples())) {
    const { before, after } = await edited(model, rename(0.5, 'Q'));
    const moves = after.nodes.map(({ x, y }, index) =>
      Math.hypot(x - (before.nodes[index]?.x ?? 0), y - (before.nodes[index]?.y ?? 0)),
    );
    expect(Math.max(0, ...moves), name).toBeLessThanOrEqual(NODE_WIDTH / 2);
  }
});
