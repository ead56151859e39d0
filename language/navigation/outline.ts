import type { AstNode, LangiumDocument } from 'langium';
import type { DocumentSymbolProvider } from 'langium/lsp';
import { type DocumentSymbol, type DocumentSymbolParams, SymbolKind } from 'vscode-languageserver-protocol';
import { fileOf } from '../names/files.ts';
import { detailOf } from './details.ts';
import { type Named, nameWords } from './occurrences.ts';

/** Everything with a name, nested as it stands in the text. */
export class P2PArchOutline implements DocumentSymbolProvider {
  getSymbols(document: LangiumDocument, _params: DocumentSymbolParams): DocumentSymbol[] {
    const { hazards, architectures, scenarios } = fileOf(document);
    return symbolsOf([...hazards, ...architectures, ...scenarios]);
  }
}

export const SYMBOL_KINDS = {
  Architecture: SymbolKind.Module,
  Group: SymbolKind.Package,
  Component: SymbolKind.Class,
  Service: SymbolKind.Interface,
  Hazard: SymbolKind.Event,
  Scenario: SymbolKind.Function,
} as const satisfies Record<Named['$type'], SymbolKind>;

const isNamed = (node: AstNode): node is Named => node.$type in SYMBOL_KINDS;

function symbolsOf(nodes: readonly AstNode[]): DocumentSymbol[] {
  const symbols = nodes.filter(isNamed).flatMap((node): DocumentSymbol[] => {
    const name = nameWords(node);
    // What has no name yet cannot be listed, but what stands in it can.
    const children = node.$type === 'Architecture' || node.$type === 'Group' ? symbolsOf(node.members) : [];
    if (!name || !node.name || !node.$cstNode) return children;
    const detail = detailOf(node);
    return [
      {
        name: node.name,
        ...(detail !== '' && { detail }),
        kind: SYMBOL_KINDS[node.$type],
        range: node.$cstNode.range,
        selectionRange: name.range,
        ...(children.length > 0 && { children }),
      },
    ];
  });
  return symbols.sort(byPlace);
}

const byPlace = ({ range: left }: DocumentSymbol, { range: right }: DocumentSymbol): number =>
  left.start.line - right.start.line || left.start.character - right.start.character;
