/** The suite for a browser's extension host: runs in Node, and reaches into the page and its extension host. */
import Mocha from 'mocha';
import { enter, inHost, type Opened } from './workbench.ts';

/** Gives the number of tests that failed. */
export async function run(opened: Opened): Promise<number> {
  enter(opened);
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: 'spec', color: false });
  if (process.env.P2PARCH_E2E_ONLY) mocha.grep(process.env.P2PARCH_E2E_ONLY);
  // A shared machine may be slow for once; what fails twice is wrong.
  if (process.env.CI) mocha.suite.retries(1);
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./editing.ts');
  await import('./files.ts');
  await import('./diagram.ts');
  await import('./export.ts');
  await import('./settings.ts');
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  const { loading, activating } = await activation();
  console.log(`activation in the browser: ${loading} ms to run its script, ${activating} ms to activate`);
  return failures;
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
