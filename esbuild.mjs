/**
 * Builds every bundle into dist/: the extension and the language server, each for Node and for a browser, the script of
 * its workers, the webview, the command line and the end-to-end suites. `--production` makes them small, `--watch` keeps
 * building.
 */
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
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
const browser = { ...common, platform: 'browser', target: 'es2022' };

const examples = (await readdir('extension/examples')).filter((name) => name.endsWith('.p2parch')).sort();
const records = (await readdir('extension/examples/record')).sort().map((name) => `record/${name}`);
const extension = {
  external: ['vscode'],
  define: { EXAMPLE_FILES: JSON.stringify(examples), RECORD_FILES: JSON.stringify(records) },
};

/**
 * Of the whole protocol of editors, Langium's reading half takes these few, which the package under the protocol defines.
 * A command that knows no editor would spend a tenth of its time on loading the rest.
 */
const fewOfTheProtocol = {
  name: 'few-of-the-protocol',
  setup({ onResolve, onLoad }) {
    const jsonrpc = path.resolve('node_modules/vscode-jsonrpc/lib');
    onResolve({ filter: /^vscode-languageserver-protocol$/ }, ({ importer }) =>
      /langium[\\/]lib[\\/](utils|workspace)[\\/]/.test(importer) ? { path: 'few', namespace: 'protocol' } : undefined,
    );
    onLoad({ filter: /^few$/, namespace: 'protocol' }, () => ({
      resolveDir: jsonrpc,
      contents: `
        import ril from './node/ril.js';
        import { CancellationToken, CancellationTokenSource } from './common/cancellation.js';
        import { Emitter } from './common/events.js';
        import { ResponseError } from './common/messages.js';
        (ril.default ?? ril).install();
        export { CancellationToken, CancellationTokenSource, Emitter, ResponseError };
        export const LSPErrorCodes = { RequestFailed: -32803, ServerCancelled: -32802, ContentModified: -32801, RequestCancelled: -32800 };
      `,
    }));
  },
};

/** The Markdown preview takes style sheets as files: the picture's, and how blocks stand in the text. */
async function markdownStyles() {
  const options = { entryPoints: ['webview/picture/styles.ts'], bundle: true, write: false, format: 'esm' };
  const { outputFiles } = await build(options);
  const { pictureStyles } = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
  );
  return `${pictureStyles('editor')}\n${await readFile('webview/standalone/block.css', 'utf8')}`;
}

/** What the command line makes PNGs with. */
const RASTER = {
  'node_modules/@resvg/resvg-wasm/index_bg.wasm': 'resvg.wasm',
  'node_modules/inter-ui/web/Inter-Regular.woff2': 'Inter-Regular.woff2',
  'node_modules/inter-ui/web/Inter-SemiBold.woff2': 'Inter-SemiBold.woff2',
  'node_modules/inter-ui/LICENSE.txt': 'Inter-LICENSE.txt',
  'language/cli/raster/NOTICE.md': 'NOTICE.md',
};

const bundles = [
  { ...node, ...extension, entryPoints: { extension: 'extension/main-node.ts' }, outExtension: { '.js': '.cjs' } },
  // An extension host in a browser takes a CommonJS module, too; its `require` knows `vscode` alone.
  { ...browser, ...extension, entryPoints: { 'extension-web': 'extension/main-web.ts' }, format: 'cjs' },
  {
    ...browser,
    format: 'iife',
    entryPoints: { 'server-web': 'language/server/main-web.ts', worker: 'language/workers/worker.ts' },
  },
  {
    ...node,
    entryPoints: { server: 'language/server/main-node.ts', worker: 'language/workers/worker-node.ts' },
    outExtension: { '.js': '.cjs' },
  },
  {
    ...node,
    // As a module, the command line needs a `require` for what its packages ask Node for. It runs where a user has an older
    // Node than the editor's.
    format: 'esm',
    target: 'node20',
    entryPoints: { cli: 'language/cli/entry.ts' },
    plugins: [fewOfTheProtocol],
    // Where a package has modules of JavaScript as well, what is not used of it is left out.
    mainFields: ['module', 'main'],
    // What a command does not need is not loaded.
    splitting: true,
    chunkNames: 'cli-[name]-[hash]',
    banner: {
      js: '#!/usr/bin/env node\nimport { createRequire } from "node:module"; const require = createRequire(import.meta.url); if (Number(process.versions.node.split(".")[0]) < 20) { console.error("p2parch: Node 20 or newer is needed; this is " + process.version); process.exit(2); }',
    },
  },
  {
    ...browser,
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryPoints: { webview: 'webview/application/main.tsx', player: 'webview/standalone/player.tsx' },
  },
  {
    ...node,
    minify: false,
    entryPoints: {
      schemas: 'language/protocol/main-schemas.ts',
      'test/vscode/index': 'test/vscode/index.ts',
      'test/browser/index': 'test/browser/index.ts',
      'test/bench/run': 'test/bench/run.ts',
      'test/gallery/run': 'test/gallery/run.ts',
    },
    outExtension: { '.js': '.cjs' },
    external: ['vscode', 'axe-core', 'mocha', 'playwright-core'],
  },
].map((options) => ({ ...options, outdir: 'dist' }));

if (!watch) await rm('dist', { recursive: true, force: true });
// The command line is a module of JavaScript. The package as a whole is not declared to hold such, as the extension host
// of a browser would then refuse the extension.
await mkdir('dist', { recursive: true });
await writeFile('dist/package.json', '{ "type": "module" }\n');
await writeFile('dist/markdown.css', await markdownStyles());
await mkdir('dist/raster', { recursive: true });
for (const [from, to] of Object.entries(RASTER)) await copyFile(from, `dist/raster/${to}`);
if (watch) for (const options of bundles) await (await context(options)).watch();
else await Promise.all(bundles.map((options) => build(options)));
