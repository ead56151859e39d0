import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagramOf } from '../../language/core/diagram/index.ts';
import { JOBS } from '../../language/workers/jobs.ts';
import { JobEnded } from '../../language/workers/runner.ts';
import { workerThreads } from '../../language/workers/runner-node.ts';
import { study } from '../../language/workers/studies.ts';
import { skype2007 } from '../picture/systems.ts';
import { HOUR, PATCH_TUESDAY, SKYPE_2007 } from '../simulation/build.ts';
import { inOnePiece } from './one-piece.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../../dist/worker.cjs');

describe("a thread of Node, which runs the script of a browser's worker", () => {
  it('lays out as it is done here, and tells why it cannot', async () => {
    if (!existsSync(SCRIPT)) throw new Error('dist/worker.cjs is missing: `npm run build` makes it');
    const runner = workerThreads(SCRIPT);
    try {
      const job = { diagram: diagramOf(skype2007), options: {} };
      expect(await runner.run('layout', job)).toEqual(await JOBS.layout(job));
      await expect(runner.run('cutSets', {} as never)).rejects.toThrow();
      expect(await runner.run('layout', job)).toEqual(await JOBS.layout(job));
    } finally {
      await runner.dispose();
    }
  });

  it('runs a study on several threads to the bytes of one piece, and the next after one that was cancelled', async () => {
    const runner = workerThreads(SCRIPT);
    try {
      const scenario = { ...PATCH_TUESDAY, horizonSeconds: 2 * HOUR };
      const job = { architecture: SKYPE_2007, scenario, runs: 20, firstSeed: 1 };
      const abort = new AbortController();
      const long = study(runner, { ...job, runs: 100_000 }, { signal: abort.signal, onProgress: () => abort.abort() });
      await expect(long).rejects.toEqual(new JobEnded('cancelled'));
      expect(JSON.stringify(await study(runner, job))).toBe(JSON.stringify(inOnePiece(job)));
    } finally {
      await runner.dispose();
    }
  });
});
