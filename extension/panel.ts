import * as vscode from 'vscode';
import type { FaultQuestion } from '../language/protocol/faults.ts';
import { type HostMessage, type PanelMessage, panelMessageSchema } from '../language/protocol/panel.ts';
import type { Picture } from '../language/protocol/pictures.ts';
import type { Server } from './client.ts';
import { pageOf } from './page.ts';
import { runs } from './settings.ts';
import { elementAt, revealElement } from './source.ts';

export const VIEW_TYPE = 'p2parch.diagram';

/** What a panel shows; an architecture is absent until the first picture says which one it is. */
export interface Subject {
  readonly uri: vscode.Uri;
  readonly architecture?: string | undefined;
}

type Asked = Extract<PanelMessage, { type: 'ask' }>;

interface Asking {
  readonly asked: Asked;
  readonly source: vscode.CancellationTokenSource;
  next?: Asked;
}

/** One panel: asks the server for what it shows, hands it to the page, and does what the page asks for. */
export class DiagramPanel implements vscode.Disposable {
  private readonly disposables: vscode.Disposable[] = [];
  private picture: Picture | undefined;
  private ready = false;
  private readonly waiting: HostMessage[] = [];
  private asking: vscode.CancellationTokenSource | undefined;
  private readonly questions = new Map<FaultQuestion['kind'], Asking>();
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

  showFaultTree(service: string): void {
    this.send({ type: 'showFaultTree', service });
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
      case 'ask':
        void this.ask(message);
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
    const request = { uri: this.subject.uri.toString(), scenario, architectures, runs: runs(), firstSeed: 1 };
    const reply = await this.server.recovery(request, source.token);
    if (source.token.isCancellationRequested) return;
    if (reply?.kind === 'recovery') this.post({ type: 'recovery', id, recovery: reply.recovery });
    else this.post({ type: 'refused', id, message: reply?.message ?? 'The language server gave no answer.' });
  }

  /**
   * A later question of a kind takes the place of one that is not answered yet. The same question of a newer text waits
   * for the answer of the older: to end a job at every keystroke costs more than to let it run.
   */
  private async ask(asked: Asked): Promise<void> {
    const { kind } = asked.question;
    const current = this.questions.get(kind);
    if (current) {
      current.next = asked;
      if (JSON.stringify(current.asked.question) !== JSON.stringify(asked.question)) current.source.cancel();
      return;
    }
    const asking: Asking = { asked, source: new vscode.CancellationTokenSource() };
    this.questions.set(kind, asking);
    const { id, architecture, question } = asked;
    const uri = this.subject.uri.toString();
    const answer = await this.server.faults({ uri, architecture, question }, asking.source.token);
    this.questions.delete(kind);
    if (asking.next) void this.ask(asking.next);
    else if (answer && !asking.source.token.isCancellationRequested) this.post({ type: 'answer', id, answer });
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
    for (const { source } of this.questions.values()) source.cancel();
    for (const disposable of this.disposables) disposable.dispose();
  }
}
