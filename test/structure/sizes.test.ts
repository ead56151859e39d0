import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Compressed, with the style sheets, as the package is built; the package itself is weighed where it is tested. */
it.each([
  ['the panel', 'webview/application/main.tsx', 300_000],
  ['what plays in a report', 'webview/standalone/player.tsx', 150_000],
])('%s is no larger than a page should be', async (_, entry, most) => {
  const { outputFiles } = await build({
    entryPoints: [path.join(ROOT, entry)],
    absWorkingDir: ROOT,
    outdir: 'nowhere',
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
  });
  const bytes = outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0);
  expect(bytes).toBeLessThan(most);
});
