// A whole VS Code in one call: its server, and headless Chromium showing its workbench.

import { randomUUID } from 'node:crypto';
import { workbenchQuery } from './address.mjs';
import { launchChromium } from './chromium.mjs';
import { ensureHost } from './install.mjs';
import { startKeeper } from './keeper.mjs';
import { foldersUnder, startServer } from './server.mjs';

/** The port of the DevTools protocol is told to the extension host in this variable. */
export const PORT_VARIABLE = 'P2PARCH_CDP_PORT';

/**
 * @typedef {object} Automation What the workbench reports of a suite that it runs.
 * @property {(code: number) => void} onExit
 * @property {(type: string, values: unknown[]) => void} onLog
 */

/**
 * @typedef {import('./address.mjs').Opening & {
 *   userFolder?: string,
 *   extensionsFolder?: string,
 *   viewport?: { width: number, height: number },
 *   scale?: number,
 *   env?: Record<string, string>,
 *   automation?: Automation,
 * }} VSCodeOptions
 */

/**
 * Opens VS Code; resolves when the page has been asked for, before the workbench is drawn.
 * `close()` ends all of it, and so does the end of this process.
 * @param {VSCodeOptions} options
 */
export async function openVSCode(options) {
  const host = await ensureHost();
  const keeper = startKeeper();
  try {
    const { viewport, scale, automation } = options;
    const browser = await launchChromium({ keeper, ...(viewport && { viewport }), ...(scale && { scale }) });
    const token = randomUUID();
    const folders = foldersUnder(keeper.folder('vscode'));
    if (options.userFolder) folders.user = options.userFolder;
    if (options.extensionsFolder) folders.extensions = options.extensionsFolder;
    const env = { ...options.env, [PORT_VARIABLE]: String(browser.port) };
    const server = await startServer({ host, keeper, token, folders, env });

    const { page } = browser;
    if (automation) {
      await page.exposeFunction('codeAutomationExit', automation.onExit);
      await page.exposeFunction('codeAutomationLog', automation.onLog);
    }
    const authority = `127.0.0.1:${server.port}`;
    const query = workbenchQuery(authority, options);
    query.set('tkn', token);
    await page.goto(`http://${authority}/?${query}`);
    const close = async () => {
      await browser.close();
      await keeper.close();
    };
    return { page, context: browser.context, port: browser.port, server, close };
  } catch (error) {
    await keeper.close();
    throw error;
  }
}

/**
 * What an extension has put into its webview.
 * @param {import('playwright-core').Page} page
 */
export function webviewOf(page) {
  return page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}
