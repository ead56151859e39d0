import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  behindNumber,
  didYouMean,
  noUnit,
  reservedIn,
  reservedName,
  reservedWhere,
  slipsIn,
} from '../../language/parsing/slips.ts';
import { mistakesOf } from '../../language/validation/mistakes.ts';
import { check } from './check.ts';

const word = fc.stringMatching(/^[\p{L}_][\p{L}\p{Nd}_-]{0,12}$/u);
const UNITS = ['s', 'min'];

describe('what a message of the parser says can be done', () => {
  it('is read from it as it was written', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(slipsIn(`"${one}" means nothing here. ${didYouMean(other)}`)).toEqual([
          { kind: 'misspelt', word: other },
        ]);
        expect(slipsIn(noUnit(one, 'min', UNITS))).toEqual([{ kind: 'misspelt', word: 'min' }]);
        expect(slipsIn(behindNumber(one, UNITS))).toEqual([{ kind: 'blank-missing', word: one }]);
        expect(slipsIn(reservedName(one))).toEqual([{ kind: 'reserved-name', word: one }]);
        expect(reservedIn(reservedName(one))).toBe(one);
        expect(reservedIn(reservedWhere('a name, "(…)" or "n of (…, …)"', one))).toBe(one);
        expect(slipsIn(reservedWhere('a name', one))).toEqual([]);
      }),
    );
  });

  it('stands in the data of the diagnostic, beside what the checks say', async () => {
    const { document } = await check(`architecture A {
  company Web { restarts in 5 mins }
  company min
  service S needs Wep
  service T needs Web
  accept single-external-dependancy on Web because "x"
  scenario X { at 1 h crash Web }
}
architecture B extends A {
  without Wab
}
`);
    expect(document.diagnostics?.map((diagnostic) => [diagnostic.range.start.line, mistakesOf(diagnostic)])).toEqual([
      [1, [{ kind: 'misspelt', word: 'min' }]],
      [2, [{ kind: 'reserved-name', word: 'min' }]],
      [3, [{ kind: 'misspelt', word: 'Web' }]],
      [5, [{ kind: 'misspelt', word: 'single-external-dependency' }]],
      [6, [{ kind: 'missing-run' }]],
      [9, [{ kind: 'misspelt', word: 'Web' }, { kind: 'nothing-to-leave-out' }]],
    ]);
  });
});
