import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diagramOf } from '../../language/core/diagram/index.ts';
import { createElkEngine } from '../../language/layout/index.ts';
import { type FateMark, renderPicture } from '../../webview/picture/index.ts';
import { cloud, generated, skype2007 } from '../picture/systems.ts';
import { bundleOf, noPage, openPage } from './opened-page.ts';

const STYLES = path.resolve(import.meta.dirname, '../../webview/application/styles/fates.css');

interface Edges {
  readonly id: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

describe.skipIf(noPage !== '')(`Tags of failure mode${noPage}`, () => {
  let page: Page;
  let close = async (): Promise<void> => {};

  beforeAll(async () => {
    ({ page, close } = await openPage());
    await page.addScriptTag({ content: await bundleOf('../../webview/application/viewport/fates.ts', 'fates') });
    await page.addStyleTag({ content: readFileSync(STYLES, 'utf8') });
  });
  afterAll(() => close());

  /** Where tags and nodes are when all has failed, in pixels of a picture that is seen from so far. */
  async function seen(
    model: Parameters<typeof diagramOf>[0],
    tagScale: number,
  ): Promise<{ tag: Edges; node: Edges }[]> {
    const diagram = diagramOf(model);
    const layout = await createElkEngine().layOut(diagram);
    const marks: [string, FateMark][] = diagram.nodes
      .filter(({ kind }) => kind !== 'junction')
      .map(({ id }) => [id, { fate: 'serviceLost' }]);
    const svg = renderPicture(diagram, layout, { theme: 'light', interactive: true });
    return page.evaluate(
      ([drawn, all, of, at, size]) => {
        document.body.innerHTML = `<div style="--tag-scale: ${size}">${drawn}</div>`;
        const root = document.querySelector('svg') as SVGSVGElement;
        const { fates } = window as unknown as {
          fates: { fateMarker(...of: unknown[]): (marks: Map<string, unknown>) => void };
        };
        fates.fateMarker(root, of, at)(new Map(all));
        const edges = (element: Element, id: string) => {
          const { left, right, top, bottom } = element.getBoundingClientRect();
          return { id, left, right, top, bottom };
        };
        const tags = [...root.querySelectorAll('.fate rect')];
        return all.map(([id], index) => {
          const node = root.querySelector(`[data-node="${CSS.escape(id)}"] > .box`) as Element;
          return { tag: edges(tags[index] as Element, id), node: edges(node, id) };
        });
      },
      [svg, marks, diagram, layout, tagScale] as const,
    );
  }

  test('stay within the width of their node and lie over no other tag, from however far they are seen', async () => {
    for (const model of [skype2007, cloud, generated(30)]) {
      for (const tagScale of [1, 1.6, 2.5]) {
        const all = await seen(model, tagScale);
        expect(all.length).toBeGreaterThan(4);
        for (const { tag, node } of all) {
          expect(tag.left, tag.id).toBeGreaterThanOrEqual(node.left - 2);
          expect(tag.right, tag.id).toBeLessThanOrEqual(node.right + 2);
        }
        for (const [at, { tag }] of all.entries()) {
          for (const { tag: other } of all.slice(at + 1)) {
            const apart =
              tag.right <= other.left || other.right <= tag.left || tag.bottom <= other.top || other.bottom <= tag.top;
            expect(apart, `${tag.id} and ${other.id}`).toBe(true);
          }
        }
      }
    }
  });

  test('are larger in a picture that is farther away, and hide no title for it', async () => {
    const [near, far] = [await seen(generated(30), 1), await seen(generated(30), 2.5)];
    const height = ({ tag }: { tag: Edges }) => tag.bottom - tag.top;
    const grown = far.filter((one, at) => height(one) > 1.3 * height(near[at] as (typeof near)[number]));
    expect(grown.length).toBeGreaterThan(far.length / 2);
    for (const { tag, node } of far) {
      if (tag.bottom > node.bottom) expect(tag.top, tag.id).toBeGreaterThanOrEqual(node.top + 30);
    }
  });
});
