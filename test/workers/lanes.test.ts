import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Jobs } from '../../language/workers/jobs.ts';
import { inLanes } from '../../language/workers/lanes.ts';
import { JobEnded, type JobRunner } from '../../language/workers/runner.ts';
import type { StartThread } from '../../language/workers/thread.ts';
import { type FakeThread, FakeThreads, settled } from './fake-threads.ts';

const layout = (name: string) => ({ diagram: name, options: {} }) as unknown as Jobs['layout']['input'];
const tree = {} as Jobs['faultTree']['input'];
const inputsOf = (thread: FakeThread | undefined) =>
  thread?.requests.map(({ input }) => (input as Jobs['layout']['input']).diagram);

const lanes = (start: StartThread): JobRunner => inLanes(start, 2);

describe('jobs in the threads of a host', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('of one kind wait for one another, those of another kind do not wait for them', async () => {
    const threads = new FakeThreads();
    const runner = lanes(threads.start);
    const first = runner.run('layout', layout('first'));
    const second = runner.run('layout', layout('second'));
    const other = runner.run('faultTree', tree);
    await settled();
    const [drawing, playing] = threads.started;
    expect(inputsOf(drawing)).toEqual(['first']);
    expect(playing?.requests).toHaveLength(1);
    playing?.answer('played');
    expect(await other).toBe('played');
    drawing?.answer('drawn');
    expect(await first).toBe('drawn');
    await settled();
    expect(inputsOf(drawing)).toEqual(['first', 'second']);
    drawing?.answer('drawn, too');
    expect(await second).toBe('drawn, too');
    expect(threads.started).toHaveLength(2);
  });

  it('that fail tell why, and leave the thread to the next', async () => {
    const threads = new FakeThreads();
    const runner = lanes(threads.start);
    const failing = runner.run('layout', layout('bad'));
    await settled();
    threads.started[0]?.events.onReply({ id: threads.started[0].requests[0]?.id ?? -1, error: 'no room' });
    await expect(failing).rejects.toThrow('no room');
    const next = runner.run('layout', layout('good'));
    await settled();
    threads.started[0]?.answer('drawn');
    expect(await next).toBe('drawn');
  });

  it('that are cancelled take their thread with them; the one behind has another', async () => {
    const threads = new FakeThreads();
    const runner = lanes(threads.start);
    const abort = new AbortController();
    const cancelled = runner.run('layout', layout('first'), { signal: abort.signal });
    const behind = runner.run('layout', layout('second'));
    await settled();
    abort.abort();
    await expect(cancelled).rejects.toEqual(new JobEnded('cancelled'));
    await settled();
    expect(threads.started.map(({ ended }) => ended)).toEqual([true, false]);
    // What the ended thread still says is not the answer to the job that runs now.
    threads.started[0]?.answer('late');
    threads.started[0]?.events.onFailure(new Error('late'));
    threads.started[1]?.answer('drawn');
    expect(await behind).toBe('drawn');
  });

  it('end at their deadline with their thread, and not before', async () => {
    const threads = new FakeThreads();
    const runner = lanes(threads.start);
    const endless = runner.run('layout', layout('endless'));
    const outcome = endless.then(
      () => 'done',
      (error: unknown) => error,
    );
    await settled();
    await vi.advanceTimersByTimeAsync(19_999);
    expect(threads.alive).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await outcome).toEqual(new JobEnded('deadline'));
    expect(threads.alive).toBe(0);
  });

  it('that are cancelled before their turn start no thread', async () => {
    const threads = new FakeThreads();
    const runner = lanes(threads.start);
    await expect(runner.run('layout', layout('never'), { signal: AbortSignal.abort() })).rejects.toEqual(
      new JobEnded('cancelled'),
    );
    expect(threads.started).toEqual([]);
  });

  it('that are cancelled while their thread starts end it when it has started', async () => {
    const threads = new FakeThreads();
    let open: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const runner = lanes(async (events) => {
      await gate;
      return threads.start(events);
    });
    const abort = new AbortController();
    const cancelled = runner.run('layout', layout('first'), { signal: abort.signal });
    await settled();
    abort.abort();
    await expect(cancelled).rejects.toEqual(new JobEnded('cancelled'));
    open?.();
    await settled();
    expect(threads.started.map(({ ended, requests }) => [ended, requests.length])).toEqual([[true, 0]]);
  });

  it('fail with their thread, and where none can be started; the next tries again', async () => {
    const threads = new FakeThreads();
    let refuses = true;
    const runner = lanes((events) => {
      if (refuses) return Promise.reject(new Error('no threads here'));
      return threads.start(events);
    });
    await expect(runner.run('layout', layout('first'))).rejects.toThrow('no threads here');
    refuses = false;
    const broken = runner.run('layout', layout('second'));
    await settled();
    threads.started[0]?.events.onFailure(new Error('out of memory'));
    await expect(broken).rejects.toThrow('out of memory');
    const next = runner.run('layout', layout('third'));
    await settled();
    expect(threads.alive).toBe(1);
    threads.started[1]?.answer('drawn');
    expect(await next).toBe('drawn');
    await runner.dispose();
    expect(threads.alive).toBe(0);
  });
});
