import { GrammarUtils, type LangiumDocument } from 'langium';
import type { DocumentLinkProvider } from 'langium/lsp';
import type { DocumentLink, DocumentLinkParams } from 'vscode-languageserver-protocol';
import { type FileNames, fileOf } from '../names/files.ts';
import type { P2PArchServices } from '../services.ts';

/** The path of each import that can be read leads to its file. */
export class P2PArchLinks implements DocumentLinkProvider {
  private readonly names: FileNames;

  constructor(services: P2PArchServices) {
    this.names = services.names.FileNames;
  }

  getDocumentLinks(document: LangiumDocument, _params: DocumentLinkParams): DocumentLink[] {
    return fileOf(document).imports.flatMap((node) => {
      const target = this.names.importedFile(document, node);
      const path = GrammarUtils.findNodeForProperty(node.$cstNode, 'path')?.range;
      if (!target || !path) return [];
      // Without the quotes.
      const range = {
        start: { line: path.start.line, character: path.start.character + 1 },
        end: { line: path.end.line, character: path.end.character - 1 },
      };
      const name = decodeURIComponent(target.uri.path.replace(/^.*\//, ''));
      return [{ range, target: target.uri.toString(), tooltip: `Open ${name}` }];
    });
  }
}
