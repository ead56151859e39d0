import { AstUtils, type LangiumDocument } from 'langium';
import type { DefinitionProvider } from 'langium/lsp';
import type { DefinitionParams, LocationLink } from 'vscode-languageserver-protocol';
import type { FileNames } from '../names/files.ts';
import type { P2PArchServices } from '../services.ts';
import { type Meanings, meaningsOf } from './meanings.ts';
import { isDeclaration, type Named, nameWords, type Occurrence } from './occurrences.ts';
import { replacedBy } from './same-name.ts';

/**
 * From a name to its declaration: of each architecture that a scenario runs on, if it runs on several. From the
 * declaration of a member that replaces another, the way leads to what it replaces.
 */
export class P2PArchDefinitions implements DefinitionProvider {
  private readonly meanings: Meanings;
  private readonly names: FileNames;

  constructor(services: P2PArchServices) {
    this.meanings = meaningsOf(services);
    this.names = services.names.FileNames;
  }

  getDefinition(document: LangiumDocument, { position }: DefinitionParams): LocationLink[] | undefined {
    const occurrence = this.meanings.occurrences.at(document, document.textDocument.offsetAt(position));
    if (!occurrence) return undefined;
    return this.targets(occurrence).flatMap((target) => {
      const name = nameWords(target);
      const whole = target.$cstNode;
      if (!name || !whole) return [];
      return {
        targetUri: AstUtils.getDocument(target).uri.toString(),
        targetRange: whole.range,
        targetSelectionRange: name.range,
        originSelectionRange: occurrence.words.range,
      };
    });
  }

  private targets(occurrence: Occurrence): Named[] {
    if (!isDeclaration(occurrence)) return this.meanings.here(occurrence);
    const replaced = replacedBy(this.names, occurrence.node);
    return replaced.length > 0 ? replaced : [occurrence.node];
  }
}
