import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';

export interface Browser {
  readonly context: BrowserContext;
  readonly page: Page;
  close(): Promise<void>;
}

/** A real browser without a window. */
export async function openBrowser(): Promise<Browser> {
  const program = pathToFileURL(path.resolve(import.meta.dirname, '../host/chromium.mjs')).href;
  const { launchChromium } = (await import(program)) as { launchChromium: () => Promise<Browser> };
  return launchChromium();
}

/** What a page does beyond being shown: dialogs, requests, errors; and which elements it has. */
export interface Seen {
  readonly told: readonly string[];
  readonly elements: readonly string[];
  readonly words: string;
}

/** Opens an address in a page of its own, waits for `ready` if given, and tells what was seen. */
export async function lookAt(
  { context }: Browser,
  address: string,
  ready: (page: Page) => Promise<void> = async () => undefined,
): Promise<Seen> {
  const page = await context.newPage();
  const told: string[] = [];
  page.on('dialog', (dialog) => {
    told.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== address) told.push(`request ${request.url()}`);
  });
  page.on('pageerror', (error) => told.push(`error ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') told.push(`console ${message.text()}`);
  });
  await page.goto(address);
  await ready(page);
  const elements = await page.evaluate(() => [
    ...new Set([...document.querySelectorAll('*')].map(({ localName }) => localName)),
  ]);
  const words = await page.evaluate(() => {
    for (const unseen of document.querySelectorAll('style, script')) unseen.remove();
    return document.documentElement.textContent ?? '';
  });
  await page.close();
  return { told, elements: elements.sort(), words };
}
