/** How long layouts take, in the worker that the editor has them from, and how large what they give is. */
import { diagramOf, foldDiagram, foldedToStart, type Layout } from '../../language/core/diagram/index.ts';
import type { Architecture } from '../../language/core/model/index.ts';
import type { LayoutOptions } from '../../language/layout/index.ts';
import { workerThreads } from '../../language/workers/runner-node.ts';
import { renderPicture } from '../../webview/picture/index.ts';
import { generated } from '../picture/systems.ts';
import { measure, type Row } from './measure.ts';

const AT_MOST: Readonly<Record<number, number>> = { 50: 500, 200: 1000, 1000: 3000 };

/**
 * `script` is the bundle of the worker, `flat` gives an architecture of so many components without groups. Cold is a new
 * thread for each layout, everything opened; warm is a component more in a picture that is seen.
 */
export async function measureLayouts(
  script: string,
  flat: (components: number) => Promise<Architecture>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const components of [50, 200, 1000]) {
    const models = { 'in groups': generated(components), 'without groups': await flat(components) };
    for (const [how, model] of Object.entries(models)) {
      const name = `${components} components ${how}`;
      const runs = components === 1000 ? 7 : 11;
      const cold = async (): Promise<Layout> => {
        const runner = workerThreads(script);
        const diagram = diagramOf(model);
        const layout = await runner.run('layout', { diagram, options: {} });
        renderPicture(diagram, layout, { theme: 'editor' });
        await runner.dispose();
        return layout;
      };
      const atMost = AT_MOST[components] ?? 3000;
      const { width, height } = await cold();
      const shape = `${Math.round(width)} × ${Math.round(height)}, ${(width / height).toFixed(2)} : 1`;
      rows.push(await measure(`picture from a cold worker, ${name} (${shape})`, cold, { runs, warmUp: 1, atMost }));
      rows.push(await edited(script, name, model, runs));
    }
    const start = () => {
      const diagram = diagramOf(models['in groups']);
      return foldDiagram(diagram, foldedToStart(diagram));
    };
    rows.push(await measure(`folded to start, ${components} components: ${start().nodes.length} nodes`, start));
  }
  return rows;
}

async function edited(script: string, name: string, model: Architecture, runs: number): Promise<Row> {
  const runner = workerThreads(script);
  const [first, ...others] = model.components;
  if (first === undefined) throw new Error('there is no component to copy');
  const before = diagramOf(model);
  const options: LayoutOptions = {
    previous: { diagram: before, layout: await runner.run('layout', { diagram: before, options: {} }) },
  };
  const after = diagramOf({ ...model, components: [first, ...others, { ...first, name: 'Fresh', title: 'Fresh' }] });
  const row = await measure(`one component more, ${name}`, () => runner.run('layout', { diagram: after, options }), {
    runs,
  });
  await runner.dispose();
  return row;
}
