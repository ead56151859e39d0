/** The window that the suite runs in, from inside through the API and from outside as a user sees it. */
import * as path from 'node:path';
import { type Browser, chromium, type Frame, type FrameLocator, type Locator, type Page } from 'playwright-core';
import * as vscode from 'vscode';
import { areAtRest, seek } from '../host/clock.ts';

let browser: Browser | undefined;

async function workbenchPage(): Promise<Page> {
  browser ??= await chromium.connectOverCDP(`http://127.0.0.1:${process.env.P2PARCH_CDP_PORT}`);
  const pages = browser.contexts().flatMap((context) => context.pages());
  const page = pages.find((candidate) => /^(http:\/\/127\.0\.0\.1|vscode-file:)/.test(candidate.url()));
  if (!page) throw new Error('the window of VS Code is not to be seen');
  return page;
}

/** The frames of webviews in which something is to be seen; of the window's own page, unless it is of another. */
export async function framesWith(selector: string, page?: Page): Promise<Frame[]> {
  const frames: Frame[] = [];
  for (const frame of (page ?? (await workbenchPage())).frames()) {
    // A frame that is going away while it is asked has nothing in it.
    if (
      (await frame
        .locator(selector)
        .count()
        .catch(() => 0)) > 0
    )
      frames.push(frame);
  }
  return frames;
}

export const leaveWorkbench = async (): Promise<void> => browser?.close();

const folder = (): vscode.Uri => {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  if (!first) throw new Error('the examples are not open');
  return first.uri;
};

export const fileUri = (name: string): vscode.Uri => vscode.Uri.joinPath(folder(), name);

/** Opens a file of the workspace on the left; its diagram opens beside it by itself. */
export async function openFile(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(fileUri(name), { viewColumn: vscode.ViewColumn.One, preview: false });
}

const made = new Set<string>();

/** Opens a new file with a text of the test's own; `closeAll` removes it. */
export async function openText(name: string, text: string): Promise<vscode.TextEditor> {
  made.add(name);
  await vscode.workspace.fs.writeFile(fileUri(name), new TextEncoder().encode(text));
  return openFile(name);
}

/** Closes everything; what was changed and not saved goes back to what it was. */
export async function closeAll(): Promise<void> {
  // Only the tests' own files: the workbench writes its settings through documents too.
  const changed = vscode.workspace.textDocuments.filter(
    ({ isDirty, languageId }) => isDirty && languageId === 'p2parch',
  );
  for (const document of changed) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  for (const name of made) await vscode.workspace.fs.delete(fileUri(name));
  made.clear();
}

/** Whether the diagram of a file that is opened opens beside it by itself. */
export async function setAutomatic(automatic: boolean): Promise<void> {
  const target = vscode.ConfigurationTarget.Workspace;
  await vscode.workspace.getConfiguration('p2parch').update('diagram.openAutomatically', automatic, target);
}

export async function edit(editor: vscode.TextEditor, from: string, to: string): Promise<void> {
  const text = editor.document.getText();
  const offset = text.indexOf(from);
  if (offset < 0) throw new Error(`"${from}" is not in the text`);
  const range = new vscode.Range(editor.document.positionAt(offset), editor.document.positionAt(offset + from.length));
  await editor.edit((builder) => builder.replace(range, to));
}

/** Waits until `look` gives something, and gives that. */
export async function until<Value>(
  what: string,
  look: () => Value | undefined | Promise<Value | undefined>,
  seconds = 30,
): Promise<Value> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await look();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export const problemsOf = (editor: vscode.TextEditor): vscode.Diagnostic[] =>
  vscode.languages
    .getDiagnostics(editor.document.uri)
    .toSorted((left, right) => left.range.start.compareTo(right.range.start));

/** The rule of a problem: it links to the rule's page. */
export const ruleIn = (code: vscode.Diagnostic['code']): string | undefined =>
  code === undefined ? undefined : String(typeof code === 'object' ? code.value : code);

/** Each problem as its rule, its line counted from one, and the very words that it underlines. */
export const underlined = (editor: vscode.TextEditor): string[] =>
  problemsOf(editor).map(({ code, range }) => {
    const words = editor.document.getText(range).replace(/\s+/g, ' ');
    return `${range.start.line + 1} ${ruleIn(code) ?? 'error'}: ${words}`;
  });

