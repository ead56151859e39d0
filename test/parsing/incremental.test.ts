import fc from 'fast-check';
import { EmptyFileSystem, type ParseResult } from 'langium';
import { describe, expect, it } from 'vitest';
import { createP2PArchServices } from '../../language/services.ts';
import { apply, edited, moved } from './edits.ts';
import { checkLookUp, describeResult } from './tree.ts';

describe('a text that is read again after each edit', () => {
  const reader = createP2PArchServices(EmptyFileSystem).language.parsing.FileReader;
  const fresh = (text: string): unknown => describeResult(reader.read(text));

  it('gives what a fresh reading gives, whatever the edits were', () => {
    fc.assert(
      fc.property(edited(), ({ text, edits }) => {
        let now = text;
        let result: ParseResult = reader.read(now);
        for (const edit of edits) {
          now = apply(now, edit);
          result = reader.read(now, result);
          expect(describeResult(result)).toEqual(fresh(now));
          checkLookUp(result);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('also where words are moved', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(edited(1), share, share, share, ({ text }, from, to, where) => {
        const after = moved(text, from, to, where);
        const result = reader.read(after, reader.read(text));
        expect(describeResult(result)).toEqual(fresh(after));
        const back = reader.read(text, result);
        expect(describeResult(back)).toEqual(fresh(text));
      }),
      { numRuns: 200 },
    );
  });

  const deep = (extra: string): string =>
    `architecture A { users C { needs ${extra}${'('.repeat(99)}C${')'.repeat(99)} } company D }`;
  it.each([
    ['a word that means something else behind another', 'users C { needs servs 5 }', 'users C { servs 5 }'],
    ['brackets that get too deep', deep(''), deep('(C or (C or ')],
    ['a name that becomes a word of the language', 'company user X', 'company users X'],
    ['a declaring word before a keyword', 'group G { users B }', 'group G { hazard users B }'],
    ['a unit that is typed behind a number', 'users C { restarts in 5 }', 'users C { restarts in 5min }'],
    ['nothing', 'users C', ''],
    ['all', '', 'users C'],
  ])('reads %s', (_, before, after) => {
    for (const [from, to] of [
      [before, after],
      [after, before],
    ] as const) {
      expect(describeResult(reader.read(to, reader.read(from)))).toEqual(fresh(to));
    }
  });
});
