import { AstUtils, type LangiumDocument } from 'langium';
import type { RenameProvider } from 'langium/lsp';
import {
  LSPErrorCodes,
  type Range,
  type RenameParams,
  ResponseError,
  type TextDocumentPositionParams,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import type { FileNames } from '../names/files.ts';
import { reservedName } from '../parsing/slips.ts';
import type { P2PArchServices } from '../services.ts';
import { type Meanings, meaningsOf } from './meanings.ts';
import type { Occurrence } from './occurrences.ts';
import { type SameName, sameName } from './same-name.ts';
import { takenBy } from './taken.ts';

/** Renames across files and variants, so that the model stays the same but for the name; or says why it will not. */
export class P2PArchRename implements RenameProvider {
  private readonly services: P2PArchServices;
  private readonly meanings: Meanings;
  private readonly names: FileNames;

  constructor(services: P2PArchServices) {
    this.services = services;
    this.meanings = meaningsOf(services);
    this.names = services.names.FileNames;
  }

  prepareRename(document: LangiumDocument, params: TextDocumentPositionParams): Range | undefined {
    const occurrence = this.occurrenceAt(document, params);
    if (!occurrence) return undefined;
    this.namedBy(occurrence);
    return occurrence.words.range;
  }

  rename(document: LangiumDocument, params: RenameParams): Promise<WorkspaceEdit | undefined> {
    // A refusal has to come as a rejection, as the server's own would.
    return Promise.resolve().then(() => this.edit(document, params));
  }

  private edit(document: LangiumDocument, params: RenameParams): WorkspaceEdit | undefined {
    const occurrence = this.occurrenceAt(document, params);
    if (!occurrence) return undefined;
    const name = params.newName.trim().normalize('NFC');
    const named = this.namedBy(occurrence);
    const changes: Record<string, TextEdit[]> = {};
    if (name === named.name) return { changes };
    refuseIf(this.invalid(name) ?? takenBy(this.meanings, this.names, named, name));
    for (const { node, words } of named.occurrences) {
      const uri = AstUtils.getDocument(node).uri.toString();
      changes[uri] ??= [];
      changes[uri].push({ range: words.range, newText: name });
    }
    return { changes };
  }

  private occurrenceAt(document: LangiumDocument, { position }: TextDocumentPositionParams): Occurrence | undefined {
    return this.meanings.occurrences.at(document, document.textDocument.offsetAt(position));
  }

  private namedBy(occurrence: Occurrence): SameName {
    const named = sameName(this.meanings, this.names, occurrence);
    refuseIf(named.declarations.length > 0 ? undefined : `Nothing is declared under the name "${occurrence.name}".`);
    return named;
  }

  private invalid(name: string): string | undefined {
    if (name === '') return 'A name is needed.';
    const words = Object.values(this.services.parser.Lexer.definition);
    if (words.some((type) => type.name === name && type.PATTERN === name)) {
      return reservedName(name);
    }
    if (NAME.test(name)) return undefined;
    return `"${name}" cannot be a name: a name is a letter or "_", then letters, digits, "_" and "-", the last no "-".`;
  }
}

const NAME = /^[\p{L}_](?:[\p{L}\p{M}\p{Nd}_-]*[\p{L}\p{M}\p{Nd}_])?$/u;

function refuseIf(sentence: string | undefined): void {
  if (sentence !== undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, sentence);
}
