import { AstUtils, type LangiumDocument } from 'langium';
import type { DocumentHighlightProvider, ReferencesProvider } from 'langium/lsp';
import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentHighlightParams,
  type Location,
  type Position,
  type ReferenceParams,
} from 'vscode-languageserver-protocol';
import type { FileNames } from '../names/files.ts';
import type { P2PArchServices } from '../services.ts';
import { type Meanings, meaningsOf } from './meanings.ts';
import { isDeclaration, type Occurrence } from './occurrences.ts';
import { sameName } from './same-name.ts';

/** All words of all files that mean what the name under the cursor means, in any variant. */
export class P2PArchReferences implements ReferencesProvider {
  private readonly words: SameWords;

  constructor(services: P2PArchServices) {
    this.words = new SameWords(services);
  }

  findReferences(document: LangiumDocument, { position, context }: ReferenceParams): Location[] {
    return this.words
      .at(document, position)
      .filter((occurrence) => context.includeDeclaration || !isDeclaration(occurrence))
      .map(({ node, words }) => ({ uri: AstUtils.getDocument(node).uri.toString(), range: words.range }));
  }
}

/** Those of them that stand in the file itself. */
export class P2PArchHighlights implements DocumentHighlightProvider {
  private readonly words: SameWords;

  constructor(services: P2PArchServices) {
    this.words = new SameWords(services);
  }

  getDocumentHighlight(document: LangiumDocument, { position }: DocumentHighlightParams): DocumentHighlight[] {
    return this.words
      .at(document, position)
      .filter(({ node }) => AstUtils.getDocument(node) === document)
      .map((occurrence) => ({
        range: occurrence.words.range,
        kind: isDeclaration(occurrence) ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      }));
  }
}

class SameWords {
  private readonly meanings: Meanings;
  private readonly names: FileNames;

  constructor(services: P2PArchServices) {
    this.meanings = meaningsOf(services);
    this.names = services.names.FileNames;
  }

  at(document: LangiumDocument, position: Position): readonly Occurrence[] {
    const occurrence = this.meanings.occurrences.at(document, document.textDocument.offsetAt(position));
    return occurrence ? sameName(this.meanings, this.names, occurrence).occurrences : [];
  }
}
