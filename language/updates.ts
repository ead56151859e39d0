import { URI, UriUtils } from 'langium';
import { DefaultDocumentUpdateHandler, type DocumentUpdateHandler, type LangiumSharedServices } from 'langium/lsp';

type Event = Parameters<NonNullable<DocumentUpdateHandler['didCloseDocument']>>[0];
type Watched = Parameters<NonNullable<DocumentUpdateHandler['didChangeWatchedFiles']>>[0];

/**
 * Says what has changed. What an editor shows is there as long as it shows it, whatever becomes of its file: a watcher
 * tells late, and of a file that is deleted and written again at once it may tell the half. Once the editor is closed,
 * the text on disk counts again.
 */
export class P2PArchDocumentUpdates extends DefaultDocumentUpdateHandler {
  private readonly services: LangiumSharedServices;
  /** Not in the workspace's lock: what is typed meanwhile must not wait for the disk. */
  lookedUp: Promise<void> = Promise.resolve();

  constructor(services: LangiumSharedServices) {
    super(services);
    this.services = services;
  }

  didCloseDocument({ document }: Event): void {
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
      // Asked only now: an editor may have been opened while the disk was.
      const isOpen = (uri: URI): boolean => this.services.workspace.TextDocuments.get(uri) !== undefined;
      const changed = uris.filter((_, index) => there[index]);
      const deleted = uris.filter((uri, index) => !there[index] && !isOpen(uri));
      this.fireDocumentUpdate([...changed, ...this.openUnder(deleted)], deleted);
    });
  }

  /** Without an editor only its name says of which language a file is. */
  private async isThere(uri: URI): Promise<boolean> {
    const { LangiumDocuments, FileSystemProvider } = this.services.workspace;
    const isLost = LangiumDocuments.hasDocument(uri) && !this.serviceRegistry.hasServices(uri);
    return !isLost && (await FileSystemProvider.exists(uri));
  }

  /** What is shown of folders that are gone. */
  private openUnder(folders: readonly URI[]): URI[] {
    return this.services.workspace.TextDocuments.keys()
      .filter((open) => folders.some((folder) => UriUtils.contains(folder, open)))
      .map((open) => URI.parse(open));
  }
}
