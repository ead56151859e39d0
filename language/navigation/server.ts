import { DocumentState, type LangiumDocument, URI } from 'langium';
import { DefaultLanguageServer, type LangiumSharedServices } from 'langium/lsp';
import type { InitializeParams, InitializeResult } from 'vscode-languageserver-protocol';
import { selectionRanges } from './selection.ts';

/** Offers what Langium's server leaves out: selections that grow with the syntax, and code lenses in two steps. */
export class P2PArchLanguageServer extends DefaultLanguageServer {
  constructor(services: LangiumSharedServices) {
    super(services);
    services.lsp.Connection?.onSelectionRanges(async ({ textDocument, positions }, token) => {
      const document = await this.parsed(URI.parse(textDocument.uri), token);
      return document ? selectionRanges(document, positions) : null;
    });
  }

  protected override buildInitializeResult(params: InitializeParams): InitializeResult {
    const result = super.buildInitializeResult(params);
    return {
      ...result,
      capabilities: {
        ...result.capabilities,
        selectionRangeProvider: true,
        codeLensProvider: { resolveProvider: true },
      },
    };
  }

  private async parsed(uri: URI, token: Parameters<WaitUntil>[2]): Promise<LangiumDocument | undefined> {
    const { DocumentBuilder, LangiumDocuments } = this.services.workspace;
    if (!LangiumDocuments.hasDocument(uri)) return undefined;
    await DocumentBuilder.waitUntil(DocumentState.Parsed, uri, token);
    return LangiumDocuments.getDocument(uri);
  }
}

type WaitUntil = LangiumSharedServices['workspace']['DocumentBuilder']['waitUntil'];
