import type { Page } from 'playwright-core';
import * as vscode from 'vscode';
import { Panel, until } from './workbench.ts';

/** A row of the list of suggestions, as it is on the screen. */
interface Row {
  readonly label: string;
  readonly index: number;
  readonly isFocused: boolean;
  readonly kind: string;
}

/**
 * Someone who writes in the editor itself: accepts what the list of suggestions offers, goes from stop to stop of a
 * snippet, and types names, numbers and the insides of texts, blanks and line ends, and nothing else.
 */
export class Typist {
  /** Behind a word that a stop let choose from, the editor goes on to the next stop by itself. */
  private hasGoneOn = false;
  private behindChoice = new vscode.Position(0, 0);

  private constructor(
    private readonly page: Page,
    private readonly editor: vscode.TextEditor,
  ) {}

  static async at(editor: vscode.TextEditor): Promise<Typist> {
    const { page } = await Panel.window();
    await vscode.window.showTextDocument(editor.document, { viewColumn: editor.viewColumn ?? vscode.ViewColumn.One });
    return new Typist(page, editor);
  }

  /** Does what a script says, one thing after the other: `accept needs | accept Client | line`. */
  async follow(script: string): Promise<void> {
    for (const action of script.split(/ \| |\n/).map((one) => one.trim())) {
      const [, verb = '', object = ''] = /^(\S*)\s*(.*)$/.exec(action) ?? [];
      if (verb === '') continue;
      if (this.hasGoneOn && verb !== 'next') await this.stay();
      if (verb === 'accept') await this.accept(object);
      else if (verb === 'type') await this.type(object);
      else if (verb === 'blank') await this.type(' ');
      else if (verb === 'line') await this.line();
      else if (verb === 'next') await this.next();
      else if (verb === 'end') await this.end();
      else if (verb === 'down') await this.down();
      else if (verb === 'leave') await this.leave();
      else throw new Error(`no such thing to do: ${action}`);
    }
  }

  /** Opens the list of suggestions, goes down to the one of this label, and accepts it. */
  async accept(label: string): Promise<void> {
    await this.open(label);
    const { kind } = await this.select(label);
    const { document } = this.editor;
    const { version } = document;
    const start = document.offsetAt(this.editor.selection.start);
    await command('acceptSelectedSuggestion');
    await until(`"${label}" accepted`, () => (document.version > version ? true : undefined));
    await command('hideSuggestWidget');
    this.hasGoneOn = kind === 'value' && /^\p{L}/u.test(label);
    this.behindChoice = document.positionAt(start + label.length);
  }

  /** What is selected goes first, but for words to choose from: these are listed as long as one of them is selected. */
  private async open(label: string): Promise<void> {
    await command('hideSuggestWidget');
    await this.ask(label);
    if (this.editor.selection.isEmpty || (await this.rows()).some((row) => row.label === label)) return;
    await command('hideSuggestWidget');
    await command('deleteLeft');
    await until('the placeholder gone', () => (this.editor.selection.isEmpty ? true : undefined));
    await this.ask(label);
  }

  private ask(label: string): Promise<true> {
    return until(`a list with "${label}" behind "${this.before()}"`, async () => {
      await command('editor.action.triggerSuggest');
      // A list that the server is still asked for is not there at once.
      for (let look = 0; look < 100; look++) {
        if ((await this.rows()).some((row) => row.isFocused)) return true;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return undefined;
    });
  }

  private async select(label: string): Promise<Row> {
    const passed = new Set<number>();
    for (;;) {
      const rows = await this.rows();
      const focused = rows.find((row) => row.isFocused);
      if (!focused) throw new Error(`no suggestion is marked behind "${this.before()}"`);
      if (focused.label === label) return focused;
      const wanted = rows.find((row) => row.label === label);
      if (!wanted && (passed.has(focused.index) || rows.length < 2)) {
        const offered = rows.map((row) => row.label).join(' | ');
        throw new Error(`"${label}" is not offered behind "${this.before()}", but ${offered}`);
      }
      passed.add(focused.index);
      const steps = wanted ? wanted.index - focused.index : rows.length - 1;
      for (let step = 0; step < Math.abs(steps); step++)
        await command(steps > 0 ? 'selectNextSuggestion' : 'selectPrevSuggestion');
      await until('the list moved', async () =>
        (await this.rows()).some((row) => row.isFocused && row.index !== focused.index) ? true : undefined,
      );
    }
  }

  async type(text: string): Promise<void> {
    await command('type', { text });
  }

  /** A line further nobody is among the stops any more. */
  private async line(): Promise<void> {
    await command('hideSuggestWidget');
    await command('leaveSnippet');
    await this.type('\n');
  }

  /** Goes on to the next stop; the ends of what was accepted at this one are stops as well, and passed by. */
  async next(): Promise<void> {
    await command('hideSuggestWidget');
    const { line } = this.editor.selection.active;
    const isThere = (): boolean => !this.editor.selection.isEmpty || this.editor.selection.active.line !== line;
    for (let jumps = this.hasGoneOn ? 1 : 0; jumps === 0 || !isThere(); jumps++) {
      if (jumps > 3) throw new Error(`there is no stop to go to behind "${this.before()}"`);
      // The selection is told before the command is said to be done.
      await command('jumpToNextSnippetPlaceholder');
    }
    this.hasGoneOn = false;
  }

  /** Goes back behind the word that was chosen last. */
  private async stay(): Promise<void> {
    this.hasGoneOn = false;
    await this.goTo(this.behindChoice);
  }

  /** Goes to the end of the line below. */
  async down(): Promise<void> {
    await command('leaveSnippet');
    await this.goTo(this.editor.document.lineAt(this.editor.selection.active.line + 1).range.end);
  }

  async end(): Promise<void> {
    await command('hideSuggestWidget');
    await this.goTo(this.editor.document.lineAt(this.editor.selection.active).range.end);
  }

  /** Leaves the block that the cursor stands in, to a line of its own. */
  async leave(): Promise<void> {
    const { document, selection } = this.editor;
    const offset = document.getText().indexOf('}', document.offsetAt(selection.active)) + 1;
    await this.goTo(document.positionAt(offset));
    await this.line();
  }

  /** A selection that is set takes its way to the window and back. */
  private async goTo(position: vscode.Position): Promise<void> {
    this.editor.selection = new vscode.Selection(position, position);
    const isThere = (): boolean => this.editor.selection.isEmpty && this.editor.selection.active.isEqual(position);
    // One round to the window: what the extension host holds by then is what the window has.
    await command('hideSuggestWidget');
    await until('the cursor', () => (isThere() ? true : undefined));
  }

  private rows(): Promise<Row[]> {
    return this.page.evaluate(() => {
      const list = document.querySelector('.editor-widget.suggest-widget.visible');
      return [...(list?.querySelectorAll('.monaco-list-row') ?? [])]
        .map((row) => ({
          label: row.querySelector('.label-name')?.textContent ?? '',
          index: Number((row as HTMLElement).dataset.index),
          isFocused: row.classList.contains('focused'),
          kind: row.querySelector('[class*=codicon-symbol-]')?.className.match(/codicon-symbol-(\w+)/)?.[1] ?? '',
        }))
        .sort((left, right) => left.index - right.index);
    });
  }

  private before(): string {
    const { document, selection } = this.editor;
    return document.getText(new vscode.Range(document.positionAt(0), selection.active)).slice(-60);
  }
}

const command = (name: string, ...args: unknown[]): Thenable<unknown> => vscode.commands.executeCommand(name, ...args);
