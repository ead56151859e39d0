import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagramOf, foldDiagram, foldedWords } from '../../language/core/diagram/index.ts';
import { foldingOf } from '../../language/drawing/folding.ts';
import type { PanelPicture } from '../../language/protocol/picture-change.ts';
import { fatesOf } from '../../webview/application/failure/fates-of.ts';
import { foldedAfter, seenAs } from '../../webview/application/folding.ts';
import { type Run, viewOf } from '../../webview/application/recovery/state.ts';
import { findableIn, findableInFolded } from '../../webview/application/search/matches.ts';
import { type Event, initialState } from '../../webview/application/state.ts';
import { update } from '../../webview/application/store.ts';
import { anyArchitecture } from '../picture/architectures.ts';
import { generated } from '../picture/systems.ts';
import { about, picture, recovery, replies, shows, telephony } from './samples.ts';

const large = diagramOf(generated(200));
const drawn = (whole = large, folded?: readonly string[]): PanelPicture => picture(foldingOf(whole, folded));

const anyFolded = fc.tuple(anyArchitecture, fc.nat()).map(([model, bits]) => {
  const whole = diagramOf(model);
  const folded = whole.containers.filter((_, at) => ((bits >> (at % 30)) & 1) === 1).map(({ id }) => id);
  return { whole, shown: drawn(whole, folded) };
});

describe('What is folded', () => {
  test('each component is seen or hidden, and never both', () => {
    fc.assert(
      fc.property(anyFolded, ({ whole, shown }) => {
        const components = (nodes: typeof whole.nodes) => nodes.filter(({ kind }) => kind === 'component');
        const seen = components(shown.diagram.nodes).map(({ id }) => id);
        const hidden = shown.folding.hidden.filter(({ kind }) => kind === 'component').map(({ element }) => element);
        expect([...seen, ...hidden].sort()).toEqual(
          components(whole.nodes)
            .map(({ id }) => id)
            .sort(),
        );
      }),
    );
  });

  test('is seen as the box that it is in; what is seen, as itself', () => {
    fc.assert(
      fc.property(anyFolded, ({ whole, shown }) => {
        for (const { id, kind } of whole.nodes) {
          if (kind !== 'component') continue;
          const node = shown.diagram.nodes.find((candidate) => candidate.id === seenAs(shown, id));
          expect(node?.kind === 'folded' ? node.components.includes(id) : node?.id === id).toBe(true);
        }
      }),
    );
  });

  test('is found by name, and is in sight once it was looked for', () => {
    fc.assert(
      fc.property(anyFolded, ({ whole, shown }) => {
        const findable = [...findableIn(shown.diagram), ...findableInFolded(shown.folding)].map(({ id }) => id);
        for (const { id, kind } of whole.nodes) if (kind === 'component') expect(findable).toContain(id);
        for (const { element, kind } of shown.folding.hidden) {
          const folded = foldedAfter(shown, { type: 'reveal', element });
          const next = drawn(whole, folded);
          expect(next.folding.hidden.some((still) => still.element === element && kind === 'component')).toBe(false);
        }
      }),
    );
  });

  test('folding all and opening all are the two ends; one is folded and opened by the same button', () => {
    const start = drawn();
    expect(start.folding.folded.length).toBeGreaterThan(0);
    const all = drawn(large, foldedAfter(start, { type: 'foldAll' }));
    // One alone is no more than its box would be.
    const alone = all.diagram.containers.map(({ components }) => components);
    expect(alone.every((count) => count === 1)).toBe(true);
    expect(foldedAfter(all, { type: 'unfoldAll' })).toEqual([]);
    expect(foldedAfter(drawn(large, []), { type: 'unfoldAll' })).toBeUndefined();
    const container = start.folding.folded[0] ?? '';
    const opened = drawn(large, foldedAfter(start, { type: 'fold', container }));
    expect(opened.folding.folded).not.toContain(container);
    expect(drawn(large, foldedAfter(opened, { type: 'fold', container })).folding.folded).toContain(container);
  });

  test('is said in words, with how many there are', () => {
    expect(foldedWords(drawn(large, []).diagram)).toBe('');
    const shown = drawn(large, foldedAfter(drawn(), { type: 'foldAll' }));
    const boxes = shown.diagram.nodes.filter(({ kind }) => kind === 'folded').length;
    expect(foldedWords(shown.diagram)).toMatch(new RegExp(`^199 of 200 components are folded into ${boxes} boxes\\.$`));
  });

  test('says how much in it is down', () => {
    const shown = drawn();
    const box = shown.diagram.nodes.find((node) => node.kind === 'folded' && node.of === 'group');
    if (box?.kind !== 'folded') throw new Error('no group is folded');
    const [first = '', second = ''] = box.components;
    const fates = fatesOf(
      [first],
      { kind: 'losses', failed: [first], components: [first, second], services: [] },
      shown.diagram.nodes,
    );
    expect(fates.get(box.id)).toEqual({ fate: 'lost', words: `2 of ${box.components.length} down` });
  });
});

