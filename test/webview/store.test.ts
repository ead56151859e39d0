import { describe, expect, test } from 'vitest';
import {
  chosenScenario,
  comparedArchitectures,
  scenariosOf,
  textHasChanged,
} from '../../webview/application/selections.ts';
import { type Event, initialState, type State } from '../../webview/application/state.ts';
import { update } from '../../webview/application/store.ts';
import { about, picture, replies, shows } from './samples.ts';

const after = (...events: Event[]): State =>
  events.reduce((state, event) => update(state, event).state, initialState(1));

const posted = (...events: Event[]) => {
  let state = initialState(1);
  return events.flatMap((event) => {
    const next = update(state, event);
    state = next.state;
    return next.post;
  });
};

const runs: Event = { type: 'run', scenario: 'Crash', architectures: ['Telephony'] };
describe('Pictures', () => {
  test('a newer one takes the place of the one shown', () => {
    expect(after(shows(), shows({ version: 6 })).picture?.version).toBe(6);
  });

  test('an older one is late and dropped, whatever it shows', () => {
    expect(after(shows(), shows({ version: 4 })).picture?.version).toBe(5);
    expect(after(shows(), shows({ architecture: 'Hosted' }, 4)).picture?.architecture).toBe('Telephony');
  });

  test('a text that was opened anew counts its versions from the beginning: the epoch goes on', () => {
    expect(after(shows(), shows({ version: 1 }, 6)).picture?.version).toBe(1);
    expect(after(shows(), shows({ version: 1 }, 6), shows({ version: 9 }, 5)).picture?.version).toBe(1);
  });

  test('become what a change says; a change of another picture asks for the whole', () => {
    const change = { version: 6, stale: 'The text has errors.', nodes: [], edges: [], containers: [], title: 'Other' };
    const changes = (epoch: number, since: number): Event => ({
      type: 'message',
      message: { type: 'change', epoch, since, change },
    });
    const { picture: now, epoch } = after(shows(), changes(6, 5));
    expect([now?.version, now?.stale, now?.diagram.title, epoch]).toEqual([6, 'The text has errors.', 'Other', 6]);
    expect(after(shows(), changes(6, 4)).picture?.version).toBe(5);
    expect(posted(shows(), changes(6, 4))).toEqual([{ type: 'whole' }]);
    expect(posted(changes(6, 5))).toEqual([{ type: 'whole' }]);
    expect(posted(shows(), changes(4, 5))).toEqual([]);
  });

  test('where there is nothing to draw, the words take its place, until there is', () => {
    const nothing: Event = {
      type: 'message',
      message: { type: 'nothing', epoch: 6, uri: 'file:///telephony.p2parch', message: 'No architecture here.' },
    };
    expect(after(shows(), nothing)).toMatchObject({ picture: undefined, nothing: 'No architecture here.' });
    expect(after(nothing, shows({}, 7)).nothing).toBeUndefined();
    expect(after(shows({}, 7), nothing).picture).toBeDefined();
  });
});

describe('Selection', () => {
  test('a click asks for the text, and lights the node at once', () => {
    const select: Event = { type: 'select', element: 'Super', architecture: 'Telephony' };
    expect(posted(shows(), select)).toEqual([{ type: 'select', element: 'Super', architecture: 'Telephony' }]);
    expect(after(shows(), select).selected).toBe('Super');
  });

  test('the text cursor moves it and takes it away', () => {
    const cursor = (element: string | null, architecture = 'Telephony'): Event => ({
      type: 'message',
      message: { type: 'cursor', architecture, element },
    });
    expect(after(shows(), cursor('LogIn')).selected).toBe('LogIn');
    expect(after(shows(), cursor('LogIn'), cursor(null)).selected).toBeNull();
    expect(after(shows(), cursor('LogIn', 'Hosted')).selected).toBeNull();
  });
});

describe('Scenarios', () => {
  test('are offered if they run on the architecture shown', () => {
    expect(scenariosOf(after(shows())).map(({ name }) => name)).toEqual(['Crash', 'Strike']);
  });

  test('the first is chosen until another is, and again when that one is gone', () => {
    const choose: Event = { type: 'chooseScenario', scenario: 'Strike' };
    expect(chosenScenario(after(shows()))?.name).toBe('Crash');
    expect(chosenScenario(after(shows(), choose))?.name).toBe('Strike');
    const without = shows({ version: 6, scenarios: picture().scenarios.slice(0, 2) });
    expect(chosenScenario(after(shows(), choose, without))?.name).toBe('Crash');
  });

  test('are compared on the architecture shown and at most three others, in the order of the text', () => {
    expect(comparedArchitectures(after(shows()))).toEqual(['Hosted', 'Telephony', 'Third', 'Fourth']);
  });
});

