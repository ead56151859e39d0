/** The panel's page as it is shipped, in Chromium: behind it stands no editor, but what it posts is written down. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';

const host = path.resolve(import.meta.dirname, '../host');
const folders = (process.env.PATH ?? '').split(path.delimiter);
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const there =
  process.env.CHROMIUM ??
  names.flatMap((name) => folders.map((at) => path.join(at, name))).find((at) => existsSync(at));

/** Why no page can be opened here; empty where it can. */
export const noPage = there === undefined ? ' (skipped: no Chromium on PATH)' : '';

/** What stands in the page's window for the tests. */
export interface Recorder {
  posted: unknown[];
  owned?: boolean;
  told?(message: unknown): void;
}

export interface OpenedPage {
  readonly page: Page;
  /** What the page has thrown. */
  readonly errors: string[];
  /** Loads the panel anew, as for another file. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** `onPost` is told of what the page posts, beside its being written down. */
export async function openPage(onPost?: (message: unknown) => void): Promise<OpenedPage> {
  const script = await bundleOf('../../webview/application/main.tsx');
  const { launchChromium } = await import(pathToFileURL(path.join(host, 'chromium.mjs')).href);
  const { page, close }: { page: Page; close: () => Promise<void> } = await launchChromium();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  if (onPost !== undefined) await page.exposeFunction('told', onPost);
  // A picture's panel has a size of its own, as the page's style sheets give it.
  const style = '<style>[data-testid="picture"] { width: 900px; height: 600px; contain: strict }</style>';
  const reload = async (): Promise<void> => {
    await page.goto('about:blank');
    await page.setContent(
      `<!DOCTYPE html><html lang="en"><title>P</title>${style}<body><div id="app"></div></body></html>`,
    );
    await page.evaluate(() => {
      const recorder = window as unknown as Recorder;
      recorder.posted = [];
      Object.assign(window, {
        acquireVsCodeApi: () => ({
          postMessage: (message: unknown) => {
            recorder.posted.push(message);
            recorder.told?.(message);
          },
          getState: () => undefined,
          setState: () => {},
        }),
      });
    });
    await page.addScriptTag({ content: script });
  };
  await reload();
  return { page, errors, reload, close };
}

/** A module of this folder and all that it imports, as one script of a page; what it exports is the global `name`. */
export async function bundleOf(module: string, name?: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.resolve(import.meta.dirname, module)],
    bundle: true,
    write: false,
    outdir: 'out',
    format: 'iife',
    ...(name !== undefined && { globalName: name }),
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
  });
  return outputFiles.find((file) => file.path.endsWith('.js'))?.text ?? '';
}
