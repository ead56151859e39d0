import type { JobKind, Jobs } from './jobs.ts';

export interface JobOptions {
  /** Ends the job; its promise is then rejected with `JobEnded`. */
  readonly signal?: AbortSignal;
  /** Asked just before the job begins, which may be long after it was asked for: if not, it ends as if aborted. */
  readonly stillWanted?: () => boolean;
  /** A reader waits for it: it goes before what nobody asked for. For jobs of which several run at once. */
  readonly urgent?: boolean;
}

/**
 * Does jobs: parts of studies as many at once as there are processors, all others one of a kind at a time. The one
 * interface to whatever threads a host has.
 */
export interface JobRunner {
  /** How many parts of studies run at once. */
  readonly width: number;
  run<Kind extends JobKind>(
    kind: Kind,
    input: Jobs[Kind]['input'],
    options?: JobOptions,
  ): Promise<Jobs[Kind]['output']>;
  dispose(): Promise<void>;
}

/** Why a job has no result: it was no longer wanted, or took longer than its deadline. */
export class JobEnded extends Error {
  readonly reason: 'cancelled' | 'deadline';

  constructor(reason: 'cancelled' | 'deadline') {
    super(reason === 'cancelled' ? 'The job is no longer wanted.' : 'The job took too long and was ended.');
    this.reason = reason;
  }
}
