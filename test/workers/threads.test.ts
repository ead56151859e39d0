import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagramOf } from '../../language/core/diagram/index.ts';
import { JOBS } from '../../language/workers/jobs.ts';
import { workerThreads } from '../../language/workers/runner-node.ts';
import { skype2007 } from '../picture/systems.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../../dist/worker.cjs');

describe("a thread of Node, which runs the script of a browser's worker", () => {
  it('lays out as it is done here, and tells why it cannot', async () => {
    if (!existsSync(SCRIPT)) throw new Error('dist/worker.cjs is missing: `npm run build` makes it');
    const runner = workerThreads(SCRIPT);
    try {
      const job = { diagram: diagramOf(skype2007), options: {} };
      expect(await runner.run('layout', job)).toEqual(await JOBS.layout(job));
      await expect(runner.run('simulation', {} as never)).rejects.toThrow();
      expect(await runner.run('layout', job)).toEqual(await JOBS.layout(job));
    } finally {
      await runner.dispose();
    }
  });
});
