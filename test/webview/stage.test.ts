import { describe, expect, test } from 'vitest';
import { actorsOf } from '../../webview/application/recovery/stage-actors.ts';
import { momentAt } from '../../webview/application/recovery/timeline.ts';
import { result, telephony } from './samples.ts';

/** A canvas that only writes down which words were put on it. */
function canvas() {
  const words: string[] = [];
  const nothing = (): void => {};
  const context = new Proxy({ fillText: (text: string) => words.push(text) } as Record<string, unknown>, {
    get: (known, name) => known[String(name)] ?? nothing,
    set: () => true,
  }) as unknown as CanvasRenderingContext2D;
  return { context, words };
}

const nodes = telephony.nodes.map(({ id, width, height }) => ({ id, x: 0, y: 0, width, height }));
const colours = { dots: {}, bars: {} } as never;
const look = { view: { x: 0, y: 0, scale: 1 }, panel: { width: 800, height: 600 }, related: undefined };
Object.assign(globalThis, { devicePixelRatio: 1 });

/** What is written for each moment, in turn; a clock that stands has no time. */
function shown(frames: readonly { readonly at: number; readonly now?: number }[]): string[][] {
  const actors = actorsOf({ ...result, layout: { ...result.layout, nodes } });
  for (const actor of actors) actor.place(look);
  return frames.map(({ at, now }) => {
    const { context, words } = canvas();
    const moment = momentAt(result.times, [25], at);
    for (const actor of actors) actor.draw({ context, colours, moment, now });
    return words;
  });
}

describe('Figures on the stage', () => {
  test('are right at once at every moment that the clock is set to', () => {
    const [full, empty, half] = shown([{ at: 10 }, { at: 30 }, { at: 40 }]);
    expect(full).toEqual(expect.arrayContaining(['100', '100%']));
    expect(empty).toEqual(expect.arrayContaining(['20', '80', '0%']));
    expect(half).toEqual(expect.arrayContaining(['50', '50%']));
  });

  test('change no more than ten times a second while it runs, and again when it stops', () => {
    const [, soon, later, stopped] = shown([{ at: 30, now: 0 }, { at: 34, now: 50 }, { at: 38, now: 120 }, { at: 40 }]);
    expect(soon).not.toContain('20');
    expect(soon?.every((text) => text === '0%')).toBe(true);
    expect(later).toContain('40');
    expect(stopped).toContain('50');
  });

  test('what has not changed is not drawn again', () => {
    expect(shown([{ at: 5 }, { at: 6 }])[1]).toEqual([]);
  });
});