describe('Runs', () => {
  test('a button and the host ask for them alike', () => {
    const play: Event = {
      type: 'message',
      message: { type: 'play', scenario: 'Crash', architectures: ['Telephony', 'Hosted'] },
    };
    expect(posted(shows(), runs, play)).toEqual([
      {
        type: 'request',
        kind: 'recovery',
        id: 1,
        about: about(),
        input: { scenario: 'Crash', architectures: ['Telephony'] },
      },
      {
        type: 'request',
        kind: 'recovery',
        id: 2,
        about: about(),
        input: { scenario: 'Crash', architectures: ['Telephony', 'Hosted'] },
      },
    ]);
  });

  test('a host that names no architecture means the one shown; one that names too many gets four', () => {
    const play = (architectures: string[]): Event => ({
      type: 'message',
      message: { type: 'play', scenario: 'Crash', architectures },
    });
    expect(posted(shows(), play([]))).toMatchObject([{ input: { architectures: ['Telephony'] } }]);
    expect(posted(shows(), play(['a', 'b', 'c', 'd', 'e']))).toMatchObject([
      { input: { architectures: ['a', 'b', 'c', 'd'] } },
    ]);
    expect(posted(play([]))).toEqual([]);
  });

  test('the answer to the run under way is shown; answers to others are not', () => {
    expect(after(shows(), runs, replies(1))).toMatchObject({ running: undefined, shown: { run: { id: 1 } } });
    expect(after(shows(), runs, runs, replies(1))).toMatchObject({ running: { id: 2 }, shown: undefined });
    expect(after(shows(), replies(1)).shown).toBeUndefined();
  });

  test('a cancelled run is told to the host, and its answer comes to nothing', () => {
    expect(posted(shows(), runs, { type: 'cancel' })).toContainEqual({ type: 'cancel', id: 1 });
    expect(after(shows(), runs, { type: 'cancel' }, replies(1))).toMatchObject({
      running: undefined,
      shown: undefined,
    });
  });

  test('a refusal is shown until it is dismissed or another run begins', () => {
    const refused: Event = { type: 'message', message: { type: 'refusal', id: 1, message: 'No such scenario.' } };
    expect(after(shows(), runs, refused)).toMatchObject({ running: undefined, refusal: 'No such scenario.' });
    expect(after(shows(), runs, refused, { type: 'dismiss' }).refusal).toBeUndefined();
    expect(after(shows(), runs, refused, runs).refusal).toBeUndefined();
  });
});

describe('A recovery', () => {
  test('stays while the text changes, and says that it has', () => {
    expect(textHasChanged(after(shows(), runs, replies(1)))).toBe(false);
    const changed = after(shows(), runs, replies(1), shows({ version: 6 }));
    expect(changed.shown?.run.id).toBe(1);
    expect(textHasChanged(changed)).toBe(true);
    expect(textHasChanged(after(shows(), runs, replies(1), shows({ stale: 'The text has errors.' })))).toBe(true);
  });

  test('is closed by its button, by another architecture, and by another file', () => {
    const open = [shows(), runs, replies(1)];
    expect(after(...open, { type: 'closeRecovery' }).shown).toBeUndefined();
    expect(after(...open, { type: 'show', architecture: 'Hosted' }).shown).toBeUndefined();
    expect(after(...open, shows({ uri: 'file:///other.p2parch' })).shown).toBeUndefined();
  });
});

describe('Another file in the same panel', () => {
  const other = (epoch: number, stale = '') => shows({ uri: 'file:///other.p2parch', stale }, epoch);

  test('begins with nothing lit: the same names mean other things there', () => {
    const lit: Event = { type: 'message', message: { type: 'cursor', architecture: 'Telephony', element: 'Client' } };
    expect(after(shows(), lit, shows({ version: 6 })).selected).toBe('Client');
    expect(after(shows(), lit, other(6)).selected).toBeNull();
  });
});

describe('A recovery that a panel was left with', () => {
  const saved = {
    version: 3,
    uri: 'file:///telephony.p2parch',
    recovery: { scenario: 'Crash', architectures: ['Telephony'], atSeconds: 30, speed: 60 },
  } as const;
  const resumed = (stale: string) =>
    update(
      initialState(1, { ...saved, recovery: { ...saved.recovery, architectures: ['Telephony'] } }),
      shows({ stale }),
    ).post;

  test('is run anew with the first picture of a sound text, and waits while the text has errors', () => {
    expect(resumed('')).toMatchObject([{ type: 'request', kind: 'recovery', input: { scenario: 'Crash' } }]);
    expect(resumed('The text has errors.')).toEqual([]);
  });
});
