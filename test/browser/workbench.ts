/** VS Code in a page: its API, by functions that are evaluated in its extension host, and what a user sees of it. */
import type { FrameLocator, Locator, Page, Worker } from 'playwright-core';
import type * as api from 'vscode';
import { areAtRest, seek } from '../host/clock.ts';

/** What ../host/web.mjs gives. */
export interface Opened {
  readonly page: Page;
  readonly extensionHost: Worker;
  readonly log: readonly string[];
  /** The same in a page that is loaded anew. */
  readonly again: () => Promise<Opened>;
}

let opened: Opened | undefined;

export function enter(window: Opened): void {
  opened = window;
}

function current(): Opened {
  if (!opened) throw new Error('no window is open');
  return opened;
}

export const page = (): Page => current().page;

/** Leaves the window as it is, which nobody can tell any more, for a new one. */
export async function enterAgain(): Promise<void> {
  made.clear();
  enter(await current().again());
}

/** The driver of the tests puts the API there, for functions that know nothing else of this file. */
declare global {
  var vscode: typeof api;
}

/** Longer than anything that is asked of the extension host takes. */
const ANSWER_SECONDS = 40;

/** Evaluates a function in the extension host: it sees its argument, the API as `vscode`, and nothing around it. */
export async function inHost<Argument, Result>(
  look: (argument: Argument) => Result | Promise<Result>,
  argument: Argument,
): Promise<Result> {
  let late: ReturnType<typeof setTimeout> | undefined;
  const answer = current().extensionHost.evaluate(look as never, argument) as Promise<Result>;
  // Which step it was that hung, the test's own time limit would not say.
  const none = new Promise<never>((_, reject) => {
    const asked = JSON.stringify(argument ?? look.toString());
    late = setTimeout(() => reject(new Error(`no answer within ${ANSWER_SECONDS} s: ${asked}`)), ANSWER_SECONDS * 1000);
  });
  return Promise.race([answer, none]).finally(() => clearTimeout(late));
}

/** The address of a file of the folder that is open. */
export const uriOf = (name: string): Promise<string> =>
  inHost((file) => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    if (!folder) throw new Error('the examples are not open');
    return vscode.Uri.joinPath(folder.uri, file).toString();
  }, name);

/** Opens a file of the folder in the editor on the left; gives its address. */
export async function openFile(name: string): Promise<string> {
  const uri = await uriOf(name);
  await inHost(async (text) => {
    await vscode.window.showTextDocument(vscode.Uri.parse(text), { viewColumn: 1, preview: false });
  }, uri);
  return uri;
}

const made = new Set<string>();

/** Writes a file past the editor, as another program would; `closeAll` removes it. */
export async function writeFile(name: string, text: string): Promise<string> {
  const uri = await uriOf(name);
  made.add(uri);
  await inHost(
    async ([address, words]) => {
      await vscode.workspace.fs.writeFile(vscode.Uri.parse(address), new TextEncoder().encode(words));
    },
    [uri, text] as const,
  );
  return uri;
}

export async function renameFile(from: string, to: string): Promise<void> {
  const uris = [await uriOf(from), await uriOf(to)] as const;
  await inHost(async ([old, fresh]) => {
    await vscode.workspace.fs.rename(vscode.Uri.parse(old), vscode.Uri.parse(fresh));
  }, uris);
  made.delete(uris[0]);
  made.add(uris[1]);
}

export async function deleteFile(name: string): Promise<void> {
  const uri = await uriOf(name);
  made.delete(uri);
  await inHost(async (text) => vscode.workspace.fs.delete(vscode.Uri.parse(text)), uri);
}

/** Closes everything; what was changed and not saved goes back to what it was, and what a test made goes. */
export async function closeAll(): Promise<void> {
  await inHost(
    async (uris) => {
      for (const document of vscode.workspace.textDocuments) {
        if (!document.isDirty || document.languageId !== 'p2parch') continue;
        await vscode.window.showTextDocument(document);
        await vscode.commands.executeCommand('workbench.action.files.revert');
      }
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      for (const uri of uris) await vscode.workspace.fs.delete(vscode.Uri.parse(uri));
    },
    [...made],
  );
  made.clear();
}

