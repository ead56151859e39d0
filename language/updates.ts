import { URI, UriUtils } from 'langium';
import { DefaultDocumentUpdateHandler, type DocumentUpdateHandler, type LangiumSharedServices } from 'langium/lsp';

type Event = Parameters<NonNullable<DocumentUpdateHandler['didCloseDocument']>>[0];
type Watched = Parameters<NonNullable<DocumentUpdateHandler['didChangeWatchedFiles']>>[0];

/**
 * Says what has changed. What an editor holds unsaved outlives its file; what it has saved or taken over from the disk
 * does not; and once the editor is closed, the text on disk counts again.
 */
export class P2PArchDocumentUpdates extends DefaultDocumentUpdateHandler {
  private readonly services: LangiumSharedServices;
  /** By open file, the text on disk as far as is known: when it was opened, saved, or changed outside. */
  private readonly saved = new Map<string, string>();
  /** Not in the workspace's lock: what is typed meanwhile must not wait for the disk. */
  lookedUp: Promise<void> = Promise.resolve();

  constructor(services: LangiumSharedServices) {
    super(services);
    this.services = services;
  }

  didOpenDocument({ document }: Event): void {
    this.saved.set(document.uri, document.getText());
  }

  didSaveDocument({ document }: Event): void {
    this.saved.set(document.uri, document.getText());
  }

  didCloseDocument({ document }: Event): void {
    this.saved.delete(document.uri);
    this.lookUp([URI.parse(document.uri)]);
  }

  override didChangeWatchedFiles(params: Watched): void {
    this.onWatchedFilesChangeEmitter.fire(params);
    this.lookUp([...new Set(params.changes.map(({ uri }) => uri))].map((text) => URI.parse(text)));
  }

  /** Looks what has become of files, one batch after the other: of what is told in one breath the order says nothing. */
  private lookUp(uris: readonly URI[]): void {
    this.lookedUp = this.lookedUp.then(async () => {
      const there = await Promise.all(uris.map((uri) => this.isThere(uri)));
      const changed = uris.filter((_, index) => there[index]);
      const deleted = uris.filter((_, index) => !there[index]);
      await Promise.all(changed.map((uri) => this.readAgain(uri)));
      this.fireDocumentUpdate([...changed, ...this.unsavedUnder(deleted)], deleted);
    });
  }

  /** Without an editor only its name says of which language a file is. */
  private async isThere(uri: URI): Promise<boolean> {
    const { LangiumDocuments, FileSystemProvider } = this.services.workspace;
    const isLost = LangiumDocuments.hasDocument(uri) && !this.serviceRegistry.hasServices(uri);
    return !isLost && (await FileSystemProvider.exists(uri));
  }

  /** An editor without changes of its own takes over what changes on disk; then it is still without. */
  private async readAgain(uri: URI): Promise<void> {
    if (!this.saved.has(uri.toString())) return;
    const text = await this.services.workspace.FileSystemProvider.readFile(uri).catch(() => undefined);
    if (text !== undefined) this.saved.set(uri.toString(), text);
  }

  private unsavedUnder(deleted: readonly URI[]): URI[] {
    const isUnsaved = (open: string): boolean =>
      this.services.workspace.TextDocuments.get(open)?.getText() !== this.saved.get(open);
    return [...this.saved.keys()]
      .filter((open) => isUnsaved(open) && deleted.some((gone) => UriUtils.contains(gone, open)))
      .map((open) => URI.parse(open));
  }
}
