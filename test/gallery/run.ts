/**
 * Every example as the panel shows it: each architecture at rest, in failure mode and as a fault tree, and each scenario
 * at the lowest moment of its recovery, in light, dark and both high contrasts, with one page to look at them all.
 * `npm run gallery` puts them into dist/gallery, or into the folder that is named; a second word draws those alone whose
 * names hold it. `--from` draws the files of another folder, `--width` and `--height` in a panel of another size, and
 * `--theme` in one theme alone.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { BrowserContext, Page } from 'playwright-core';
import { today } from '../../language/problems/settings.ts';
import { workerThreads } from '../../language/workers/runner-node.ts';
import { type ShownTheme, showShot, THEMES } from './panel.ts';
import { type Shot, shotsOf } from './shots.ts';

const ROOT = path.resolve(__dirname, '../../..');
const DIST = path.join(ROOT, 'dist');
const RUNS = 100;
/** Pages that are drawn at once. */
const PAGES = 2;

interface Wanted {
  readonly into: string;
  /** A folder or a file. */
  readonly from: string;
  /** What the names of those that are drawn hold. */
  readonly part: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly themes: readonly ShownTheme[];
}

async function main({ into, from, part, size, themes }: Wanted): Promise<void> {
  await mkdir(into, { recursive: true });
  const runner = workerThreads(path.join(DIST, 'worker.cjs'));
  const options = { runs: RUNS, size, today: today() };
  // Threads that work for nobody but this program do not keep it alive.
  const awake = setInterval(() => {}, 1000);
  const all = await shotsOf(from, runner, options).finally(() => {
    clearInterval(awake);
    return runner.dispose();
  });
  const shots = all.filter(({ name }) => name.includes(part));
  const { launchChromium } = (await import(pathToFileURL(path.join(ROOT, 'test/host/chromium.mjs')).href)) as {
    launchChromium(options: object): Promise<{ context: BrowserContext; close(): Promise<void> }>;
  };
  const chromium = await launchChromium({ viewport: size });
  try {
    const waiting = shots.flatMap((shot) => themes.map((theme) => ({ shot, theme })));
    const draw = async (): Promise<void> => {
      const page = await chromium.context.newPage();
      const wrong = errorsOf(page);
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const { shot, theme } = next;
        await showShot(page, DIST, shot, theme);
        await page.screenshot({ path: path.join(into, fileOf(shot, theme)), animations: 'disabled' });
        if (wrong.length > 0) throw new Error(`${shot.name}, ${theme}: ${wrong.join('; ')}`);
      }
    };
    await Promise.all(Array.from({ length: PAGES }, draw));
  } finally {
    await chromium.close();
  }
  const index = path.join(into, 'index.html');
  await writeFile(index, indexPage(shots, themes));
  if (shots.length === 0) throw new Error(`nothing to draw has "${part}" in its name`);
  console.log(`${shots.length * themes.length} pictures: ${index}`);
}

const fileOf = ({ name }: Shot, theme: ShownTheme): string => `${name}.${theme}.png`;

function errorsOf(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  return errors;
}

/** Names are those of files and of the language's identifiers: nothing in them is markup. */
function indexPage(shots: readonly Shot[], themes: readonly ShownTheme[]): string {
  const heads = ['', ...themes].map((words) => `<th>${words}</th>`).join('');
  const rows = shots.map((shot) => {
    const cells = themes.map((theme) => {
      const file = fileOf(shot, theme);
      return `<td><a href="${file}"><img src="${file}" alt="${shot.name}, ${theme}" loading="lazy"></a></td>`;
    });
    return `<tr><th>${shot.name}</th>${cells.join('')}</tr>`;
  });
  return `<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>P2P Arch: gallery</title>
<style>body { font-family: sans-serif } th, td { vertical-align: top; padding: 8px; text-align: left } img { width: 420px }</style>
<table><tr>${heads}</tr>
${rows.join('\n')}
</table></html>
`;
}

function wanted(): Wanted {
  const text = { type: 'string' } as const;
  const options = { from: text, width: text, height: text, theme: text };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const all = Object.keys(THEMES) as ShownTheme[];
  const themes = all.filter((theme) => values.theme === undefined || theme === values.theme);
  if (themes.length === 0) throw new Error(`there is no theme "${values.theme}" (${all.join(', ')})`);
  return {
    into: path.resolve(positionals[0] ?? path.join(DIST, 'gallery')),
    from: path.resolve(values.from ?? path.join(ROOT, 'extension/examples')),
    part: positionals[1] ?? '',
    size: { width: Number(values.width ?? 1600), height: Number(values.height ?? 1000) },
    themes,
  };
}

Promise.resolve()
  .then(() => main(wanted()))
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
