import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type About, GRACE_SECONDS } from '../../language/protocol/contract.ts';
import { ANSWER_SECONDS, type HostMessage, type PanelMessage } from '../../language/protocol/panel.ts';
import { openRequests } from '../../webview/application/requests.ts';
import { about, recovery } from './samples.ts';

/** Requests with a clock that stands still until it is moved. */
function page() {
  let now = 0;
  const timers: { readonly at: number; readonly act: () => void }[] = [];
  const received: HostMessage[] = [];
  const requests = openRequests({
    receive: (message) => received.push(message),
    warn: () => {},
    after(seconds, act) {
      const timer = { at: now + seconds, act };
      timers.push(timer);
      return () => {
        if (timers.includes(timer)) timers.splice(timers.indexOf(timer), 1);
      };
    },
  });
  return {
    requests,
    received,
    waiting: () => timers.length,
    pass(seconds: number) {
      now += seconds;
      for (const timer of timers.filter(({ at }) => at <= now)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.act();
      }
    },
  };
}

const run = (id: number, rest: Partial<About> = {}): PanelMessage => ({
  type: 'request',
  kind: 'recovery',
  id,
  about: about(rest),
  input: { scenario: 'Crash', architectures: ['Telephony'] },
});
const reply = (id: number, rest: Partial<About> = {}): Extract<HostMessage, { type: 'reply' }> => ({
  type: 'reply',
  kind: 'recovery',
  id,
  about: about(rest),
  reply: recovery(),
});

describe('A reply', () => {
  test('is admitted once, to the request that it answers', () => {
    const { requests, waiting } = page();
    requests.posted(run(1));
    expect(requests.admits(reply(2))).toBe(false);
    expect(requests.admits(reply(1))).toBe(true);
    expect(requests.admits(reply(1))).toBe(false);
    expect(waiting()).toBe(0);
  });

  test('of an older text, another file, another architecture or another kind never lands', () => {
    const { requests } = page();
    requests.posted(run(1));
    for (const other of [{ version: 4 }, { epoch: 4 }, { uri: 'file:///b.p2parch' }, { architecture: 'Hosted' }]) {
      expect(requests.admits(reply(1, other))).toBe(false);
    }
    const faults: HostMessage = {
      type: 'reply',
      kind: 'faults',
      id: 1,
      about: about(),
      reply: { kind: 'losses', failed: [], components: [], services: [] },
    };
    expect(requests.admits(faults)).toBe(false);
    // A newer one does: the text has changed since, and the answer knows it.
    expect(requests.admits(reply(1, { version: 6 }))).toBe(true);
  });

  test('to what was cancelled or dropped is none', () => {
    const { requests } = page();
    requests.posted(run(1));
    requests.posted({ type: 'cancel', id: 1 });
    expect(requests.admits(reply(1))).toBe(false);
    requests.posted(run(2));
    expect(requests.admits({ type: 'dropped', id: 2 })).toBe(false);
    expect(requests.admits(reply(2))).toBe(false);
  });

  test('that never comes leaves words for the reader; what goes on is waited for', () => {
    const { requests, received, pass } = page();
    const most = ANSWER_SECONDS.recovery + GRACE_SECONDS;
    requests.posted(run(1));
    pass(most - 1);
    expect(requests.admits({ type: 'progress', id: 1, done: 1, total: 2 })).toBe(true);
    pass(most - 1);
    expect(received).toEqual([]);
    pass(1);
    expect(received).toMatchObject([{ type: 'refusal', id: 1 }]);
    expect(requests.admits(reply(1))).toBe(false);
  });

  test('whatever is posted and comes, each request ends at most once', () => {
    const id = fc.integer({ min: 1, max: 4 });
    const step = fc.oneof(
      fc.record({ does: fc.constant('post' as const), message: id.map((each) => run(each)) }),
      fc.record({
        does: fc.constant('post' as const),
        message: id.map((each) => ({ type: 'cancel' as const, id: each })),
      }),
      fc.record({ does: fc.constant('come' as const), message: id.map((each) => reply(each)) }),
      fc.record({
        does: fc.constant('come' as const),
        message: id.map((each) => ({ type: 'dropped' as const, id: each })),
      }),
      fc.record({ does: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 700 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const { requests, received, pass, waiting } = page();
        const open = new Set<number>();
        for (const each of steps) {
          const ended = received.length;
          if (each.does === 'pass') pass(each.seconds);
          else if (each.does === 'post') {
            requests.posted(each.message);
            if (each.message.type === 'cancel') open.delete(each.message.id);
            else if (each.message.type === 'request') open.add(each.message.id);
          } else {
            const known = open.has(each.message.id);
            expect(requests.admits(each.message)).toBe(known && each.message.type === 'reply');
            open.delete(each.message.id);
          }
          for (const message of received.slice(ended)) {
            expect(message.type === 'refusal' && open.delete(message.id)).toBe(true);
          }
          expect(waiting()).toBe(open.size);
        }
      }),
    );
  });
});
