import { inject, type Module } from 'langium';
import {
  createDefaultModule,
  createDefaultSharedModule,
  type DefaultSharedModuleContext,
  type LangiumServices,
  type LangiumSharedServices,
  type PartialLangiumSharedServices,
} from 'langium/lsp';
import { type AddedServices, checkingModule, sharedCheckingModule } from './checking-services.ts';
import { completionModule } from './completion/module.ts';
import { formattingModule } from './formatting/module.ts';
import { P2PArchGeneratedModule, P2PArchGeneratedSharedModule } from './generated/module.ts';
import { navigationModule, sharedNavigationModule } from './navigation/module.ts';
import { P2PArchDocumentUpdates } from './updates.ts';

export type P2PArchServices = LangiumServices & AddedServices;

const sharedModule: Module<LangiumSharedServices, PartialLangiumSharedServices> = {
  lsp: { DocumentUpdateHandler: (services) => new P2PArchDocumentUpdates(services) },
};

/** The language's services for a host: a language server with its connection, or a program with a file system alone. */
export function createP2PArchServices(context: DefaultSharedModuleContext): {
  shared: LangiumSharedServices;
  language: P2PArchServices;
} {
  const shared = inject(
    createDefaultSharedModule(context),
    P2PArchGeneratedSharedModule,
    sharedCheckingModule,
    sharedModule,
    sharedNavigationModule,
  );
  const language = inject(
    createDefaultModule({ shared }),
    P2PArchGeneratedModule,
    checkingModule,
    completionModule,
    navigationModule,
    formattingModule,
  );
  shared.ServiceRegistry.register(language);
  if (!context.connection) shared.workspace.ConfigurationProvider.initialized({});
  return { shared, language };
}