/** Evaluated in the page of a panel: timers that are set later and for longer end later. */
export async function savedIn(): Promise<void> {
  for (const milliseconds of [1050, 200]) await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** What stands in the panel. */
export class Panel {
  private constructor(
    readonly page: Page,
    private readonly frame: FrameLocator,
  ) {}

  /** The window, whether or not a panel is open in it. */
  static async window(): Promise<Panel> {
    const page = await workbenchPage();
    return new Panel(page, page.frameLocator('iframe.webview.ready').frameLocator('#active-frame'));
  }

  static async find(): Promise<Panel> {
    const panel = await Panel.window();
    await panel.part('picture').first().waitFor({ state: 'visible', timeout: 20_000 });
    return panel;
  }

  /** With the fault tree of a service open in it. */
  static async findTree(): Promise<Panel> {
    const panel = await Panel.window();
    await panel.part('fault-tree').first().waitFor({ state: 'visible', timeout: 20_000 });
    return panel;
  }

  part(testId: string): Locator {
    return this.frame.locator(`[data-testid="${testId}"]`);
  }

  node(name: string, architecture?: string): Locator {
    const within = architecture === undefined ? '' : `[data-testid="picture"][data-architecture="${architecture}"] `;
    return this.frame.locator(`${within}[data-node="${name}"]`);
  }

  /** Away from edges, labels and badges. */
  async clickNode(name: string): Promise<void> {
    await this.node(name)
      .locator('> .box')
      .click({ position: { x: 12, y: 14 } });
  }

  nodes(): Promise<string[]> {
    return this.frame
      .locator('[data-node]')
      .evaluateAll((elements) => elements.map((element) => element.getAttribute('data-node') ?? ''));
  }

  /** The zone's frame around a node, by position: who controls it. */
  async zoneAround(name: string): Promise<string | undefined> {
    const box = await this.node(name).locator('> .box').boundingBox();
    for (const party of ['company', 'users', 'vendor']) {
      for (const zone of await this.frame.locator(`.zone.party-${party} > .frame`).all()) {
        const frame = await zone.boundingBox();
        if (!box || !frame) continue;
        const inside = box.x >= frame.x && box.y >= frame.y && box.x + box.width <= frame.x + frame.width + 1;
        if (inside && box.y + box.height <= frame.y + frame.height + 1) return party;
      }
    }
    return undefined;
  }

  /** The level that a service shows, in per cent. */
  async level(service: string, architecture?: string): Promise<number> {
    const text = await this.node(service, architecture).locator('[data-role="level-figure"]').first().textContent();
    return Number.parseFloat(text ?? '');
  }

  /** Waits for so many pictures side by side: a panel that is narrow for them shows one at a time until it is asked. */
  async allPictures(count: number): Promise<void> {
    const all = this.part('picture-choice').getByRole('button', { name: /^All/ });
    await until(`${count} pictures`, async () => {
      if ((await this.part('picture').count()) === count) return true;
      if ((await all.count()) === 1) await all.click();
      return undefined;
    });
  }

  /** Moves the clock of the recovery to so many hours after its beginning. */
  async scrubTo(hours: number): Promise<void> {
    await seek(this.part('scrub'), hours);
    await this.settled();
  }

  /** Waits until the pictures say for every reader what the clock's time is. */
  async settled(): Promise<void> {
    await until('the pictures to come to rest', async () =>
      (await areAtRest(this.part('scrub'), this.part('picture'))) ? true : undefined,
    );
  }

  /** Waits until the page has saved what it shows, however slow it is: first the clock of a recovery is noted. */
  async saved(): Promise<void> {
    await this.part('toolbar').evaluate(savedIn, undefined);
  }

  /** A picture to be looked at, where a folder for them is named. */
  async screenshot(name: string): Promise<void> {
    const into = process.env.P2PARCH_SCREENSHOTS;
    if (!into) return;
    // Away from every node, so that none is lit.
    await this.page.mouse.move(4, 400);
    await this.page.waitForTimeout(500);
    // Without the title bar, which says that a development host runs.
    const { innerWidth: width, innerHeight: height } = await this.page.evaluate(() => ({
      innerWidth: window.innerWidth,
      innerHeight: window.innerHeight,
    }));
    const clip = { x: 0, y: 31, width, height: height - 31 };
    await this.page.screenshot({ path: path.join(into, `${name}.png`), clip });
  }
}
