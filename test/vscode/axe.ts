import axe, { type AxeResults } from 'axe-core';
import { inEachTheme } from './theming.ts';
import type { Panel } from './workbench.ts';

/**
 * What axe finds in the panel's page as it is seen now, in each of the four themes, each as the theme, the rule and the
 * elements. With a name, each is also a picture `name-theme` to be looked at.
 */
export async function violationsInEachTheme(panel: Panel, name?: string): Promise<string[]> {
  const found: string[] = [];
  await inEachTheme(panel, async (theme) => {
    found.push(...(await violations(panel)).map((each) => `${theme}: ${each}`));
    if (name !== undefined) await panel.screenshot(`${name}-${theme}`);
  });
  return found;
}

/** As above, in the theme that there is. axe is injected by the test and never shipped. */
export async function violations(panel: Panel): Promise<string[]> {
  const handle = await panel.part('toolbar').elementHandle();
  const frame = await handle?.ownerFrame();
  if (!frame) throw new Error('the panel has no frame');
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axe.source);
  const results = await frame.evaluate(
    async ({ tags, labelInName }) => {
      const { axe: injected } = window as unknown as { axe: { run(...given: object[]): Promise<AxeResults> } };
      const all = await injected.run(document, {
        runOnly: { type: 'tag', values: tags },
        rules: { [labelInName]: { enabled: false } },
      });
      // What is drawn is looked at below: the small print of a node is no label of it, and axe takes it for one.
      const labels = await injected.run({ exclude: ['svg'] }, { runOnly: { type: 'rule', values: [labelInName] } });
      return [...all.violations, ...labels.violations];
    },
    { tags: TAGS, labelInName: 'label-content-name-mismatch' },
  );
  const found = results.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  return [...found, ...(await frame.evaluate(namesWithoutLabel))];
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Drawn things whose name for screen readers lacks the title that is seen on them. */
function namesWithoutLabel(): string[] {
  return [...document.querySelectorAll('svg [data-node], svg [data-heading]')].flatMap((node) => {
    const name = (node.getAttribute('aria-label') ?? '').toLowerCase();
    const titles = [...node.querySelectorAll('.text-title, .text-zone, .text-group')].map(
      (text) => text.textContent ?? '',
    );
    return titles.filter((title) => !name.includes(title.toLowerCase())).map((title) => `"${name}" lacks "${title}"`);
  });
}
