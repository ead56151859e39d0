/**
 * Builds every bundle into dist/: the extension and the language server, each for Node and for a browser, the script of
 * its workers, the webview, the command line and the end-to-end suites. `--production` makes them small, `--watch` keeps
 * building.
 */
import { createHash } from 'node:crypto';
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

/** What few calls want lies beside the program: layout, which is as large as all else, and the language server. */
const beside = {
  name: 'beside',
  setup({ onResolve }) {
    onResolve({ filter: /^elkjs\/lib\/elk\.bundled\.js$/ }, () => ({ path: './cli-elk.cjs', external: true }));
    onResolve({ filter: /\/server\/main-node\.ts$/ }, () => ({ path: './server.cjs', external: true }));
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
    // The command line runs where a user has an older Node than the editor's.
    target: 'node20',
    entryPoints: { 'cli-main': 'language/cli/main.ts' },
    outExtension: { '.js': '.cjs' },
    plugins: [fewOfTheProtocol, beside],
    // Where a package has modules of JavaScript as well, what is not used of it is left out.
    mainFields: ['module', 'main'],
    define: { 'import.meta.dirname': '__dirname' },
    // What is imported later is required later.
    supported: { 'dynamic-import': false },
  },
  {
    ...node,
    target: 'node20',
    entryPoints: { 'cli-elk': 'elkjs/lib/elk.bundled.js' },
    outExtension: { '.js': '.cjs' },
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
await mkdir('dist', { recursive: true });
await writeFile('dist/markdown.css', await markdownStyles());
await mkdir('dist/raster', { recursive: true });
for (const [from, to] of Object.entries(RASTER)) await copyFile(from, `dist/raster/${to}`);
if (watch) for (const options of bundles) await (await context(options)).watch();
else await Promise.all(bundles.map((options) => build(options)));

/** What starts the command line knows its program by the text, to remember what was compiled of it. */
const program = watch
  ? ''
  : createHash('sha256')
      .update(await readFile('dist/cli-main.cjs'))
      .digest('hex')
      .slice(0, 16);
await build({
  ...node,
  target: 'node20',
  entryPoints: { cli: 'language/cli/entry.ts' },
  outdir: 'dist',
  define: { PROGRAM_HASH: JSON.stringify(program) },
  banner: { js: '#!/usr/bin/env node' },
});
