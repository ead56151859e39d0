import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagramOf, type ServiceNode } from '../../language/core/diagram/index.ts';
import { usualLevels } from '../../language/core/diagram/usual-levels.ts';
import { simulate } from '../../language/core/simulation/index.ts';
import { createElkEngine } from '../../language/layout/index.ts';
import { renderPicture } from '../../webview/picture/index.ts';
import { architecture, component, HOUR, scenario, service } from '../simulation/build.ts';
import { systems } from '../simulation/generate.ts';

const usualOf = (node: { kind: string }): number => (node as ServiceNode).level.usual ?? 1;

describe('The level that a picture shows with all up', () => {
  test('is that with which any run begins', () => {
    fc.assert(
      fc.property(systems, ({ model, seed }) => {
        const { services } = simulate(model, scenario(HOUR, []), seed);
        for (const node of diagramOf(model).nodes.filter(({ kind }) => kind === 'service'))
          expect(usualOf(node), node.id).toBeCloseTo(services[node.id]?.level[0] ?? -1, 12);
      }),
      { numRuns: 300 },
    );
  });

  test('is told of chains of services that are longer than any stack', () => {
    const services = Array.from({ length: 20_000 }, (_, at) =>
      service(`S${at}`, at === 19_999 ? 'W' : `S${at + 1}`, 'U'),
    );
    const model = architecture([component('W', 1, { serves: { U: 3 } }), component('U', 4)], services);
    expect([...new Set(usualLevels(model).values())]).toEqual([0.75]);
    expect(usualLevels(model).size).toBe(20_000);
  });

  test('is below 100% where there is not room for all, in figures and in words', async () => {
    const model = architecture(
      [component('W', 10, { serves: { U: 100 } }), component('U', 9_000, { party: 'users', needs: 'W' })],
      [service('S', 'W', 'U'), service('T', 'W')],
    );
    const diagram = diagramOf(model);
    const [s, t] = diagram.nodes as ServiceNode[];
    expect(s?.level.usual).toBeCloseTo(1 / 9, 12);
    expect(s?.description).toContain('11.1% with all up');
    expect(t?.level.usual).toBeUndefined();
    const svg = renderPicture(diagram, await createElkEngine().layOut(diagram), { theme: 'light' });
    expect(svg.match(/data-role="level-figure">[^<]*/g)).toEqual([
      'data-role="level-figure">11%',
      'data-role="level-figure">100%',
    ]);
  });
});
