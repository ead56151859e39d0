/** The built panel in Chromium without a window and without a graphics card, and no editor around it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { enveloped } from '../../language/protocol/contract.ts';

/** `root` holds the built bundles. */
export async function launch(root: string): Promise<{ page: Page; close(): Promise<void> }> {
  const { launchChromium } = (await import(pathToFileURL(path.join(root, 'test/host/chromium.mjs')).href)) as {
    launchChromium(options: object): Promise<{ page: Page; close(): Promise<void> }>;
  };
  return launchChromium({ viewport: { width: 1280, height: 800 } });
}

/** A panel that waits for its picture. */
export async function openPanel(page: Page, root: string): Promise<void> {
  const dist = (name: string): string => readFileSync(path.join(root, 'dist', name), 'utf8');
  await page.setContent(`<!DOCTYPE html><html lang="en"><head><style>${THEME}</style></head>
<body class="vscode-dark"><div id="app"></div></body></html>`);
  await page.addStyleTag({ content: dist('webview.css') });
  await page.addScriptTag({ content: HOST });
  await page.addScriptTag({ content: dist('webview.js') });
}

export const post = (page: Page, message: object): Promise<void> =>
  page.evaluate((data) => window.postMessage(data), enveloped(message));

/** Milliseconds from the message to the page that has painted what it says. */
export const painted = (page: Page, message: object): Promise<number> =>
  page.evaluate(
    (data) =>
      new Promise<number>((resolve) => {
        const begun = performance.now();
        const told = (): void => {
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
        };
        window.addEventListener('message', told, { once: true });
        window.postMessage(data);
      }),
    enveloped(message),
  );

/** Somebody to post to, and the colours of a dark theme. */
const HOST = `window.posted = [];
window.acquireVsCodeApi = () => ({ postMessage: (message) => window.posted.push(message), getState: () => undefined, setState: () => {} });`;
const THEME = `html, body { height: 100%; margin: 0 } body { font: 13px sans-serif }
:root { --vscode-editor-background: #1f1f1f; --vscode-editor-foreground: #cccccc; --vscode-focusBorder: #0078d4;
  --vscode-charts-green: #89d185; --vscode-charts-blue: #3794ff; --vscode-charts-orange: #d18616; --vscode-charts-purple: #b180d7; }`;
