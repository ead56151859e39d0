import {
  type AstNode,
  type AstNodeDescription,
  createDefaultCoreModule,
  createDefaultSharedCoreModule,
  type DefaultSharedCoreModuleContext,
  inject,
  type LangiumCoreServices,
  type LangiumSharedCoreServices,
  type Module,
  MultiMap,
  type PartialLangiumCoreServices,
  type PartialLangiumSharedCoreServices,
} from 'langium';
import { P2PArchGeneratedModule, P2PArchGeneratedSharedModule } from './generated/module.ts';
import { Epochs } from './names/epochs.ts';
import { FileNames } from './names/files.ts';
import { P2PArchLinker } from './names/linker.ts';
import { P2PArchScopeProvider } from './names/scope.ts';
import { P2PArchDocumentFactory } from './parsing/factory.ts';
import { P2PArchLexer } from './parsing/lexer.ts';
import { P2PArchParserMessages } from './parsing/messages.ts';
import { createP2PArchParser, type P2PArchParser } from './parsing/parser.ts';
import { FileReader } from './parsing/reader.ts';
import { P2PArchValueConverter } from './parsing/values.ts';
import { Problems } from './problems/problems.ts';
import { P2PArchDocumentValidator } from './validation/validator.ts';
import { P2PArchDocumentBuilder } from './workspace.ts';

/** What the language adds to Langium's services. */
export interface AddedServices {
  readonly parsing: { readonly FileReader: FileReader; readonly StatementParser: P2PArchParser };
  readonly names: { readonly FileNames: FileNames; readonly Epochs: Epochs };
  readonly problems: { readonly Problems: Problems };
}

/**
 * What it takes to read and check files, and nothing that only an editor asks for: a program that runs for a tenth of a
 * second would spend most of it on loading the rest.
 */
export type CheckingServices = LangiumCoreServices & AddedServices;

export const checkingModule: Module<CheckingServices, PartialLangiumCoreServices & AddedServices> = {
  parser: {
    Lexer: (services) => new P2PArchLexer(services),
    LangiumParser: (services) => services.parsing.StatementParser,
    ValueConverter: () => new P2PArchValueConverter(),
    ParserErrorMessageProvider: () => new P2PArchParserMessages(),
  },
  parsing: {
    FileReader: (services) => new FileReader(services, () => services.parsing.StatementParser),
    StatementParser: (services) => createP2PArchParser(services, () => services.parsing.FileReader),
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

export const sharedCheckingModule: Module<LangiumSharedCoreServices, PartialLangiumSharedCoreServices> = {
  workspace: {
    DocumentBuilder: (services) => new P2PArchDocumentBuilder(services),
    LangiumDocumentFactory: (services) => new P2PArchDocumentFactory(services),
  },
};

/** The language's services for a program that checks files, with a file system and without an editor. */
export function createCheckingServices(context: DefaultSharedCoreModuleContext): {
  shared: LangiumSharedCoreServices;
  language: CheckingServices;
} {
  const shared = inject(createDefaultSharedCoreModule(context), P2PArchGeneratedSharedModule, sharedCheckingModule);
  const language = inject(createDefaultCoreModule({ shared }), P2PArchGeneratedModule, checkingModule);
  shared.ServiceRegistry.register(language);
  shared.workspace.ConfigurationProvider.initialized({});
  return { shared, language };
}
