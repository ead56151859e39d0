import type { Module } from 'langium';
import type { PartialLangiumServices } from 'langium/lsp';
import type { P2PArchServices } from '../services.ts';

export const formattingModule: Module<P2PArchServices, PartialLangiumServices> = { lsp: {} };
