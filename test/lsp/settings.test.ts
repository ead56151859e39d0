import { afterEach, expect, it, vi } from 'vitest';
import { Client } from './client.ts';

const FILE = 'one.p2parch';
const TEXT = 'architecture A {\n  company Own\n  service S needs Own\n}\n';

let client: Client;
afterEach(() => client.stop());

const severities = (): (number | undefined)[] =>
  (client.published.findLast(({ file }) => file === FILE)?.diagnostics ?? []).map(({ severity }) => severity);

it('settings that an editor has from the start hold for a file that is opened at the start', async () => {
  client = await Client.start({ [FILE]: TEXT }, undefined, { rules: { 'single-company-dependency': 'error' } });
  await client.open(FILE, TEXT);
  await vi.waitUntil(() => severities().includes(1), { timeout: 5000 });
});

it('a wrong setting is told to an editor that answers no questions', async () => {
  client = await Client.start({ [FILE]: TEXT });
  await client.configure({ runs: 0 });
  await client.open(FILE, TEXT);
  expect(client.told).toEqual([expect.stringContaining('p2parch.runs is 0')]);
});
