// Runs the suite of test/browser on the packaged extension in a browser's extension host: node test/host/e2e-web.mjs,
// after `npm run package`. Environment: P2PARCH_SCREENSHOTS is the folder for a picture of a run that failed;
// P2PARCH_E2E_SECONDS limits the run; P2PARCH_VERBOSE shows all that the page logs.

import { cpSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureWebHost, ROOT, STATE } from './install.mjs';
import { startKeeper, whenParentIsGone } from './keeper.mjs';
import { openWebVSCode } from './web.mjs';

const VSIX = path.join(ROOT, 'dist', 'p2parch.vsix');
const SUITE = path.join(ROOT, 'dist', 'test', 'browser', 'index.cjs');
const MOST_BYTES = 2_000_000;
const LIMIT_SECONDS = Number(process.env.P2PARCH_E2E_SECONDS ?? 600);

/** For the folder that is opened: a workbench in a browser has no settings of its own to begin with. */
const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'files.autoSave': 'off',
};

const keeper = startKeeper();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(130));
whenParentIsGone(() => end(130));
await end(await runSuite().then((failures) => (failures === 0 ? 0 : 1), report));

async function runSuite() {
  for (const file of [VSIX, SUITE])
    if (!existsSync(file)) throw new Error(`${file} is missing: \`npm run package\` makes it.`);
  const { size } = statSync(VSIX);
  console.log(`the .vsix: ${(size / 1e6).toFixed(2)} MB`);
  if (size > MOST_BYTES) throw new Error(`The .vsix is larger than ${MOST_BYTES / 1e6} MB.`);
  // Both before the clock of the suite starts to matter.
  await ensureWebHost();
  ensureChromium();
  setTimeout(() => {
    console.error(`The tests in a browser did not end within ${LIMIT_SECONDS} s.`);
    end(124);
  }, LIMIT_SECONDS * 1000).unref();

  const workspace = path.join(keeper.folder('workspace'), 'examples');
  cpSync(path.join(ROOT, 'extension', 'examples'), workspace, { recursive: true });
  mkdirSync(path.join(workspace, '.vscode'), { recursive: true });
  writeFileSync(path.join(workspace, '.vscode', 'settings.json'), JSON.stringify(SETTINGS));
  const opened = await openWebVSCode({ keeper, vsix: VSIX, workspace, viewport: { width: 1400, height: 900 } });
  const failures = await createRequire(SUITE)(SUITE).run(opened);
  if (failures > 0) {
    const pictures = path.resolve(process.env.P2PARCH_SCREENSHOTS ?? path.join(STATE, 'screenshots'));
    mkdirSync(pictures, { recursive: true });
    await opened.page.screenshot({ path: path.join(pictures, 'web.png') }).catch(() => {});
    console.error(`What VS Code showed in the end: ${path.join(pictures, 'web.png')}`);
  }
  if (failures > 0 || process.env.P2PARCH_VERBOSE) console.error(opened.log.join('\n'));
  return failures;
}

/** @param {unknown} error */
function report(error) {
  console.error(error instanceof Error ? error.message : error);
  return 1;
}

/** @param {number} code */
async function end(code) {
  await keeper.close();
  process.exit(code);
}
