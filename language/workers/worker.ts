/**
 * The thread's side: one script for a browser's worker and, behind worker-node.ts, for a thread of Node. It is by far
 * the largest of the bundles, and so there is one of it.
 */
import { JOBS, type JobFunction, type JobKind } from './jobs.ts';
import type { JobReply, JobRequest } from './thread.ts';

// As much of a worker's global scope as is used here.
declare function addEventListener(type: 'message', listener: (event: { readonly data: JobRequest }) => void): void;
declare function postMessage(reply: JobReply): void;

addEventListener('message', ({ data: { id, kind, input, stop } }) => {
  const job = JOBS[kind] as JobFunction<JobKind>;
  job(input, stop && (() => Atomics.load(stop, 0) === 1)).then(
    (output) => postMessage({ id, output }),
    (error: unknown) => postMessage({ id, error: error instanceof Error ? error.message : String(error) }),
  );
});
