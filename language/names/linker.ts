import { type AstNodeDescription, AstUtils, DefaultLinker, type LinkingError, type ReferenceInfo } from 'langium';
import { isArchitecture, isRemoval, isScenario } from '../generated/ast.ts';
import { EXPECTED_KINDS, expectationOf } from './kinds.ts';
import { nearest } from './nearest.ts';

/** Says of an unknown name what was looked for, where, and which name is spelled nearest. */
export class P2PArchLinker extends DefaultLinker {
  protected override createLinkingError(info: ReferenceInfo, target?: AstNodeDescription): LinkingError {
    const error = super.createLinkingError(info, target);
    const name = info.reference.$refText;
    const kinds = expectationOf(info.container, info.property)?.kinds as readonly string[] | undefined;
    const candidates = this.scopeProvider
      .getScope(info)
      .getAllElements()
      .filter((element) => kinds?.includes(element.type) ?? true);
    const suggestion = nearest(
      name,
      candidates.map((element) => element.name),
    );
    const meant = suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`;
    return { ...error, message: `${this.whatIsMissing(info, name)}${meant}` };
  }

  private whatIsMissing({ container, property }: ReferenceInfo, name: string): string {
    const kinds = expectationOf(container, property) ?? EXPECTED_KINDS.any;
    if (isArchitecture(container) || isScenario(container)) {
      return `No architecture named "${name}" in this file or its imports.`;
    }
    const around = AstUtils.getContainerOfType(container, isArchitecture);
    if (around && isRemoval(container)) {
      if (!around.base) return `${around.name} extends nothing, so there is nothing to leave out.`;
      return `"${around.base?.$refText}" has nothing named "${name}" to leave out.`;
    }
    return `No ${kinds.words} named "${name}"${around ? ` in ${around.name}` : ''}.`;
  }
}
