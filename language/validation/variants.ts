import { type AstNode, AstUtils, type ValidationAcceptor } from 'langium';
import { type Architecture, type Element, isExposure, isGroup, type Removal, type Scenario } from '../generated/ast.ts';
import type { FileNames } from '../names/files.ts';
import { expectationOf } from '../names/kinds.ts';
import { type EffectiveMembers, effectiveMembers, ownElements, removalsOf } from '../names/members.ts';
import { KIND_WORDS } from '../names/scope.ts';
import { offenderOf } from './control.ts';
import { mistake } from './mistakes.ts';

/**
 * What a variant breaks in the members that it inherits: a name that it leaves out or replaces by something of another
 * kind or under other control. Told once for each member of the variant that does it, at its name.
 */
export function checkInheritance(names: FileNames, architecture: Architecture, accept: ValidationAcceptor): void {
  const bases = names.chainOf(architecture).slice(0, -1);
  const base = bases.at(-1);
  if (base === undefined) return;
  const before = effectiveMembers(bases);
  const after = names.members(architecture);
  const told = new Set<AstNode>();
  for (const [node, owner] of inheritedNodes(architecture, after)) {
    for (const { reference, property } of AstUtils.streamReferences(node)) {
      const wrong = whatIsWrong(names, { architecture, base, after }, node, property, reference.$refText);
      const cause = wrong && causeOf(architecture, before, reference.$refText);
      if (!wrong || !cause || told.has(cause)) continue;
      told.add(cause);
      const message = `${owner}, inherited from ${base.name}, names "${reference.$refText}", ${wrong.words}.`;
      const data = wrong.isGone ? { data: mistake('left-behind', owner) } : {};
      if (cause.$type === 'Removal') accept('error', message, { node: cause as Removal, property: 'target', ...data });
      else accept('error', message, { node: cause as Element, property: 'name' });
    }
  }
}

/** The syntax that the variant takes over and that names something, each with the name of its owner. */
function inheritedNodes(architecture: Architecture, after: EffectiveMembers): (readonly [AstNode, string])[] {
  const inherited = <N extends AstNode>(node: N): boolean =>
    AstUtils.getContainerOfType(node, isSame(architecture)) === undefined;
  const elements = [...after.elements.values()].filter(inherited).flatMap((element) => {
    // The members of a group are elements of their own.
    const roots: AstNode[] = isGroup(element) ? element.members.filter(isExposure) : [element];
    return roots.flatMap((root) => AstUtils.streamAst(root).toArray()).map((node) => [node, element.name] as const);
  });
  const scenarios = [...after.scenarios.values()]
    .filter(inherited)
    .flatMap((scenario: Scenario) =>
      [...scenario.steps.flatMap((step) => step.action ?? []), ...scenario.expectations].map(
        (node) => [node, `The scenario ${scenario.name}`] as const,
      ),
    );
  // An acceptance of, or a requirement on, what is no longer there lapses.
  return [...elements, ...scenarios];
}

function whatIsWrong(
  names: FileNames,
  { architecture, base, after }: { architecture: Architecture; base: Architecture; after: EffectiveMembers },
  node: AstNode,
  property: string,
  name: string,
): { readonly words: string; readonly isGone?: true } | undefined {
  const expected = expectationOf(node, property);
  const was = names.lookUp(name, base, node);
  // What is wrong in the base already is told there.
  if (!expected || !was || !expected.kinds.includes(was.$type)) return undefined;
  const is = names.lookUp(name, architecture, node);
  if (!is) return { words: `which ${architecture.name} no longer has`, isGone: true };
  if (!expected.kinds.includes(is.$type))
    return { words: `which is a ${KIND_WORDS[is.$type]} in ${architecture.name}` };
  if (node.$type !== 'Restore' && node.$type !== 'Add') return undefined;
  const wasRight = offenderOf(names.members(base), was, node.$type) === undefined;
  const offender = offenderOf(after, is, node.$type);
  if (!wasRight || !offender) return undefined;
  const which =
    offender.name === name
      ? 'which the company does not control'
      : `of which the company does not control ${offender.name}`;
  return { words: `${which} in ${architecture.name}` };
}

/** The member of the variant that takes a name away or gives it another meaning. */
function causeOf(architecture: Architecture, before: EffectiveMembers, name: string): AstNode | undefined {
  const own = ownElements(architecture);
  const removals = removalsOf(architecture);
  const around: Element[] = [];
  for (let at: AstNode | undefined = before.elements.get(name); at && at.$type !== 'Architecture'; at = at.$container) {
    around.push(at as Element);
  }
  const names = around.length > 0 ? around.map((element) => element.name) : [name];
  for (const candidate of names) {
    const removal = removals.find(({ target }) => target?.$refText === candidate);
    const cause = removal ?? own.get(candidate);
    if (cause) return cause;
  }
  return undefined;
}

const isSame =
  (wanted: AstNode) =>
  (node: AstNode): node is AstNode =>
    node === wanted;
