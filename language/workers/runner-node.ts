import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { inLanes } from './lanes.ts';
import type { JobRunner } from './runner.ts';

/** Jobs in worker threads of Node; `script` is the bundle of worker-node.ts. */
export function workerThreads(script: string): JobRunner {
  return inLanes(({ onReply, onFailure }) => {
    const worker = new Worker(script);
    worker.on('message', onReply);
    worker.on('error', onFailure);
    // A thread that waits for work must not keep the program alive.
    worker.unref();
    return { post: (request) => worker.postMessage(request), end: () => worker.terminate() };
  }, availableParallelism());
}
