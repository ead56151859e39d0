import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Diagram,
  diagramOf,
  diagramSchema,
  foldDiagram,
  foldedToStart,
} from '../../language/core/diagram/index.ts';
import { createElkEngine } from '../../language/layout/index.ts';
import { renderPicture } from '../../webview/picture/index.ts';
import { checkLayout } from '../layout/check.ts';
import { anyArchitecture } from './architectures.ts';
import { cloud, cloudFindings, generated } from './systems.ts';
import { descendants, readXml, withAttribute } from './xml.ts';

const engine = createElkEngine();

/** Some of the containers of a diagram, by a number of which each bit is one. */
const someOf = (diagram: Diagram, bits: number): string[] =>
  diagram.containers.filter((_, index) => ((bits >> (index % 30)) & 1) === 1).map(({ id }) => id);

/** By walking up from each node: the outermost container of those folded, as an oracle. */
function placeOf(diagram: Diagram, folded: readonly string[], node: string): string {
  const path: string[] = [];
  let at = diagram.nodes.find(({ id }) => id === node)?.container;
  while (at !== undefined) {
    path.unshift(at);
    at = diagram.containers.find(({ id }) => id === at)?.container;
  }
  return path.find((id) => folded.includes(id)) ?? node;
}

describe('folding', () => {
  test('any: each component is shown or counted in one box, and no edge is lost or told twice', () => {
    fc.assert(
      fc.property(anyArchitecture, fc.nat(), (model, bits) => {
        const diagram = diagramOf(model);
        const ids = someOf(diagram, bits);
        const folded = foldDiagram(diagram, ids);
        expect(diagramSchema.parse(folded)).toEqual(folded);
        const shown = folded.nodes.flatMap((node) =>
          node.kind === 'component' ? [node.id] : node.kind === 'folded' ? node.components : [],
        );
        expect(shown.sort()).toEqual(model.components.map(({ name }) => name).sort());

        const expected = new Map<string, number>();
        for (const { kind, from, to } of diagram.edges) {
          const [start, end] = [placeOf(diagram, ids, from), placeOf(diagram, ids, to)];
          if (start === end && from !== to) continue;
          if (start === end && start !== from) continue;
          const key = `${kind}:${start}>${end}`;
          expected.set(key, (expected.get(key) ?? 0) + 1);
        }
        expect(new Map(folded.edges.map(({ id, count }) => [id, count ?? 1]))).toEqual(expected);
      }),
    );
  });

  test('any: the folded picture has a good layout', async () => {
    await fc.assert(
      fc.asyncProperty(anyArchitecture, fc.nat(), async (model, bits) => {
        const diagram = diagramOf(model);
        const folded = foldDiagram(diagram, someOf(diagram, bits));
        expect(checkLayout(folded, await engine.layOut(folded))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('of nothing, and of what is none, changes nothing', () => {
    const diagram = diagramOf(cloud);
    expect(foldDiagram(diagram, [])).toBe(diagram);
    expect(foldDiagram(diagram, ['zone:nobody', 'Orders'])).toBe(diagram);
  });

  test('a group says how many components and which findings are in it', () => {
    const folded = foldDiagram(diagramOf(cloud, cloudFindings), ['zone:company/Frankfurt', 'zone:vendor:Amazon']);
    const descriptions = folded.nodes.flatMap(({ kind, description }) => (kind === 'folded' ? [description] : []));
    expect(descriptions).toEqual([
      'Group Frankfurt, run by the company, folded, 4 components. 1 information: single-company-dependency: Frankfurt is what it is about.',
      'Zone Amazon, run by a vendor, folded, 2 components. 1 warning: single-external-dependency: operator:Amazon is what it is about. ' +
        '1 information: single-company-dependency: Frankfurt is what it is about.',
    ]);
    const merged = folded.edges.find(({ id }) => id === 'needs:zone:company/Frankfurt>zone:vendor:Amazon');
    expect([merged?.count, merged?.label?.text, merged?.description]).toEqual([
      2,
      '×2',
      'Frankfurt needs Amazon, in 2 places',
    ]);
  });

  test('a group with many findings in it counts them all, and tells the first', async () => {
    const [first] = cloudFindings;
    if (first === undefined) throw new Error('there is no finding to tell');
    const many = (count: number) =>
      Array.from({ length: count }, (_, at) => ({
        ...first,
        message: `Frankfurt, ${at}.`,
        severity: 'warning' as const,
      }));
    for (const count of [1, 7, 8, 9, 400]) {
      const folded = foldDiagram(diagramOf(cloud, many(count)), ['zone:company', 'zone:vendor:Amazon']);
      const [node] = folded.nodes.filter(({ badges }) => badges.length > 0);
      const [badge] = node?.badges ?? [];
      expect(badge?.count).toBe(count);
      const sentences = Array.from({ length: Math.min(count, 8) }, (_, at) => `${first.rule}: Frankfurt, ${at}.`);
      const told = count > 8 ? [...sentences, `And ${count - 8} more.`] : sentences;
      expect(node?.description).toMatch(new RegExp(`${count} warnings?: ${told.join(' ').replaceAll('.', '\\.')}$`));
      const picture = readXml(renderPicture(folded, await engine.layOut(folded), { theme: 'editor' }));
      expect(JSON.stringify(picture)).toContain(JSON.stringify(told.join('\n')).slice(1, -1));
    }
  });

  test('to start with: small pictures are shown whole, large ones with no more than can be read', () => {
    expect(foldedToStart(diagramOf(cloud))).toEqual([]);
    for (const size of [200, 500, 1000]) {
      const diagram = diagramOf(generated(size));
      const start = foldDiagram(diagram, foldedToStart(diagram));
      expect(start.nodes.length).toBeLessThanOrEqual(90);
      expect(start.nodes.length).toBeGreaterThan(3);
    }
  });
});

describe('the controls that fold and open', () => {
  const folds = async (interactive: boolean) => {
    const diagram = foldDiagram(diagramOf(cloud), ['zone:company/Dublin']);
    const picture = readXml(renderPicture(diagram, await engine.layOut(diagram), { theme: 'editor', interactive }));
    return withAttribute(picture, 'data-fold').map(({ attributes }) =>
      ['data-fold', 'role', 'tabindex', 'aria-expanded', 'aria-label'].map((name) => attributes.get(name)),
    );
  };

  test('are buttons with a name and a state, one for each zone and group', async () => {
    const drawn = await folds(true);
    expect(drawn).toContainEqual(['zone:company/Dublin', 'button', '0', 'false', 'Open Dublin, 2 components']);
    expect(drawn).toContainEqual(['zone:users', 'button', '0', 'true', 'Fold Users, 1 component']);
    expect(drawn).toHaveLength(9);
  });

  test('are not in a picture that nobody can click', async () => {
    expect(await folds(false)).toEqual([]);
  });

  test('leave no hole before the title where there is none: there stands who runs what is folded', async () => {
    const diagram = foldDiagram(diagramOf(cloud), ['zone:company/Dublin']);
    const layout = await engine.layOut(diagram);
    const signs = (interactive: boolean): (string | undefined)[] =>
      withAttribute(readXml(renderPicture(diagram, layout, { theme: 'light', interactive })), 'data-node')
        .filter(({ attributes }) => attributes.get('data-node') === 'zone:company/Dublin')
        .flatMap((box) => descendants(box))
        .filter(({ attributes }) => attributes.get('class')?.startsWith('icon') === true)
        .map(({ attributes }) => attributes.get('transform'));
    expect(signs(false)).toEqual(['translate(18 13)']);
    expect(signs(true)).toHaveLength(1);
    expect(signs(true)).not.toEqual(['translate(18 13)']);
  });
});
