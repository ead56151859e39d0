import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHostMessage, readPanelState } from '../../webview/application/messages.ts';
import { initialState, update } from '../../webview/application/store.ts';
import { picture, recovery } from './samples.ts';

const quietly = () => {};

/** What a host could send that knows the contract's words but not its meaning. */
const nearlyMessages = fc.record(
  {
    type: fc.constantFrom('picture', 'nothing', 'cursor', 'play', 'recovery', 'refused', '__proto__'),
    picture: fc.oneof(fc.anything(), fc.constant(picture())),
    recovery: fc.oneof(fc.anything(), fc.constant(recovery())),
    message: fc.anything(),
    element: fc.anything(),
    scenario: fc.anything(),
    architectures: fc.anything(),
    id: fc.anything(),
  },
  { requiredKeys: ['type'] },
);

describe('The door', () => {
  test('lets in what fits the contract', () => {
    const messages = [
      { type: 'picture', picture: picture() },
      { type: 'nothing', message: 'Nothing here.' },
      { type: 'cursor', element: null },
      { type: 'play', scenario: 'Crash', architectures: ['Telephony'] },
      { type: 'recovery', id: 1, recovery: recovery() },
      { type: 'refused', id: 1, message: 'No.' },
    ];
    expect(messages.map((message) => readHostMessage(message))).toEqual(messages);
  });

  test('drops whatever else comes and says so, and never throws', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
        (input) => {
          const warned: string[] = [];
          expect(readHostMessage(input, (text) => warned.push(text))).toBeUndefined();
          expect(warned).toHaveLength(1);
        },
      ),
    );
  });

  test('drops objects that throw when they are looked at', () => {
    const hostile = {
      get type(): string {
        throw new Error('Do not look.');
      },
    };
    expect(readHostMessage(hostile, quietly)).toBeUndefined();
    expect(readPanelState(hostile)).toBeUndefined();
  });

  test('lets nothing through that the store would throw at', () => {
    fc.assert(
      fc.property(fc.array(nearlyMessages, { maxLength: 6 }), (inputs) => {
        let state = initialState();
        for (const input of inputs) {
          const message = readHostMessage(input, quietly);
          const next = message === undefined ? state : update(state, { type: 'message', message }).state;
          if (message === undefined) expect(next).toBe(state);
          state = next;
        }
      }),
    );
  });

  test('takes back the state of its own version alone', () => {
    const state = { version: 1, uri: 'file:///a.p2parch', architecture: 'A' };
    expect(readPanelState(state)).toEqual(state);
    expect(readPanelState({ ...state, version: 2 })).toBeUndefined();
    expect(readPanelState(undefined)).toBeUndefined();
  });
});
