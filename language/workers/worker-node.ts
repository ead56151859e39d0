/** The thread's side of runner-node.ts. */
import { parentPort } from 'node:worker_threads';
import { JOBS, type JobKind, type Jobs } from './jobs.ts';
import type { WorkerReply } from './runner-node.ts';

parentPort?.on('message', ({ id, kind, input }: { id: number; kind: JobKind; input: Jobs[JobKind]['input'] }) => {
  const job = JOBS[kind] as (input: Jobs[JobKind]['input']) => Promise<unknown>;
  const reply = (message: WorkerReply): void => parentPort?.postMessage(message);
  job(input).then(
    (output) => reply({ id, output }),
    (error: unknown) => reply({ id, error: error instanceof Error ? error.message : String(error) }),
  );
});
