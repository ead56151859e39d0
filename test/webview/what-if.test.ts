import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answered,
  asWritten,
  QUICK_RUNS,
  type WhatIf,
  withChange,
} from '../../webview/application/recovery/what-if.ts';
import { savedOf } from '../../webview/application/saved.ts';
import { type Event, initialState, type State } from '../../webview/application/state.ts';
import { update } from '../../webview/application/store.ts';
import { about, picture, recovery } from './samples.ts';

const played = { scenario: 'Crash', architectures: ['Telephony'] };

/** A slider that is moved and rested, and a server that answers when it likes: what was asked, in order. */
function slid(moves: readonly (number | 'answer' | 'progress')[]) {
  let state: WhatIf = asWritten;
  let id = 0;
  const asked: { id: number; runs: number | undefined; value: number | undefined }[] = [];
  const take = ({ whatIf, ask }: ReturnType<typeof withChange>): void => {
    state = whatIf;
    if (ask === undefined) return;
    asked.push({ id, runs: ask.runs, value: ask.changes[0]?.value });
    id += 1;
  };
  for (const move of moves) {
    if (typeof move === 'number') take(withChange(state, 'Super/rate', move, played, id));
    else if (state.asked !== undefined)
      take(answered(state, state.asked.id, recovery(), move === 'answer', played, id));
  }
  return { asked, state: () => state, take, nextId: () => id };
}

const moves = fc.array(
  fc.oneof(fc.integer({ min: 1, max: 50 }), fc.constantFrom('answer' as const, 'progress' as const)),
  {
    maxLength: 40,
  },
);

describe('What if', () => {
  test('few runs come first, and as many as the settings ask for when the slider rests', () => {
    expect(slid([5, 'answer', 'answer']).asked).toEqual([
      { id: 0, runs: QUICK_RUNS, value: 5 },
      { id: 1, runs: undefined, value: 5 },
    ]);
  });

  test('what the slider passes over is never asked: one quick request is under way at a time', () => {
    const { asked } = slid([5, 6, 7, 8, 'answer', 'answer']);
    expect(asked.map(({ value, runs }) => [value, runs])).toEqual([
      [5, QUICK_RUNS],
      [8, QUICK_RUNS],
      [8, undefined],
    ]);
  });

  test('whatever happens meanwhile, the last value is what is seen in the end, of all runs', () => {
    fc.assert(
      fc.property(moves, (happening) => {
        const last = happening.findLast((move) => typeof move === 'number');
        const { asked, state } = slid([...happening, 'answer', 'answer', 'answer', 'answer']);
        expect(asked.at(-1)?.value).toBe(last);
        expect(asked.at(-1)?.runs).toBeUndefined();
        expect(state().asked).toBeUndefined();
        expect(state().recovery !== undefined).toBe(last !== undefined);
      }),
    );
  });

  test('an answer that nobody waits for changes nothing', () => {
    const { state } = slid([5]);
    expect(answered(state(), 99, recovery(), true, played, 7)).toEqual({ whatIf: state(), ask: undefined });
  });

  test('as it is written again, nothing is other than as written', () => {
    const { state } = slid([5, 'answer']);
    expect(withChange(state(), 'Super/rate', undefined, played, 9)).toEqual({ whatIf: asWritten, ask: undefined });
  });
});

const shows: Event = { type: 'message', message: { type: 'picture', epoch: 1, picture: picture() } };
const after = (state: State, ...events: readonly Event[]) =>
  events.reduce(
    (last, event) => {
      const next = update(last.state, event);
      return { state: next.state, post: [...last.post, ...next.post] };
    },
    { state, post: [] as unknown[] },
  );

describe('A recovery that was looked at when the panel was left', () => {
  const stood = { atSeconds: 7200, speed: 600 };
  const left = { scenario: 'Crash', architectures: ['Telephony', 'Hosted'], ...stood };
  const saved = { version: 3 as const, uri: 'file:///telephony.p2parch', recovery: left };
  const reply: Event = {
    type: 'message',
    message: { type: 'reply', kind: 'recovery', id: 1, about: about(), reply: recovery() },
  };

  test('is run anew with the first picture, once, and stands where it stood', () => {
    const { state, post } = after(initialState(1, saved), shows);
    expect(post).toMatchObject([{ kind: 'recovery', input: { scenario: 'Crash', architectures: left.architectures } }]);
    expect(savedOf(state)?.recovery).toEqual(left);
    const shown = after(state, reply, { ...shows, message: { ...shows.message, epoch: 2 } } as Event);
    expect(shown.post).toEqual([]);
    expect(shown.state).toMatchObject({ stood: left, resuming: undefined, shown: { run: { id: 1 } } });
    expect(savedOf(shown.state)?.recovery).toEqual(left);
  });

  test('is saved as far as its clock has come, and no more when it is closed', () => {
    const open = after(initialState(1, saved), shows, reply, { type: 'stood', stood: { atSeconds: 9, speed: 60 } });
    expect(savedOf(open.state)?.recovery).toEqual({ ...left, atSeconds: 9, speed: 60 });
    expect(savedOf(after(open.state, { type: 'closeRecovery' }).state)?.recovery).toBeUndefined();
  });

  test('a refusal ends it: it is not asked for again with every picture', () => {
    const refusal: Event = { type: 'message', message: { type: 'refusal', id: 1, message: 'No.' } };
    const { state } = after(initialState(1, saved), shows, refusal);
    expect(after(state, { ...shows, message: { ...shows.message, epoch: 2 } } as Event).post).toEqual([]);
  });

  test('first results are shown while the rest runs, and stay if it is stopped', () => {
    const runs: Event = { type: 'run', scenario: 'Crash', architectures: [] };
    const partial: Event = {
      type: 'message',
      message: { type: 'partial', kind: 'recovery', id: 1, about: about(), reply: recovery() },
    };
    const { state } = after(initialState(1), shows, runs, partial);
    expect(state).toMatchObject({ running: { id: 1 }, shown: { run: { id: 1 } } });
    const stopped = after(state, { type: 'cancel' });
    expect(stopped.post).toContainEqual({ type: 'cancel', id: 1 });
    expect(stopped.state).toMatchObject({ running: undefined, shown: { run: { id: 1 } } });
  });
});

