import { type AstNode, type AstNodeDescription, inject, type Module, MultiMap } from 'langium';
import {
  createDefaultModule,
  createDefaultSharedModule,
  type DefaultSharedModuleContext,
  type LangiumServices,
  type LangiumSharedServices,
  type PartialLangiumServices,
  type PartialLangiumSharedServices,
} from 'langium/lsp';
import { completionModule } from './completion/module.ts';
import { formattingModule } from './formatting/module.ts';
import { P2PArchGeneratedModule, P2PArchGeneratedSharedModule } from './generated/module.ts';
import { Epochs } from './names/epochs.ts';
import { FileNames } from './names/files.ts';
import { P2PArchLinker } from './names/linker.ts';
import { P2PArchScopeProvider } from './names/scope.ts';
import { navigationModule, sharedNavigationModule } from './navigation/module.ts';
import { P2PArchDocumentFactory } from './parsing/factory.ts';
import { P2PArchLexer } from './parsing/lexer.ts';
import { P2PArchParserMessages } from './parsing/messages.ts';
import { createP2PArchParser } from './parsing/parser.ts';
import { P2PArchValueConverter } from './parsing/values.ts';
import { Problems } from './problems/problems.ts';
import { P2PArchDocumentUpdates } from './updates.ts';
import { P2PArchDocumentValidator } from './validation/validator.ts';
import { P2PArchDocumentBuilder } from './workspace.ts';

interface AddedServices {
  readonly names: { readonly FileNames: FileNames; readonly Epochs: Epochs };
  readonly problems: { readonly Problems: Problems };
}

export type P2PArchServices = LangiumServices & AddedServices;

const languageModule: Module<P2PArchServices, PartialLangiumServices & AddedServices> = {
  parser: {
    Lexer: (services) => new P2PArchLexer(services),
    LangiumParser: (services) => createP2PArchParser(services),
    ValueConverter: () => new P2PArchValueConverter(),
    ParserErrorMessageProvider: () => new P2PArchParserMessages(),
  },
  names: {
    FileNames: (services) => new FileNames(services.shared),
    Epochs: (services) => new Epochs(services.names.FileNames),
  },
  references: {
    ScopeProvider: (services) => new P2PArchScopeProvider(services),
    Linker: (services) => new P2PArchLinker(services),
    ScopeComputation: () => ({
      collectExportedSymbols: async () => [],
      collectLocalSymbols: async () => new MultiMap<AstNode, AstNodeDescription>(),
    }),
  },
  // Names are looked up in maps of the language's own (FileNames), and occurrences found through them: Langium's index
  // of symbols and references would be made for each keystroke and read by nobody.
  workspace: { ReferenceDescriptionProvider: () => ({ createDescriptions: async () => [] }) },
  validation: { DocumentValidator: (services) => new P2PArchDocumentValidator(services) },
  problems: { Problems: (services) => new Problems(services) },
};

const sharedModule: Module<LangiumSharedServices, PartialLangiumSharedServices> = {
  lsp: { DocumentUpdateHandler: (services) => new P2PArchDocumentUpdates(services) },
  workspace: {
    DocumentBuilder: (services) => new P2PArchDocumentBuilder(services),
    LangiumDocumentFactory: (services) => new P2PArchDocumentFactory(services),
  },
};

/** The language's services for a host: a language server with its connection, or a program with a file system alone. */
export function createP2PArchServices(context: DefaultSharedModuleContext): {
  shared: LangiumSharedServices;
  language: P2PArchServices;
} {
  const shared = inject(
    createDefaultSharedModule(context),
    P2PArchGeneratedSharedModule,
    sharedModule,
    sharedNavigationModule,
  );
  const language = inject(
    createDefaultModule({ shared }),
    P2PArchGeneratedModule,
    languageModule,
    completionModule,
    navigationModule,
    formattingModule,
  );
  shared.ServiceRegistry.register(language);
  if (!context.connection) shared.workspace.ConfigurationProvider.initialized({});
  return { shared, language };
}
