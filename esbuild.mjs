/**
 * Builds every bundle into dist/: the extension, the language server, its workers, the webview, the command line and
 * the end-to-end suite. `--production` makes them small, `--watch` keeps building.
 */
import { rm } from 'node:fs/promises';
import { build, context } from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

const common = {
  bundle: true,
  sourcemap: production ? false : 'linked',
  minify: production,
  logLevel: 'warning',
  legalComments: 'none',
};

const node = { ...common, platform: 'node', target: 'node22', format: 'cjs' };

const bundles = [
  { ...node, entryPoints: { extension: 'extension/main.ts' }, outExtension: { '.js': '.cjs' }, external: ['vscode'] },
  {
    ...node,
    entryPoints: { server: 'language/server/main-node.ts', worker: 'language/workers/worker-node.ts' },
    outExtension: { '.js': '.cjs' },
  },
  {
    ...node,
    // As a module, the command line needs a `require` for what its packages ask Node for. Its packages need Node 22.
    format: 'esm',
    entryPoints: { cli: 'language/cli/main.ts' },
    banner: {
      js: '#!/usr/bin/env node\nimport { createRequire } from "node:module"; const require = createRequire(import.meta.url); if (Number(process.versions.node.split(".")[0]) < 22) { console.error("p2parch: Node 22 or newer is needed; this is " + process.version); process.exit(2); }',
    },
  },
  {
    ...common,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryPoints: { webview: 'webview/application/main.tsx' },
  },
  {
    ...node,
    minify: false,
    entryPoints: {
      schemas: 'language/protocol/main-schemas.ts',
      'test/vscode/index': 'test/vscode/index.ts',
      'test/bench/run': 'test/bench/run.ts',
    },
    outExtension: { '.js': '.cjs' },
    external: ['vscode', 'mocha', 'playwright-core'],
  },
].map((options) => ({ ...options, outdir: 'dist' }));

if (watch) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  await rm('dist', { recursive: true, force: true });
  await Promise.all(bundles.map((options) => build(options)));
}
