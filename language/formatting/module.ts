import type { Module } from 'langium';
import type { PartialLangiumServices } from 'langium/lsp';
import type { P2PArchServices } from '../services.ts';
import { P2PArchFormatter } from './formatter.ts';

export const formattingModule: Module<P2PArchServices, PartialLangiumServices> = {
  lsp: { Formatter: (services) => new P2PArchFormatter(services) },
};