describe('The panel', () => {
  const start = drawn();
  const shown: Event = shows(start);

  test('asks the editor for the picture with exactly what is to be folded', () => {
    const state = update(initialState(), shown).state;
    const { post, state: next } = update(state, { type: 'unfoldAll' });
    expect(post).toEqual([{ type: 'fold', architecture: start.architecture, folded: [] }]);
    expect(next.folded).toEqual([]);
    expect(next.picture).toBe(state.picture);
  });

  test('goes to what was looked for with the picture in which it is seen', () => {
    const element = start.folding.hidden.find(({ kind }) => kind === 'component')?.element ?? '';
    const { state } = update(update(initialState(), shown).state, { type: 'reveal', element });
    expect(state).toMatchObject({ revealing: element, selected: element });
    expect(update(state, { type: 'revealed' }).state.revealing).toBeUndefined();
  });

  test('forgets what was folded with the architecture that it was folded in', () => {
    const state = update(update(initialState(), shown).state, { type: 'unfoldAll' }).state;
    expect(update(state, shows({ ...start, version: 6 })).state.folded).toEqual([]);
    expect(update(state, shows({ ...start, architecture: 'Hosted' }, 6)).state.folded).toBeUndefined();
  });
});

describe('A recovery', () => {
  const folding = { folded: ['zone:company'], all: [], hidden: [] };
  const runs: Event = { type: 'run', scenario: 'Crash', architectures: ['Telephony'] };
  const opens = (container: string): Event => ({ type: 'foldPlayed', container });
  const play = (...events: Event[]) => {
    let state = initialState(1);
    return events.map((event) => {
      const next = update(state, event);
      state = next.state;
      return next;
    });
  };

  test('is run anew with a box open, in its place; the diagram behind it is opened alike', () => {
    const [opened, anew] = play(shows({ folding }), runs, replies(1), opens('zone:company'), replies(2)).slice(3);
    expect(opened?.post).toEqual([
      { type: 'fold', architecture: 'Telephony', folded: [] },
      expect.objectContaining({ kind: 'recovery', id: 2, input: expect.objectContaining({ folded: [] }) }),
    ]);
    // Until then it plays on as it was.
    expect(opened?.state.shown?.run.id).toBe(1);
    expect(anew?.state.shown?.run).toMatchObject({ id: 2, anew: 1, folded: [] });
    expect(viewOf(anew?.state.shown?.run as Run)).toBe(1);
  });

  test('folds what is open, and leaves what else is folded in it as it is', () => {
    const box = foldDiagram(telephony, ['zone:users']);
    const message = {
      type: 'reply',
      kind: 'recovery',
      id: 1,
      about: about(),
      reply: recovery({ diagram: box }),
    } as const;
    const [folded] = play(shows(), runs, { type: 'message', message }, opens('zone:company')).slice(3);
    expect(folded?.state.folded).toEqual(['zone:users', 'zone:company']);
  });

  test('keeps the numbers that were moved, and tries them anew', () => {
    const moved: Event = { type: 'changeNumber', number: 'Client.restart', value: 9 };
    const steps = play(shows({ folding }), runs, replies(1), moved, opens('zone:company'), replies(3));
    const last = steps.at(-1);
    expect(last?.state.shown?.whatIf.changes).toEqual([{ id: 'Client.restart', value: 9 }]);
    expect(last?.post).toEqual([
      expect.objectContaining({
        kind: 'whatIf',
        input: expect.objectContaining({ folded: [], changes: [{ id: 'Client.restart', value: 9 }] }),
      }),
    ]);
  });
});

test('What is looked for opens what is around it, and nothing else', () => {
  fc.assert(
    fc.property(anyFolded, ({ shown }) => {
      for (const { element } of shown.folding.hidden) {
        const within = shown.folding.hidden.find((first) => first.element === element)?.within ?? [];
        const left = foldedAfter(shown, { type: 'reveal', element });
        expect(left).toEqual(shown.folding.folded.filter((id) => !within.includes(id)));
      }
    }),
    { numRuns: 50 },
  );
});
