import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONTRACT, enveloped } from '../../language/protocol/contract.ts';
import { readHostMessage, readPanelState } from '../../webview/application/messages.ts';
import { initialState } from '../../webview/application/state.ts';
import { update } from '../../webview/application/store.ts';
import { anyValue } from './odd-values.ts';
import { about, picture, recovery } from './samples.ts';

const quietly = () => {};

/** What a host could send that knows the contract's words but not its meaning. */
const nearlyMessages = fc.record(
  {
    type: fc.constantFrom('picture', 'nothing', 'cursor', 'play', 'reply', 'refusal', 'progress', '__proto__'),
    kind: fc.constantFrom('recovery', 'faults', 'other'),
    picture: fc.oneof(fc.anything(), fc.constant(picture())),
    reply: fc.oneof(fc.anything(), fc.constant(recovery())),
    about: fc.oneof(fc.anything(), fc.constant(about())),
    epoch: fc.oneof(fc.anything(), fc.integer()),
    architecture: fc.anything(),
    message: fc.anything(),
    element: fc.anything(),
    scenario: fc.anything(),
    architectures: fc.anything(),
    id: fc.anything(),
  },
  { requiredKeys: ['type'] },
);

describe('The door', () => {
  const messages = [
    { type: 'picture', epoch: 5, picture: picture() },
    {
      type: 'change',
      epoch: 6,
      since: 5,
      change: { version: 6, stale: 'The text has errors.', nodes: [], edges: [], containers: [] },
    },
    { type: 'nothing', epoch: 5, uri: 'file:///a.p2parch', message: 'Nothing here.' },
    { type: 'cursor', architecture: 'Telephony', element: null },
    { type: 'play', scenario: 'Crash', architectures: ['Telephony'] },
    { type: 'reply', kind: 'recovery', id: 1, about: about(), reply: recovery() },
    { type: 'refusal', id: 1, message: 'No.' },
    { type: 'dropped', id: 1 },
    { type: 'progress', id: 1, done: 3, total: 100 },
  ];

  test('lets in what fits the contract', () => {
    expect(messages.map((message) => readHostMessage(enveloped(message)))).toEqual(messages);
  });

  test('lets in nothing that another build has written, or that does not say by which contract', () => {
    for (const message of messages) {
      expect(readHostMessage({ contract: CONTRACT + 1, message }, quietly)).toBeUndefined();
      expect(readHostMessage(message, quietly)).toBeUndefined();
    }
  });

  test('drops whatever else comes and says so, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(anyValue, anyValue.map(enveloped)), (input) => {
        const warned: string[] = [];
        expect(readHostMessage(input, (text) => warned.push(text))).toBeUndefined();
        expect(warned).toHaveLength(1);
      }),
    );
  });

  test('drops objects that throw when they are looked at', () => {
    const hostile = {
      get type(): string {
        throw new Error('Do not look.');
      },
      get contract(): number {
        throw new Error('Do not look.');
      },
    };
    expect(readHostMessage(hostile, quietly)).toBeUndefined();
    expect(readHostMessage(enveloped(hostile), quietly)).toBeUndefined();
    expect(readPanelState(hostile)).toBeUndefined();
  });

  test('lets nothing through that the store would throw at', () => {
    fc.assert(
      fc.property(fc.array(nearlyMessages, { maxLength: 6 }), (inputs) => {
        let state = initialState();
        for (const input of inputs) {
          const message = readHostMessage(enveloped(input), quietly);
          const next = message === undefined ? state : update(state, { type: 'message', message }).state;
          if (message === undefined) expect(next).toBe(state);
          state = next;
        }
      }),
    );
  });

  test('takes back the state of its own build alone', () => {
    const state = { version: 3, uri: 'file:///a.p2parch', architecture: 'A' };
    expect(readPanelState(state)).toEqual(state);
    expect(readPanelState({ ...state, version: 1 })).toBeUndefined();
    expect(readPanelState(undefined)).toBeUndefined();
  });
});
