import type { JobKind, Jobs } from './jobs.ts';
import { JobEnded, type JobOptions } from './runner.ts';
import type { JobReply, StartThread, Thread } from './thread.ts';

/** A thread that was just used is warm: the next study begins at full speed. After this long it is ended. */
const IDLE_SECONDS = 60;
/** What is cancelled has so long to come to its end by itself; then its thread is ended, which takes a while as well. */
const GRACE_MILLISECONDS = 30;
/**
 * Runs that can be told to stop do so at their next step, if not before their thread has started; only what hangs is
 * still there by then. A thread costs more to start than what a busy machine makes of a few milliseconds.
 */
const GRACE_WHEN_TOLD_MILLISECONDS = 1000;

interface Task {
  readonly kind: JobKind;
  readonly input: Jobs[JobKind]['input'];
  readonly options: JobOptions;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
  stopListening: () => void;
}

/**
 * Jobs of any kind on as many threads as are worth having, each on the next that is free, urgent ones first. Jobs are
 * meant to be short: one that is cancelled is given up at once and told to stop, its thread goes on as soon as it is
 * free, and is ended only if it is not free soon.
 */
export class Pool {
  private readonly threads = new Set<PooledThread>();
  private waiting: Task[] = [];

  constructor(
    private readonly start: StartThread,
    private readonly width: number,
  ) {}

  run(kind: JobKind, input: Jobs[JobKind]['input'], options: JobOptions = {}): Promise<unknown> {
    const { signal } = options;
    if (signal?.aborted) return Promise.reject(new JobEnded('cancelled'));
    return new Promise((resolve, reject) => {
      const task: Task = { kind, input, options, resolve, reject, stopListening: () => {} };
      const cancel = (): void => {
        this.waiting = this.waiting.filter((one) => one !== task);
        for (const thread of this.threads) thread.giveUp(task);
        reject(new JobEnded('cancelled'));
      };
      signal?.addEventListener('abort', cancel, { once: true });
      task.stopListening = () => signal?.removeEventListener('abort', cancel);
      this.waiting.push(task);
      this.handOut();
    });
  }

  async dispose(): Promise<void> {
    const threads = [...this.threads];
    this.threads.clear();
    await Promise.all(threads.map((thread) => thread.end()));
  }

  private handOut(): void {
    while (this.waiting.length > 0) {
      let thread = [...this.threads].find(({ isFree }) => isFree);
      if (!thread) {
        if (this.threads.size >= this.width) return;
        thread = new PooledThread(this.start, {
          freed: () => this.handOut(),
          gone: (one) => {
            this.threads.delete(one);
            this.handOut();
          },
        });
        this.threads.add(thread);
      }
      const at = Math.max(
        0,
        this.waiting.findIndex(({ options }) => options.urgent),
      );
      const [task] = this.waiting.splice(at, 1);
      if (task) thread.take(task);
    }
  }
}

interface PoolEvents {
  readonly freed: () => void;
  readonly gone: (thread: PooledThread) => void;
}

class PooledThread {
  private readonly thread: Promise<Thread>;
  private task: Task | undefined;
  /** Set while nobody waits for what the thread does. */
  private given: Timer | undefined;
  private stop: Int32Array | undefined;
  private idle: Timer | undefined;
  private nextId = 0;
  private hasEnded = false;

  constructor(
    start: StartThread,
    private readonly events: PoolEvents,
  ) {
    this.thread = Promise.resolve().then(() =>
      start({
        onReply: (reply) => {
          if (reply.id === this.nextId - 1) this.receive(reply);
        },
        onFailure: (error) => this.fail(error),
      }),
    );
    this.thread.catch((error: unknown) => this.fail(error instanceof Error ? error : new Error(String(error))));
  }

  get isFree(): boolean {
    return this.task === undefined && this.given === undefined && !this.hasEnded;
  }

  take(task: Task): void {
    this.idle = stopped(this.idle);
    this.task = task;
    const id = this.nextId++;
    const { kind, input } = task;
    const stop = sharedFlag();
    this.stop = stop;
    this.thread.then(
      (thread) => {
        if (!this.hasEnded) thread.post({ id, kind, input, ...(stop && { stop }) });
      },
      () => undefined,
    );
  }

  giveUp(task: Task): void {
    if (this.task !== task) return;
    this.task = undefined;
    if (this.stop) Atomics.store(this.stop, 0, 1);
    const listens = this.stop !== undefined && task.kind === 'runs';
    this.given = after(listens ? GRACE_WHEN_TOLD_MILLISECONDS : GRACE_MILLISECONDS, () => void this.end());
  }

  async end(): Promise<void> {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.given = stopped(this.given);
    this.idle = stopped(this.idle);
    this.events.gone(this);
    this.settle((task) => task.reject(new JobEnded('cancelled')));
    const started = await this.thread.catch(() => undefined);
    await started?.end();
  }

  private receive(reply: JobReply): void {
    this.given = stopped(this.given);
    this.settle((task) => ('error' in reply ? task.reject(new Error(reply.error)) : task.resolve(reply.output)));
    this.idle = after(IDLE_SECONDS * 1000, () => void this.end());
    this.events.freed();
  }

  private fail(error: Error): void {
    this.settle((task) => task.reject(error));
    void this.end();
  }

  private settle(tell: (task: Task) => void): void {
    const { task } = this;
    this.task = undefined;
    task?.stopListening();
    if (task) tell(task);
  }
}

type Timer = ReturnType<typeof setTimeout>;

/** Memory that both sides see: Node has it, browsers only for pages that are isolated from others. */
function sharedFlag(): Int32Array | undefined {
  const { crossOriginIsolated } = globalThis as { readonly crossOriginIsolated?: boolean };
  return typeof SharedArrayBuffer === 'undefined' || crossOriginIsolated === false
    ? undefined
    : new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** A timer that keeps no program of Node alive. */
function after(milliseconds: number, act: () => void): Timer {
  const timer = setTimeout(act, milliseconds) as Timer & { readonly unref?: () => void };
  timer.unref?.();
  return timer;
}

function stopped(timer: Timer | undefined): undefined {
  clearTimeout(timer);
  return undefined;
}