describe('A value that is written to the text', () => {
  const of = (version: number) => about({ version, epoch: version });
  const ran = (id: number, kind: 'recovery' | 'whatIf', version: number): Event => ({
    type: 'message',
    message: { type: 'reply', kind, id, about: of(version), reply: { ...recovery(), version } },
  });
  const seen = (version: number): Event => ({
    type: 'message',
    message: { type: 'picture', epoch: version, picture: picture({ version }) },
  });
  const begun = [seen(5), { type: 'run', scenario: 'Crash', architectures: [] }, ran(1, 'recovery', 5)] as const;
  const move: Event = { type: 'changeNumber', number: 'Super/rate', value: 2 };
  const write: Event = { type: 'writeNumber', architecture: 'Telephony', number: 'Super/rate' };

  test('belongs to the text that it was tried on, whatever text is seen by now', () => {
    const { post } = after(initialState(1), ...begun, move, ran(2, 'whatIf', 5), seen(6), write);
    expect(post.at(-1)).toMatchObject({ kind: 'write', about: { version: 5 } });
  });

  test('and when it is there, what is moved is tried anew on the text as it is now', () => {
    const written: Event = {
      type: 'message',
      message: { type: 'reply', kind: 'write', id: 4, about: of(5), reply: { text: '120/min' } },
    };
    const tried = [...begun, move, ran(2, 'whatIf', 5), ran(3, 'whatIf', 5)];
    const { state, post } = after(initialState(1), ...tried, write, seen(6), written);
    expect(post.at(-1)).toMatchObject({ kind: 'whatIf', id: 5, input: { changes: [{ id: 'Super/rate', value: 2 }] } });
    expect(state.shown?.written).toBe('120/min');
    expect(after(state, ran(5, 'whatIf', 6), write).post.at(-1)).toMatchObject({ about: { version: 6 } });
  });

  describe('is the value of the text', () => {
    const number = (value: number) => ({
      id: 'Super/rate',
      component: 'Super',
      title: 'Super',
      words: 'promoted from Client at',
      value,
      text: `${value}/s`,
      notation: { measure: 'per second', unit: 's' } as never,
      least: 0.1,
      most: 20,
    });
    const numbers = (id: number, version: number, value: number): Event => ({
      type: 'message',
      message: {
        type: 'reply',
        kind: 'numbers',
        id,
        about: of(version),
        reply: { architecture: 'Telephony', numbers: [number(value)] },
      },
    });
    const written = (id: number): Event => ({
      type: 'message',
      message: { type: 'reply', kind: 'write', id, about: of(5), reply: { text: '2/s' } },
    });
    const want: Event = { type: 'wantNumbers' };
    const tried = [...begun, want, numbers(2, 5, 1), move, ran(3, 'whatIf', 5), ran(4, 'whatIf', 5), write, seen(6)];
    // Then 6 tries the value quickly on the new text, 7 asks what is written there, and 8 is all of the runs.
    const again = [...tried, written(5), ran(6, 'whatIf', 6), numbers(7, 6, 2), ran(8, 'whatIf', 6)];

    test('as soon as the runs of the new text are there: they are what is played, and nothing is tried', () => {
      const { state, post } = after(initialState(1), ...again);
      expect(post).toContainEqual(expect.objectContaining({ kind: 'numbers', id: 7 }));
      expect(state.shown).toMatchObject({
        recovery: { version: 6 },
        whatIf: { changes: [], recovery: undefined },
        numbers: new Map([['Telephony', [expect.objectContaining({ value: 2 })]]]),
        written: '2/s',
      });
    });

    test('in whatever order the answers come', () => {
      const late = [...again.slice(0, -2), ran(8, 'whatIf', 6), numbers(7, 6, 2)];
      expect(after(initialState(1), ...late).state.shown).toMatchObject({
        recovery: { version: 6 },
        whatIf: { changes: [] },
      });
    });

    test('but not before it is there, nor where another is', () => {
      const half = after(initialState(1), ...again.slice(0, -1)).state.shown;
      expect(half).toMatchObject({ recovery: { version: 5 }, whatIf: { changes: [{ value: 2 }] } });
      const other = [...tried, written(5), ran(6, 'whatIf', 6), numbers(7, 6, 3), ran(8, 'whatIf', 6)];
      expect(after(initialState(1), ...other).state.shown).toMatchObject({ whatIf: { changes: [{ value: 2 }] } });
    });
  });
});
