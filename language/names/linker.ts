import {
  type AstNodeDescription,
  AstUtils,
  DefaultLinker,
  type LangiumDocument,
  type LinkingError,
  type ReferenceInfo,
} from 'langium';
import { isArchitecture, isRemoval, isScenario } from '../generated/ast.ts';
import type { P2PArchServices } from '../services.ts';
import type { FileNames } from './files.ts';
import { EXPECTED_KINDS, expectationOf } from './kinds.ts';
import { nearest } from './nearest.ts';
import { KIND_WORDS, type P2PArchScopeProvider } from './scope.ts';
import { walk } from './walk.ts';

/** Says of an unknown name what was looked for and where. */
export class P2PArchLinker extends DefaultLinker {
  private readonly names: FileNames;

  constructor(services: P2PArchServices) {
    super(services);
    this.names = services.names.FileNames;
  }

  /** All references in one pass: look-ups in maps need no pause between them. */
  override async link(document: LangiumDocument): Promise<void> {
    walk(
      document.parseResult.value,
      () => {},
      (container, property, reference, index) => {
        const info: ReferenceInfo = { container, property, reference, ...(index !== undefined && { index }) };
        this.doLink(info, document);
      },
    );
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
