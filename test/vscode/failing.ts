/** Failure mode as the tests use it. */
import { openFile, Panel, until } from './workbench.ts';

/** One vendor runs two of three parts, a company two of its own under one name: operators with and without a zone. */
export const BANK = `hazard Storm "Storm"

architecture Bank "A bank" {
  vendor Cloud by "Nimbus" { exposed to Storm 50% }
  vendor Mail by "Nimbus"
  company Ledger by "Own IT"
  company Desk by "Own IT" { needs Ledger }
  vendor Spare by "Cirrus"
  service Paying { needs (Cloud or Spare) and Ledger }
  service Letters needs Mail
}
`;

/** Opens a file's diagram and switches failure mode on. */
export async function enter(file: string): Promise<Panel> {
  await openFile(file);
  const panel = await Panel.find();
  await panel.part('failures-toggle').click();
  await panel.part('failure').waitFor({ state: 'visible' });
  await panel.part('lists').locator('.row').first().waitFor({ state: 'visible' });
  return panel;
}

export const summary = (panel: Panel, part: 'failed' | 'lost' | 'serviceLost', words: string): Promise<void> =>
  text(panel, `summary-${part}`, new RegExp(`${words}$`));

export const told = (panel: Panel, words: string): Promise<void> =>
  text(panel, 'announced', { test: (said: string) => said.includes(words) });

export async function text(panel: Panel, part: string, wanted: { test(text: string): boolean }): Promise<void> {
  let last = '';
  await until(`${part} that fits ${String(wanted)}`, async () => {
    last = (await panel.part(part).textContent({ timeout: 15_000 })) ?? '';
    return wanted.test(last) ? true : undefined;
  }).catch((error: unknown) => {
    throw new Error(`${String(error)}: it is "${last}"`);
  });
}

export const nodeNames = (panel: Panel): Promise<string[]> =>
  panel
    .part('fault-tree')
    .locator('[data-node]')
    .evaluateAll((nodes) => nodes.map((node) => node.getAttribute('aria-label') ?? ''));
