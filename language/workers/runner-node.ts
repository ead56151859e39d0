import { Worker } from 'node:worker_threads';
import type { JobKind, Jobs } from './jobs.ts';
import { JobEnded, type JobOptions, type JobRunner } from './runner.ts';

/** A job that has not ended by then is not worth waiting for. */
const DEADLINE_SECONDS: Readonly<Record<JobKind, number>> = { layout: 20, simulation: 600 };

export type WorkerReply =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly error: string };

/** Jobs in worker threads, a thread for each kind; a job that is to end takes its thread with it. */
export function workerThreads(script: string): JobRunner {
  const lanes = new Map<JobKind, Lane>();
  return {
    run(kind, input, options) {
      const lane = lanes.get(kind) ?? new Lane(script, kind);
      lanes.set(kind, lane);
      return lane.run(input, options) as Promise<never>;
    },
    async dispose() {
      await Promise.all([...lanes.values()].map((lane) => lane.end()));
    },
  };
}

/** One kind of job: they wait for one another, in order. */
class Lane {
  private worker: Worker | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private nextId = 0;

  constructor(
    private readonly script: string,
    private readonly kind: JobKind,
  ) {}

  run(input: Jobs[JobKind]['input'], options: JobOptions = {}): Promise<unknown> {
    const result = this.last.then(() => this.start(input, options));
    this.last = result.catch(() => undefined);
    return result;
  }

  private start(input: Jobs[JobKind]['input'], { signal }: JobOptions): Promise<unknown> {
    if (signal?.aborted) return Promise.reject(new JobEnded('cancelled'));
    const worker = this.thread();
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(deadline);
        signal?.removeEventListener('abort', cancel);
        worker.off('message', receive);
        worker.off('error', fail);
        settle();
      };
      const giveUp = (reason: 'cancelled' | 'deadline'): void => {
        finish(() => reject(new JobEnded(reason)));
        void this.end();
      };
      const cancel = (): void => giveUp('cancelled');
      const deadline = setTimeout(() => giveUp('deadline'), DEADLINE_SECONDS[this.kind] * 1000);
      const fail = (error: Error): void => {
        this.worker = undefined;
        finish(() => reject(error));
      };
      const receive = (reply: WorkerReply): void => {
        if (reply.id !== id) return;
        finish(() => ('error' in reply ? reject(new Error(reply.error)) : resolve(reply.output)));
      };
      signal?.addEventListener('abort', cancel);
      worker.on('message', receive);
      worker.on('error', fail);
      worker.postMessage({ id, kind: this.kind, input });
    });
  }

  private thread(): Worker {
    if (!this.worker) {
      this.worker = new Worker(this.script);
      // A thread that waits for work must not keep the program alive.
      this.worker.unref();
    }
    return this.worker;
  }

  async end(): Promise<void> {
    const worker = this.worker;
    this.worker = undefined;
    await worker?.terminate();
  }
}
