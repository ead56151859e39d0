/** What leaves the panel of folded pictures and of fault trees: the words of the panel, and nothing that runs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyse } from '../../language/core/analysis/index.ts';
import { diagramOf, foldDiagram } from '../../language/core/diagram/index.ts';
import { faultTree } from '../../language/core/fault-tree/index.ts';
import type { Architecture } from '../../language/core/model/index.ts';
import { layOutFaultTree } from '../../language/layout/fault-tree.ts';
import { createElkEngine } from '../../language/layout/index.ts';
import { sideBySide } from '../../webview/application/export/pictures.ts';
import { renderFaultTree, renderPicture, type Theme } from '../../webview/picture/index.ts';
import { type Browser, lookAt, openBrowser } from '../cli/browser.ts';
import { HOSTILE, seenAs } from '../cli/hostile.ts';
import { architecture, atLeast, component, need, or, service } from '../picture/systems.ts';
import { descendants, readXml } from '../picture/xml.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'p2parch-exports-'));
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const words = (at: number): string => HOSTILE[at % HOSTILE.length] as string;

/** Every name of it is one that tries to be more than a name. */
const hostile = (turn: number): Architecture =>
  architecture('Hostile', {
    title: words(turn),
    groups: [{ name: 'G', title: words(turn + 1) }],
    hazards: [{ name: 'H', title: words(turn + 2) }],
    components: [
      component('vendor', 'V', { title: words(turn + 3), operator: words(turn + 4), instances: 40 }),
      component('vendor', 'W', { operator: words(turn + 4), exposures: [{ hazard: 'H', share: 0.5 }] }),
      component('company', 'C', { title: words(turn + 5), group: 'G', needs: [need(or('V', 'W'))] }),
      component('company', 'D', { title: words(turn + 6), group: 'G', needs: [need('C')] }),
    ],
    services: [service('S', { title: words(turn + 7), needs: [need(atLeast(2, 'C', 'D', 'V'))] })],
  });

/** The words of all elements that have some, those of style sheets left out. */
const wordsIn = (svg: string): string[] =>
  descendants(readXml(svg))
    .filter(({ name, text }) => name !== 'style' && text !== '')
    .map(({ text }) => text);

const THEMES: readonly Exclude<Theme, 'editor'>[] = ['light', 'dark', 'contrast-light', 'contrast-dark'];

async function checkExport(draw: (theme: Theme) => string, theme: Exclude<Theme, 'editor'>): Promise<string> {
  const svg = sideBySide([draw(theme)]);
  expect(wordsIn(svg)).toEqual(wordsIn(draw('editor')));
  expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
    /<script|https?:\/\/www|url\(|var\(--|tabindex|style="/,
  );
  const file = path.join(folder, 'exported.svg');
  writeFileSync(file, svg);
  const seen = await lookAt(browser, `file://${file}`);
  expect(seen.told).toEqual([]);
  expect(['circle', 'g', 'path', 'rect', 'style', 'svg', 'text', 'title']).toEqual(
    expect.arrayContaining([...seen.elements]),
  );
  expect(seen.words).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  return seen.words;
}

describe('the export of a folded picture', () => {
  it.each([0, 3, 6])('opens in a browser with the words of the panel, and runs nothing: turn %d', async (turn) => {
    const whole = diagramOf(hostile(turn));
    const zones = whole.containers.map(({ id }) => id);
    for (const [at, folded] of [[], zones.slice(0, 1), zones].entries()) {
      const diagram = foldDiagram(whole, folded);
      expect(diagram.nodes.filter(({ kind }) => kind === 'folded').length > 0).toBe(folded.length > 0);
      const layout = await createElkEngine().layOut(diagram);
      const draw = (theme: Theme) => renderPicture(diagram, layout, { theme, foldable: false, interactive: false });
      const shown = await checkExport(draw, THEMES[(turn + at) % THEMES.length] ?? 'light');
      for (const node of diagram.nodes.filter(({ kind }) => kind === 'folded'))
        expect(shown).toContain(seenAs(node.lines[0]?.text ?? 'no words'));
    }
  });
});

describe('the export of a fault tree', () => {
  it.each([0, 1, 5])('opens in a browser with the words of the panel, and runs nothing: turn %d', async (turn) => {
    const tree = faultTree(analyse(hostile(turn)), 'S');
    const layout = await layOutFaultTree(tree);
    const draw = (theme: Theme) => renderFaultTree(tree, layout, { theme, interactive: false });
    const shown = await checkExport(draw, THEMES[turn % THEMES.length] ?? 'light');
    expect(shown).toContain('2 of 3');
    for (const node of tree.nodes) for (const line of node.lines) expect(shown).toContain(seenAs(line.text));
  });

  it('stands beside others on a ground of its own, each with its own styles', async () => {
    const tree = faultTree(analyse(hostile(2)), 'S');
    const layout = await layOutFaultTree(tree);
    const one = renderFaultTree(tree, layout, { theme: 'dark', interactive: false });
    const both = sideBySide([one, one]);
    expect(wordsIn(both)).toEqual([...wordsIn(one), ...wordsIn(one)]);
    expect(descendants(readXml(both)).filter(({ name }) => name === 'svg')).toHaveLength(3);
  });
});
