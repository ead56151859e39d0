import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { traceBytes } from './trace-bytes.ts';

/**
 * The same runs in Node and in Chromium, compared by a hash over every byte of their traces. Engines differ in what the
 * language leaves to them: the last bits of logarithms, sorting, the order of properties.
 */
const host = path.resolve(import.meta.dirname, '../host');

const reason = missing();

function missing(): string {
  const require = createRequire(path.join(host, 'chromium.mjs'));
  try {
    require.resolve('playwright-core');
  } catch {
    return 'playwright-core is not installed';
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const there =
    process.env.CHROMIUM ?? names.flatMap((name) => folders.map((at) => path.join(at, name))).find(existsSync);
  return there === undefined ? 'no Chromium on PATH, and none named by CHROMIUM' : '';
}

const name = 'the same traces to the bit in Node and in Chromium';

describe('engines', () => {
  test.skipIf(reason !== '')(
    reason === '' ? name : `${name} (skipped: ${reason})`,
    async () => {
      const bundled = await build({
        entryPoints: [path.join(import.meta.dirname, 'trace-bytes.ts')],
        bundle: true,
        write: false,
        format: 'iife',
        globalName: 'core',
        platform: 'browser',
        target: 'es2022',
      });
      const script = bundled.outputFiles[0]?.text ?? expect.fail();
      const { launchChromium } = (await import(pathToFileURL(path.join(host, 'chromium.mjs')).href)) as {
        launchChromium: () => Promise<{
          page: { evaluate: (script: string) => Promise<string> };
          close: () => Promise<void>;
        }>;
      };
      const browser = await launchChromium();
      try {
        // As text in a form that carries every byte; the hash is taken here, as a page without https has none.
        const bytes = await browser.page.evaluate(
          `${script}; Array.from(core.traceBytes(), (byte) => byte.toString(16).padStart(2, '0')).join('')`,
        );
        const agent = await browser.page.evaluate('navigator.userAgent');
        expect(agent).toContain('Chrome');
        const here = Buffer.from(traceBytes());
        expect(here.length).toBeGreaterThan(100_000);
        const hash = (of: Buffer): string => createHash('sha256').update(of).digest('hex');
        expect(hash(Buffer.from(bytes, 'hex'))).toBe(hash(here));
      } finally {
        await browser.close();
      }
    },
    120_000,
  );
});
