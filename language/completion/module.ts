import type { Module } from 'langium';
import type { PartialLangiumServices } from 'langium/lsp';
import type { P2PArchServices } from '../services.ts';
import { P2PArchHoverProvider } from './hover.ts';
import { P2PArchCompletionProvider } from './provider.ts';
import { P2PArchSignatureHelp } from './signature.ts';

export const completionModule: Module<P2PArchServices, PartialLangiumServices> = {
  lsp: {
    CompletionProvider: (services) => new P2PArchCompletionProvider(services),
    HoverProvider: (services) => new P2PArchHoverProvider(services),
    SignatureHelp: (services) => new P2PArchSignatureHelp(services),
  },
};
