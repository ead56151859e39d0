import { describe, expect, test } from 'vitest';
import type { CutSets, Failure, Failures, FaultAnswer, Losses } from '../../language/protocol/faults.ts';
import { fatesOf } from '../../webview/application/failure/fates-of.ts';
import {
  countWords,
  cutWords,
  listWords,
  lossWords,
  namesOf,
  reachWords,
} from '../../webview/application/failure/words.ts';
import { savedOf } from '../../webview/application/saved.ts';
import { findableIn, matches } from '../../webview/application/search/matches.ts';
import { type Event, initialState, type State } from '../../webview/application/state.ts';
import { update } from '../../webview/application/store.ts';
import { about, shows, telephony } from './samples.ts';

const enter: Event = { type: 'toggleFailures' };
const fails = (event: string): Event => ({ type: 'fail', event });

function run(...events: Event[]): { state: State; posts: ReturnType<typeof update>['post'][] } {
  let state = initialState(1);
  const posts = events.map((event) => {
    const next = update(state, event);
    state = next.state;
    return next.post;
  });
  return { state, posts };
}

/** The questions among what is posted; anything else as it is. */
const asked = (post: ReturnType<typeof update>['post'] = []): unknown[] =>
  post.map((message) => (message.type === 'request' && message.kind === 'faults' ? message.input : message));

const losses = (failed: string[], components: string[], services: string[]): Losses => ({
  kind: 'losses',
  failed,
  components,
  services,
});

/** The state after `events`, and after the answer to its last question of a kind. */
function answered(events: Event[], kind: 'losses' | 'faultTree' | 'cutSets', answer: FaultAnswer): State {
  const { state } = run(...events);
  const id = state.faults.asked[kind] ?? -1;
  return update(state, {
    type: 'message',
    message: { type: 'reply', kind: 'faults', id, about: about(), reply: answer },
  }).state;
}

describe('Failure mode', () => {
  test('asks what can fail and for the cut sets of the first service', () => {
    expect(asked(run(shows(), enter).posts[1])).toEqual([
      { kind: 'failures' },
      { kind: 'cutSets', service: 'Calling', externalOnly: false, maxSets: 50 },
    ]);
  });

  test('a click fails, another fails as well, the same mends', () => {
    const { state, posts } = run(shows(), enter, fails('Super'), fails('Relay'), fails('Super'));
    expect(posts.slice(2).map(asked)).toEqual([
      [{ kind: 'losses', failed: ['Super'] }],
      [{ kind: 'losses', failed: ['Super', 'Relay'] }],
      [{ kind: 'losses', failed: ['Relay'] }],
    ]);
    expect(state.faults.failed).toEqual(['Relay']);
  });

  test('a cut set that is chosen fails exactly its events; with nothing failed nothing is asked', () => {
    const choose: Event = { type: 'failExactly', events: ['Super', 'Relay'] };
    const { state, posts } = run(shows(), enter, fails('LogIn'), choose, { type: 'mendAll' });
    expect(asked(posts[3])).toEqual([{ kind: 'losses', failed: ['Super', 'Relay'] }]);
    expect(posts[4]).toEqual([]);
    expect(state.faults).toMatchObject({ failed: [], losses: undefined });
  });

  test('an answer counts if no later question of its kind was asked, and is dropped otherwise', () => {
    const fallen = losses(['Super'], ['Super'], []);
    expect(answered([shows(), enter, fails('Super')], 'losses', fallen).faults.losses).toEqual(fallen);
    const first = run(shows(), enter, fails('Super')).state.faults.asked.losses as number;
    const { state } = run(shows(), enter, fails('Super'), fails('Relay'));
    const late: Event = {
      type: 'message',
      message: { type: 'reply', kind: 'faults', id: first, about: about(), reply: fallen },
    };
    expect(update(state, late).state.faults.losses).toBeUndefined();
    const after = run(shows(), enter, fails('Super'), { type: 'mendAll' }).state;
    expect(update(after, late).state.faults.losses).toBeUndefined();
  });

  test('an answer of another kind than the question is dropped, and a refusal says why', () => {
    const events = [shows(), enter, fails('Super')];
    const wrong: FaultAnswer = { kind: 'failures', failures: [], services: [], components: 0 };
    expect(answered(events, 'losses', wrong).faults.losses).toBeUndefined();
    const refused = answered(events, 'losses', { kind: 'refusal', message: 'Too long.' });
    expect(refused.faults.refusals).toEqual({ losses: 'Too long.' });
  });

  test('with the text everything is asked anew; what had failed stays failed', () => {
    const { state, posts } = run(shows(), enter, fails('Super'), shows({ version: 6 }));
    expect(asked(posts[3]).map((question) => (question as { kind: string }).kind)).toEqual([
      'failures',
      'losses',
      'cutSets',
    ]);
    expect(state.faults.failed).toEqual(['Super']);
  });

  test('another architecture begins with nothing failed', () => {
    const { state } = run(shows(), enter, fails('Super'), shows({ architecture: 'Hosted' }));
    expect(state.faults).toMatchObject({ mode: 'failures', failed: [], failures: undefined });
  });

  test('a recovery that is shown gives way', () => {
    const run1: Event = { type: 'run', scenario: 'Crash', architectures: ['Telephony'] };
    const { state } = run(shows(), run1, enter);
    expect(state).toMatchObject({ shown: undefined, faults: { mode: 'failures' } });
  });
});

