import {
  type BuildOptions,
  type Cancellation,
  DefaultDocumentBuilder,
  DocumentState,
  type LangiumDocument,
  type LangiumDocumentFactory,
  type LangiumSharedCoreServices,
  type URI,
} from 'langium';
import { fileOf, importedUri } from './names/files.ts';

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
    for (const document of all) {
      if (document.state < DocumentState.Parsed) await this.factory.update(document, cancelToken);
      for (const node of fileOf(document).imports ?? []) {
        const uri = importedUri(document.uri, node);
        if (uri === undefined || this.langiumDocuments.hasDocument(uri)) continue;
        const imported = await this.read(uri);
        if (imported) all.push(imported);
      }
    }
    await super.buildDocuments(importedFirst(all), options, cancelToken);
  }

  /** A file that cannot be read is no document; the import that names it says so. */
  private async read(uri: URI): Promise<LangiumDocument | undefined> {
    try {
      return await this.langiumDocuments.getOrCreateDocument(uri);
    } catch {
      return undefined;
    }
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
