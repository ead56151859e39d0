import {
  type AstNode,
  type Cancellation,
  DefaultLangiumDocumentFactory,
  type LangiumCoreServices,
  type LangiumDocument,
  type LangiumSharedCoreServices,
  type ParseResult,
  type ParserOptions,
  type URI,
} from 'langium';
import type { FileReader } from './reader.ts';

/** Makes documents from texts; one that has changed is read where it has changed. */
export class P2PArchDocumentFactory extends DefaultLangiumDocumentFactory {
  private readonly services: LangiumSharedCoreServices;
  private readonly updating = new Map<string, LangiumDocument>();

  constructor(services: LangiumSharedCoreServices) {
    super(services);
    this.services = services;
  }

  override async update<T extends AstNode = AstNode>(
    document: LangiumDocument<T>,
    cancelToken: Cancellation.CancellationToken,
  ): Promise<LangiumDocument<T>> {
    const key = document.uri.toString();
    this.updating.set(key, document);
    try {
      return await super.update(document, cancelToken);
    } finally {
      this.updating.delete(key);
    }
  }

  protected override parse<T extends AstNode>(uri: URI, text: string, options?: ParserOptions): ParseResult<T> {
    const services = this.services.ServiceRegistry.getServices(uri);
    if (!hasFileReader(services) || options?.rule !== undefined) return super.parse<T>(uri, text, options);
    const last = this.updating.get(uri.toString())?.parseResult;
    return services.parsing.FileReader.read(text, last) as ParseResult<AstNode> as ParseResult<T>;
  }

  protected override async parseAsync<T extends AstNode>(uri: URI, text: string): Promise<ParseResult<T>> {
    return this.parse<T>(uri, text);
  }
}

interface WithFileReader {
  readonly parsing: { readonly FileReader: FileReader };
}

const hasFileReader = (services: LangiumCoreServices): services is LangiumCoreServices & WithFileReader =>
  'parsing' in services;
