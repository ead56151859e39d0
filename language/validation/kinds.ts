import type { AstNode, Reference, ValidationAcceptor } from 'langium';
import type { Element } from '../generated/ast.ts';
import { expectationOf } from '../names/kinds.ts';
import { KIND_WORDS } from '../names/scope.ts';

/** The right name of the wrong kind, wherever a name may stand. */
export function checkKind(node: AstNode, property: string, reference: Reference, accept: ValidationAcceptor): void {
  const target = reference.ref as Element | undefined;
  const expected = target && expectationOf(node, property);
  if (!expected || expected.kinds.includes(target.$type)) return;
  const message = `"${reference.$refText}" is a ${KIND_WORDS[target.$type]}; a ${expected.words} is needed here.`;
  accept('error', message, { node, property: property as never });
}
