import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Answer, converse, type Handlers, type Waiting } from '../../extension/conversation.ts';
import { ANSWER_SECONDS, type HostMessage, type PanelRequest } from '../../language/protocol/panel.ts';

const about = { uri: 'file:///a.p2parch', architecture: 'A', version: 1, epoch: 1 };
const run = (id: number, scenario = 'Crash'): PanelRequest => ({
  type: 'request',
  kind: 'recovery',
  id,
  about,
  input: { scenario, architectures: ['A'] },
});
const losses = (id: number, failed: string[]): PanelRequest => ({
  type: 'request',
  kind: 'faults',
  id,
  about,
  input: { kind: 'losses', failed },
});

type Settle = (answer: Answer<'faults'> | undefined) => void;

/** A server whose answers the test gives. */
function talk() {
  const posted: HostMessage[] = [];
  const asked: {
    readonly id: number;
    readonly settle: Settle;
    readonly fail: (error: Error) => void;
    readonly waiting: Waiting;
  }[] = [];
  const answer = (request: PanelRequest, waiting: Waiting): Promise<never> =>
    new Promise<Answer<'faults'> | undefined>((settle, fail) => {
      asked.push({ id: request.id, settle, fail, waiting });
    }) as Promise<never>;
  const handlers: Handlers = {
    recovery: { lane: () => '', answer },
    whatIf: { lane: () => '', answer },
    numbers: { lane: () => '', answer },
    sensitivity: { lane: () => '', answer },
    write: { lane: () => '', answer },
    faults: { lane: ({ input }) => input.kind, answer },
  };
  const conversation = converse(handlers, (message) => posted.push(message), {
    seconds: { ...ANSWER_SECONDS, recovery: 100, faults: 10 },
  });
  return { conversation, posted, asked };
}

const fallen: Answer<'faults'> = {
  kind: 'reply',
  version: 3,
  reply: { kind: 'losses', failed: ['A'], components: [], services: [] },
};
const settled = () => vi.advanceTimersByTimeAsync(0);

describe('A request of a panel', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('is answered with the version of the text that was looked at', async () => {
    const { conversation, posted, asked } = talk();
    conversation.request(losses(1, ['A']));
    asked[0]?.settle(fallen);
    await settled();
    expect(posted).toEqual([
      { type: 'reply', kind: 'faults', id: 1, about: { ...about, version: 3 }, reply: fallen.reply },
    ]);
  });

  test('gives way to a later one of its kind, which is asked at once', async () => {
    const { conversation, posted, asked } = talk();
    conversation.request(run(1));
    conversation.request(run(2, 'Storm'));
    await settled();
    expect(asked.map(({ id, waiting }) => [id, waiting.signal.aborted])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(posted).toEqual([{ type: 'dropped', id: 1 }]);
  });

  test('that asks the same of a newer text waits for the older to end', async () => {
    const { conversation, posted, asked } = talk();
    conversation.request(losses(1, ['A']));
    conversation.request(losses(2, ['A']));
    conversation.request(losses(3, ['A']));
    await settled();
    expect(asked.map(({ id, waiting }) => [id, waiting.signal.aborted])).toEqual([[1, false]]);
    asked[0]?.settle(fallen);
    await settled();
    expect(posted).toEqual([
      { type: 'dropped', id: 2 },
      { type: 'dropped', id: 1 },
    ]);
    expect(asked.map(({ id }) => id)).toEqual([1, 3]);
  });

  test('that no one answers ends in words, and the next is asked', async () => {
    const { conversation, posted, asked } = talk();
    conversation.request(losses(1, ['A']));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(posted).toMatchObject([{ type: 'refusal', id: 1, message: expect.stringContaining('10 seconds') }]);
    expect(asked[0]?.waiting.signal.aborted).toBe(true);
    conversation.request(losses(2, ['A']));
    expect(asked.map(({ id }) => id)).toEqual([1, 2]);
  });

  test('that tells how far it is may take longer', async () => {
    const { conversation, posted, asked } = talk();
    conversation.request(losses(1, ['A']));
    await vi.advanceTimersByTimeAsync(9_000);
    asked[0]?.waiting.progress(1, 2);
    await vi.advanceTimersByTimeAsync(9_000);
    asked[0]?.settle(fallen);
    await settled();
    expect(posted).toMatchObject([
      { type: 'progress', id: 1, done: 1, total: 2 },
      { type: 'reply', id: 1 },
    ]);
  });

  test('that fails, and one without an answer, end in words as well', async () => {
    const { conversation, posted, asked } = talk();
    conversation.request(losses(1, ['A']));
    asked[0]?.fail(new Error('The server is gone.'));
    conversation.request(run(2));
    asked[1]?.settle(undefined);
    await settled();
    expect(posted.map(({ type }) => type)).toEqual(['refusal', 'refusal']);
  });

  test('whatever comes when, ends exactly once unless it is cancelled', async () => {
    const step = fc.oneof(
      fc.record({ does: fc.constant('ask' as const), failed: fc.constantFrom('A', 'B'), kind: fc.boolean() }),
      fc.record({ does: fc.constant('answer' as const), which: fc.nat(20), throws: fc.boolean() }),
      fc.record({ does: fc.constant('cancel' as const), which: fc.nat(20) }),
      fc.record({ does: fc.constant('pass' as const), milliseconds: fc.integer({ min: 1, max: 12_000 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { conversation, posted, asked } = talk();
        const cancelled = new Set<number>();
        let ids = 0;
        for (const each of steps) {
          if (each.does === 'ask') {
            ids += 1;
            conversation.request(each.kind ? losses(ids, [each.failed]) : run(ids, each.failed));
          } else if (each.does === 'answer') {
            const one = asked[each.which % Math.max(1, asked.length)];
            if (each.throws) one?.fail(new Error('No.'));
            else one?.settle(fallen);
          } else if (each.does === 'cancel' && ids > 0) {
            const id = (each.which % ids) + 1;
            if (!posted.some((message) => 'id' in message && message.id === id)) cancelled.add(id);
            conversation.cancel(id);
          } else if (each.does === 'pass') await vi.advanceTimersByTimeAsync(each.milliseconds);
          await settled();
        }
        await vi.advanceTimersByTimeAsync(1_000_000);
        for (let id = 1; id <= ids; id++) {
          const ends = posted.filter((message) => 'id' in message && message.id === id);
          expect(ends, `request ${id}`).toHaveLength(cancelled.has(id) ? 0 : 1);
        }
      }),
      { numRuns: 60 },
    );
  });
});
