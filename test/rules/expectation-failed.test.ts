import { describe, expect, test } from 'vitest';
import { measuredWords } from '../../language/core/rules/index.ts';
import { HOUR } from '../simulation/build.ts';
import { checkRule } from './check.ts';

const rule = 'expectation-failed';
const text = `
architecture A {
  company Web { restarts after 2 h }
  service S needs Web
  service T needs Web
  accept expectation-failed on T because "T may be down."
  scenario X {
    at 1 h crash Web
    run 9 h
    expect S back to 95% within 1 h
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S is back to 95% after 2 h (90th percentile of 10 runs); 1 h is allowed. This is kept in 0 of 10 runs, and has to be in at least 90%. Bring it back faster, lose less of what it needs, or expect less.
    expect S back to 95% within 3 h
    expect T never below 20%
//  ^^^^^^^^^^^^^^^^^^^^^^^^ T falls to 0% (10th percentile of 10 runs); no less than 20% is allowed. … (accepted)
//  ^^^^^^^^^^^^^^^^^^^^^^^^ B: T falls to 0% … (accepted)
  }
}

scenario Y on A, B { at 1 h crash Web run 90 min expect S back to 50% within 2 h }
//                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ A: S is not back to 50% within the run; 2 h is allowed.

architecture B extends A {
  company Web { restarts after 10 min }
}
`;

describe(rule, () => {
  test('fires at the `expect`, by how much; with the architecture where the words are not its own', () =>
    checkRule(rule, text, { runs: 10 }));

  test('does not fire before there are runs', () => checkRule(rule, text.replace(/^\/\/ .*\n/gm, '')));

  test('says what was measured, in one run or in many', () => {
    const back = { kind: 'backTo', service: 'S', level: 0.95, withinSeconds: HOUR } as const;
    const of = (measured: number | null, share: number, runs: number) =>
      measuredWords(back, { holds: false, share, measured }, runs);
    expect(of(26 * HOUR + 600, 0.02, 100)).toBe(
      'S is back to 95% after 26 h 10 min (90th percentile of 100 runs); 1 h is allowed. This is kept in 2 of 100 runs, and has to be in at least 90%. Bring it back faster, lose less of what it needs, or expect less.',
    );
    expect(of(0, 1, 1)).toBe(
      'S never leaves 95% (90th percentile of 1 run); 1 h is allowed. This is kept in 1 of 1 run, and has to be in at least 90%. Bring it back faster, lose less of what it needs, or expect less.',
    );
    expect(
      measuredWords({ kind: 'neverBelow', service: 'S', level: 0.5 }, { holds: false, share: 0, measured: 0.125 }, 8),
    ).toBe(
      'S falls to 12.5% (10th percentile of 8 runs); no less than 50% is allowed. This is kept in 0 of 8 runs, and has to be in at least 90%. Lose less of what it needs, or expect less.',
    );
    // Who kept it needs no advice.
    expect(measuredWords(back, { holds: true, share: 1, measured: 0 }, 8)).toBe(
      'S never leaves 95% (90th percentile of 8 runs); 1 h is allowed. This is kept in 8 of 8 runs, and has to be in at least 90%.',
    );
  });
});
