import { AstUtils } from 'langium';
import {
  type Architecture,
  isAndNeed,
  isArchitecture,
  isComponent,
  isGroup,
  type Member,
  type ReferenceNeed,
} from '../../generated/ast.ts';
import type { FileEdit, Found } from './finding.ts';
import { memberAfter } from './members.ts';
import { freeName } from './names.ts';

/**
 * Says `or` a new component that the company runs at references to one and the same component, and declares it where
 * all of them see it: in the architecture of the first of them, in the order from base to variant.
 */
export function companyAlternative(
  { services, lowered }: Found,
  references: readonly ReferenceNeed[],
  word: string,
): FileEdit[] {
  const instead = references[0]?.target?.$refText;
  const architecture = outermost(lowered.members.chain, references);
  if (instead === undefined || architecture === undefined) return [];
  const name = freeName(services.shared.workspace.LangiumDocuments.all, instead, word);
  const document = AstUtils.getDocument(architecture);
  const declaration = memberAfter(document, architecture, neighbour(architecture, instead), [`company ${name}`]);
  if (!declaration) return [];
  return [...references.flatMap((reference) => orEdit(reference, name)), { document, edit: declaration }];
}

function outermost(chain: readonly Architecture[], references: readonly ReferenceNeed[]): Architecture | undefined {
  const around = references.map((reference) => AstUtils.getContainerOfType(reference, isArchitecture));
  return chain.find((architecture) => around.includes(architecture));
}

/** Behind what it stands in for, outside of its group, which may be struck as one; else behind the last component. */
function neighbour({ members }: Architecture, name: string): Member | undefined {
  const declares = (member: Member): boolean =>
    AstUtils.streamAst(member).some((node) => isComponent(node) && node.name === name);
  return (
    members.find(declares) ?? members.findLast((member) => isComponent(member) || isGroup(member)) ?? members.at(-1)
  );
}

function orEdit(reference: ReferenceNeed, name: string): FileEdit[] {
  const words = reference.target?.$refNode;
  if (!words) return [];
  const either = `${words.text} or ${name}`;
  const newText = isAndNeed(reference.$container) ? `(${either})` : either;
  return [{ document: AstUtils.getDocument(reference), edit: { range: words.range, newText } }];
}
