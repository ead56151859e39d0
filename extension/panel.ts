import * as vscode from 'vscode';
import type { Redrawn } from '../language/protocol/checked.ts';
import { enveloped, receive } from '../language/protocol/contract.ts';
import {
  type ExportFormat,
  type ExportTheme,
  type HostMessage,
  type PanelMessage,
  panelMessageSchema,
} from '../language/protocol/panel.ts';
import { changed, changeOf, type PanelPicture } from '../language/protocol/picture-change.ts';
import type { Picture } from '../language/protocol/pictures.ts';
import type { Server } from './client.ts';
import { type Conversation, converse } from './conversation.ts';
import { handlersOf } from './handlers.ts';
import { missingPartsPage, otherBuildPage, type PageParts, pageOf } from './page.ts';
import { type Presentation, presentationOf } from './recovery-presenting.ts';
import { elementAt, revealElement } from './source.ts';

export const VIEW_TYPE = 'p2parch.diagram';

/** What a panel shows; an architecture is absent until the first picture says which one it is. */
export interface Subject {
  readonly uri: vscode.Uri;
  readonly architecture?: string | undefined;
}

/** Longer than a layout may take: then no picture comes. */
const PICTURE_SECONDS = 30;

let nextId = 1;
/** Of the last page that was loaded; until then that of a panel beside the text. */
let usualAspect = 0.85;

/** Has the picture of a panel laid out that is or may be opened, for a page of the shape that pages have had. */
export function expectPanel(server: Server, { uri, architecture }: Subject): void {
  server.warm({ uri: uri.toString(), aspect: usualAspect, ...(architecture !== undefined && { architecture }) });
}

/** One panel: asks the server for what it shows, hands it to the page, and does what the page asks for. */
export class DiagramPanel implements vscode.Disposable {
  private readonly disposables: vscode.Disposable[] = [];
  private readonly conversation: Conversation;
  private readonly id = nextId++;
  private picture: Picture | undefined;
  /** Of the picture, as the server counts what it sends; absent where the picture is not as the server sent it. */
  private serial: number | undefined;
  /** What the page shows, as far as it was told. */
  private posted: { readonly epoch: number; readonly picture: PanelPicture } | undefined;
  private ready = false;
  private ended = false;
  private readonly waiting: HostMessage[] = [];
  private readonly presentation: Presentation;
  /** Of the architecture shown; absent as long as it is as its picture begins. */
  private folded: readonly string[] | undefined;
  private aspect: number | undefined;
  private asking: AbortController | undefined;
  private nextExport = 1;
  private readonly exports = new Map<number, (content: string | undefined) => void>();
  /** Begins later in every life of the extension, so that a page never takes what is older for newer. */
  private epoch = Date.now();

