import {
  type BuildOptions,
  Cancellation,
  DefaultDocumentBuilder,
  DocumentState,
  isOperationCancelled,
  type LangiumDocument,
  type LangiumDocumentFactory,
  type LangiumSharedCoreServices,
  type URI,
} from 'langium';
import { fileOf, importedUri } from './names/files.ts';

/** A file that is not built by then is none that will be. */
const LATEST_BUILD_MILLISECONDS = 5000;

/**
 * Builds files together with what they import, wherever that lies, and builds again, when a file changes, those that
 * see it through their imports and no others.
 */
export class P2PArchDocumentBuilder extends DefaultDocumentBuilder {
  private readonly factory: LangiumDocumentFactory;

  constructor(services: LangiumSharedCoreServices) {
    super(services);
    this.factory = services.workspace.LangiumDocumentFactory;
  }

  protected override async buildDocuments(
    documents: LangiumDocument[],
    options: BuildOptions,
    cancelToken: Cancellation.CancellationToken,
  ): Promise<void> {
    const all = [...documents];
    const lost: URI[] = [];
    for (const document of all) {
      if (!(await this.isParsed(document, cancelToken))) {
        lost.push(document.uri);
        continue;
      }
      for (const node of fileOf(document).imports ?? []) {
        const uri = importedUri(document.uri, node);
        if (uri === undefined || this.langiumDocuments.hasDocument(uri)) continue;
        const imported = await this.read(uri);
        if (imported) all.push(imported);
      }
    }
    // What was said to have changed and cannot be read is gone: then what imported it is to be checked as well.
    if (lost.length > 0) await this.update([], lost, cancelToken);
    else await super.buildDocuments(importedFirst(all), options, cancelToken);
  }

  /** Parses what has changed; false if it can no longer be read. */
  private async isParsed(document: LangiumDocument, cancelToken: Cancellation.CancellationToken): Promise<boolean> {
    if (document.state >= DocumentState.Parsed) return true;
    try {
      await this.factory.update(document, cancelToken);
      return true;
    } catch (error) {
      if (isOperationCancelled(error)) throw error;
      return false;
    }
  }

  /** A file that cannot be read is no document; the import that names it says so. */
  private async read(uri: URI): Promise<LangiumDocument | undefined> {
    try {
      return await this.langiumDocuments.getOrCreateDocument(uri);
    } catch {
      return undefined;
    }
  }

  /**
   * A file that was just opened is read a moment before it is built: who asks about it in that moment waits for the
   * build, as whoever asks a moment later does.
   */
  protected override async awaitDocumentState(
    state: DocumentState,
    uri: URI,
    cancelToken: Cancellation.CancellationToken,
  ): Promise<URI> {
    const document = this.langiumDocuments.getDocument(uri);
    const isEarly = document !== undefined && document.state < state && this.currentState >= state;
    if (isEarly && !cancelToken.isCancellationRequested) await this.built(document, state, cancelToken);
    return super.awaitDocumentState(state, uri, cancelToken);
  }

  /** Comes back when the file has the state, when nobody waits any more, and in any case. */
  private built(
    { uri }: LangiumDocument,
    state: DocumentState,
    cancelToken: Cancellation.CancellationToken,
  ): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(late);
        listening.dispose();
        cancelling.dispose();
        resolve();
      };
      const late = setTimeout(end, LATEST_BUILD_MILLISECONDS);
      const listening = this.onDocumentPhase(state, (other) => {
        if (other.uri.toString() === uri.toString()) end();
      });
      const cancelling = cancelToken.onCancellationRequested(end);
    });
  }

  /** What was checked is told, even if the next change has come meanwhile: that need not concern it. */
  protected override notifyDocumentPhase(
    document: LangiumDocument,
    state: DocumentState,
    cancelToken: Cancellation.CancellationToken,
  ): Promise<void> {
    const token = state === DocumentState.Validated ? Cancellation.CancellationToken.None : cancelToken;
    return super.notifyDocumentPhase(document, state, token);
  }

  protected override shouldRelink(document: LangiumDocument, changed: Set<string>): boolean {
    return this.sees(document, changed, new Set());
  }

  private sees(document: LangiumDocument, changed: ReadonlySet<string>, passed: Set<string>): boolean {
    if (document.state < DocumentState.Parsed) return false;
    for (const node of fileOf(document).imports ?? []) {
      const uri = importedUri(document.uri, node);
      if (uri === undefined || passed.has(uri.toString())) continue;
      passed.add(uri.toString());
      if (changed.has(uri.toString())) return true;
      const imported = this.langiumDocuments.getDocument(uri);
      if (imported && this.sees(imported, changed, passed)) return true;
    }
    return false;
  }
}

/** In the order of imports, so that what a file builds on is checked before it; a circle is cut where it is met. */
function importedFirst(documents: readonly LangiumDocument[]): LangiumDocument[] {
  const byUri = new Map(documents.map((document) => [document.uri.toString(), document]));
  const sorted = new Set<LangiumDocument>();
  const entered = new Set<LangiumDocument>();
  const enter = (document: LangiumDocument): void => {
    if (entered.has(document)) return;
    entered.add(document);
    for (const node of fileOf(document).imports ?? []) {
      const imported = byUri.get(importedUri(document.uri, node)?.toString() ?? '');
      if (imported) enter(imported);
    }
    sorted.add(document);
  };
  for (const document of documents) enter(document);
  return [...sorted];
}
