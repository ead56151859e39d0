import type { JobKind, Jobs } from './jobs.ts';
import { Pool } from './pool.ts';
import { JobEnded, type JobOptions, type JobRunner } from './runner.ts';
import type { JobReply, StartThread, Thread } from './thread.ts';

/** A job that has not ended by then is not worth waiting for. */
const DEADLINE_SECONDS: Readonly<Record<Exclude<JobKind, PooledKind>, number>> = {
  layout: 20,
  faultTree: 20,
  cutSets: 30,
};

/** Jobs that are cut small enough to share threads; they end when their caller ends them. */
const POOLED = ['runs', 'summary'] as const satisfies readonly JobKind[];
type PooledKind = (typeof POOLED)[number];
export const isPooled = (kind: JobKind): kind is PooledKind => (POOLED as readonly JobKind[]).includes(kind);

/**
 * Jobs in the threads of a host, started when first needed: a thread for each kind, but for parts of studies, which
 * share `width` of them. A job of a lane that is to end takes its thread with it, for nothing else stops a computation.
 */
export function inLanes(start: StartThread, width: number): JobRunner {
  const lanes = new Map<JobKind, Lane>();
  const pool = new Pool(start, Math.max(1, width));
  return {
    width: Math.max(1, width),
    run(kind, input, options) {
      if (isPooled(kind)) return pool.run(kind, input, options) as Promise<never>;
      const lane = lanes.get(kind) ?? new Lane(start, kind);
      lanes.set(kind, lane);
      return lane.run(input, options) as Promise<never>;
    },
    async dispose() {
      await Promise.all([pool.dispose(), ...[...lanes.values()].map((lane) => lane.end())]);
    },
  };
}

interface RunningJob {
  readonly id: number;
  readonly receive: (reply: JobReply) => void;
  readonly fail: (error: Error) => void;
}

/** One kind of job: they wait for one another, in order. */
class Lane {
  private thread: Promise<Thread> | undefined;
  private running: RunningJob | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private nextId = 0;

  constructor(
    private readonly start: StartThread,
    private readonly kind: Exclude<JobKind, PooledKind>,
  ) {}

  run(input: Jobs[JobKind]['input'], options: JobOptions = {}): Promise<unknown> {
    const result = this.last.then(() => this.work(input, options));
    this.last = result.catch(() => undefined);
    return result;
  }

  private work(input: Jobs[JobKind]['input'], { signal, stillWanted }: JobOptions): Promise<unknown> {
    if (signal?.aborted || stillWanted?.() === false) return Promise.reject(new JobEnded('cancelled'));
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        if (this.running?.id !== id) return;
        this.running = undefined;
        clearTimeout(deadline);
        signal?.removeEventListener('abort', cancel);
        settle();
      };
      const giveUp = (reason: 'cancelled' | 'deadline'): void => {
        // The thread goes first: the job that waits behind this one needs another.
        void this.end();
        finish(() => reject(new JobEnded(reason)));
      };
      const cancel = (): void => giveUp('cancelled');
      const deadline = setTimeout(() => giveUp('deadline'), DEADLINE_SECONDS[this.kind] * 1000);
      const fail = (error: Error): void => {
        void this.end();
        finish(() => reject(error));
      };
      this.running = {
        id,
        fail,
        receive: (reply) => finish(() => ('error' in reply ? reject(new Error(reply.error)) : resolve(reply.output))),
      };
      signal?.addEventListener('abort', cancel);
      this.current().then(
        (thread) => {
          // A job that was given up while its thread started has ended that thread.
          if (this.running?.id === id) thread.post({ id, kind: this.kind, input });
        },
        (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))),
      );
    });
  }

  private current(): Promise<Thread> {
    if (!this.thread) {
      const thread: Promise<Thread> = Promise.resolve(
        this.start({
          onReply: (reply) => {
            if (this.running?.id === reply.id) this.running.receive(reply);
          },
          // What an ended thread says no longer concerns the job that runs now.
          onFailure: (error) => {
            if (this.thread === thread) this.running?.fail(error);
          },
        }),
      );
      this.thread = thread;
    }
    return this.thread;
  }

  async end(): Promise<void> {
    const thread = this.thread;
    this.thread = undefined;
    const started = await thread?.catch(() => undefined);
    await started?.end();
  }
}
