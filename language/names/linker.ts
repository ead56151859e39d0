import {
  type AstNodeDescription,
  AstUtils,
  DefaultLinker,
  type LangiumDocument,
  type LinkingError,
  type Reference,
  type ReferenceInfo,
} from 'langium';
import type { CheckingServices } from '../checking-services.ts';
import { isArchitecture, isRemoval, isScenario } from '../generated/ast.ts';
import { nearest } from '../parsing/nearest.ts';
import type { Kept } from '../parsing/pieces.ts';
import { piecesOf } from '../parsing/reader.ts';
import type { Epoch, Epochs } from './epochs.ts';
import type { FileNames } from './files.ts';
import { EXPECTED_KINDS, expectationOf } from './kinds.ts';
import { KIND_WORDS, type P2PArchScopeProvider } from './scope.ts';
import { eachPiece, walkStatement } from './walk.ts';

/** Says of an unknown name what was looked for and where. */
export class P2PArchLinker extends DefaultLinker {
  private readonly names: FileNames;
  private readonly epochs: Epochs;
  private readonly linked = new WeakMap<Kept, { readonly epoch: Epoch; readonly references: readonly Reference[] }>();

  constructor(services: CheckingServices) {
    super(services);
    this.names = services.names.FileNames;
    this.epochs = services.names.Epochs;
  }

  /**
   * All references in one pass: look-ups in maps need no pause between them. Statements that were linked while all
   * names meant what they mean now are linked.
   */
  override async link(document: LangiumDocument): Promise<void> {
    const epoch = this.epochs.of(document);
    const references: Reference[] = [];
    eachPiece(piecesOf(document.parseResult), ({ kept }) => {
      let known = this.linked.get(kept);
      if (known?.epoch !== epoch) {
        known = { epoch, references: this.linkStatement(kept, document) };
        this.linked.set(kept, known);
      }
      for (const reference of known.references) references.push(reference);
    });
    document.references = references;
  }

  private linkStatement({ node }: Kept, document: LangiumDocument): Reference[] {
    const found: ReferenceInfo[] = [];
    walkStatement(
      node,
      () => {},
      (container, property, reference, index) =>
        found.push({ container, property, reference, ...(index !== undefined && { index }) }),
    );
    document.references = found.map(({ reference }) => reference);
    super.unlink(document);
    for (const info of found) this.doLink(info, document);
    return document.references as Reference[];
  }

  /** What was linked is kept until `link` finds that a name means something else. */
  override unlink(document: LangiumDocument): void {
    document.references = [];
  }

  protected override createLinkingError(info: ReferenceInfo, target?: AstNodeDescription): LinkingError {
    return { ...super.createLinkingError(info, target), message: this.whatIsMissing(info) };
  }

  private whatIsMissing({ container, property, reference }: ReferenceInfo): string {
    const name = shortened(reference.$refText);
    if ((isArchitecture(container) && property === 'base') || (isScenario(container) && property === 'architectures')) {
      const other = this.names.declarations(AstUtils.getDocument(container)).get(reference.$refText);
      if (other) return `"${name}" is a ${KIND_WORDS[other.$type]}; an architecture is needed here.`;
      return `No architecture named "${name}" in this file or its imports.`;
    }
    const around = AstUtils.getContainerOfType(container, isArchitecture);
    const where = around?.name === undefined ? 'this architecture' : around.name;
    if (isRemoval(container)) {
      if (!around?.base) return `${where} extends nothing, so there is nothing to leave out.`;
      return `"${around.base.$refText}" has nothing named "${name}" to leave out.`;
    }
    const kinds = expectationOf(container, property) ?? EXPECTED_KINDS.any;
    return `No ${kinds.words} named "${name}"${around ? ` in ${where}` : ''}.`;
  }
}

const shortened = (name: string): string => (name.length > 60 ? `${name.slice(0, 60)}…` : name);

/** The name that the reference most likely means; dear where there are many names, so asked for shown errors alone. */
export function suggestionFor(scopes: P2PArchScopeProvider, info: ReferenceInfo): string | undefined {
  return nearest(info.reference.$refText, scopes.candidates(info, expectationOf(info.container, info.property)?.kinds));
}