/** Puts other words in the place of some, in an open file. */
export const edit = (uri: string, from: string, to: string): Promise<void> =>
  inHost(
    async ([address, old, fresh]) => {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(address));
      const offset = document.getText().indexOf(old);
      if (offset < 0) throw new Error(`"${old}" is not in the text`);
      const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + old.length));
      const change = new vscode.WorkspaceEdit();
      change.replace(document.uri, range, fresh);
      await vscode.workspace.applyEdit(change);
    },
    [uri, from, to] as const,
  );

export interface Shown {
  /** The rule, or `error`. */
  readonly code: string;
  readonly message: string;
  /** Line and character of beginning and end, counted from zero. */
  readonly range: readonly [number, number, number, number];
  /** The very words that are underlined. */
  readonly words: string;
}

/** The problems of a file, in order of place. */
export const problemsOf = (uri: string): Promise<Shown[]> =>
  inHost(async (text) => {
    const address = vscode.Uri.parse(text);
    const document = await vscode.workspace.openTextDocument(address);
    return vscode.languages
      .getDiagnostics(address)
      .toSorted((left, right) => left.range.start.compareTo(right.range.start))
      .map(({ code, message, range }) => ({
        code: String((typeof code === 'object' ? code.value : code) ?? 'error'),
        message,
        range: [range.start.line, range.start.character, range.end.line, range.end.character] as const,
        words: document.getText(range).replace(/\s+/g, ' '),
      }));
  }, uri);

/** Waits until the errors of a file, which are no findings, are at these words; gives them. */
export async function errorsBecome(uri: string, expected: readonly string[]): Promise<Shown[]> {
  let seen: string[] = [];
  return until(
    () => `the errors ${JSON.stringify(expected)}, not ${JSON.stringify(seen)}`,
    async () => {
      const errors = (await problemsOf(uri)).filter(({ code }) => code === 'error');
      seen = errors.map(({ words }) => words);
      return JSON.stringify(seen) === JSON.stringify(expected) ? errors : undefined;
    },
  );
}

/** Waits until a rule has found something at these words of a file; gives it. */
export const finding = (uri: string, rule: string, words: string): Promise<Shown> =>
  until(`${rule} at "${words}"`, async () =>
    (await problemsOf(uri)).find((problem) => problem.code === rule && problem.words === words),
  );

/** Waits until `look` gives something, and gives that. */
export async function until<Value>(
  what: string | (() => string),
  look: () => Value | undefined | Promise<Value | undefined>,
): Promise<Value> {
  const end = Date.now() + 30_000;
  for (;;) {
    const value = await look();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`waited in vain: ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What stands in the panel. */
export class Panel {
  /** The document that the extension has put into the webview. */
  readonly frame: FrameLocator = page().frameLocator('iframe.webview.ready').frameLocator('#active-frame');

  static async find(): Promise<Panel> {
    const panel = new Panel();
    await panel.part('picture').first().waitFor({ state: 'visible', timeout: 20_000 });
    return panel;
  }

  part(testId: string): Locator {
    return this.frame.locator(`[data-testid="${testId}"]`);
  }

  node(name: string): Locator {
    return this.frame.locator(`[data-node="${name}"]`);
  }

  async nodes(): Promise<string[]> {
    const names = await this.frame
      .locator('[data-node]')
      .evaluateAll((elements) => elements.map((element) => element.getAttribute('data-node') ?? ''));
    return names.sort();
  }

  /** The level that a service shows, in per cent. */
  async level(service: string): Promise<number> {
    const text = await this.node(service).locator('[data-role="level-figure"]').first().textContent();
    return Number.parseFloat(text ?? '');
  }

  /** Moves the clock of the recovery to so many hours after its beginning. */
  async scrubTo(hours: number): Promise<void> {
    await seek(this.part('scrub'), hours);
    await until('the pictures to come to rest', async () =>
      (await areAtRest(this.part('scrub'), this.part('picture'))) ? true : undefined,
    );
  }
}

export const openDiagram = async (name: string): Promise<{ uri: string; panel: Panel }> => {
  const uri = await openFile(name);
  await inHost(async () => void (await vscode.commands.executeCommand('p2parch.openDiagram')), undefined);
  return { uri, panel: await Panel.find() };
};

/** Changes a setting of the folder; undefined takes it back. */
export const set = (name: string, value: unknown): Promise<void> =>
  inHost(
    async ([key, wanted]) => {
      await vscode.workspace.getConfiguration('p2parch').update(key, wanted ?? undefined, 2);
    },
    [name, value ?? null] as const,
  );
