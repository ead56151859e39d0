import type { Module } from 'langium';
import type { LangiumSharedServices, PartialLangiumServices, PartialLangiumSharedServices } from 'langium/lsp';
import type { P2PArchServices } from '../services.ts';
import { P2PArchDefinitions } from './definition.ts';
import { P2PArchFixes } from './fixes/provider.ts';
import { P2PArchFolding } from './folding.ts';
import { P2PArchHierarchy } from './hierarchy.ts';
import { P2PArchHints } from './hints.ts';
import { P2PArchLenses } from './lenses.ts';
import { P2PArchLinks } from './links.ts';
import { P2PArchOutline } from './outline.ts';
import { P2PArchHighlights, P2PArchReferences } from './references.ts';
import { P2PArchRename } from './rename.ts';
import { P2PArchLanguageServer } from './server.ts';
import { P2PArchSemanticTokens } from './tokens.ts';
import { P2PArchWorkspaceSymbols } from './workspace-symbols.ts';

/** Finding one's way in the texts: what a name means, where else it stands, and what can be done about it. */
export const navigationModule: Module<P2PArchServices, PartialLangiumServices> = {
  lsp: {
    SemanticTokenProvider: (services) => new P2PArchSemanticTokens(services),
    DefinitionProvider: (services) => new P2PArchDefinitions(services),
    ReferencesProvider: (services) => new P2PArchReferences(services),
    DocumentHighlightProvider: (services) => new P2PArchHighlights(services),
    RenameProvider: (services) => new P2PArchRename(services),
    CallHierarchyProvider: (services) => new P2PArchHierarchy(services),
    DocumentSymbolProvider: () => new P2PArchOutline(),
    FoldingRangeProvider: (services) => new P2PArchFolding(services),
    CodeActionProvider: (services) => new P2PArchFixes(services),
    CodeLensProvider: (services) => new P2PArchLenses(services),
    InlayHintProvider: (services) => new P2PArchHints(services),
    DocumentLinkProvider: (services) => new P2PArchLinks(services),
  },
};

/** What is answered for all files at once. */
export const sharedNavigationModule: Module<LangiumSharedServices, PartialLangiumSharedServices> = {
  lsp: {
    LanguageServer: (services) => new P2PArchLanguageServer(services),
    WorkspaceSymbolProvider: (services) => new P2PArchWorkspaceSymbols(services),
  },
};
