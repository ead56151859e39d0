/** What the end-to-end suites have in common, whichever VS Code they run in. */
import Mocha from 'mocha';

export function suite(): Mocha {
  const mocha = new Mocha({ ui: 'bdd', timeout: 90_000, reporter: 'spec', color: false });
  const only = process.env.P2PARCH_E2E_ONLY;
  if (only) mocha.grep(only);
  // A shared machine may be slow for once: what fails twice is wrong, and what failed once is told.
  else mocha.suite.retries(1);
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  return mocha;
}

/** Gives the number of tests that failed. */
export const outcome = (mocha: Mocha): Promise<number> =>
  new Promise((resolve) => {
    mocha.run(resolve).on('retry', (test: Mocha.Test, error: Error) => {
      console.log(`    once more, since it failed: ${test.fullTitle()}: ${error.message}`);
    });
  });
