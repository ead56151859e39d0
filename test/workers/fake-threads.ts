import type { JobRequest, StartThread, Thread, ThreadEvents } from '../../language/workers/thread.ts';

/** Threads that do nothing by themselves: a test answers for them. */
export class FakeThreads {
  readonly started: FakeThread[] = [];

  readonly start: StartThread = (events) => {
    const thread = new FakeThread(events);
    this.started.push(thread);
    return thread;
  };

  get alive(): number {
    return this.started.filter(({ ended }) => !ended).length;
  }
}

export class FakeThread implements Thread {
  readonly requests: JobRequest[] = [];
  ended = false;

  constructor(readonly events: ThreadEvents) {}

  post(request: JobRequest): void {
    this.requests.push(request);
  }

  /** Answers the last request. */
  answer(output: unknown): void {
    this.events.onReply({ id: this.requests.at(-1)?.id ?? -1, output });
  }

  end(): void {
    this.ended = true;
  }
}

/** Until all that was promised has been passed on. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};
