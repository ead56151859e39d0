import { EmptyFileSystem } from 'langium';
import { describe, expect, it } from 'vitest';
import { P2PArchLanguageServer } from '../../language/navigation/server.ts';
import { createP2PArchServices } from '../../language/services.ts';

describe('the server offers', () => {
  it('what finds the way in a text, code lenses in two steps and selections that grow', async () => {
    const { shared } = createP2PArchServices(EmptyFileSystem);
    const { capabilities } = await new P2PArchLanguageServer(shared).initialize({
      processId: null,
      rootUri: null,
      capabilities: {},
    });
    expect(capabilities).toMatchObject({
      callHierarchyProvider: {},
      codeActionProvider: true,
      codeLensProvider: { resolveProvider: true },
      definitionProvider: true,
      documentHighlightProvider: true,
      documentLinkProvider: {},
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      inlayHintProvider: {},
      referencesProvider: true,
      renameProvider: { prepareProvider: true },
      selectionRangeProvider: true,
      semanticTokensProvider: { full: { delta: true }, range: true },
      workspaceSymbolProvider: {},
    });
  });
});
