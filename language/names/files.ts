import {
  type AstNode,
  AstUtils,
  DocumentState,
  type LangiumDocument,
  type LangiumDocuments,
  type LangiumSharedCoreServices,
  type URI,
  UriUtils,
  WorkspaceCache,
} from 'langium';
import {
  type Architecture,
  type Declaration,
  type Element,
  type File,
  type Import,
  isHazard,
  type Scenario,
} from '../generated/ast.ts';
import { type EffectiveMembers, effectiveMembers } from './members.ts';

/** What the names of a file mean: its own declarations, those of its imports, and the members of its architectures. */
export class FileNames {
  private readonly documents: LangiumDocuments;
  private readonly declarationsByFile: WorkspaceCache<string, ReadonlyMap<string, Declaration>>;
  private readonly architecturesByFile: WorkspaceCache<string, ReadonlyMap<string, Architecture>>;
  private readonly membersByArchitecture: WorkspaceCache<Architecture, EffectiveMembers>;

  constructor(shared: LangiumSharedCoreServices) {
    this.documents = shared.workspace.LangiumDocuments;
    // Syntax trees are new once all changed files are parsed; nothing asks for names between a change and that.
    this.declarationsByFile = new WorkspaceCache(shared, DocumentState.Parsed);
    this.architecturesByFile = new WorkspaceCache(shared, DocumentState.Parsed);
    this.membersByArchitecture = new WorkspaceCache(shared, DocumentState.Parsed);
  }

  /** The file's declarations by name and, after them, those of the files that it imports; of two of one name the first. */
  declarations(document: LangiumDocument): ReadonlyMap<string, Declaration> {
    return this.declarationsByFile.get(document.uri.toString(), () => {
      const names = new Map<string, Declaration>();
      for (const file of [document, ...this.importedFiles(document)]) {
        for (const declaration of ownDeclarations(fileOf(file))) {
          if (!names.has(declaration.name)) names.set(declaration.name, declaration);
        }
      }
      return names;
    });
  }

  /** The architectures among them; a hazard of the same name does not hide one. */
  architectures(document: LangiumDocument): ReadonlyMap<string, Architecture> {
    return this.architecturesByFile.get(document.uri.toString(), () => {
      const files = [document, ...this.importedFiles(document)];
      const all = files.flatMap((file) => fileOf(file).architectures.filter(({ name }) => name !== undefined));
      return new Map(all.toReversed().map((architecture) => [architecture.name, architecture]));
    });
  }

  importedFiles(document: LangiumDocument): LangiumDocument[] {
    return fileOf(document).imports.flatMap((node) => this.importedFile(document, node) ?? []);
  }

  /** The file that an import names, or undefined if it could not be read. */
  importedFile(document: LangiumDocument, node: Import): LangiumDocument | undefined {
    const uri = importedUri(document.uri, node);
    const imported = uri === undefined ? undefined : this.documents.getDocument(uri);
    return imported === document ? undefined : imported;
  }

  /** The architecture that `extends` names. */
  baseOf(architecture: Architecture): Architecture | undefined {
    const name = architecture.base?.$refText;
    if (name === undefined) return undefined;
    return this.architectures(AstUtils.getDocument(architecture)).get(name);
  }

  /** The bases of an architecture, the root first, and itself; a circle is cut where it closes. */
  chainOf(architecture: Architecture): Architecture[] {
    const chain: Architecture[] = [];
    for (let at: Architecture | undefined = architecture; at && !chain.includes(at); at = this.baseOf(at))
      chain.unshift(at);
    return chain;
  }

  members(architecture: Architecture): EffectiveMembers {
    return this.membersByArchitecture.get(architecture, () => effectiveMembers(this.chainOf(architecture)));
  }

  /** What `without` names in the base. */
  inBase(name: string, base: Architecture): Element | Scenario | undefined {
    const { elements, scenarios } = this.members(base);
    return elements.get(name) ?? scenarios.get(name);
  }

  /** What a name means in an architecture, for words that stand at `from`: an inherited member keeps its file's hazards. */
  lookUp(name: string, architecture: Architecture, from: AstNode) {
    const inside = this.members(architecture).elements.get(name);
    if (inside) return inside;
    const outside = this.declarations(AstUtils.getDocument(from)).get(name);
    return isHazard(outside) ? outside : undefined;
  }
}

export const fileOf = (document: LangiumDocument): File => document.parseResult.value as File;

export const ownDeclarations = (file: File): Declaration[] =>
  [...(file.hazards ?? []), ...(file.architectures ?? []), ...(file.scenarios ?? [])]
    .filter((declaration) => declaration.name !== undefined)
    .sort((left, right) => (left.$cstNode?.offset ?? 0) - (right.$cstNode?.offset ?? 0));

/** Imports are relative to the file that they stand in. */
export function importedUri(from: URI, node: Import): URI | undefined {
  if (!node.path) return undefined;
  return UriUtils.resolvePath(UriUtils.dirname(from), node.path);
}
