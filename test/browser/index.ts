/** The suite for a browser's extension host: runs in Node, and reaches into the page and its extension host. */
import { outcome, suite } from '../host/suite.ts';
import { enter, enterAgain, inHost, type Opened } from './workbench.ts';

/** Gives the number of tests that failed. */
export async function run(opened: Opened): Promise<number> {
  enter(opened);
  const mocha = suite();
  mocha.suite.beforeEach(async function () {
    if ((this.currentTest as unknown as Retried).currentRetry() > 0) await enterAgain();
  });
  await import('./editing.ts');
  await import('./files.ts');
  await import('./diagram.ts');
  await import('./export.ts');
  await import('./settings.ts');
  const failures = await outcome(mocha);
  const { loading, activating } = await activation();
  console.log(`activation in the browser: ${loading} ms to run its script, ${activating} ms to activate`);
  return failures;
}

/** As mocha has it, and its types do not. */
interface Retried {
  currentRetry(): number;
}

/** How long the extension host took over the extension, fetching its script apart. */
const activation = (): Promise<{ loading: number; activating: number }> =>
  inHost(() => {
    const at = (mark: string): number =>
      performance.getEntriesByName(`code/extHost/${mark}/p2parch.p2parch`)[0]?.startTime ?? Number.NaN;
    return {
      loading: Math.round(at('didLoadExtensionCode') - at('willLoadExtensionCode')),
      activating: Math.round(at('didActivateExtension') - at('willActivateExtension')),
    };
  }, undefined);
