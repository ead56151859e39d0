import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_VIEWS, panelStateSchema } from '../../language/protocol/panel-state.ts';
import { savedOf, viewsOf } from '../../webview/application/saved.ts';
import { initialState } from '../../webview/application/state.ts';
import { update } from '../../webview/application/store.ts';
import { within } from '../../webview/application/viewport/within.ts';
import { picture } from './samples.ts';

const { state } = update(initialState(), {
  type: 'message',
  message: { type: 'picture', epoch: 1, picture: picture() },
});
const double = fc.double({ noNaN: true, noDefaultInfinity: true });
const keptView = fc.record({
  view: fc.record({ x: double, y: double, scale: fc.double({ min: 0.01, max: 10, noNaN: true }) }),
  fitted: fc.boolean(),
});

describe('What a panel remembers of its pictures', () => {
  test('is where each stood, in whatever order they were moved, and of the last ones where there are many', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), keptView), { maxLength: 3 * MOST_VIEWS }), (moves) => {
        const views = viewsOf(undefined, () => {});
        for (const [name, kept] of moves) views.set(name, kept);
        const saved = savedOf(state, views);
        expect(panelStateSchema.parse(JSON.parse(JSON.stringify(saved)))).toBeDefined();
        const last = new Map(moves.toReversed().toReversed());
        const names = [...new Set(moves.map(([name]) => name).toReversed())].slice(0, MOST_VIEWS);
        const again = viewsOf(saved, () => {});
        for (const name of names) expect(again.get(name)).toEqual(last.get(name));
        expect(again.all().length).toBe(names.length);
      }),
    );
  });

  test('is apart for pictures of the same name in another view, and gone when they are fitted', () => {
    const views = viewsOf(undefined, () => {});
    const kept = { view: { x: 1, y: 2, scale: 3 }, fitted: false };
    const recovery = within(views, 'recovery of A B');
    recovery.set('A', kept);
    expect(views.get('A')).toBeUndefined();
    expect(
      within(
        viewsOf(savedOf(state, views), () => {}),
        'recovery of A B',
      ).get('A'),
    ).toEqual(kept);
    recovery.delete('A');
    expect(savedOf(state, views)?.views).toBeUndefined();
  });
});

test('Of many pictures that were looked at, those looked at longest ago are forgotten', () => {
  const views = viewsOf(undefined, () => {});
  const kept = { view: { x: 1, y: 2, scale: 3 }, fitted: false };
  for (let at = 0; at < MOST_VIEWS; at++) views.set(`picture ${at}`, kept);
  views.set('picture 0', kept);
  views.set('one more', kept);
  const names = views.all().map(([name]) => name);
  expect(names).toHaveLength(MOST_VIEWS);
  expect(names.slice(-2)).toEqual(['picture 0', 'one more']);
  expect(names).not.toContain('picture 1');
  const saved = panelStateSchema.safeParse(savedOf(state, views));
  expect(saved.success).toBe(true);
});

test('A state names a recovery of one to four architectures, or is none', () => {
  const fits = (count: number): boolean =>
    panelStateSchema.safeParse({
      version: 3,
      uri: 'file:///telephony.p2parch',
      recovery: { scenario: 'Crash', architectures: Array(count).fill('A'), atSeconds: 0, speed: 1 },
    }).success;
  expect([0, 1, 4, 5].map(fits)).toEqual([false, true, true, false]);
});
