/** The panel's page as it is shipped, with nobody behind it but who tells it what to show. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { enveloped } from '../../language/protocol/contract.ts';
import { editorVariables } from '../../webview/standalone/page-colours.ts';
import type { Failing, Shot } from './shots.ts';

/** Each with the class that the editor gives to the body of a panel. */
export const THEMES = {
  light: 'vscode-light',
  dark: 'vscode-dark',
  'contrast-light': 'vscode-high-contrast-light',
  'contrast-dark': 'vscode-high-contrast',
} as const;

export type ShownTheme = keyof typeof THEMES;

/** `dist` holds the built bundles. */
export async function showShot(page: Page, dist: string, shot: Shot, theme: ShownTheme): Promise<void> {
  const { picture, playing, failing } = shot;
  const kept = {
    version: 3,
    uri: picture.uri,
    architecture: picture.architecture,
    legend: playing === undefined && failing === undefined,
    ...seenAs(failing),
  };
  await page.setContent(`<!DOCTYPE html><html lang="en" style="${attribute(editorVariables(theme))}">
<head><meta charset="utf-8"><style>${EDITOR_STYLE}${bundle(dist, 'webview.css')}</style></head>
<body class="${THEMES[theme]}"><div id="app"></div></body></html>`);
  await page.addScriptTag({ content: `${HOST.replace('KEPT', JSON.stringify(kept))}` });
  await page.addScriptTag({ content: bundle(dist, 'webview.js') });
  await post(page, { type: 'picture', epoch: 1, picture });
  if (failing !== undefined) await answer(page, failing);
  await page.waitForSelector(
    failing?.mode === 'faultTree' ? '[data-testid="fault-tree"] svg' : '[data-testid="picture"]',
  );
  if (playing !== undefined) await play(page, playing);
  await page.evaluate(async () => {
    await document.fonts.ready;
    // What follows a size is drawn a frame later.
    for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}

/** Of a panel that was left so. */
const seenAs = (failing: Failing | undefined) =>
  failing === undefined ? {} : { mode: failing.mode, failed: [...failing.failed] };

/** Each question that the page asks is answered, whatever is asked first. */
async function answer(page: Page, { answers }: Failing): Promise<void> {
  for (const reply of answers) {
    const request = await page.waitForFunction(
      (kind) =>
        (window as unknown as { posted: { message: Asked }[] }).posted
          .map(({ message }) => message)
          .find(({ type, input }) => type === 'request' && input?.kind === kind),
      reply.kind,
    );
    const { id, about } = (await request.jsonValue()) as Asked;
    await post(page, { type: 'reply', kind: 'faults', id, about, reply });
  }
}

async function play(page: Page, { recovery, atSeconds }: NonNullable<Shot['playing']>): Promise<void> {
  const { scenario, results } = recovery;
  const architectures = results.map(({ architecture }) => architecture);
  await post(page, { type: 'play', scenario: scenario.name, architectures });
  const request = await page.waitForFunction(() =>
    (window as unknown as { posted: { message: Asked }[] }).posted
      .map(({ message }) => message)
      .find(({ type, kind }) => type === 'request' && kind === 'recovery'),
  );
  const { id, about } = (await request.jsonValue()) as Asked;
  await post(page, { type: 'reply', kind: 'recovery', id, about, reply: recovery });
  await page.getByTestId('scrub').evaluate((input: HTMLInputElement, seconds) => {
    input.value = String(seconds);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, atSeconds);
}

interface Asked {
  readonly type: string;
  readonly kind?: string;
  readonly input?: { readonly kind?: string };
  readonly id: number;
  readonly about: object;
}

const post = (page: Page, message: object): Promise<void> =>
  page.evaluate((data) => window.postMessage(data), enveloped(message));

const texts = new Map<string, string>();

function bundle(dist: string, name: string): string {
  const text = texts.get(name) ?? readFileSync(path.join(dist, name), 'utf8');
  texts.set(name, text);
  return text;
}

const attribute = (text: string): string => text.replaceAll('"', '&quot;');

/** What VS Code itself says of the page of a panel. */
const EDITOR_STYLE = `html { scrollbar-color: auto; } body { margin: 0; padding: 0 20px; background: var(--vscode-editor-background);
  color: var(--vscode-editor-foreground); font: var(--vscode-font-size) var(--vscode-font-family); }\n`;

/** Somebody to post to, and what is remembered of the panel. */
const HOST = `window.posted = [];
window.acquireVsCodeApi = () => ({ postMessage: (message) => window.posted.push(message), getState: () => (KEPT), setState: () => {} });`;
