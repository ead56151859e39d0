import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { remembering } from '../../webview/picture/remembering.ts';

describe('What is remembered of a function', () => {
  const things = [{ name: 'A' }, { name: 'B' }, { name: 'C' }];
  const call = fc.record({ thing: fc.constantFrom(...things), x: fc.integer({ min: 0, max: 2 }), on: fc.boolean() });

  test('is what the function gives, and is asked for anew only where an argument is another than last', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 30 }), (calls) => {
        let made = 0;
        const describeThing = ({ name }: { name: string }, x: number, on: boolean): string => `${name} ${x} ${on}`;
        const remembered = remembering((...given: Parameters<typeof describeThing>) => {
          made++;
          return describeThing(...given);
        });
        const last = new Map<object, string>();
        let needed = 0;
        for (const { thing, x, on } of calls) {
          const value = describeThing(thing, x, on);
          if (last.get(thing) !== value) needed++;
          last.set(thing, value);
          expect(remembered(thing, x, on)).toBe(value);
        }
        expect(made).toBe(needed);
      }),
    );
  });
});