describe('The fault tree', () => {
  const showTree: Event = { type: 'showFaultTree', service: undefined };

  test('is of the service asked for, else of the first, and asks once', () => {
    expect(asked(run(shows(), showTree).posts[1])).toEqual([
      { kind: 'faultTree', service: 'Calling', open: [], closed: [] },
    ]);
    const message: Event = { type: 'message', message: { type: 'showFaultTree', service: 'Calling' } };
    expect(run(shows(), message).state.faults).toMatchObject({ mode: 'faultTree', service: 'Calling' });
  });

  test('a gate is opened or folded, never both', () => {
    const { state, posts } = run(
      shows(),
      showTree,
      { type: 'openGate', gate: 'Super' },
      { type: 'foldGate', gate: 'Super' },
    );
    expect(asked(posts[2])).toEqual([{ kind: 'faultTree', service: 'Calling', open: ['Super'], closed: [] }]);
    expect(state.faults).toMatchObject({ open: [], closed: ['Super'] });
  });

  test('leads back to where it was opened from', () => {
    expect(run(shows(), showTree, { type: 'closeFaultTree' }).state.faults.mode).toBeUndefined();
    expect(run(shows(), enter, showTree, { type: 'closeFaultTree' }).state.faults.mode).toBe('failures');
  });
});

describe('A panel that is closed and opened again', () => {
  test('comes back with its mode and what had failed, and asks for what it lacks', () => {
    const saved = savedOf(run(shows(), enter, fails('Super')).state);
    expect(saved).toEqual({
      version: 3,
      uri: 'file:///telephony.p2parch',
      architecture: 'Telephony',
      mode: 'failures',
      failed: ['Super'],
    });
    const { state, post } = update(initialState(9, saved), shows());
    expect(state.faults.failed).toEqual(['Super']);
    expect(asked(post)).toContainEqual({ kind: 'losses', failed: ['Super'] });
  });
});

describe('Fates', () => {
  test('tell what failed itself from what falls with it and from lost services', () => {
    const fates = fatesOf(['Super', 'Relay'], losses(['Super'], ['Super', 'Client'], ['Calling']));
    expect([...fates].map(([name, { fate }]) => [name, fate])).toEqual([
      ['Super', 'failed'],
      ['Client', 'lost'],
      ['Calling', 'serviceLost'],
      ['Relay', 'failed'],
    ]);
    expect(fatesOf([], losses(['Super'], ['Super'], [])).size).toBe(0);
  });
});

