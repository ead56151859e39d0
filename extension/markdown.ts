import * as vscode from 'vscode';
import type { Block } from '../language/protocol/blocks.ts';
import { blockHtml, undrawnHtml } from '../webview/standalone/index.ts';
import { LANGUAGE_ID, type Server } from './client.ts';

/** As much of markdown-it as is used here: VS Code brings its own. */
export interface MarkdownIt {
  readonly renderer: { readonly rules: { fence?: FenceRule | undefined } };
}

interface Token {
  readonly type: string;
  readonly info: string;
  readonly content: string;
}

type FenceRule = (
  tokens: readonly Token[],
  at: number,
  options: unknown,
  environment: unknown,
  renderer: unknown,
) => string;

/** As many drawings as are kept; a preview asks for all of its blocks again at each keystroke. */
const MOST_KEPT = 300;
/** What is drawn in this time comes in one refresh. */
const TOGETHER_MILLISECONDS = 60;

/**
 * Fenced blocks of the language in the Markdown preview. The preview asks at once and waits for nothing, while drawing
 * takes a while: so what is not drawn yet is shown as it was in its place, the server is asked, and the preview is asked
 * to look again when the answer is there.
 */
export class MarkdownBlocks implements vscode.Disposable {
  private readonly drawn = new Map<string, string>();
  private readonly asked = new Set<string>();
  /** What was seen last of each block of each document. */
  private readonly last = new Map<string, string>();
  private refreshing: ReturnType<typeof setTimeout> | undefined;
  private readonly saved: vscode.Disposable;

  constructor(private readonly server: Pick<Server, 'block' | 'warn'>) {
    this.saved = vscode.workspace.onDidSaveTextDocument(({ languageId }) => {
      // What blocks import may say something else now.
      if (languageId !== LANGUAGE_ID || this.drawn.size === 0) return;
      this.drawn.clear();
      this.refreshSoon();
    });
  }

  extend<Markdown extends MarkdownIt>(markdown: Markdown): Markdown {
    const { rules } = markdown.renderer;
    const others = rules.fence;
    rules.fence = (tokens, at, options, environment, renderer) => {
      const token = tokens[at];
      if (token === undefined || !isOurs(token)) {
        return others?.(tokens, at, options, environment, renderer) ?? '';
      }
      return this.html(token.content, documentOf(environment), tokens.slice(0, at).filter(isOurs).length);
    };
    return markdown;
  }

  private html(text: string, document: string, order: number): string {
    const key = `${document}\n${text}`;
    const place = `${document}\n${order}`;
    const drawn = this.drawn.get(key);
    if (drawn === undefined) {
      void this.draw(key, text, document);
      return this.last.get(place) ?? undrawnHtml(text, 'P2P Arch draws this …');
    }
    // The one that was asked for last goes last.
    this.drawn.delete(key);
    keep(this.drawn, key, drawn);
    keep(this.last, place, drawn);
    return drawn;
  }

  private async draw(key: string, text: string, document: string): Promise<void> {
    if (this.asked.has(key)) return;
    this.asked.add(key);
    const block = await this.server.block({ text, document });
    this.asked.delete(key);
    keep(this.drawn, key, this.htmlOf(block, text));
    this.refreshSoon();
  }

  private htmlOf(block: Block | undefined, text: string): string {
    if (block === undefined) return undrawnHtml(text, 'P2P Arch could not draw this. Its output channel says why.');
    return blockHtml(block);
  }

  private refreshSoon(): void {
    this.refreshing ??= setTimeout(() => {
      this.refreshing = undefined;
      vscode.commands
        .executeCommand('markdown.preview.refresh')
        .then(undefined, (error: unknown) => this.server.warn(`the Markdown preview could not be refreshed: ${error}`));
    }, TOGETHER_MILLISECONDS);
  }

  dispose(): void {
    clearTimeout(this.refreshing);
    this.saved.dispose();
  }
}

const isOurs = ({ type, info }: Token): boolean =>
  type === 'fence' && info.trim().split(/[\s{]/)[0]?.toLowerCase() === LANGUAGE_ID;

function keep(kept: Map<string, string>, key: string, value: string): void {
  kept.set(key, value);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}

/** VS Code says which document it renders; a cell of a notebook may say none. */
function documentOf(environment: unknown): string {
  const known =
    typeof environment === 'object' && environment !== null && 'currentDocument' in environment
      ? environment.currentDocument
      : undefined;
  return known === undefined || known === null ? 'untitled:/untitled.md' : String(known);
}
