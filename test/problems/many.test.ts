import { expect, test } from 'vitest';
import { check } from '../language/check.ts';

test('of more findings than an editor shows, the most severe are shown, and how many are not', async () => {
  const spare = Array.from({ length: 1200 }, (_, index) => `  company Spare${index}`).join('\n');
  const { problems, document } = await check(`architecture A {\n${spare}\n  users Peer\n  service S needs Peer\n}`);
  expect(problems).toHaveLength(1201);
  const shown = document.diagnostics ?? [];
  expect(shown).toHaveLength(1000);
  expect(shown.filter(({ code }) => code === 'single-external-dependency')).toHaveLength(1);
  expect(shown.at(-1)?.message).toBe('202 less severe findings are not shown. "p2parch check" lists them all.');
});
