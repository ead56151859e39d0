import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile, run } from '../../language/core/simulation/index.ts';
import { systems } from '../simulation/generate.ts';
import { checkRule, found } from './check.ts';

const rule = 'no-recovery';
const check = (text: string) => checkRule(rule, text);

describe(rule, () => {
  test('fires on what a scenario crashes, by itself, by its group or by a hazard, and that has no way back', () =>
    check(
      `
hazard Storm
architecture A {
  group Hall { company Web }
//                     ^^^ Hall_ crashes Web…(accepted)
  company Disk { exposed to Storm 40% }
//        ^^^^ Strike crashes 40% of Disk, and nothing brings that back: it does not restart and is not promoted from anything. Say how it comes back, let the scenario \`restore\` it, or accept the finding.
  company Tape { restarts never }
//        ^^^^ Once and Twice crash Tape, and nothing brings it back: it does not restart
  service S { needs Web needs Disk needs Tape }
  accept no-recovery on Hall because "We ask what is left without it."
  scenario Hall_ { at 1 h crash Hall run 2 h }
  scenario Strike { at 1 h strike Storm run 2 h }
  scenario Once { at 1 h crash Tape run 2 h }
  scenario Twice { at 1 h crash Tape run 2 h }
}
`,
    ));

  test('fires where the way back leads through itself', () =>
    check(`
architecture A {
  users Client { instances 100 needs SuperNode restarts in 1 min }
  users SuperNode { instances 10 serves 10 Client promoted from Client at 1/min }
//      ^^^^^^^^^ All crashes SuperNode, and nothing brings it back: it waits for Client, which cannot come back without SuperNode.
  service Calling for Client needs SuperNode
  scenario All { at 1 h crash SuperNode run 2 h }
  scenario Most { at 1 h crash 99% of SuperNode run 2 h }
}
`));

  test('does not fire where it restarts, is promoted, or the scenario brings it back', () =>
    check(`
architecture A {
  company Web { restarts in 1 h }
  company Disk
  company Tape
  users Client { instances 100 }
  users Node { instances 10 promoted from Client at 1/min }
  service S { needs Web needs Disk needs Tape needs Node }
  scenario One { at 1 h crash Web at 1 h crash Node run 2 h }
  scenario Two { at 1 h crash Disk at 90 min restore Disk run 2 h }
  scenario Three { at 1 h crash Tape at 90 min add 2 Tape run 2 h }
}
`));
});

test('what has no way back by itself is not there at the end of any run', () => {
  let told = 0;
  fc.assert(
    fc.property(systems, ({ model, story, seed }) => {
      const lost = found(rule, model, { scenarios: [story] }).filter(({ message }) => !message.includes('% of '));
      if (lost.length === 0) return;
      told += 1;
      const { components } = run(compile(model, story), seed);
      for (const { subject = '' } of lost) expect(components[subject]?.up.at(-1)).toBe(0);
    }),
    { numRuns: 1500 },
  );
  // A property about nothing would hold.
  expect(told).toBeGreaterThan(10);
});
