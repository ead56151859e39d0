import { inLanes } from './lanes.ts';
import type { JobRunner } from './runner.ts';
import type { JobReply } from './thread.ts';

/**
 * Jobs in workers of a browser. `script` gives the address of the bundle of worker.ts, which must be of the origin
 * that asks (a `blob:` is): from any other a browser starts no worker.
 */
export function webWorkers(script: () => Promise<string>): JobRunner {
  return inLanes(async ({ onReply, onFailure }) => {
    const worker = new Worker(await script());
    worker.onmessage = ({ data }: MessageEvent<JobReply>) => onReply(data);
    worker.onerror = ({ message }) => onFailure(new Error(message || 'The worker could not be started.'));
    return { post: (request) => worker.postMessage(request), end: () => worker.terminate() };
  }, navigator.hardwareConcurrency || 1);
}
