import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import { diagramOf } from '../../language/core/diagram/index.ts';
import { createElkEngine } from '../../language/layout/index.ts';
import { skype2007 } from '../picture/systems.ts';

const folder = mkdtempSync(join(tmpdir(), 'p2parch-layout-'));
afterAll(() => rmSync(folder, { recursive: true }));

const engineModule = JSON.stringify(new URL('../../language/layout/index.ts', import.meta.url).pathname);

/** What a worker has, as far as it matters here: `self`, and no `document`. */
interface BrowserWorker {
  readonly setTimeout: typeof setTimeout;
  readonly clearTimeout: typeof clearTimeout;
  readonly console: Console;
  self?: BrowserWorker;
  onmessage?: unknown;
  layOut?: (diagram: string) => Promise<string>;
}

async function bundle(source: string, name: string, platform: 'node' | 'browser'): Promise<string> {
  const outfile = join(folder, name);
  const stdin = { contents: source, loader: 'ts' as const, resolveDir: import.meta.dirname };
  const format = platform === 'node' ? ('cjs' as const) : ('iife' as const);
  const external = platform === 'browser' ? [] : ['node:*'];
  const built = await build({
    stdin,
    outfile,
    bundle: true,
    minify: true,
    platform,
    format,
    external,
    write: false,
    logLevel: 'silent',
  });
  return built.outputFiles[0]?.text ?? '';
}

describe('the layout engine, bundled', () => {
  test('lays out in a worker thread of Node as it does here', async () => {
    const text = await bundle(
      `import { parentPort } from 'node:worker_threads';
       import { createElkEngine } from ${engineModule};
       const engine = createElkEngine();
       parentPort.on('message', async (diagram) => parentPort.postMessage(await engine.layOut(diagram)));`,
      'node.cjs',
      'node',
    );
    const worker = new Worker(text, { eval: true });
    const diagram = diagramOf(skype2007);
    const answer = new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    worker.postMessage(diagram);
    expect(await answer).toEqual(await createElkEngine().layOut(diagram));
    await worker.terminate();
  });

  test("lays out in a browser's worker, and leaves its messages alone", async () => {
    const text = await bundle(
      `import { createElkEngine } from ${engineModule};
       const engine = createElkEngine();
       self.layOut = (text) => engine.layOut(JSON.parse(text)).then(JSON.stringify);`,
      'browser.js',
      'browser',
    );
    const self: BrowserWorker = { setTimeout, clearTimeout, console };
    self.self = self;
    runInNewContext(text, self);
    const diagram = diagramOf(skype2007);
    expect(JSON.parse((await self.layOut?.(JSON.stringify(diagram))) ?? '')).toEqual(
      await createElkEngine().layOut(diagram),
    );
    expect(self.onmessage).toBeUndefined();
    expect('document' in self).toBe(false);
  });
});