  constructor(
    readonly view: vscode.WebviewPanel,
    private subject: Subject,
    private readonly server: Server,
    parts: Promise<PageParts>,
    /** Shows the other panel that an architecture has, if it has one. */
    private readonly revealOther: (architecture: string) => boolean,
  ) {
    view.webview.options = { enableScripts: true, localResourceRoots: [] };
    this.presentation = presentationOf(view);
    this.conversation = converse(handlersOf(server), (message) => this.post(message), { warn: server.warn });
    this.disposables.push(
      view.webview.onDidReceiveMessage((input: unknown) => {
        const received = receive(panelMessageSchema, input);
        if (received.kind === 'message') this.act(received.message);
        else if (received.kind === 'otherBuild') {
          server.warn(`a panel of another build (contract ${received.contract}) was closed to messages`);
          view.webview.html = otherBuildPage();
        } else server.warn(`dropped a message of a panel: ${received.why}`);
      }),
      server.onChecked(({ uri, redrawn }) => {
        const own = redrawn.find(({ panel }) => panel === this.id);
        if (own !== undefined && this.redraw(own)) return;
        if (uri === this.subject.uri.toString() || this.picture?.places.some((place) => place.uri === uri))
          void this.refresh();
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.follow(textEditor)),
    );
    void this.load(parts);
    // While the page is loaded the picture is laid out.
    expectPanel(server, subject);
  }

  private async load(parts: Promise<PageParts>): Promise<void> {
    const page = await parts.then(pageOf, (error: unknown) => {
      this.server.warn(`the panel's page cannot be read: ${error instanceof Error ? error.message : error}`);
      return missingPartsPage();
    });
    if (!this.ended) this.view.webview.html = page;
  }

  get uri(): vscode.Uri {
    return this.subject.uri;
  }

  get architecture(): string | undefined {
    return this.subject.architecture;
  }

  show(architecture: string): void {
    if (architecture !== this.subject.architecture) this.folded = undefined;
    this.subject = { uri: this.subject.uri, architecture };
    void this.refresh();
  }

  play(scenario: string, architectures: string[]): void {
    this.send({ type: 'play', scenario, architectures });
  }

  showFaultTree(service: string): void {
    this.send({ type: 'showFaultTree', service });
  }

  /** What is seen now, as the text of an SVG or as a PNG in base64; nothing where there is nothing to see. */
  exported(format: ExportFormat, theme: ExportTheme): Promise<string | undefined> {
    const id = this.nextExport++;
    return new Promise((resolve) => {
      const end = (content: string | undefined): void => {
        clearTimeout(late);
        this.exports.delete(id);
        resolve(content);
      };
      const late = setTimeout(() => end(undefined), PICTURE_SECONDS * 1000);
      this.exports.set(id, end);
      this.send({ type: 'export', id, format, theme });
    });
  }

  private act(message: PanelMessage): void {
    switch (message.type) {
      case 'exported':
        this.exports.get(message.id)?.(message.content);
        break;
      case 'ready':
        // A page that was loaded anew has nothing on it, whatever it was sent before.
        this.ready = true;
        this.picture = undefined;
        this.serial = undefined;
        this.posted = undefined;
        this.aspect = message.aspect;
        usualAspect = message.aspect ?? usualAspect;
        if (message.architecture !== undefined && this.subject.architecture === undefined) {
          this.subject = { uri: this.subject.uri, architecture: message.architecture };
        }
        if (message.architecture === this.subject.architecture) this.folded = message.folded;
        void this.refresh().then(() => {
          for (const waiting of this.waiting.splice(0)) this.post(waiting);
        });
        break;
      case 'select':
        if (this.picture?.architecture === message.architecture) void revealElement(this.picture, message.element);
        break;
      case 'whole':
        this.posted = undefined;
        void this.refresh();
        break;
      case 'fold':
        if (message.architecture !== this.subject.architecture) break;
        this.folded = message.folded;
        void this.refresh();
        break;
      case 'show':
        if (!this.revealOther(message.architecture)) this.show(message.architecture);
        break;
      case 'request':
        // A page shows one file, and asks about no other.
        if (message.about.uri === this.subject.uri.toString()) this.conversation.request(message);
        else this.post({ type: 'refusal', id: message.id, message: 'This panel shows another file.' });
        break;
      case 'present':
        void this.presentation.present(message.on);
        break;
      case 'cancel':
        this.conversation.cancel(message.id);
        break;
    }
  }

  /** Asks for the picture; a later question takes the place of one that is not answered yet. */
  private async refresh(): Promise<void> {
    if (!this.ready) return;
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    this.epoch += 1;
    const { epoch, aspect, folded } = this;
    const { architecture } = this.subject;
    const uri = this.subject.uri.toString();
    const request = {
      uri,
      panel: this.id,
      ...(architecture !== undefined && { architecture }),
      ...(folded !== undefined && { folded: [...folded] }),
      ...(aspect !== undefined && { aspect }),
    };
    const late = AbortSignal.timeout(PICTURE_SECONDS * 1000);
    const reply = await this.server.picture(request, AbortSignal.any([asking.signal, late]));
    if (asking.signal.aborted) return;
    this.asking = undefined;
    if (reply?.kind === 'picture') {
      this.serial = reply.serial;
      this.take(reply.picture, epoch);
      return;
    }
    this.serial = undefined;
    // The next check asks again; what is seen until then is the last good picture, and says so.
    const why = reply?.message ?? (late.aborted ? NO_PICTURE : undefined);
    if (this.picture) this.take({ ...this.picture, stale: why ?? 'The language server does not answer.' }, epoch);
    else if (why !== undefined) this.post({ type: 'nothing', epoch, uri, message: why });
  }

  /** False if what has become of the picture has to be asked for: another is, or it is not that which is known here. */
  private redraw({ since, serial, change, places }: Redrawn): boolean {
    if (this.picture === undefined || this.asking !== undefined || since !== this.serial) return false;
    this.epoch += 1;
    this.serial = serial;
    this.take({ ...changed(this.picture, change), places: places ?? this.picture.places }, this.epoch);
    return true;
  }

  private take(picture: Picture, epoch: number): void {
    this.picture = picture;
    this.subject = { uri: this.subject.uri, architecture: picture.architecture };
    this.view.title = picture.diagram.title;
    this.draw(picture, epoch);
    const editor = vscode.window.activeTextEditor;
    if (editor) this.follow(editor);
  }

  /** Most of a picture stays as it is from one keystroke to the next, and is not sent again. */
  private draw({ places: _, ...picture }: Picture, epoch: number): void {
    const change = this.posted && changeOf(this.posted.picture, picture);
    if (this.posted && change) this.post({ type: 'change', epoch, since: this.posted.epoch, change });
    else this.post({ type: 'picture', epoch, picture });
    this.posted = { epoch, picture };
  }

  private follow(editor: vscode.TextEditor): void {
    if (!this.picture) return;
    const element = elementAt(this.picture, editor.document.uri, editor.selection.active);
    if (element !== undefined) this.post({ type: 'cursor', architecture: this.picture.architecture, element });
  }

  /** A page that is not loaded yet gets its messages when it is. */
  private send(message: HostMessage): void {
    if (this.ready && this.picture) this.post(message);
    else this.waiting.push(message);
  }

  private post(message: HostMessage): void {
    void this.view.webview.postMessage(enveloped(message));
  }

  dispose(): void {
    this.ended = true;
    this.asking?.abort();
    this.server.closed(this.id);
    for (const end of this.exports.values()) end(undefined);
    this.conversation.dispose();
    void this.presentation.present(false);
    for (const disposable of this.disposables) disposable.dispose();
  }
}

const NO_PICTURE = `The language server drew nothing within ${PICTURE_SECONDS} seconds. The next change asks again.`;