describe('Words', () => {
  const nameOf = namesOf(telephony, undefined);

  test('of losses', () => {
    expect(lossWords(losses(['Super'], ['Super', 'Client'], ['Calling']), nameOf)).toBe(
      'Super fails: Client and Calling are lost. Service lost: Calling.',
    );
    expect(lossWords(losses(['LogIn', 'Relay'], ['LogIn', 'Relay'], []), nameOf)).toBe(
      'LogIn and Relay fail: nothing else is lost.',
    );
    expect(listWords(['A', 'B', 'C', 'D', 'E'])).toBe('A, B, C and 2 more');
  });

  test('of a reach', () => {
    const failure: Failure = {
      name: 'operator:Carrier',
      label: 'Carrier',
      kind: 'operator',
      caption: 'Operator of 2 components',
      external: true,
      components: 3,
      services: 1,
      firstServices: ['Calling'],
    };
    const all: Failures = {
      kind: 'failures',
      failures: [failure],
      services: [{ name: 'Calling', label: 'Calling' }],
      components: 12,
    };
    expect(reachWords(failure, all)).toBe('Carrier alone takes down 3 of 12 components and 1 of 1 service: Calling.');
  });

  test('of cut sets, with numbers of any length, and of what is not known', () => {
    const some: CutSets = {
      kind: 'cutSets',
      service: 'Calling',
      externalOnly: false,
      byOrder: ['0', '2', '98765432109876543210'],
      total: '98765432109876543212',
      completeToOrder: null,
      sets: [['A', 'B']],
      allListed: false,
    };
    expect(countWords(some)).toBe(
      '98,765,432,109,876,543,212 minimal cut sets: 2 of order 2, 98,765,432,109,876,543,210 of order 3',
    );
    expect(cutWords(some)).toBe('The list is cut at 1; 98,765,432,109,876,543,212 in total.');
    const none: CutSets = { ...some, byOrder: [], total: '0', sets: [], allListed: true };
    expect(countWords({ ...none, externalOnly: true })).toBe('No minimal cut sets of external events');
    expect(countWords({ ...none, completeToOrder: 2 })).toBe(
      'No minimal cut sets up to order 2; larger ones were not counted',
    );
    const one: CutSets = { ...some, byOrder: ['1'], total: '1', completeToOrder: 1 };
    expect(countWords(one)).toBe(
      '1 minimal cut set: 1 of order 1 (counted up to order 1; larger ones were not counted)',
    );
  });
});

describe('The search', () => {
  const all = findableIn(telephony);

  test('finds by name and title, the nearest first, and no gates of needs', () => {
    expect(all.map(({ id }) => id)).toEqual(['Calling', 'LogIn', 'Client', 'Super', 'Relay', 'Reboot']);
    const found = matches([{ id: 'X', label: 'Überwachung', detail: 'Component' }, ...all], 'uberw');
    expect(found.map(({ id }) => id)).toEqual(['X']);
    expect(matches(all, 're').map(({ id }) => id)).toEqual(['Relay', 'Reboot']);
    expect(matches(all, ' ')).toEqual([]);
    // As it may be copied from a text, with a sign that turns letters around.
    expect(matches(all, '\u202eRelay').map(({ id }) => id)).toEqual(['Relay']);
    expect(matches(all, 'nothing of this')).toEqual([]);
    // The whole title, then a beginning, then what stands within, then the name in the text.
    const titled = ['A core of theirs', 'Core two', 'Core', 'Else'].map((label) => ({
      id: label,
      label,
      detail: label === 'Else' ? 'Component Core3' : 'Component',
    }));
    expect(matches([...titled].reverse(), 'core').map(({ id }) => id)).toEqual([
      'Core',
      'Core two',
      'A core of theirs',
      'Else',
    ]);
  });
});
