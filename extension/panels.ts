import * as vscode from 'vscode';
import { anyPanelStateSchema, panelStateSchema } from '../language/protocol/panel-state.ts';
import { LANGUAGE_ID, type Server } from './client.ts';
import { type PageParts, readPageParts } from './page.ts';
import { DiagramPanel, expectPanel, type Subject, VIEW_TYPE } from './panel.ts';
import { opensAutomatically } from './settings.ts';

/** The open panels: one an architecture. */
export class DiagramPanels implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private readonly panels = new Set<DiagramPanel>();
  private readonly openedByItself = new Set<string>();
  private readonly expected = new Set<string>();
  private expecting: ReturnType<typeof setTimeout> | undefined;
  private parts: Promise<PageParts> | undefined;
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly server: Server,
    private readonly extension: vscode.Uri,
  ) {
    this.disposables = [
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.follow(editor)),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const { input } of closed) {
          if (!(input instanceof vscode.TabInputText)) continue;
          this.openedByItself.delete(input.uri.toString());
          this.expected.delete(input.uri.toString());
        }
      }),
    ];
    this.follow(vscode.window.activeTextEditor);
  }

  /** Opens the panel of an architecture beside the text, or shows it if it is open. */
  open(subject: Subject, preserveFocus = false): DiagramPanel {
    const open = [...this.panels].find((panel) => shows(panel, subject));
    if (open) {
      open.view.reveal(undefined, preserveFocus);
      return open;
    }
    const title = subject.architecture ?? 'Diagram';
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus };
    return this.adopt(vscode.window.createWebviewPanel(VIEW_TYPE, title, column, { enableScripts: true }), subject);
  }

  /** The panel that has the focus. */
  active(): DiagramPanel | undefined {
    return [...this.panels].find(({ view }) => view.active);
  }

  /** The panel that has the focus, or else one that is seen. */
  seen(): DiagramPanel | undefined {
    return this.active() ?? [...this.panels].find(({ view }) => view.visible);
  }

  async deserializeWebviewPanel(view: vscode.WebviewPanel, state: unknown): Promise<void> {
    const own = panelStateSchema.safeParse(state);
    const { uri } = own.data ?? anyPanelStateSchema.safeParse(state).data ?? {};
    if (uri === undefined) view.dispose();
    else this.adopt(view, { uri: vscode.Uri.parse(uri), architecture: own.data?.architecture });
  }

  private adopt(view: vscode.WebviewPanel, subject: Subject): DiagramPanel {
    const revealOther = (architecture: string): boolean => {
      const other = [...this.panels].find((each) => each !== panel && shows(each, { uri: panel.uri, architecture }));
      other?.view.reveal();
      return other !== undefined;
    };
    const panel = new DiagramPanel(view, subject, this.server, this.pageParts(), revealOther);
    this.panels.add(panel);
    view.onDidDispose(() => {
      this.panels.delete(panel);
      panel.dispose();
    });
    return panel;
  }

  /**
   * Where the settings ask for it, a file's diagram opens with the file; once, so that a panel that was closed stays
   * closed until the file is opened anew. Elsewhere its picture is laid out ahead, for whoever reads a file for a while
   * will want to see it.
   */
  private follow(editor: vscode.TextEditor | undefined): void {
    clearTimeout(this.expecting);
    const document = editor?.document;
    if (document?.languageId !== LANGUAGE_ID) return;
    const { uri } = document;
    const key = uri.toString();
    if (this.isOpen(key)) return;
    if (opensAutomatically(uri) && !this.openedByItself.has(key)) {
      this.openedByItself.add(key);
      this.open({ uri }, true);
    } else if (!this.expected.has(key)) {
      this.expecting = setTimeout(() => {
        if (this.isOpen(key)) return;
        this.expected.add(key);
        this.pageParts().catch(() => {});
        expectPanel(this.server, { uri });
      }, READING_MILLISECONDS);
    }
  }

  /** Read for the first panel; where that fails, again for the next. */
  private pageParts(): Promise<PageParts> {
    this.parts ??= readPageParts(this.extension).catch((error: unknown) => {
      this.parts = undefined;
      throw error;
    });
    return this.parts;
  }

  private isOpen(uri: string): boolean {
    return [...this.panels].some((panel) => panel.uri.toString() === uri);
  }

  dispose(): void {
    clearTimeout(this.expecting);
    for (const disposable of this.disposables) disposable.dispose();
    for (const panel of this.panels) panel.view.dispose();
  }
}

/** Somebody who only passes through a file is gone by then. */
const READING_MILLISECONDS = 1000;

/** Whether it is the panel of a subject: of any architecture of its file, unless the subject names one. */
const shows = (panel: DiagramPanel, { uri, architecture }: Subject): boolean =>
  panel.uri.toString() === uri.toString() && (architecture === undefined || panel.architecture === architecture);
