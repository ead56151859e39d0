import {
  type AstNode,
  type Cancellation,
  DefaultLangiumDocumentFactory,
  type LangiumDocument,
  type LangiumSharedCoreServices,
  type ParseResult,
  type URI,
} from 'langium';
import { P2PArchParser } from './parser.ts';

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

  protected override async parseAsync<T extends AstNode>(uri: URI, text: string): Promise<ParseResult<T>> {
    const parser = this.services.ServiceRegistry.getServices(uri).parser.LangiumParser;
    const last = this.updating.get(uri.toString())?.parseResult;
    return last && parser instanceof P2PArchParser ? parser.parseAgain<T>(text, last) : parser.parse<T>(text);
  }
}
