import * as vscode from 'vscode';
import { type HostMessage, type PanelMessage, panelMessageSchema } from '../language/protocol/panel.ts';
import type { Picture } from '../language/protocol/pictures.ts';
import type { Server } from './client.ts';
import { pageOf } from './page.ts';
import { elementAt, revealElement } from './source.ts';

export const VIEW_TYPE = 'p2parch.diagram';

/** What a panel shows; an architecture is absent until the first picture says which one it is. */
export interface Subject {
  readonly uri: vscode.Uri;
  readonly architecture?: string | undefined;
}

/** One panel: asks the server for what it shows, hands it to the page, and does what the page asks for. */
export class DiagramPanel implements vscode.Disposable {
  private readonly disposables: vscode.Disposable[] = [];
  private picture: Picture | undefined;
  private ready = false;
  private readonly waiting: HostMessage[] = [];
  private asking: vscode.CancellationTokenSource | undefined;
  private running: { readonly id: number; readonly source: vscode.CancellationTokenSource } | undefined;

  constructor(
    readonly view: vscode.WebviewPanel,
    private subject: Subject,
    private readonly server: Server,
    extension: vscode.Uri,
  ) {
    view.webview.options = { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extension, 'dist')] };
    this.disposables.push(
      view.webview.onDidReceiveMessage((input: unknown) => {
        const parsed = panelMessageSchema.safeParse(input);
        if (parsed.success) this.receive(parsed.data);
      }),
      server.onChecked(({ uri }) => {
        if (uri === this.subject.uri.toString() || this.picture?.places.some((place) => place.uri === uri))
          void this.refresh();
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.follow(textEditor)),
    );
    view.webview.html = pageOf(view.webview, extension);
  }

  get uri(): vscode.Uri {
    return this.subject.uri;
  }

  get architecture(): string | undefined {
    return this.subject.architecture;
  }

  show(architecture: string): void {
    this.subject = { uri: this.subject.uri, architecture };
    void this.refresh();
  }

  play(scenario: string, architectures: string[]): void {
    this.send({ type: 'play', scenario, architectures });
  }

  private receive(message: PanelMessage): void {
    switch (message.type) {
      case 'ready':
        // A page that was loaded anew has nothing on it, whatever it was sent before.
        this.ready = true;
        this.picture = undefined;
        if (message.architecture !== undefined && this.subject.architecture === undefined) {
          this.subject = { uri: this.subject.uri, architecture: message.architecture };
        }
        void this.refresh().then(() => {
          for (const waiting of this.waiting.splice(0)) this.post(waiting);
        });
        break;
      case 'select':
        if (this.picture) void revealElement(this.picture, message.element);
        break;
      case 'show':
        this.show(message.architecture);
        break;
      case 'run':
        void this.run(message);
        break;
      case 'cancel':
        if (this.running?.id === message.id) this.running.source.cancel();
        break;
    }
  }

  /** Asks for the picture; a later question takes the place of one that is not answered yet. */
  private async refresh(): Promise<void> {
    if (!this.ready) return;
    this.asking?.cancel();
    const asking = new vscode.CancellationTokenSource();
    this.asking = asking;
    const { uri, architecture } = this.subject;
    const request = { uri: uri.toString(), ...(architecture !== undefined && { architecture }) };
    const reply = await this.server.picture(request, asking.token);
    if (!reply || asking.token.isCancellationRequested) return;
    if (reply.kind === 'refusal') {
      if (!this.picture) this.post({ type: 'nothing', message: reply.message });
      return;
    }
    this.picture = reply.picture;
    this.subject = { uri, architecture: reply.picture.architecture };
    this.view.title = reply.picture.diagram.title;
    this.post({ type: 'picture', picture: reply.picture });
    const editor = vscode.window.activeTextEditor;
    if (editor) this.follow(editor);
  }

  private async run({ id, scenario, architectures }: Extract<PanelMessage, { type: 'run' }>): Promise<void> {
    this.running?.source.cancel();
    const source = new vscode.CancellationTokenSource();
    this.running = { id, source };
    const runs = vscode.workspace.getConfiguration('p2parch').get<number>('runs', 100);
    const request = { uri: this.subject.uri.toString(), scenario, architectures, runs, firstSeed: 1 };
    const reply = await this.server.recovery(request, source.token);
    if (source.token.isCancellationRequested) return;
    if (reply?.kind === 'recovery') this.post({ type: 'recovery', id, recovery: reply.recovery });
    else this.post({ type: 'refused', id, message: reply?.message ?? 'The language server gave no answer.' });
  }

  private follow(editor: vscode.TextEditor): void {
    if (!this.picture) return;
    const element = elementAt(this.picture, editor.document.uri, editor.selection.active);
    if (element !== undefined) this.post({ type: 'cursor', element });
  }

  /** A page that is not loaded yet gets its messages when it is. */
  private send(message: HostMessage): void {
    if (this.ready && this.picture) this.post(message);
    else this.waiting.push(message);
  }

  private post(message: HostMessage): void {
    void this.view.webview.postMessage(message);
  }

  dispose(): void {
    this.asking?.cancel();
    this.running?.source.cancel();
    for (const disposable of this.disposables) disposable.dispose();
  }
}
