import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Jobs } from '../../language/workers/jobs.ts';
import { inLanes } from '../../language/workers/lanes.ts';
import { JobEnded, type JobOptions, type JobRunner } from '../../language/workers/runner.ts';
import { type FakeThread, FakeThreads, settled } from './fake-threads.ts';

const run = (runner: JobRunner, study: string, options: JobOptions = {}): Promise<unknown> =>
  runner.run('runs', { study } as Jobs['runs']['input'], options);

const studiesOf = (thread: FakeThread | undefined): string[] =>
  (thread?.requests ?? []).map(({ input }) => (input as Jobs['runs']['input']).study);

describe('parts of studies', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('run on as many threads as there are processors, each on the next that is free', async () => {
    const threads = new FakeThreads();
    const runner = inLanes(threads.start, 2);
    const results = ['a', 'b', 'c'].map((study) => run(runner, study));
    await settled();
    expect(threads.started.map(studiesOf)).toEqual([['a'], ['b']]);
    threads.started[1]?.answer('second');
    await settled();
    expect(threads.started.map(studiesOf)).toEqual([['a'], ['b', 'c']]);
    threads.started[1]?.answer('third');
    threads.started[0]?.answer('first');
    expect(await Promise.all(results)).toEqual(['first', 'second', 'third']);
  });

  it('that a reader waits for go before what nobody asked for', async () => {
    const threads = new FakeThreads();
    const runner = inLanes(threads.start, 1);
    for (const study of ['a', 'b']) void run(runner, study);
    void run(runner, 'urgent', { urgent: true });
    await settled();
    threads.started[0]?.answer('done');
    await settled();
    expect(studiesOf(threads.started[0])).toEqual(['a', 'urgent']);
  });

  it('that are cancelled are given up at once, and their thread goes on when it is free', async () => {
    const threads = new FakeThreads();
    const runner = inLanes(threads.start, 1);
    const abort = new AbortController();
    const cancelled = run(runner, 'a', { signal: abort.signal });
    const waiting = run(runner, 'b', { signal: abort.signal });
    const other = run(runner, 'c');
    await settled();
    const { stop } = threads.started[0]?.requests[0] ?? {};
    expect(stop?.[0]).toBe(0);
    abort.abort();
    expect(stop?.[0]).toBe(1);
    await expect(cancelled).rejects.toEqual(new JobEnded('cancelled'));
    await expect(waiting).rejects.toEqual(new JobEnded('cancelled'));
    await settled();
    // It still runs what nobody waits for; the answer to that is not the answer to the next.
    expect(studiesOf(threads.started[0])).toEqual(['a']);
    threads.started[0]?.answer('late');
    await settled();
    expect(studiesOf(threads.started[0])).toEqual(['a', 'c']);
    expect(threads.started[0]?.requests[1]?.stop?.[0]).toBe(0);
    await vi.advanceTimersByTimeAsync(1000);
    expect(threads.alive).toBe(1);
    threads.started[0]?.answer('done');
    expect(await other).toBe('done');
    expect(threads.started).toHaveLength(1);
  });

  it.each([
    ['a summary, which cannot be told to stop', 'summary', true, 50],
    ['runs where no memory is shared', 'runs', false, 50],
    ['runs that hang', 'runs', true, 1000],
  ] as const)(
    'that are cancelled and come to no end take their thread with them: %s',
    async (_, kind, shared, most) => {
      vi.stubGlobal('crossOriginIsolated', shared);
      const threads = new FakeThreads();
      const runner = inLanes(threads.start, 1);
      const abort = new AbortController();
      const cancelled = runner.run(kind, { study: 'a' } as never, { signal: abort.signal });
      const other = run(runner, 'b');
      await settled();
      abort.abort();
      await expect(cancelled).rejects.toEqual(new JobEnded('cancelled'));
      expect(threads.started[0]?.requests[0]?.stop !== undefined).toBe(shared);
      await vi.advanceTimersByTimeAsync(most);
      expect(threads.started.map(({ ended }) => ended)).toEqual([true, false]);
      expect(studiesOf(threads.started[1])).toEqual(['b']);
      threads.started[0]?.answer('late');
      threads.started[0]?.events.onFailure(new Error('late'));
      threads.started[1]?.answer('done');
      expect(await other).toBe('done');
    },
  );

  it('leave warm threads behind for the next study, and for a minute only', async () => {
    const threads = new FakeThreads();
    const runner = inLanes(threads.start, 2);
    const first = run(runner, 'a');
    await settled();
    threads.started[0]?.answer('done');
    await first;
    await vi.advanceTimersByTimeAsync(59_000);
    const second = run(runner, 'b');
    await settled();
    await vi.advanceTimersByTimeAsync(59_000);
    expect(threads.alive).toBe(1);
    threads.started[0]?.answer('done');
    await second;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(threads.alive).toBe(0);
    void run(runner, 'c');
    await settled();
    expect(threads.alive).toBe(1);
    expect(threads.started).toHaveLength(2);
  });

  it('fail with their thread, and where none can be started; the next tries again', async () => {
    const threads = new FakeThreads();
    let refuses = true;
    const runner = inLanes((events) => {
      if (refuses) throw new Error('no threads here');
      return threads.start(events);
    }, 1);
    await expect(run(runner, 'a')).rejects.toThrow('no threads here');
    refuses = false;
    const broken = run(runner, 'b');
    await settled();
    threads.started[0]?.events.onFailure(new Error('out of memory'));
    await expect(broken).rejects.toThrow('out of memory');
    const next = run(runner, 'c');
    await settled();
    threads.started[1]?.answer('done');
    expect(await next).toBe('done');
    await runner.dispose();
    expect(threads.alive).toBe(0);
  });
});
