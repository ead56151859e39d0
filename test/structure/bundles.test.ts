import { builtinModules } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** What runs in a browser: its host knows nothing beyond what stands here. */
const BROWSER_ENTRIES: Readonly<Record<string, readonly string[]>> = {
  'extension/main-web.ts': ['vscode'],
  'language/server/main-web.ts': [],
  'language/workers/worker.ts': [],
};

const isOfNode = (name: string): boolean => name.startsWith('node:') || builtinModules.includes(name);

/** The packages that an entry asks its host for, and the entries for Node that are in it. */
async function lookInto(
  entry: string,
  platform: 'browser' | 'node' = 'browser',
): Promise<{ readonly asked: string[]; readonly forNode: string[] }> {
  const { metafile } = await build({
    entryPoints: [path.join(ROOT, entry)],
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    metafile: true,
    platform,
    target: 'es2022',
    // Left to be asked for, so that all of them are seen and not the first alone.
    external: ['vscode', 'node:*', ...builtinModules],
    logLevel: 'silent',
  });
  const asked = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path: name }) => name));
  const forNode = Object.keys(metafile.inputs).filter((file) => /-node\.ts$|\/node\/main\.js$/.test(file));
  return { asked: [...new Set(asked)].sort(), forNode };
}

describe('what runs in a browser', () => {
  it.each(Object.entries(BROWSER_ENTRIES))('%s asks its host for %j and nothing else', async (entry, known) => {
    expect(await lookInto(entry)).toEqual({ asked: known, forNode: [] });
  });

  it('is told from what runs on Node', async () => {
    const { asked, forNode } = await lookInto('language/server/main-node.ts', 'node');
    expect(asked.filter(isOfNode)).not.toEqual([]);
    expect(forNode).not.toEqual([]);
  });
});
