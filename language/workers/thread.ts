import type { JobKind, Jobs } from './jobs.ts';

/** What crosses to a thread, as plain data. */
export interface JobRequest {
  readonly id: number;
  readonly kind: JobKind;
  readonly input: Jobs[JobKind]['input'];
  /** Set to 1 when nobody waits for the job any more; missing where a host shares no memory between its threads. */
  readonly stop?: Int32Array;
}

/** What comes back from it. */
export type JobReply =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly error: string };

/** A thread of the host: all that the lanes need to know of a worker, in a browser or on Node. */
export interface Thread {
  post(request: JobRequest): void;
  /** Ends the thread at once, whatever it is doing. */
  end(): unknown;
}

/** What a thread tells: its replies, and that it failed as a whole, after which it gives none. */
export interface ThreadEvents {
  readonly onReply: (reply: JobReply) => void;
  readonly onFailure: (error: Error) => void;
}

/** Starts a thread; the promise is rejected where the host gives none. */
export type StartThread = (events: ThreadEvents) => Thread | Promise<Thread>;
